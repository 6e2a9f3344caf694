"""A reader beside busy writers: it never holds them up, never lets their log grow, and always sees whole books."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from budgetmon import Usage, UsageTracker
from budgetmon.core.storage.connection import WAL_LIMIT_BYTES
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, Snapshot

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models: {a: {provider: p, per_call: 0.01}, b: {provider: q, input_per_mtok: 1}}
budgets:
  - {name: calls, limit: 1000000 calls, per: lifetime}
  - {name: usd, provider: p, limit: 99999 USD, per: lifetime}
"""
COMMITS = 5_000


def consistent(snapshot: Snapshot) -> bool:
    calls, usd = snapshot.budgets
    by_provider = {one.name: one.totals for one in snapshot.providers}
    return (
        calls.spent == snapshot.totals.calls == sum(one.calls for one in by_provider.values())
        and usd.spent == (by_provider["p"].cost if "p" in by_provider else 0)
        and usd.held == (by_provider["p"].held if "p" in by_provider else 0)
        and calls.burn_down.total[-1:] == ((calls.spent,) if calls.spent else ())
    )


@pytest.mark.parametrize("polls", [True, False], ids=["polling", "open and idle"])
def test_that_an_open_reader_does_not_let_the_log_grow(polls: bool, make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    wal = tracker.db_path.with_name("ledger.db-wal")
    largest = seen = 0
    done = threading.Event()

    def write() -> None:
        try:
            for _ in range(COMMITS):
                tracker.record("a")
        finally:
            done.set()

    with LedgerReader(tracker.db_path) as reader, ThreadPoolExecutor(1) as pool:
        reader.poll(Ask(rows=50))
        writing = pool.submit(write)
        while not done.wait(0.02):
            largest = max(largest, wal.stat().st_size)
            if polls and (snapshot := reader.poll(Ask(rows=50))) is not None:
                seen += 1
                assert consistent(snapshot)
        writing.result()
        last = reader.poll(Ask(rows=50))
    assert last is not None
    assert last.totals.calls == COMMITS
    assert seen > 5 or not polls
    # The log starts anew only when no read is under way. A reader that the system puts aside in the middle of one delays
    # that; one that stayed in its transaction would let these commits grow the log to 100 MB.
    assert 0 < largest <= (2 * WAL_LIMIT_BYTES if polls else WAL_LIMIT_BYTES)
    for _ in range(100):
        tracker.record("a")
    assert wal.stat().st_size <= WAL_LIMIT_BYTES


def test_that_every_snapshot_is_one_moment(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            with tracker.call("a") as call:
                call.settle(Usage(), cost=0.02)
            tracker.record("b", Usage(input_tokens=5))

    with LedgerReader(tracker.db_path) as reader, ThreadPoolExecutor(2) as pool:
        writing = [pool.submit(write) for _ in range(2)]
        deadline = time.monotonic() + 1.5
        snapshots = []
        try:
            while time.monotonic() < deadline:
                snapshots.append(reader.snapshot(Ask(rows=20)))
        finally:
            stop.set()
        for one in writing:
            one.result()
    assert len(snapshots) > 20
    assert all(consistent(snapshot) for snapshot in snapshots)
    counts = [snapshot.totals.calls for snapshot in snapshots]
    assert counts == sorted(counts)
