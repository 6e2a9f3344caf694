"""The window: what it shows, what it says when there is nothing to show, and how it closes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from gui.fakes import FakeClock, FakeLedger, trouble
from gui.snapshots import DAY, NOW, empty_snapshot, with_calls
from PySide6.QtCore import Qt, QThread
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.page_window import PAGE
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.gui.troubles import words_for
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

Opener = Callable[[], MainWindow]


def banner(window: MainWindow, cause: str) -> str:
    message = window.notices.stack.message(cause)
    return f"{message.headline}\n{message.detail}" if message else ""


def test_that_the_title_names_the_ledger_and_the_note(window: MainWindow) -> None:
    assert window.windowTitle() == "ledger.db (demo) - budgetmon"


def test_that_the_first_picture_fills_cards_charts_and_tables(window: MainWindow, qtbot: QtBot) -> None:
    dashboard = window.dashboard
    assert window.pages.currentWidget() is dashboard
    assert dashboard.cards.card("perplexity") is not None
    assert dashboard.cards.card(None) is not None
    assert not dashboard.charts.burn_down.is_empty
    assert not dashboard.charts.consumption.is_empty
    assert not dashboard.charts.cache_rates.is_empty
    qtbot.waitUntil(lambda: dashboard.calls.table.model().rowCount() >= PAGE)
    assert dashboard.docks.dock("refusals").windowTitle() == "Refusals (88)"


@pytest.mark.parametrize("kind", list(Trouble))
def test_that_trouble_before_the_first_picture_fills_the_window_with_words(
    kind: Trouble, open_window: Opener, ledger: FakeLedger, qtbot: QtBot
) -> None:
    ledger.problem = trouble(kind)
    window = open_window()
    qtbot.waitUntil(lambda: kind.value in window.nothing.words())
    assert window.pages.currentWidget() is window.nothing
    assert f"Advice about {kind.name.lower()}." in window.nothing.words()
    assert "/srv/desk/ledger.db" in window.nothing.words()
    assert window.nothing.button.isVisible()
    ledger.problem = None
    qtbot.waitUntil(lambda: window.pages.currentWidget() is window.dashboard)


def test_that_trouble_later_keeps_the_last_picture_under_a_banner(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    for kind in Trouble:
        ledger.problem = trouble(kind)
        window.on_refresh()
        headline = words_for(ledger.problem, seen=True).headline
        qtbot.waitUntil(lambda headline=headline: headline in banner(window, "trouble"))  # type: ignore[misc]
        assert "last good picture" in banner(window, "trouble"), kind
        assert window.pages.currentWidget() is window.dashboard
        assert window.snapshot is not None
        ledger.problem = None
        qtbot.waitUntil(lambda: not banner(window, "trouble"))


def test_that_trouble_without_advice_gets_some() -> None:
    for kind in Trouble:
        words = words_for(LedgerTrouble(kind, "/x", ""))
        assert words.headline == kind.value
        assert words.sentence.endswith(".")


def test_that_trouble_that_was_put_away_does_not_come_back_until_it_was_over(
    window: MainWindow, ledger: FakeLedger, qtbot: QtBot
) -> None:
    ledger.problem = trouble(Trouble.LOCKED)
    qtbot.waitUntil(lambda: bool(banner(window, "trouble")))
    window.notices.stack._on_dismissed("trouble")
    polls = ledger.polls
    qtbot.waitUntil(lambda: ledger.polls > polls + 3)
    assert not banner(window, "trouble")
    ledger.problem = None
    qtbot.waitUntil(lambda: window.notices._put_away is None)
    ledger.problem = trouble(Trouble.LOCKED)
    qtbot.waitUntil(lambda: bool(banner(window, "trouble")))


def test_that_a_picture_that_cannot_be_confirmed_ages_and_then_looks_stale(
    window: MainWindow, ledger: FakeLedger, clock: FakeClock, qtbot: QtBot
) -> None:
    assert window.status.age_words().startswith("Live")
    ledger.problem = trouble(Trouble.LOCKED)
    qtbot.waitUntil(lambda: bool(banner(window, "trouble")))
    clock.pass_seconds(12)
    window.time.on_tick()
    assert window.status.age_words() == "Late, checked 12 s ago"
    assert not window.dashboard._veil.isVisible()
    clock.pass_seconds(60)
    window.time.on_tick()
    assert window.status.age_words() == "Stale, checked 1 min ago"
    assert window.dashboard._veil.isVisible()
    ledger.problem = None
    qtbot.waitUntil(lambda: not window.dashboard._veil.isVisible())


def test_that_an_unexpected_error_shows_a_banner_with_a_report_and_the_window_stays(
    window: MainWindow, ledger: FakeLedger, qtbot: QtBot
) -> None:
    ledger.problem = ZeroDivisionError("the seventh bucket")
    qtbot.waitUntil(lambda: "the seventh bucket" in banner(window, "failure"))
    buttons = [each for each in window.notices.stack.findChildren(QPushButton) if each.text() == "Copy report"]
    qtbot.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    assert "Traceback" in QGuiApplication.clipboard().text()
    assert window.isVisible()


def test_that_space_pauses_the_view_and_counts_what_comes_meanwhile(
    window: MainWindow, ledger: FakeLedger, qtbot: QtBot
) -> None:
    before = window.snapshot
    qtbot.keyClick(window, Qt.Key.Key_Space)
    ledger.snapshot = with_calls(ledger.snapshot, 132)
    qtbot.waitUntil(lambda: "132 new calls" in banner(window, "paused"))
    assert window.snapshot is before
    qtbot.keyClick(window, Qt.Key.Key_Space)
    assert window.snapshot is ledger.snapshot
    assert not banner(window, "paused")


def test_that_space_still_presses_a_button(window: MainWindow, qtbot: QtBot) -> None:
    window.notices.failure("Traceback\nValueError: x")
    button = next(each for each in window.notices.stack.findChildren(QPushButton) if each.text() == "Copy report")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert QGuiApplication.clipboard().text().endswith("ValueError: x")
    assert not banner(window, "paused")


def test_that_a_card_chooses_the_budgets_of_the_burn_down_and_escape_brings_all_back(window: MainWindow, qtbot: QtBot) -> None:
    burn_down = window.dashboard.charts.burn_down
    card = window.dashboard.cards.card("gemini")
    assert card is not None
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert burn_down.chosen is not None
    assert burn_down.chosen.name == "gemini tokens"
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert burn_down.chosen.name == "alpha vantage day", "choosing it again shows all"
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    window.on_all_providers()
    assert burn_down.chosen.name == "alpha vantage day"


def test_that_a_span_is_asked_for_at_once_and_remembered(
    window: MainWindow, ledger: FakeLedger, settings: Settings, qtbot: QtBot
) -> None:
    choices = {action.text(): action for action in window.actions_registry.spans.actions()}
    assert list(choices) == ["15 m", "1 h", "6 h", "24 h", "7 d", "30 d"]
    choices["7 d"].trigger()
    qtbot.waitUntil(lambda: any(ask.span == timedelta(days=7) for ask in ledger.asks))
    assert settings.span((timedelta(days=7),)) == timedelta(days=7)


def test_that_a_theme_is_chosen_and_remembered(window: MainWindow, themer: Themer, settings: Settings) -> None:
    choices = {action.text(): action for action in window.actions_registry.schemes.actions()}
    choices["Dark"].trigger()
    assert themer.tokens.is_dark
    assert settings.scheme is Scheme.DARK


def test_that_a_layout_chosen_by_key_is_there_again_next_time(
    window: MainWindow, open_window: Opener, settings: Settings, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.dashboard.docks.is_in_front("calls"))
    qtbot.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.dashboard.docks.dock("calls").isHidden()
    window.close()
    assert open_window().dashboard.docks.chosen is LayoutName.COMPACT


def test_that_settings_of_no_use_count_as_absent(settings: Settings) -> None:
    settings._store.setValue("look/scheme", "plaid")
    settings._store.setValue("look/span_seconds", "soon")
    settings._store.setValue("layout1/geometry", "none")
    assert settings.scheme is Scheme.SYSTEM
    assert settings.span((timedelta(days=7),)) == timedelta(hours=1)
    assert settings.layout("geometry") is None


def test_that_the_end_of_a_window_asks_for_a_whole_new_picture(
    window: MainWindow, ledger: FakeLedger, clock: FakeClock, qtbot: QtBot
) -> None:
    opened = ledger.opened
    clock.pass_seconds(DAY / 1000)
    window.time.on_tick()
    qtbot.waitUntil(lambda: ledger.opened > opened)


def test_that_time_passes_in_a_quiet_ledger(window: MainWindow, clock: FakeClock, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.dashboard.turns.is_done)
    clock.pass_seconds(20)
    window.time.on_tick()
    assert window.dashboard.charts.now == NOW + 900 + 20_000


def test_that_another_ledger_starts_from_nothing(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.gate.clear()
    window.open_ledger("/elsewhere/other.db")
    assert window.windowTitle().startswith("other.db")
    assert window.pages.currentWidget() is window.nothing
    assert window.snapshot is None
    ledger.snapshot = empty_snapshot()
    ledger.gate.set()
    qtbot.waitUntil(lambda: window.snapshot == ledger.snapshot)


def test_that_help_opens_without_blocking(window: MainWindow) -> None:
    window.help.on_shortcuts()
    window.help.on_about()
    dialogs = window.findChildren(QDialog)
    assert {dialog.windowTitle() for dialog in dialogs} == {"Shortcuts", "About budgetmon"}
    for dialog in dialogs:
        dialog.close()


def test_that_closing_stops_the_poller_and_waits_for_it(window: MainWindow, ledger: FakeLedger) -> None:
    window.close()
    assert ledger.opened == ledger.closed
    assert all(thread.isFinished() for thread in window.feed.findChildren(QThread))


def test_that_a_moved_layout_comes_back_and_reset_forgets_it(
    window: MainWindow, open_window: Opener, settings: Settings, qtbot: QtBot
) -> None:
    docks = window.dashboard.docks
    qtbot.waitUntil(lambda: docks.is_in_front("calls"))
    docks.bring("workers")
    docks.dock("models").close()
    window.close()
    second = open_window()
    qtbot.waitUntil(lambda: second.snapshot is not None)
    again = second.dashboard.docks
    qtbot.waitUntil(lambda: again.is_in_front("workers"))
    assert not again.is_in_front("calls")
    assert again.dock("models").isHidden()
    second.on_reset_layout()
    qtbot.waitUntil(lambda: again.is_in_front("calls"))
    assert not again.dock("models").isHidden()
    assert settings.layout("docks") is None


def test_that_a_minimised_window_asks_less_often(window: MainWindow) -> None:
    window.hide()
    assert window.feed.period_seconds == 5.0
    window.show()
    assert window.feed.period_seconds < 1


def test_that_the_refusal_under_the_cursor_shows_its_receipt(window: MainWindow, qtbot: QtBot) -> None:
    refusals = window.dashboard.refusals
    window.dashboard.docks.bring("refusals")
    qtbot.waitUntil(lambda: refusals.table.model().rowCount() > 1)  # a panel that comes to the front asks for its rows
    refusals.table.selectRow(1)
    assert "free 0 calls = limit 25 calls - spent 25 calls" in refusals.receipt_words()


def test_that_unpriced_calls_are_told_and_not_hidden_in_a_sum(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    totals = replace(ledger.snapshot.totals, unpriced_calls=7)
    ledger.snapshot = replace(ledger.snapshot, totals=totals)
    qtbot.waitUntil(lambda: window.snapshot is ledger.snapshot)
    assert "7 calls unpriced" in window.dashboard.summary._spent.toolTip()
