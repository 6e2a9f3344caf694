"""Choosing a stretch of time by its two ends."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, Qt, QTimeZone, Signal, Slot
from PySide6.QtWidgets import QDateTimeEdit, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from budgetmon.gui.widgets.labels import role_label, set_tone

_FORMAT = "yyyy-MM-dd HH:mm:ss"


class RangeDialog(QDialog):
    """Asks for two instants, shown in the IANA zone ``zone``. ``chosen`` carries both in UTC milliseconds."""

    chosen = Signal(object, object)

    def __init__(self, since: int, until: int, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Time range"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.since = self._edit(since, zone, self.tr("From"))
        self.until = self._edit(until, zone, self.tr("To"))
        self._hint = role_label("small")
        self._zone_words = self.tr("Times in {zone}.").format(zone=zone)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Show"))
        form = QFormLayout()
        form.addRow(self.tr("&From"), self.since)
        form.addRow(self.tr("&To"), self.until)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(self._hint)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.since.dateTimeChanged.connect(self._check)
        self.until.dateTimeChanged.connect(self._check)
        self._check()

    def _edit(self, at: int, zone: str, name: str) -> QDateTimeEdit:
        edit = QDateTimeEdit(self)
        edit.setTimeZone(QTimeZone(zone.encode()))
        edit.setDateTime(QDateTime.fromMSecsSinceEpoch(at - at % 1000, QTimeZone(zone.encode())))
        edit.setDisplayFormat(_FORMAT)
        edit.setCalendarPopup(True)
        edit.setAccessibleName(name)
        edit.setMinimumWidth(190)
        return edit

    @Slot()
    def _check(self) -> None:
        valid = self.since.dateTime() < self.until.dateTime()
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(valid)
        self._hint.setText(self._zone_words if valid else self.tr("The end has to be later than the start."))
        set_tone(self._hint, None if valid else "danger")

    def accept(self) -> None:
        self.chosen.emit(self.since.dateTime().toMSecsSinceEpoch(), self.until.dateTime().toMSecsSinceEpoch())
        super().accept()
