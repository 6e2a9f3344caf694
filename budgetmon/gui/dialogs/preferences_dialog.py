"""Preferences. Whatever is chosen holds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from budgetmon.gui.action_specs import scheme_choices
from budgetmon.gui.preferences import PERIODS_MS, Language, Preferences, ZoneChoice, zone_in_force
from budgetmon.gui.state.formatting import number
from budgetmon.gui.theme.themer import Scheme
from budgetmon.gui.widgets.labels import role_label


class PreferencesDialog(QDialog):
    """Shows ``preferences`` and lets them be changed. ``changed`` carries the new ones."""

    changed = Signal(object)

    def __init__(self, preferences: Preferences, ledger_zone: str, *, can_notify: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._preferences = preferences
        self.scheme = self._box([(text, scheme.value) for text, scheme, _ in scheme_choices()], preferences.scheme.value)
        self.zone = self._box(self._zones(ledger_zone), preferences.zone.value)
        self.period = self._box(
            [(self.tr("every {count} s").format(count=number(each / 1000, 1)), each) for each in PERIODS_MS],
            preferences.period_ms,
        )
        self.language = self._box(self._languages(), preferences.language.value)
        self.notifications = QCheckBox(self.tr("Desktop notifications"))
        self.notifications.setChecked(preferences.notifications)
        self.notifications.setEnabled(can_notify)
        self.notifications.toggled.connect(self._on_changed)
        self._lay_out(can_notify)

    def _zones(self, ledger_zone: str) -> list[tuple[str, object]]:
        names = {
            ZoneChoice.LEDGER: self.tr("the ledger's ({zone})"),
            ZoneChoice.LOCAL: self.tr("this computer's ({zone})"),
            ZoneChoice.UTC: "UTC",
        }
        return [(words.format(zone=zone_in_force(choice, ledger_zone)), choice.value) for choice, words in names.items()]

    def _languages(self) -> list[tuple[str, object]]:
        names = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch", Language.CHINESE: "中文"}
        return [(self.tr("as the system"), Language.SYSTEM.value), *((name, each.value) for each, name in names.items())]

    def _box(self, choices: Sequence[tuple[str, object]], chosen: object) -> QComboBox:
        box = QComboBox(self)
        for text, value in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.activated.connect(self._on_changed)
        return box

    def _lay_out(self, can_notify: bool) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        for words, box in (
            (self.tr("&Theme"), self.scheme),
            (self.tr("Times &in"), self.zone),
            (self.tr("&Refresh"), self.period),
            (self.tr("&Language"), self.language),
        ):
            form.addRow(words, box)
            box.setAccessibleName(words.replace("&", ""))
        form.addRow("", role_label("small", self.tr("The language changes at the next start.")))
        form.addRow("", self.notifications)
        if not can_notify:
            form.addRow("", role_label("small", self.tr("This desktop has no tray to notify through.")))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @Slot()
    def _on_changed(self) -> None:
        # Qt hands enumerations of words back as bare words.
        self._preferences = replace(
            self._preferences,
            scheme=Scheme(self.scheme.currentData()),
            zone=ZoneChoice(self.zone.currentData()),
            period_ms=int(self.period.currentData()),
            notifications=self.notifications.isChecked(),
            language=Language(self.language.currentData()),
        )
        self.changed.emit(self._preferences)
