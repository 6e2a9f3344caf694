"""The long tables: filled page by page, filtered as people type, still while rows arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from gui.fakes import FakeLedger, page_of
from gui.snapshots import NOW, ZONE, rich_snapshot, with_calls
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.panels.calls_panel import CallsPanel
from budgetmon.gui.panels.refusals_panel import RefusalsPanel
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.filter_words import calls_behind, completions, known_values, what_is_wrong
from budgetmon.gui.state.page_window import PAGE
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.call_details import DetailsAsk
from budgetmon.monitor.filters import Expected, Field, FilterError, Term, parse
from budgetmon.monitor.paging import Listing, PageAsk
from budgetmon.monitor.snapshot import Snapshot

CLOCK = Clock(ZONE, NOW)
Opener = Callable[..., MainWindow]


class Answers:
    """Answers a panel's questions at once, from a snapshot that a test may change."""

    def __init__(self, panel: CallsPanel, snapshot: Snapshot) -> None:
        self.panel = panel
        self.snapshot = snapshot
        self.asks: list[PageAsk] = []
        panel.page_asked.connect(self.answer)

    def answer(self, ask: PageAsk) -> None:
        self.asks.append(ask)
        self.panel.take(page_of(self.snapshot, ask))

    def write(self, more: int) -> None:
        self.snapshot = with_calls(self.snapshot, more)
        self.panel.show_picture(self.snapshot, CLOCK)


@pytest.fixture
def calls(qtbot: QtBot, themer: Themer) -> Iterator[Answers]:
    panel = CallsPanel(themer)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    answers = Answers(panel, rich_snapshot(calls=500))
    strict = QAbstractItemModelTester(panel.table.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)
    panel.show_picture(answers.snapshot, CLOCK)
    yield answers
    del strict


def numbers(panel: CallsPanel | RefusalsPanel) -> list[int]:
    return [row.id for row in panel.window_of_rows.rows]


def first_in_view(panel: CallsPanel) -> str:
    return str(panel.table.indexAt(panel.table.viewport().rect().topLeft()).data(Qt.ItemDataRole.ToolTipRole))


def test_that_the_first_page_fills_the_table_and_scrolling_brings_the_rest(calls: Answers) -> None:
    panel = calls.panel
    assert len(numbers(panel)) == PAGE
    bar = panel.table.verticalScrollBar()
    for _ in range(4):
        bar.setValue(bar.maximum())
    assert numbers(panel) == [row.id for row in calls.snapshot.calls]
    assert panel.found_words() == "Rows: 500, all there are"


def test_that_new_rows_flow_in_at_the_top(calls: Answers) -> None:
    calls.write(5)
    assert numbers(calls.panel)[0] == calls.snapshot.calls[0].id
    assert calls.panel.table.is_at_top()
    assert calls.panel.new_rows.isHidden()


def test_that_elsewhere_a_button_counts_them_and_nothing_moves(calls: Answers, qtbot: QtBot) -> None:
    panel = calls.panel
    panel.table.verticalScrollBar().setValue(600)
    panel.table.selectRow(25)
    chosen, top = panel.table.as_tsv(), first_in_view(panel)
    for _ in range(3):
        calls.write(4)
    assert panel.new_rows.text() == "12 new" and not panel.new_rows.isHidden()
    assert (panel.table.as_tsv(), first_in_view(panel)) == (chosen, top)
    qtbot.mouseClick(panel.new_rows, Qt.MouseButton.LeftButton)
    assert numbers(panel)[0] == calls.snapshot.calls[0].id
    assert panel.table.is_at_top() and panel.new_rows.isHidden()
    assert panel.table.as_tsv() == chosen


def test_that_scrolling_up_to_them_brings_them_in_without_a_jump(calls: Answers) -> None:
    panel = calls.panel
    panel.table.verticalScrollBar().setValue(600)
    calls.write(9)
    top = numbers(panel)[0]
    panel.table.verticalScrollBar().setValue(0)
    assert numbers(panel)[0] == top + 9
    assert not panel.table.is_at_top() and panel.new_rows.isHidden()


def test_that_a_filter_is_applied_as_typed_and_says_what_is_wrong(calls: Answers, qtbot: QtBot) -> None:
    panel = calls.panel
    line = panel.filter.line
    two = [row.id for row in calls.snapshot.calls[300:302]]
    qtbot.keyClicks(line, f"id:{two[0]} id:{two[1]}")
    qtbot.waitUntil(lambda: numbers(panel) == two)
    qtbot.keyClicks(line, " worker:x")
    qtbot.waitUntil(lambda: panel.filter.wrong == "worker:x: expected a whole number")
    assert numbers(panel) == two
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(numbers(panel)) >= PAGE)
    assert panel.filter.wrong == "" and panel.filter.text == ""


def test_that_nothing_found_is_said_in_words(calls: Answers) -> None:
    calls.panel.show_filter("id:999999")
    assert "Nothing passes the filter" in calls.panel._panel.empty.words()


def test_that_numbers_out_of_sight_are_filtered_for_and_chosen(calls: Answers) -> None:
    oldest = calls.snapshot.calls[-1].id
    calls.panel.show_numbers((oldest,))
    assert calls.panel.filter.text == f"id:{oldest}"
    assert calls.panel.table.as_tsv().count("\n") == 2


def test_that_a_hidden_table_asks_for_nothing(calls: Answers) -> None:
    calls.panel.hide()
    before = len(calls.asks)
    calls.write(3)
    assert len(calls.asks) == before
    calls.panel.show()
    assert numbers(calls.panel)[0] == calls.snapshot.calls[0].id


def test_that_another_ledger_begins_anew(calls: Answers) -> None:
    other = rich_snapshot(calls=20)
    calls.snapshot = replace(other, ledger=replace(other.ledger, path="/srv/other.db"))
    calls.panel.show_picture(calls.snapshot, CLOCK)
    assert numbers(calls.panel) == [row.id for row in other.calls]


def test_that_words_and_known_values_are_completed(calls: Answers, qtbot: QtBot) -> None:
    known = known_values(rich_snapshot())
    assert completions("pro", Listing.CALLS, known) == ["provider:"]
    assert completions("co", Listing.CALLS, known) == ["cost>"]
    assert "budget:" in completions("b", Listing.REFUSALS, known) and "cost>" not in completions("c", Listing.REFUSALS, known)
    assert completions("-provider:perp", Listing.CALLS, known) == ["-provider:perplexity"]
    assert "state:in-doubt" in completions("state:", Listing.CALLS, known)
    assert "since:2h" in completions("since:", Listing.CALLS, known)
    line = calls.panel.filter.line
    qtbot.keyClicks(line, "failed prov")
    qtbot.keyClick(calls.panel.filter._completer.popup(), Qt.Key.Key_Down)
    qtbot.keyClick(calls.panel.filter._completer.popup(), Qt.Key.Key_Return)
    assert line.text() == "failed provider:"


def test_that_every_error_has_its_words(calls: Answers) -> None:
    words = {what_is_wrong(FilterError("token", expected)) for expected in Expected}
    assert len(words) == len(Expected) and all(each.startswith("token: ") for each in words)


def test_that_the_filter_is_remembered_and_read_in_the_ledgers_zone(calls: Answers, themer: Themer, settings: Settings) -> None:
    calls.panel.show_filter("since:2h id:7")
    calls.panel.save(settings)
    panel = CallsPanel(themer)
    panel.restore(settings)
    panel.show_picture(calls.snapshot, CLOCK)
    assert panel.filter.text == "since:2h id:7"
    assert [term.value for term in panel.window_of_rows.only.of(Field.SINCE)] == [NOW - 2 * 3_600_000]
    panel.deleteLater()


def test_that_the_window_fills_its_tables_and_the_key_leads_to_the_filter(
    window: MainWindow, ledger: FakeLedger, qtbot: QtBot
) -> None:
    dashboard = window.dashboard
    window.actions_registry["find"].trigger()
    assert dashboard.docks.is_in_front("calls")
    qtbot.waitUntil(lambda: len(numbers(dashboard.calls)) >= PAGE)
    dashboard.show_calls("refused provider:x")
    assert dashboard.refusals.filter.text == "refused provider:x" and dashboard.docks.is_in_front("refusals")
    assert ledger.most_in_flight == 1


def test_that_return_opens_the_details_of_a_call_which_then_follow_the_rows(window: MainWindow, qtbot: QtBot) -> None:
    window.dashboard.docks.bring("calls")
    calls = window.dashboard.calls
    qtbot.waitUntil(lambda: len(calls.window_of_rows.rows) >= PAGE)
    first, second = calls.window_of_rows.rows[:2]
    calls.table.selectRow(0)
    assert calls.details.isHidden()
    qtbot.keyClick(calls.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Rates from\tconfig" in calls.details.text())
    assert f"Provider\t{first.provider}" in calls.details.text()
    assert "Input rate\t0.15 USD per million tokens" in calls.details.text()
    assert f"Command\tpython desk.py --desk {first.worker}" in calls.details.text()
    qtbot.keyClick(calls.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: f"Provider\t{second.provider}" in calls.details.text() and "Rates from" in calls.details.text())
    qtbot.mouseClick(calls.details.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().startswith(f"Call {second.id}, ")
    qtbot.mouseClick(calls.details.close_details, Qt.MouseButton.LeftButton)
    assert calls.details.isHidden()


def test_that_details_are_read_again_when_their_row_changes(calls: Answers) -> None:
    asked: list[DetailsAsk] = []
    calls.panel.details_asked.connect(asked.append)
    held = next(row for row in calls.snapshot.calls if row.state is CallState.HELD)
    calls.panel.table.row_activated.emit(held)
    assert not calls.panel.details.isHidden() and asked == [DetailsAsk(held.id)]
    settled = tuple(replace(row, state=CallState.SETTLED) if row.id == held.id else row for row in calls.snapshot.calls)
    calls.snapshot = replace(calls.snapshot, calls=settled)
    calls.panel.show_picture(calls.snapshot, CLOCK)
    assert asked == [DetailsAsk(held.id)] * 2
    assert f"Call {held.id}, settled" in calls.panel.details._title.text()


def test_that_a_receipt_leads_to_the_calls_behind_it(window: MainWindow, qtbot: QtBot) -> None:
    dashboard = window.dashboard
    dashboard.docks.bring("refusals")
    qtbot.waitUntil(lambda: bool(dashboard.refusals.window_of_rows.rows))
    dashboard.refusals.table.selectRow(0)
    qtbot.mouseClick(dashboard.refusals._receipt.behind, Qt.MouseButton.LeftButton)
    assert dashboard.docks.is_in_front("calls")
    assert "until:20" in dashboard.calls.filter.text and dashboard.calls.filter.wrong == ""


def test_that_the_calls_behind_a_refusal_are_those_that_its_budget_counts() -> None:
    snapshot = rich_snapshot()
    budget = next(each for each in snapshot.budgets if each.scope.provider is not None)
    window = Window(NOW - 3_600_000, NOW + 3_600_000)
    refusal = replace(snapshot.refusals[0], budget=budget.name, at=NOW, window=window)
    filled = parse(calls_behind(refusal, snapshot.budgets), Listing.CALLS.fields, NOW, ZONE)
    assert Term(Field.PROVIDER, budget.scope.provider or "") in filled.terms
    assert filled.terms[-2:] == (Term(Field.SINCE, window.start), Term(Field.UNTIL, NOW))
    paused = parse(calls_behind(replace(refusal, window=None), ()), Listing.CALLS.fields, NOW, ZONE)
    assert paused.terms == (Term(Field.PROVIDER, refusal.provider), Term(Field.UNTIL, NOW))


def test_that_a_worker_and_a_model_lead_to_their_calls(window: MainWindow) -> None:
    dashboard = window.dashboard
    snapshot = rich_snapshot()
    for panel, row, filtered in (
        (dashboard.workers, 0, f"worker:{snapshot.workers[0].id}"),
        (dashboard.models, 0, f"provider:{snapshot.models[0].provider} model:{snapshot.models[0].name}"),
    ):
        menu = QMenu(window)
        panel.table.fill_menu(menu, panel.table.model().index(row, 0))
        next(action for action in menu.actions() if action.text() == "Show its calls").trigger()
        assert dashboard.calls.filter.text == filtered and dashboard.docks.is_in_front("calls")
