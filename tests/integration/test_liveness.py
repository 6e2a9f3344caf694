"""Holds of the dead are given up, holds of the living never: by the kernel's word, not by a timeout."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from budgetmon import BudgetExceededError, Usage, UsageTracker
from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.doubts import InDoubt
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, Snapshot

ONE_DOLLAR = Usage(input_tokens=1_000_000)
CONFIG = """
models:
  m: {provider: p, input_per_mtok: 1, output_per_mtok: 1}
budgets:
  - {name: cap, limit: 2 USD, per: lifetime}
"""

HOLDER = """
    import sys
    from budgetmon import Usage, UsageTracker
    tracker = UsageTracker(sys.argv[1])
    call = tracker.call("m", estimate=Usage(input_tokens=1_000_000)).__enter__()
    print(call.id, flush=True)
    if sys.stdin.readline().strip() == "settle":
        call.settle(Usage(input_tokens=250_000))
        print("settled", flush=True)
        sys.stdin.readline()
"""


@contextmanager
def holder(config: Path, *prefix: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds a dollar of the budget, and the number of its call."""
    process = subprocess.Popen(
        [*prefix, sys.executable, "-c", textwrap.dedent(HOLDER), str(config)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        yield process, int(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def look(tracker: UsageTracker) -> Snapshot:
    with LedgerReader(tracker.db_path) as reader:
        return reader.snapshot(Ask(in_doubt=True))


def spend(tracker: UsageTracker, usage: Usage = ONE_DOLLAR) -> None:
    with tracker.call("m", estimate=usage) as call:
        call.settle(usage)


def test_that_a_dead_workers_hold_is_in_doubt_at_the_next_admission(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker(CONFIG)
    with holder(tracker.config.path) as (process, number):
        process.kill()
        process.wait()
        spend(tracker)
        snapshot = look(tracker)
    assert [call.id for call in snapshot.calls] == [number]
    assert (snapshot.budgets[0].spent, snapshot.budgets[0].in_doubt, snapshot.budgets[0].held) == (10**9, 10**9, 0)
    with pytest.raises(BudgetExceededError) as refusal:
        spend(tracker)
    assert refusal.value.receipt.in_doubt == 10**9


def test_that_on_death_release_gives_the_hold_back_before_anyone_is_refused(
    make_tracker: Callable[..., UsageTracker],
) -> None:
    tracker = make_tracker("on_death: release" + CONFIG)
    with holder(tracker.config.path) as (process, _):
        with pytest.raises(BudgetExceededError):
            spend(tracker, Usage(input_tokens=2_000_000))
        process.kill()
        process.wait()
        spend(tracker, Usage(input_tokens=2_000_000))
    assert look(tracker).budgets[0].spent == 2 * 10**9


def test_that_a_stopped_workers_hold_is_never_swept(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("on_death: release" + CONFIG)
    with holder(tracker.config.path) as (process, _), opened(tracker.config) as ledger:
        process.send_signal(signal.SIGSTOP)
        assert ledger.sweep() == 0
        with pytest.raises(BudgetExceededError) as refusal:
            spend(tracker, Usage(input_tokens=2_000_000))
        assert refusal.value.receipt.held == 10**9
        assert [holder.pid for holder in refusal.value.receipt.holders] == [process.pid]
        process.send_signal(signal.SIGCONT)
        process.communicate("settle\n\n")
    assert look(tracker).budgets[0].spent == 250_000_000


def test_that_a_settlement_after_its_owner_was_declared_dead_corrects_the_books(
    make_tracker: Callable[..., UsageTracker],
) -> None:
    tracker = make_tracker(CONFIG)
    with holder(tracker.config.path) as (process, number), opened(tracker.config) as ledger:
        # An operator was too quick: the call was given up while its worker was at it.
        ledger._writer.run(_giving_up(ledger, number))  # no public way leads there, and none should
        assert look(tracker).budgets[0].in_doubt == 10**9
        process.communicate("settle\n\n")
    budget = look(tracker).budgets[0]
    assert (budget.spent, budget.held, budget.in_doubt) == (250_000_000, 0, 0)


def _giving_up(ledger, number):  # type: ignore[no-untyped-def]
    from budgetmon.core.ledger import journal

    def work(db):  # type: ignore[no-untyped-def]
        hold, ids, _ = journal.find(db, number)
        rules = ledger._book.current(db)
        return journal.put_in_doubt(journal.Posting(db, rules, 1, ids, hold.at), hold)

    return work


def test_that_a_doubt_is_resolved_once(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker(CONFIG)
    for verdict, spent in ((InDoubt.CHARGE, 10**9), (InDoubt.RELEASE, 10**9)):
        with pytest.raises(TimeoutError), tracker.call("m", estimate=ONE_DOLLAR) as call:
            raise TimeoutError
        with opened(tracker.config) as ledger:
            assert ledger.resolve(call.id, verdict) is CallState.IN_DOUBT
            assert ledger.resolve(call.id, InDoubt.CHARGE) in (CallState.SETTLED, CallState.RELEASED)
            assert ledger.resolve(10**9, verdict) is None
        budget = look(tracker).budgets[0]
        assert (budget.spent, budget.in_doubt) == (spent, 0)


def test_that_a_reused_pid_does_not_make_the_dead_alive(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("on_death: release" + CONFIG)
    with holder(tracker.config.path) as (process, _), opened(tracker.config) as ledger:
        process.kill()
        process.wait()
        # The row says this very process's pid; only the kernel's lock counts.
        ledger._writer.run(lambda db: db.execute("UPDATE worker SET pid = ? WHERE pid = ?", (os.getpid(), process.pid)))
        assert ledger.sweep() == 1


def test_that_workers_in_other_pid_namespaces_are_told_alive_from_dead(
    make_tracker: Callable[..., UsageTracker],
) -> None:
    unshare = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")
    try:
        possible = subprocess.run([*unshare, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        possible = False
    if not possible:
        pytest.skip("needs unshare(1) and the right to make a pid namespace")
    tracker = make_tracker("on_death: release" + CONFIG)
    with holder(tracker.config.path, *unshare) as (process, _), opened(tracker.config) as ledger:
        assert ledger.sweep() == 0
        process.kill()
        process.wait()
        # --kill-child ends what is inside with the outer process, a moment later.
        assert _eventually(lambda: ledger.sweep() == 1)


def _eventually(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    import time

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_that_a_forked_child_does_not_keep_its_dead_parent_alive(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("on_death: release" + CONFIG)
    code = """
        import os, sys, time
        from budgetmon import Usage, UsageTracker
        tracker = UsageTracker(sys.argv[1])
        call = tracker.call("m", estimate=Usage(input_tokens=1_000_000)).__enter__()
        if os.fork() == 0:
            print(os.getpid(), flush=True)
            time.sleep(60)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(tracker.config.path)], stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    try:
        parent.kill()
        parent.wait()
        with opened(tracker.config) as ledger:
            assert ledger.sweep() == 1
    finally:
        os.kill(child, signal.SIGKILL)
        parent.stdout.close()
