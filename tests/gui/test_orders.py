"""Orders to the core: given by menus, carried out by child processes, told in a notice, undone where that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from budgetmon import PausedError, Usage, UsageTracker
from budgetmon.core.rules.calls import CallState
from budgetmon.gui.app import open_reader
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.process.command import Place
from budgetmon.gui.process.orders import Order, Orders, Verb
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask

CONFIG = """
models:
  dear: {provider: north, input_per_mtok: 10}
  cheap: {provider: south, input_per_mtok: 1}
"""
MILLION = Usage(input_tokens=1_000_000)
PATIENCE_MS = 60_000


@pytest.fixture
def tracker(ledger_folder: Path) -> Iterator[UsageTracker]:
    path = ledger_folder / "budget.yaml"
    path.write_text(f"database: ledger.db\ntimezone: UTC\ndurability: process\n{CONFIG}", encoding="utf-8")
    with UsageTracker(path) as tracker:
        yield tracker


@contextmanager
def opened(tracker: UsageTracker, themer: Themer, settings: Settings, qtbot: QtBot) -> Iterator[MainWindow]:
    config = tracker.db_path.with_name("budget.yaml")
    window = MainWindow(tracker.db_path, open_reader, themer, settings, config=config, period_ms=20)
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.snapshot is not None)
    yield window
    window.close()


def order_notice(window: MainWindow) -> tuple[Tone, str, str] | None:
    message = window.notices.stack.message("order")
    return None if message is None else (message.tone, message.headline, message.button)


def menu_of_first_call(window: MainWindow) -> QMenu:
    menu = QMenu(window)
    table = window.dashboard.calls.table
    table.fill_menu(menu, table.model().index(0, 2))
    return menu


def entry(menu: QMenu, words: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == words)


def pausing_refuses(tracker: UsageTracker) -> None:
    with pytest.raises(PausedError, match="north is paused"), tracker.call("dear", estimate=MILLION):
        pass


def test_that_a_pause_from_the_app_refuses_a_real_worker_until_it_is_undone(
    tracker: UsageTracker, themer: Themer, settings: Settings, qtbot: QtBot
) -> None:
    tracker.record("dear", MILLION)
    with opened(tracker, themer, settings, qtbot) as window:
        window.dashboard.docks.bring("calls")
        qtbot.waitUntil(lambda: len(window.dashboard.calls.window_of_rows.rows) == 1)
        entry(menu_of_first_call(window), "Pause north").trigger()
        qtbot.waitUntil(lambda: order_notice(window) == (Tone.OK, "north is paused", "Undo"), timeout=PATIENCE_MS)
        pausing_refuses(tracker)
        qtbot.waitUntil(lambda: window.snapshot is not None and window.snapshot.paused == ("north",))
        assert "Resume north" in [action.text() for action in menu_of_first_call(window).actions()]
        window.notices.order_given.emit()
        qtbot.waitUntil(lambda: order_notice(window) == (Tone.OK, "north goes on", "Undo"), timeout=PATIENCE_MS)
        with tracker.call("dear", estimate=MILLION) as call:
            call.release()


def test_that_a_doubt_is_resolved_only_once_it_was_confirmed(
    tracker: UsageTracker, themer: Themer, settings: Settings, qtbot: QtBot
) -> None:
    with tracker.call("dear", estimate=MILLION) as call:
        call.put_in_doubt()
    with opened(tracker, themer, settings, qtbot) as window:
        calls = window.dashboard.calls
        window.dashboard.show_calls("state:in-doubt")
        qtbot.waitUntil(lambda: len(calls.window_of_rows.rows) == 1)
        entry(menu_of_first_call(window), "Charge $10.00 for this call...").trigger()
        asked = (Tone.WARNING, f"Charge call {call.id} with what was set aside for it?", "Charge it")
        assert order_notice(window) == asked
        with LedgerReader(tracker.db_path) as reader:
            assert reader.snapshot(Ask()).calls[0].state is CallState.IN_DOUBT
        window.notices.order_given.emit()
        done = (Tone.OK, f"Call {call.id} is charged", "")
        qtbot.waitUntil(lambda: order_notice(window) == done, timeout=PATIENCE_MS)
        qtbot.waitUntil(lambda: [row.state for row in calls.window_of_rows.rows] == [CallState.SETTLED])  # type: ignore[union-attr]
        assert "Charge $10.00 for this call..." not in [action.text() for action in menu_of_first_call(window).actions()]


@pytest.fixture
def orders(qapp: object) -> Iterator[Orders]:
    orders = Orders()
    yield orders
    orders.shutdown()


def test_that_an_order_that_fails_says_why(orders: Orders, tracker: UsageTracker, qtbot: QtBot) -> None:
    orders.use(Place(tracker.db_path, tracker.db_path.with_name("budget.yaml")))
    order = Order(Verb.RELEASE, "77")
    with qtbot.waitSignal(orders.failed, timeout=PATIENCE_MS) as caught:
        orders.give(order)
    assert caught.args[0] == order
    assert caught.args[1].startswith("there is no call 77")


@pytest.mark.parametrize(
    ("order", "arguments"),
    [
        (Order(Verb.PAUSE, "north"), ["pause", "--db", "l.db", "--", "north"]),
        (Order(Verb.RESUME, "--help"), ["resume", "--db", "l.db", "--", "--help"]),
        (Order(Verb.CHARGE, "7"), ["resolve", "--db", "l.db", "--", "7", "charge"]),
        (Order(Verb.RELEASE, "7"), ["resolve", "--db", "l.db", "--", "7", "release"]),
    ],
)
def test_that_an_order_is_one_command(order: Order, arguments: list[str]) -> None:
    assert order.arguments(Place(Path("l.db"))) == arguments


def test_that_pause_and_resume_undo_each_other_and_a_resolution_stays() -> None:
    assert Order(Verb.PAUSE, "x").undo == Order(Verb.RESUME, "x")
    assert Order(Verb.RESUME, "x").undo == Order(Verb.PAUSE, "x")
    assert Order(Verb.CHARGE, "1").undo is Order(Verb.RELEASE, "1").undo is None


def test_that_a_value_is_filtered_by_and_excluded_from_the_menu(window: MainWindow, qtbot: QtBot) -> None:
    calls = window.dashboard.calls
    window.dashboard.docks.bring("calls")
    qtbot.waitUntil(lambda: bool(calls.window_of_rows.rows))
    provider = calls.window_of_rows.rows[0].provider
    entry(menu_of_first_call(window), f"Filter by provider:{provider}").trigger()
    assert calls.filter.text == f"provider:{provider}"
    entry(menu_of_first_call(window), f"Exclude provider:{provider}").trigger()
    assert calls.filter.text == f"provider:{provider} -provider:{provider}"


def test_that_a_card_offers_to_pause_its_provider(window: MainWindow) -> None:
    asked: list[Order] = []
    window.dashboard.order_asked.disconnect(window.orders.ask)
    window.dashboard.order_asked.connect(asked.append)
    dashboard = window.dashboard
    dashboard.cards.menu_asked.emit("perplexity", dashboard.mapToGlobal(dashboard.rect().center()))
    menus = [menu for menu in dashboard.findChildren(QMenu) if menu.isVisible()]
    menus[0].actions()[0].trigger()
    assert asked == [Order(Verb.PAUSE, "perplexity")]
    menus[0].close()
