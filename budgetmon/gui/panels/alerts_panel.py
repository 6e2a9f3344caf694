"""Alerts: the list, what the chosen one says, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.state.alert_book import AlertBook, AlertRow, Standing
from budgetmon.gui.state.alert_words import headline, kind_name, sentence
from budgetmon.gui.state.alerts_model import AlertsModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import role_label
from budgetmon.gui.widgets.table import Table
from budgetmon.monitor.alerts.values import AlertKind


class AlertsPanel(QWidget):
    """Shows one book. ``asked`` has the reference of the alert whose cause is to be shown. GUI thread only."""

    asked = Signal(object)  # Reference

    def __init__(self, themer: Themer, book: AlertBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._clock = Clock()
        self._current: AlertRow | None = None
        self._switches: dict[AlertKind, QAction] = {}
        empty = (
            "ok",
            self.tr("Nothing to report"),
            self.tr("Thresholds, refusals and what else needs a look appear here."),
        )
        self._panel = TablePanel(themer, AlertsModel(), self.tr("Alerts"), empty)
        self._words = role_label("muted")
        self._words.setWordWrap(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._acknowledge = self._button(self.tr("Acknowledge"), self.tr("I know: be silent about it until it happens again"))
        self.snooze_hour = QAction(self.tr("For 1 hour"), self)
        self.snooze_reset = QAction(self.tr("Until the reset"), self)
        self._show = self._button(self.tr("Show cause"), self.tr("Show the stretch of time and the calls that caused it"))
        self._acknowledge.clicked.connect(self._on_acknowledge)
        self.snooze_hour.triggered.connect(self._on_hour)
        self.snooze_reset.triggered.connect(self._on_reset)
        self._show.clicked.connect(self._on_show)
        self._lay_out()
        self._panel.table.current_row.connect(self._on_current)
        self._panel.table.doubleClicked.connect(self._on_show)
        book.changed.connect(self._on_changed)
        self._enable()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 0, 10, 0)
        bar.setSpacing(6)
        for button in (self._show, self._acknowledge, self._snooze_button()):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self._notify_button())
        # The words give way, so that a narrow window stays usable.
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._words.setContentsMargins(12, 0, 12, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(6)
        layout.addWidget(self._panel, 1)
        layout.addWidget(self._words)
        layout.addLayout(bar)

    def _button(self, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        button.setToolTip(tip)
        return button

    def _snooze_button(self) -> QPushButton:
        button = self._button(self.tr("Snooze"), self.tr("Be silent about it for a while"))
        menu = QMenu(button)
        menu.addActions([self.snooze_hour, self.snooze_reset])
        button.setMenu(menu)
        return button

    def _notify_button(self) -> QPushButton:
        button = self._button(self.tr("Notify"), self.tr("Which kinds show a banner and a desktop notification"))
        menu = QMenu(button)
        for kind in AlertKind:
            action = menu.addAction(kind_name(kind))
            action.setCheckable(True)
            action.setChecked(self._book.is_on(kind))
            action.setData(kind.value)
            self._switches[kind] = action
        menu.triggered.connect(self._on_switch)
        button.setMenu(menu)
        return button

    @property
    def table(self) -> Table:
        """The list, for focus and tests."""
        return self._panel.table

    def switch_of(self, kind: AlertKind) -> QAction:
        """The switch of one kind."""
        return self._switches[kind]

    def words(self) -> str:
        """What is said about the chosen alert."""
        return self._words.text()

    def show_at(self, clock: Clock) -> None:
        """Show the book as it stands at ``clock``."""
        self._clock = clock
        self._on_changed()

    def show_anew(self) -> None:
        """Show the same again: numbers are written in another way."""
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        rows = self._book.rows()
        self._panel.show_rows(rows, self._clock)
        if self._current is not None:
            self._current = next((row for row in rows if row.alert.id == self._current.alert.id), None)
        self._enable()

    @Slot(object)
    def _on_current(self, row: AlertRow | None) -> None:
        self._current = row
        self._enable()

    def _enable(self) -> None:
        row = self._current
        lasting = row is not None and row.standing is not Standing.OVER
        self._acknowledge.setEnabled(lasting and row is not None and row.standing is not Standing.ACKNOWLEDGED)
        self.snooze_hour.setEnabled(lasting)
        self.snooze_reset.setEnabled(lasting and row is not None and row.alert.finding.resets_at is not None)
        self._show.setEnabled(row is not None)
        finding = row.alert.finding if row is not None else None
        self._words.setText(
            f"{headline(finding)}. {sentence(finding)}" if finding else self.tr("Choose an alert to act on it.")
        )

    @Slot()
    def _on_acknowledge(self) -> None:
        if self._current is not None:
            self._book.acknowledge(self._current.alert)

    @Slot()
    def _on_hour(self) -> None:
        if self._current is not None:
            self._book.snooze(self._current.alert)

    @Slot()
    def _on_reset(self) -> None:
        if self._current is not None:
            self._book.snooze(self._current.alert, self._current.alert.finding.resets_at)

    @Slot()
    def _on_show(self) -> None:
        if self._current is not None:
            self.asked.emit(self._current.alert.finding.reference)

    @Slot(QAction)
    def _on_switch(self, action: QAction) -> None:
        self._book.switch(AlertKind(action.data()), action.isChecked())
