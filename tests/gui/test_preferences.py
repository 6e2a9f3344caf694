"""Preferences: remembered, forgiving, and in force at once."""

from collections.abc import Callable

import pytest
from gui.fakes import FakeLedger
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from budgetmon.gui.dialogs.preferences_dialog import PreferencesDialog
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.preferences import Language, Preferences, ZoneChoice, seen_in, zone_in_force
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.number_style import Currency, Digits, NumberStyle
from budgetmon.gui.theme.themer import Scheme, Themer


@pytest.fixture
def dialog(window: MainWindow) -> PreferencesDialog:
    window.preferences.on_preferences()
    dialog = window.findChild(PreferencesDialog)
    assert dialog is not None
    return dialog


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_that_preferences_come_back_and_what_is_of_no_use_is_as_at_first(settings: Settings) -> None:
    chosen = Preferences(Scheme.CONTRAST, ZoneChoice.UTC, 5000, False, Language.GERMAN)
    settings.preferences = chosen
    assert settings.preferences == chosen
    for key, value in (("zone", "mars"), ("period_ms", "7"), ("language", "tlh")):
        settings._store.setValue(f"prefer/{key}", value)
    settings._store.setValue("look/scheme", "plaid")
    assert settings.preferences == Preferences(notifications=False)


def test_that_the_zone_is_the_ledgers_this_computers_or_utc() -> None:
    assert zone_in_force(ZoneChoice.LEDGER, "Asia/Tokyo") == "Asia/Tokyo"
    assert zone_in_force(ZoneChoice.UTC, "Asia/Tokyo") == "UTC"
    assert zone_in_force(ZoneChoice.LOCAL, "Asia/Tokyo")


def test_that_times_are_shown_in_another_zone_at_once_and_the_picture_itself_keeps_its_own(
    window: MainWindow, dialog: PreferencesDialog, ledger: FakeLedger
) -> None:
    own = ledger.snapshot.ledger.zone
    assert own != "UTC"
    assert seen_in(ledger.snapshot, ZoneChoice.LEDGER) is ledger.snapshot
    choose(dialog.zone, ZoneChoice.UTC.value)
    assert "UTC" in window.status.facts()
    assert window.ranges._zone() == "UTC"
    assert window.snapshot is ledger.snapshot


def test_that_theme_and_period_hold_at_once_and_are_remembered(
    window: MainWindow, dialog: PreferencesDialog, themer: Themer, settings: Settings
) -> None:
    choose(dialog.scheme, Scheme.CONTRAST.value)
    assert themer.tokens.name == "contrast"
    assert [action.text() for action in window.actions_registry.schemes.actions() if action.isChecked()] == ["High contrast"]
    choose(dialog.period, 5000)
    assert window.feed.period_seconds == 5.0
    choose(dialog.language, Language.CHINESE.value)
    dialog.notifications.setChecked(not settings.preferences.notifications)
    assert settings.preferences == Preferences(Scheme.CONTRAST, ZoneChoice.LEDGER, 5000, False, Language.CHINESE)


def test_that_a_later_start_finds_the_preferences(
    window: MainWindow, open_window: Callable[[], MainWindow], settings: Settings, qtbot: QtBot
) -> None:
    settings.preferences = Preferences(zone=ZoneChoice.UTC)
    second = open_window()
    qtbot.waitUntil(lambda: "UTC" in second.status.facts())


def test_that_numbers_and_currency_hold_at_once_and_the_dialog_shows_an_example(
    window: MainWindow, dialog: PreferencesDialog, settings: Settings
) -> None:
    assert dialog.example.text() == "For example: $1,234.56, 12,345 calls"
    choose(dialog.digits, Digits.POINT_COMMA.value)
    choose(dialog.currency, Currency.CODE_FIRST.value)
    assert dialog.example.text().replace("\N{NO-BREAK SPACE}", " ") == "For example: USD 1.234,56, 12.345 calls"
    assert dialog.period.itemText(0) == "every 0,5 s"
    assert settings.preferences.numbers == NumberStyle(Digits.POINT_COMMA, Currency.CODE_FIRST)
    choose(dialog.digits, Digits.LANGUAGE.value)
    choose(dialog.currency, Currency.LANGUAGE.value)
    assert dialog.example.text() == "For example: $1,234.56, 12,345 calls"
