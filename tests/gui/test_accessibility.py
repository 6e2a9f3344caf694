"""Everything can be reached by key and is named for screen readers."""

from dataclasses import replace
from itertools import groupby

import pytest
from gui.fakes import FakeLedger
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.docks.dock import Dock
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.panels.provider_card import ProviderCard
from budgetmon.gui.tab_order import focus

KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QAbstractSpinBox, ProviderCard)
INSIDE = (QTabBar, QComboBox, QHeaderView, QAbstractSpinBox, QLineEdit, QCalendarWidget)


def ours(top: QWidget) -> list[QWidget]:
    """The controls of a window, without those inside of Qt's own compound widgets."""
    return [
        widget
        for widget in top.findChildren(QWidget)
        if isinstance(widget, KINDS)
        and not isinstance(widget, QHeaderView)
        and widget.window() is top
        and not widget.isHidden()
        and not any(isinstance(parent, INSIDE) for parent in _parents(widget))
        and widget.objectName() not in ("qt_toolbar_ext_button", "qt_tableview_cornerbutton")
        and not isinstance(widget.parent(), QTableView)
    ]


def _parents(widget: QWidget) -> list[QWidget]:
    found, parent = [], widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def _name(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()!r}"


def _nameless(top: QWidget) -> list[str]:
    return [_name(each) for each in ours(top) if not (each.accessibleName() or getattr(each, "text", str)())]


def test_that_every_control_has_a_name_and_says_more_about_itself(window: MainWindow) -> None:
    window.notices.failure("Traceback\nValueError: x")
    controls = ours(window)
    assert len(controls) > 40
    assert not _nameless(window)
    assert not [_name(each) for each in controls if not (each.toolTip() or each.accessibleDescription())]


def test_that_every_control_of_every_dialog_has_a_name(window: MainWindow) -> None:
    window.preferences.on_preferences()
    window.ranges.on_range_custom()
    window.help.on_shortcuts()
    window.help.on_about()
    window.help.on_palette()
    dialogs = window.findChildren(QDialog)
    assert len(dialogs) == 5
    for dialog in dialogs:
        assert ours(dialog)
        assert dialog.windowTitle()
        assert not _nameless(dialog), dialog.windowTitle()
        dialog.close()


def _in_sight(window: MainWindow) -> list[QWidget]:
    """The controls that can be seen: neither in a panel behind others nor switched off."""
    behind = [dock for dock in window.findChildren(Dock) if not window.dashboard.docks.is_in_front(dock.objectName())]
    return [
        widget
        for widget in ours(window)
        if widget.isVisible() and widget.isEnabled() and not any(dock.isAncestorOf(widget) for dock in behind)
    ]


def _walk(window: MainWindow, qtbot: QtBot, key: Qt.Key) -> list[QWidget]:
    """Where a key leads from the window itself, until it is back where it began."""
    window.activateWindow()
    window.setFocus()
    walked: list[QWidget] = []
    while True:
        qtbot.keyClick(window.focusWidget() or window, key)
        stop = window.focusWidget()
        assert stop is not None
        if stop in walked:
            assert stop is walked[0], _name(stop)
            return walked
        walked.append(stop)


@pytest.mark.parametrize("layout", ["watch", "runs"])
def test_that_tab_goes_through_every_control_in_sight_from_top_to_bottom_and_back(
    layout: str, window: MainWindow, qtbot: QtBot
) -> None:
    docks = window.dashboard.docks
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: docks.is_in_front("calls"))
    docks.lay(LayoutName(layout))
    qtbot.waitUntil(lambda: all(bar.count() > 1 for bar in docks.blocks() if isinstance(bar, QTabBar) and bar.isVisible()))
    walked = _walk(window, qtbot, Qt.Key.Key_Tab)
    missed = [_name(widget) for widget in _in_sight(window) if widget not in walked]
    assert not missed
    assert walked[0] is window.bar.ledger.name
    docked = [
        next(dock.objectName() for dock in window.findChildren(Dock) if dock.isAncestorOf(stop))
        for stop in walked
        if any(dock.isAncestorOf(stop) for dock in window.findChildren(Dock))
    ]
    assert len([name for name, _ in groupby(docked)]) == len(set(docked)), "no panel is visited twice"
    backwards = _walk(window, qtbot, Qt.Key.Key_Backtab)
    assert backwards == walked[::-1]


def test_that_the_focus_can_be_seen_wherever_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.dashboard.docks.is_in_front("calls"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    unseen = []
    for widget in _in_sight(window):
        shows = next((dock for dock in window.findChildren(Dock) if dock.isAncestorOf(widget)), widget)
        focus(widget, forward=True)
        assert widget.hasFocus(), _name(widget)
        focused = shows.grab().toImage()
        window.setFocus()
        if shows.grab().toImage() == focused:
            unseen.append(_name(widget))
    assert not unseen


def test_that_every_action_has_words_a_tip_and_no_shortcut_twice(window: MainWindow, ledger: FakeLedger) -> None:
    actions = [action for action in window.actions() if action.text()]
    shortcuts = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {"Ctrl+O", "Ctrl+E", "Ctrl+R", "F5", "Space", "F1", "Ctrl+Q"} <= set(shortcuts)
    assert all(action.toolTip() for action in actions)


def test_that_cards_say_state_and_amounts_in_words(window: MainWindow) -> None:
    card = window.dashboard.cards.card("perplexity")
    assert card is not None
    assert card.accessibleName() == "perplexity, warning"
    assert "$3.12 spent" in card.accessibleDescription()
    assert "12,402 of 20,003 lookups without a paid call: $4.73 saved" in card.accessibleDescription()


def test_that_a_paused_provider_says_so_before_anything_else(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.snapshot = replace(ledger.snapshot, paused=("perplexity",))
    qtbot.waitUntil(lambda: window.snapshot is ledger.snapshot)
    card = window.dashboard.cards.card("perplexity")
    assert card is not None
    assert card.accessibleName() == "perplexity, paused"
