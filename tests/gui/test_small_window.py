"""In the smallest window that is of use, no word is cut off in any language: it is shortened, and then the tool tip has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.panels.provider_card import ProviderCard
from budgetmon.gui.preferences import Language
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.translation import speak
from budgetmon.gui.widgets.banner import Banner, Message
from budgetmon.gui.widgets.elided_label import ElidedLabel
from budgetmon.gui.widgets.run_bar import RunBar
from budgetmon.gui.widgets.sparkline import Sparkline

WIDTH, HEIGHT = 900, 600


@pytest.fixture(params=[Language.ENGLISH, Language.GERMAN, Language.CHINESE])
def small_window(
    request: pytest.FixtureRequest, qapp: QApplication, open_window: Callable[[], MainWindow], qtbot: QtBot
) -> Iterator[MainWindow]:
    old, spoken = QLocale(), speak(qapp, request.param)
    window = open_window()
    window.resize(WIDTH, HEIGHT)
    qtbot.waitUntil(lambda: window.snapshot is not None)
    yield window
    for translator in spoken:
        qapp.removeTranslator(translator)
    QLocale.setDefault(old)


def test_that_no_word_is_cut_off_in_any_panel(small_window: MainWindow, qtbot: QtBot) -> None:
    for name, _ in small_window.dashboard.docks.titles():
        small_window.dashboard.docks.bring(name)
        qtbot.waitUntil(lambda: cut_off(small_window) == [])


def test_that_what_is_shortened_stands_whole_in_the_tool_tip(small_window: MainWindow) -> None:
    labels = [label for label in small_window.findChildren(ElidedLabel) if label.isVisible()]
    shortened = [label for label in labels if label.fontMetrics().horizontalAdvance(label.text()) > label.width()]
    assert [label.text() for label in shortened if label.text() not in label.tip()] == []


def test_that_the_tool_tip_of_a_label_has_its_words_only_where_they_are_cut(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    label = ElidedLabel("a rather long text", parent=around)
    label.resize(900, 20)
    assert label.tip() == ""
    around.setToolTip("more about it")
    assert label.tip() == "more about it"
    label.resize(40, 20)
    assert label.tip() == "a rather long text\nmore about it"
    around.setToolTip("a rather long text, and more")
    assert label.tip() == "a rather long text, and more"
    around.show()
    QApplication.sendEvent(label, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), label.mapToGlobal(QPoint(1, 1))))
    assert QToolTip.text() == label.tip()
    QToolTip.hideText()


def test_that_a_message_takes_one_line_where_it_fits_and_two_where_not(qtbot: QtBot, themer: Themer) -> None:
    banner = Banner(themer, Message("alert", Tone.WARNING, "Short", "and good.", "Show"))
    qtbot.addWidget(banner)
    banner.make_compact(True)
    banner.resize(WIDTH, 40)
    banner.show()
    headline, detail = (each for each in banner.findChildren(QLabel) if each.text())
    assert headline.geometry().top() == detail.geometry().top()
    banner.say(Message("alert", Tone.WARNING, "A headline that is rather long", "A detail with many words. " * 4, "Show"))
    qtbot.waitUntil(lambda: headline.geometry().bottom() < detail.geometry().top())
    banner.resize(3 * WIDTH, 40)
    qtbot.waitUntil(lambda: headline.geometry().right() < detail.geometry().left())


def test_that_the_bar_of_a_run_takes_two_lines_where_one_has_no_room(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    bar = RunBar(panel)
    panel.show()
    for width, lines in ((900, 1), (320, 2), (900, 1)):
        bar.resize(width, 80)
        qtbot.waitUntil(lambda lines=lines: len({button.geometry().top() for button in shown_buttons(bar)}) == lines)
        assert max(button.geometry().right() for button in shown_buttons(bar)) < width


def shown_buttons(widget: QWidget) -> list[QAbstractButton]:
    return [button for button in widget.findChildren(QAbstractButton) if button.isVisible()]


def cut_off(window: MainWindow) -> list[str]:
    """The words of one line that are in sight and have less room than they need."""
    return [
        each.text()
        for each in window.findChildren(QWidget)
        if isinstance(each, QLabel | QAbstractButton)
        and each.isVisible()
        and each.text()
        and not isinstance(each, ElidedLabel)
        and not (isinstance(each, QLabel) and each.wordWrap())
        and not each.visibleRegion().isEmpty()
        and lacks_room(each)
    ]


def lacks_room(widget: QWidget) -> bool:
    """Whether it is narrower than its words, or partly out of sight."""
    in_sight = widget.visibleRegion().boundingRect().width()
    return widget.width() < widget.sizeHint().width() - 1 or in_sight < widget.width() - 1


def test_that_a_narrow_card_has_its_amounts_whole(small_window: MainWindow, qtbot: QtBot) -> None:
    cards = small_window.findChildren(ProviderCard)
    assert cards
    for card in cards:
        qtbot.waitUntil(lambda card=card: not card.findChildren(Sparkline)[0].isVisible())  # type: ignore[misc]
    small_window.resize(2 * WIDTH, HEIGHT)
    for card in cards:
        qtbot.waitUntil(lambda card=card: card.findChildren(Sparkline)[0].isVisible())  # type: ignore[misc]
