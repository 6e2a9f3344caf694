"""Alerts in the window: told once, kept quiet on demand, remembered, and one click from their cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from gui.alert_snapshots import FIGURES, finding
from gui.fakes import FakeClock
from gui.snapshots import NOW, empty_snapshot, rich_snapshot
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.gui.alerting import Alerting
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.notices import Notices
from budgetmon.gui.panels.alerts_panel import AlertsPanel
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.alert_book import SNOOZE_MS, AlertBook, Standing
from budgetmon.gui.state.alert_words import headline, kind_name, sentence
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.tray.tray import Tray
from budgetmon.monitor.alerts.values import Alert, AlertKind, Reference
from budgetmon.monitor.snapshot import RefusalRow, Snapshot


def quiet(at: int = NOW) -> Snapshot:
    return empty_snapshot(at)


def refusing(at: int = NOW) -> Snapshot:
    """A budget that has just turned a call away."""
    row = rich_snapshot().refusals[0]
    assert isinstance(row, RefusalRow)
    return replace(empty_snapshot(at), refusals=(replace(row, at=at - 1000),))


@pytest.fixture
def book(qapp: QApplication, settings: Settings, clock: FakeClock) -> AlertBook:
    return AlertBook(settings, clock.now)


@pytest.fixture
def raised(book: AlertBook) -> list[Alert]:
    raised: list[Alert] = []
    book.raised.connect(raised.append)
    return raised


@pytest.mark.parametrize("kind", list(AlertKind))
def test_that_each_kind_has_a_name_a_headline_and_a_sentence_with_its_figures(kind: AlertKind) -> None:
    words = f"{headline(finding(kind))}. {sentence(finding(kind))}"
    assert kind_name(kind)
    assert "{" not in words
    assert words.endswith(".")
    assert any(letter.isdigit() for letter in words)
    assert FIGURES.keys() == set(AlertKind)


def test_that_an_episode_is_raised_once_and_again_when_it_is_back(book: AlertBook, raised: list[Alert]) -> None:
    for at in (NOW, NOW + 1000, NOW + 2000):
        book.observe(refusing(at))
    assert len(raised) == 1
    book.observe(quiet(NOW + 3_600_000))
    assert [row.standing for row in book.rows()] == [Standing.OVER]
    book.observe(refusing(NOW + 7_200_000))
    assert len(raised) == 2


def test_that_acknowledged_means_quiet_until_it_is_over(book: AlertBook, settings: Settings, clock: FakeClock) -> None:
    book.observe(refusing())
    book.acknowledge(book.rows()[0].alert)
    assert [row.standing for row in book.rows()] == [Standing.ACKNOWLEDGED]
    assert book.pressing() == ()
    book.observe(quiet(NOW + 3_600_000))
    book.observe(refusing(NOW + 7_200_000))
    assert book.rows()[0].standing is Standing.OPEN


def test_that_a_snooze_ends_after_an_hour_or_at_the_reset(book: AlertBook, clock: FakeClock) -> None:
    book.observe(refusing())
    alert = book.rows()[0].alert
    book.snooze(alert)
    assert book.rows()[0].snoozed_until == clock.now() + SNOOZE_MS
    assert book.pressing() == ()
    clock.pass_seconds(SNOOZE_MS / 1000 + 1)
    assert book.rows()[0].standing is Standing.OPEN
    book.snooze(alert, clock.now() + 5)
    assert book.rows()[0].standing is Standing.SNOOZED
    clock.pass_seconds(1)
    assert len(book.pressing()) == 1


def test_that_what_was_done_outlives_a_restart_and_nothing_is_told_twice(
    book: AlertBook, settings: Settings, clock: FakeClock
) -> None:
    book.observe(refusing())
    book.acknowledge(book.rows()[0].alert)
    again = AlertBook(settings, clock.now)
    raised: list[Alert] = []
    again.raised.connect(raised.append)
    again.observe(refusing(NOW + 5000))
    assert [row.standing for row in again.rows()] == [Standing.ACKNOWLEDGED]
    assert raised == []


def test_that_what_was_kept_and_cannot_be_read_counts_as_nothing(settings: Settings, clock: FakeClock) -> None:
    for text in ("{", "[]", '{"key": 3}', '{"key": ["x", "y"]}'):
        settings.set_alerts_handled(quiet().ledger.path, text)
        book = AlertBook(settings, clock.now)
        book.observe(refusing())
        assert book.rows()[0].standing is Standing.OPEN


def test_that_another_ledger_begins_a_new_book(book: AlertBook) -> None:
    book.observe(refusing())
    book.observe(empty_snapshot(NOW, path="/elsewhere/ledger.db"))
    assert book.rows() == ()


def test_that_a_kind_that_is_switched_off_is_listed_and_silent(book: AlertBook, raised: list[Alert]) -> None:
    book.switch(AlertKind.REFUSALS, False)
    book.observe(refusing())
    assert raised == []
    assert book.pressing() == ()
    assert len(book.rows()) == 1


@pytest.fixture
def alerting(qtbot: QtBot, themer: Themer, settings: Settings, clock: FakeClock) -> Iterator[Alerting]:
    window = QWidget()
    qtbot.addWidget(window)
    notices = Notices(themer)
    qtbot.addWidget(notices.stack)
    alerting = Alerting(themer, settings, notices, clock.now, window)
    qtbot.addWidget(alerting.panel)
    alerting.panel.resize(900, 300)
    alerting.panel.show()
    yield alerting
    alerting.shutdown()


def button(widget: QWidget, text: str) -> QPushButton:
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


def choose_first(panel: AlertsPanel, qtbot: QtBot) -> None:
    where = panel.table.visualRect(panel.table.model().index(0, 0)).center()
    qtbot.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))


def test_that_the_panel_says_what_happened_and_acts(alerting: Alerting, qtbot: QtBot, clock: FakeClock) -> None:
    panel = alerting.panel
    assert not button(panel, "Acknowledge").isEnabled()
    alerting.show_picture(refusing(), clock.now())
    choose_first(panel, qtbot)
    assert "refuses calls" in panel.words()
    assert not panel.snooze_reset.isEnabled(), "refusals have no window of their own"
    panel.snooze_hour.trigger()
    assert alerting.book.rows()[0].standing is Standing.SNOOZED
    qtbot.mouseClick(button(panel, "Acknowledge"), Qt.MouseButton.LeftButton)
    assert alerting.book.rows()[0].standing is Standing.ACKNOWLEDGED
    assert "Acknowledged" in panel.table.as_tsv()
    with qtbot.waitSignal(alerting.cause_asked) as caught:
        qtbot.mouseClick(button(panel, "Show cause"), Qt.MouseButton.LeftButton)
    reference = caught.args[0]
    assert isinstance(reference, Reference)
    assert reference.refusals == (rich_snapshot().refusals[0].id,)


def test_that_the_switches_are_remembered(alerting: Alerting, settings: Settings) -> None:
    alerting.panel.switch_of(AlertKind.LOG).trigger()
    assert not settings.alerts_on("log")
    assert settings.alerts_on("pace")


def test_that_there_is_one_banner_and_it_leads_to_the_cause(alerting: Alerting, qtbot: QtBot, clock: FakeClock) -> None:
    stack = alerting._notices.stack
    alerting.show_picture(rich_snapshot(), clock.now())
    message = stack.message("alert")
    assert message is not None
    assert "more alert" in message.detail
    assert len(alerting.book.pressing()) > 1
    with qtbot.waitSignal(alerting.cause_asked):
        stack.acted.emit("alert")
    for _ in range(len(alerting.book.rows())):
        stack._on_dismissed("alert")
    assert stack.message("alert") is None
    assert alerting.book.pressing() == ()


def test_that_the_banner_goes_when_the_cause_has_gone(alerting: Alerting, clock: FakeClock) -> None:
    alerting.show_picture(refusing(), clock.now())
    assert alerting._notices.stack.message("alert") is not None
    alerting.show_picture(quiet(NOW + 3_600_000), clock.now())
    assert alerting._notices.stack.message("alert") is None


class FakeTrayIcon(QObject):
    """What a desktop's tray does, remembered."""

    activated = Signal(QSystemTrayIcon.ActivationReason)
    messageClicked = Signal()  # noqa: N815

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[tuple[str, str]] = []
        self.shown = False

    def setContextMenu(self, menu: QMenu) -> None: ...  # noqa: N802

    def setToolTip(self, text: str) -> None: ...  # noqa: N802

    def show(self) -> None:
        self.shown = True

    def hide(self) -> None:
        self.shown = False

    def showMessage(self, title: str, text: str, icon: QIcon) -> None:  # noqa: N802
        self.messages.append((title, text))


def test_that_a_notification_is_shown_once_and_a_click_leads_to_the_cause(
    alerting: Alerting, qtbot: QtBot, clock: FakeClock
) -> None:
    icon, menu = FakeTrayIcon(), QMenu()
    qtbot.addWidget(menu)
    tray = Tray(icon, menu, alerting)  # type: ignore[arg-type]
    alerting.book.raised.connect(tray.notify)
    tray.show("budgetmon")
    for at in (NOW, NOW + 1000):
        alerting.show_picture(refusing(at), clock.now())
    assert [title for title, _ in icon.messages] == ["sonar-pro day refuses calls"]
    with qtbot.waitSignals([tray.window_asked, tray.asked]):
        icon.messageClicked.emit()
    with qtbot.waitSignal(tray.window_asked):
        icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    tray.hide()
    assert not icon.shown


def test_that_an_alert_leads_to_its_provider_its_rows_and_its_stretch(window: MainWindow, qtbot: QtBot) -> None:
    alerting, dashboard = window.alerting, window.dashboard
    newest = rich_snapshot().refusals[0]
    rows = [row for row in alerting.book.rows() if newest.id in row.alert.finding.reference.refusals]
    alerting.cause_asked.emit(rows[0].alert.finding.reference)
    assert dashboard.refusals.isVisible()
    qtbot.waitUntil(lambda: newest.receipt in dashboard.refusals.receipt_words())
    assert dashboard.charts.burn_down.chosen is not None
    assert dashboard.charts.burn_down.chosen.scope.provider == newest.provider
    since = window.snapshot.as_of - 3 * 3_600_000  # type: ignore[union-attr]
    alerting.cause_asked.emit(Reference(since, NOW, worker=rich_snapshot().workers[0].id))
    assert dashboard.workers.isVisible()
    assert window.feed.ask.span == timedelta(hours=6)
