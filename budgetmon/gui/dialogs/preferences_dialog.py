"""Preferences. Whatever is chosen holds at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from budgetmon.gui.action_specs import scheme_choices
from budgetmon.gui.preferences import PERIODS_MS, Language, Preferences, ZoneChoice, zone_in_force
from budgetmon.gui.state.formatting import counted, money, number
from budgetmon.gui.state.number_style import Currency, Digits, NumberStyle
from budgetmon.gui.theme.themer import Scheme
from budgetmon.gui.widgets.labels import role_label

_EXAMPLE_NANOS = 1_234_560_000_000
_EXAMPLE_CALLS = 12_345


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
        self.period = self._box([(self._period_words(each), each) for each in PERIODS_MS], preferences.period_ms)
        self.language = self._box(self._languages(), preferences.language.value)
        self.digits = self._box(self._digits(), preferences.numbers.digits.value)
        self.currency = self._box(self._currencies(), preferences.numbers.currency.value)
        self.example = role_label("small")
        self._show_example()
        self.notifications = QCheckBox(self.tr("Desktop notifications"))
        self.notifications.setChecked(preferences.notifications)
        self.notifications.setEnabled(can_notify)
        self.notifications.toggled.connect(self._on_changed)
        self._lay_out(can_notify)

    def _period_words(self, period_ms: int) -> str:
        return self.tr("every {count} s").format(count=number(period_ms / 1000, 1))

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

    def _digits(self) -> list[tuple[str, object]]:
        names = {Digits.LANGUAGE: self.tr("as the app's language"), Digits.DESKTOP: self.tr("as the desktop")}
        return [(names.get(each, each.value), each.value) for each in Digits]

    def _currencies(self) -> list[tuple[str, object]]:
        names = {Currency.LANGUAGE: self.tr("as the app's language")}
        return [(names.get(each, each.value), each.value) for each in Currency]

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
            (self.tr("&Numbers"), self.digits),
            (self.tr("&Currency"), self.currency),
        ):
            form.addRow(words, box)
            box.setAccessibleName(words.replace("&", ""))
        form.insertRow(form.rowCount() - 2, "", role_label("small", self.tr("The language changes at the next start.")))
        form.addRow("", self.example)
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

    def _show_example(self) -> None:
        """How numbers are written now, here too."""
        for place, each in enumerate(PERIODS_MS):
            self.period.setItemText(place, self._period_words(each))
        words = self.tr("For example: {money}, {calls}")
        self.example.setText(words.format(money=money(_EXAMPLE_NANOS), calls=counted(_EXAMPLE_CALLS, "call")))

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
            numbers=NumberStyle(Digits(self.digits.currentData()), Currency(self.currency.currentData())),
        )
        self.changed.emit(self._preferences)
        self._show_example()
