"""Alerts in the window: book, panel, banner, notifications, and the way from an alert to its cause."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from budgetmon.gui.notices import Notices
from budgetmon.gui.panels.alerts_panel import AlertsPanel
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.alert_book import AlertBook, AlertRow
from budgetmon.gui.state.alert_words import headline, sentence, tone
from budgetmon.gui.state.formatting import count
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.icons import app_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.tray.tray import Tray, system_tray_icon
from budgetmon.monitor.alerts.values import Alert
from budgetmon.monitor.snapshot import Snapshot


class Alerting(QObject):
    """Everything about alerts that a window needs. GUI thread only.

    ``cause_asked`` has the Reference to show, ``list_asked`` comes when the list itself is wanted, ``window_asked`` when the
    window is, from the tray.
    """

    cause_asked = Signal(object)  # Reference
    list_asked = Signal()
    window_asked = Signal()

    def __init__(self, themer: Themer, settings: Settings, notices: Notices, now: Callable[[], int], window: QWidget) -> None:
        super().__init__(window)
        self._notices = notices
        self._settings = settings
        self._now = now
        self._banner: AlertRow | None = None
        self.book = AlertBook(settings, now, self)
        self.panel = AlertsPanel(themer, self.book)
        self.tray = self._make_tray(window)
        self.panel.asked.connect(self.cause_asked)
        self.book.changed.connect(self._on_changed)
        notices.alert_asked.connect(self._on_banner)
        notices.alert_dismissed.connect(self._on_dismissed)

    def _make_tray(self, window: QWidget) -> Tray | None:
        icon = system_tray_icon(app_icon(), self)
        if icon is None:
            return None
        menu = QMenu(window)
        menu.addAction(self.tr("Show the window"), self.window_asked.emit)
        menu.addAction(self.tr("Quit"), window.close)
        tray = Tray(icon, menu, self)
        tray.window_asked.connect(self.window_asked)
        tray.asked.connect(self.cause_asked)
        self.book.raised.connect(self._on_raised)
        tray.show("budgetmon")
        return tray

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Take note of ``snapshot``, whether or not the view is held still."""
        self.book.observe(snapshot)
        self.panel.show_at(Clock(snapshot.ledger.zone, now))
        self._on_changed()

    @Slot()
    def show_anew(self) -> None:
        """Say the same again: numbers are written in another way."""
        self.panel.show_anew()
        self._on_changed()

    @Slot(object)
    def _on_raised(self, alert: Alert) -> None:
        if self.tray is not None and self._settings.preferences.notifications:
            self.tray.notify(alert)

    def shutdown(self) -> None:
        """Take the icon out of the tray."""
        if self.tray is not None:
            self.tray.hide()

    @Slot()
    def _on_changed(self) -> None:
        """At most one banner: the most pressing alert, and how many more there are."""
        rows = self.book.pressing()
        self._banner = rows[0] if rows else None
        if self._banner is None:
            self._notices.no_alert()
            return
        finding = self._banner.alert.finding
        others = len(rows) - 1
        more = self.tr("{count} more alert(s) in the list.", "", others).format(count=count(others)) if others else ""
        self._notices.alert(tone(finding.severity), headline(finding), f"{sentence(finding)} {more}".strip())

    @Slot()
    def _on_banner(self) -> None:
        if self._banner is not None:
            self.cause_asked.emit(self._banner.alert.finding.reference)

    @Slot()
    def _on_dismissed(self) -> None:
        if self._banner is not None:
            self.book.acknowledge(self._banner.alert)
