"""Runs in the ledger: their rows, their budgets, and what their calls and caches are attributed to."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from budgetmon import BudgetExceededError, LRUCache, UsageTracker
from budgetmon.core.ledger.run_book import RunBook
from budgetmon.core.ledger.runs import KEPT_RUNS
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.rules.runs import RUN_VARIABLE, RunEnd, RunKind, RunOrder, RunProgress, RunResult, RunStatus
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import RunRow

CENT = 10_000_000
MODELS = "models: {m: {provider: p, per_call: 0.01}}\n"
BUDGETS = MODELS + "budgets: [{name: day, limit: 5 USD, per: day}]\n"


@pytest.fixture
def ledger(ledger_folder: Path) -> Iterator[SqliteLedger]:
    ledger = SqliteLedger(ledger_folder / "ledger.db", zone="UTC", power_safe=False)
    yield ledger
    ledger.close()


@pytest.fixture
def book(ledger: SqliteLedger) -> RunBook:
    return RunBook(ledger)


def order(budget: int | None = None, profile: str = "unit tests") -> RunOrder:
    return RunOrder(profile, RunKind.PYTEST, "/srv/project", ("-q",), "/srv/files", budget, timedelta(seconds=90))


def result(test: str, outcome: str = "passed") -> RunResult:
    return RunResult(test, outcome, "call", 0.25, "", None, "/srv/project/test_a.py", 3)


def runs_of(ledger: SqliteLedger) -> dict[int, RunRow]:
    with LedgerReader(ledger.path) as reader:
        return {run.id: run for run in reader.snapshot().runs}


def test_that_a_run_is_kept_from_its_begin_to_its_end(ledger: SqliteLedger, book: RunBook) -> None:
    run = book.begin(order(3 * CENT))
    book.add(run.id, [result("a"), result("b", "failed")], RunProgress(3, {"passed": 1, "failed": 1}))
    (under_way,) = runs_of(ledger).values()
    book.finish(run.id, RunEnd(RunStatus.FAILED, 1, "said so"))
    (over,) = runs_of(ledger).values()

    assert (under_way.name, under_way.profile, under_way.status) == (run.name, "unit tests", RunStatus.RUNNING)
    assert (under_way.total, dict(under_way.counts), under_way.took_ms) == (3, {"passed": 1, "failed": 1}, None)
    assert (over.kind, over.status, over.exit_code, over.detail) == (RunKind.PYTEST, RunStatus.FAILED, 1, "said so")
    assert (over.budget, over.time_limit_ms, over.folder, over.args) == (3 * CENT, 90_000, "/srv/project", ("-q",))
    assert over.took_ms is not None
    with LedgerReader(ledger.path) as reader:
        assert reader.run_results(run.id) == (result("a"), result("b", "failed"))


def test_that_a_second_end_changes_nothing(ledger: SqliteLedger, book: RunBook) -> None:
    run = book.begin(order())
    book.finish(run.id, RunEnd(RunStatus.CANCELLED))
    book.finish(run.id, RunEnd(RunStatus.PASSED, 0))

    assert runs_of(ledger)[run.id].status is RunStatus.CANCELLED


def test_that_texts_that_no_database_can_hold_are_kept_as_escapes(ledger: SqliteLedger, book: RunBook) -> None:
    run = book.begin(order())
    book.add(run.id, [result("test[\ud800-\0-é]")], RunProgress())

    with LedgerReader(ledger.path) as reader:
        (kept,) = reader.run_results(run.id)
    assert kept.test == "test[\\ud800-\\x00-é]"
    book.finish(run.id, RunEnd(RunStatus.PASSED))


def test_that_the_budget_of_a_run_blocks_its_calls_and_no_others(
    make_tracker: Callable[..., UsageTracker], book: RunBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker(BUDGETS)
    run = book.begin(order(2 * CENT))
    monkeypatch.setenv(RUN_VARIABLE, run.name)
    for _ in range(2):
        with tracker.call("m") as call:
            call.settle(cost=Decimal("0.01"))
    with pytest.raises(BudgetExceededError, match="unit tests #1"), tracker.call("m"):
        pytest.fail("a call that the budget of its run has no room for")
    monkeypatch.delenv(RUN_VARIABLE)
    with tracker.call("m") as call:
        call.settle(cost=Decimal("0.01"))
    book.finish(run.id, RunEnd(RunStatus.PASSED))

    with LedgerReader(tracker.db_path) as reader:
        snapshot = reader.snapshot()
    (row,) = snapshot.runs
    assert (row.calls, row.cost, row.refused) == (2, 2 * CENT, 1)
    assert [budget.name for budget in snapshot.budgets] == ["day"]


def test_that_a_config_loaded_meanwhile_leaves_the_budget_of_a_run_in_force(
    make_tracker: Callable[..., UsageTracker], book: RunBook
) -> None:
    make_tracker(BUDGETS)
    run = book.begin(order(CENT))
    tracker = make_tracker(MODELS + "budgets: [{name: week, limit: 9 USD, per: week}]\n", name="other.yaml")

    assert [budget.name for budget in tracker.budgets] == ["week", f"run {run.name}"]
    book.finish(run.id, RunEnd(RunStatus.PASSED))
    assert [budget.name for budget in tracker.budgets] == ["week"]


def test_that_lookups_in_caches_are_attributed_to_the_run(
    make_tracker: Callable[..., UsageTracker], book: RunBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = book.begin(order())
    monkeypatch.setenv(RUN_VARIABLE, run.name)
    with make_tracker(MODELS) as tracker:
        cache: LRUCache[str, int] = LRUCache(max_size=10, name="c", tracker=tracker)
        cache.set("a", 1)
        assert [cache.get("a"), cache.get("a"), cache.get("a"), cache.get("b")] == [1, 1, 1, None]
    book.finish(run.id, RunEnd(RunStatus.PASSED))

    with LedgerReader(tracker.db_path) as reader:
        (row,) = reader.snapshot().runs
    assert (row.hits, row.misses, row.hit_rate) == (3, 1, 0.75)


def test_that_a_run_whose_runner_was_killed_has_crashed_and_its_budget_goes_with_the_next_run(
    ledger: SqliteLedger, book: RunBook
) -> None:
    runner = """
        import os, sys
        from pathlib import Path
        from budgetmon.core.ledger.run_book import RunBook
        from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
        from budgetmon.core.rules.runs import RunKind, RunOrder

        ledger = SqliteLedger(Path(sys.argv[1]), zone="UTC", power_safe=False)
        RunBook(ledger).begin(RunOrder("killed", RunKind.PYTEST, "/srv", (), "/srv", 5))
        os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(runner), ledger.path], check=False, timeout=60)

    (killed,) = runs_of(ledger).values()
    assert (killed.status, killed.ended_at) == (RunStatus.CRASHED, None)  # nobody knows when
    assert len(ledger.budgets_in_force()) == 1

    run = book.begin(order())
    assert runs_of(ledger)[killed.id].status is RunStatus.CRASHED
    assert runs_of(ledger)[run.id].status is RunStatus.RUNNING
    assert ledger.budgets_in_force() == ()
    book.finish(run.id, RunEnd(RunStatus.PASSED))


def test_that_a_run_begins_without_a_look_at_the_history(ledger: SqliteLedger, book: RunBook) -> None:
    book.reap()
    statements: list[str] = []

    def note(_cursor: object, sql: str, _values: object) -> bool:
        statements.append(sql)
        return True

    with ledger._pool.borrow() as db:
        db.exec_trace = note
    book.begin(order(3 * CENT))
    assert any("INSERT INTO budget" in sql for sql in statements)
    assert not [sql for sql in statements if "FROM call" in sql and "state IN" not in sql]


def test_that_of_old_runs_the_counts_stay_and_the_results_go(ledger: SqliteLedger, book: RunBook) -> None:
    numbers = []
    for _ in range(KEPT_RUNS + 1):
        run = book.begin(order())
        book.add(run.id, [result("a")], RunProgress(1, {"passed": 1}))
        book.finish(run.id, RunEnd(RunStatus.PASSED, 0))
        numbers.append(run.id)

    assert book.forget_old_results("unit tests") == ("/srv/files/1",)
    assert book.forget_old_results("unit tests") == ()
    with LedgerReader(ledger.path) as reader:
        kept = [len(reader.run_results(number)) for number in numbers]
    assert kept == [0] + [1] * KEPT_RUNS
    assert dict(runs_of(ledger)[numbers[0]].counts) == {"passed": 1}
