"""Many processes and threads on one ledger: a cap is never crossed, never missed, and opening never fails."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.ledger_view import budget, picture
from integration.ledger_workers import hold_all, open_and_record, spend_all

from budgetmon import UsageTracker

MakeTracker = Callable[..., UsageTracker]
Start = Callable[..., None]

PROCESSES = 4
THREADS = 3
CAP = 200
CONFIG = f"""\
models: {{fee: {{provider: p, per_call: 0.05}}}}
budgets:
  - {{name: calls, limit: {CAP + 7} calls, per: lifetime}}
  - {{name: money, limit: {CAP * 0.05 + 0.04:.2f} USD, per: month}}
"""

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture(params=["fork", "spawn"])
def context(request: pytest.FixtureRequest) -> Any:
    return multiprocessing.get_context(request.param)


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts processes; those that still run when the test ends are killed."""
    started: list[Any] = []

    def begin(process: Any) -> None:
        process.start()
        started.append(process)

    yield begin
    for process in started:
        process.kill()
        process.join()


def config_file(make_tracker: MakeTracker, text: str) -> Path:
    tracker = make_tracker(text)
    tracker.close()
    assert tracker.config.path is not None
    return tracker.config.path


@pytest.mark.parametrize("work", [spend_all, hold_all])
def test_that_exactly_the_cap_is_admitted(work: Any, context: Any, start: Start, make_tracker: MakeTracker) -> None:
    config = config_file(make_tracker, CONFIG)
    results = context.Queue()
    # hold_all waits a second time on it, with every thread
    barrier = context.Barrier(PROCESSES) if work is spend_all else _TwoBarriers(context)
    for _ in range(PROCESSES):
        start(context.Process(target=work, args=(config, THREADS, barrier, results)))
    admitted = [results.get(timeout=60) for _ in range(PROCESSES)]
    assert sum(admitted) == CAP
    ledger = config.parent / "ledger.db"
    seen = picture(ledger)
    settled = seen.totals.calls
    assert settled == CAP if work is spend_all else 0 < settled < CAP
    assert (budget(ledger, "calls").spent, budget(ledger, "money").spent) == (settled, settled * 50_000_000)
    assert seen.totals.held == seen.totals.in_doubt == 0
    assert {row.budget for row in seen.refusals} == {"money"}
    assert len(seen.refusals) == PROCESSES * THREADS
    assert len(seen.calls) == CAP


class _TwoBarriers:
    """Waits for all processes the first time a thread of each comes, then for all threads of all processes."""

    def __init__(self, context: Any) -> None:
        self.first = context.Barrier(PROCESSES)
        self.second = context.Barrier(PROCESSES * THREADS)
        self.passed = False

    def wait(self, timeout: float) -> None:
        if self.passed:
            self.second.wait(timeout)
        else:
            self.first.wait(timeout)
            self.passed = True


def test_that_64_processes_open_a_fresh_ledger_at_once(start: Start, ledger_folder: Path) -> None:
    context = multiprocessing.get_context("fork")
    config = ledger_folder / "budget.yaml"
    config.write_text(f"database: ledger.db\ndurability: process\n{CONFIG}")
    barrier = context.Barrier(64)
    processes = [context.Process(target=open_and_record, args=(config, barrier)) for _ in range(64)]
    for process in processes:
        start(process)
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 64
    seen = picture(ledger_folder / "ledger.db")
    assert len({row.tag for row in seen.calls}) == len(seen.calls) == 64
    assert len({row.worker for row in seen.calls}) == 64
    assert [worker.alive for worker in seen.workers] == [False] * 64
    assert budget(ledger_folder / "ledger.db", "calls").spent == 64


def test_that_trackers_of_one_process_share_one_worker(make_tracker: MakeTracker) -> None:
    trackers = [make_tracker(CONFIG) for _ in range(3)]
    for tracker in trackers:
        tracker.record("fee")
    trackers[0].close()
    trackers[1].record("fee")
    seen = picture(trackers[1])
    assert len(seen.workers) == 1
    assert seen.workers[0].alive
    assert seen.workers[0].calls == 4
