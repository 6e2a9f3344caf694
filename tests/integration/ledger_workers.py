"""What worker processes of the ledger tests do. Importable by name, so that spawned processes find it."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

from budgetmon import BudgetExceededError, LRUCache, Usage, UsageTracker


def spend_all(config: Path, threads: int, start: Any, results: Any) -> None:
    """Makes calls in several threads until each of them is refused; puts how many were admitted into ``results``."""
    with UsageTracker(config) as tracker, ThreadPoolExecutor(threads) as pool:
        start.wait(60)
        results.put(sum(pool.map(lambda _: _spend_until_refused(tracker), range(threads))))


def _spend_until_refused(tracker: UsageTracker) -> int:
    admitted = 0
    while True:
        try:
            with tracker.call("fee") as call:
                call.settle(Usage())
        except BudgetExceededError:
            return admitted
        admitted += 1


def hold_all(config: Path, threads: int, start: Any, results: Any) -> None:
    """Like ``spend_all``, but settles nothing before every thread of every process was refused; releases each third call."""
    with UsageTracker(config) as tracker, ThreadPoolExecutor(threads) as pool:
        start.wait(60)
        results.put(sum(pool.map(lambda _: _hold_until_refused(tracker, start), range(threads))))


def _hold_until_refused(tracker: UsageTracker, refused: Any) -> int:
    calls: list[Any] = []
    while True:
        call = tracker.call("fee")
        try:
            call.__enter__()
        except BudgetExceededError:
            break
        calls.append(call)
    refused.wait(60)
    for number, call in enumerate(calls):
        if number % 3:
            call.settle(Usage())
        else:
            call.release()
    return len(calls)


def open_and_record(config: Path, start: Any) -> None:
    """Opens the ledger at the same moment as everybody else, and books one call."""
    start.wait(60)
    with UsageTracker(config) as tracker:
        tracker.record("fee", tag=f"process {os.getpid()}")


def acknowledge(config: Path, threads: int, pipe: int) -> None:
    """Makes calls until killed, and writes the number of each to ``pipe`` once it is settled."""
    tracker = UsageTracker(config)

    def work() -> None:
        while True:
            with tracker.call("fee") as call:
                call.settle(Usage())
            os.write(pipe, b"%d\n" % call.id)

    for _ in range(threads):
        threading.Thread(target=work).start()


def open_only(config: Path, pipe: int) -> None:
    """Opens the ledger and books a call, telling when it is about to begin."""
    os.write(pipe, b"!")
    UsageTracker(config).record("fee")


def hold_until_killed(config: Path, pipe: int) -> None:
    """Places a hold, tells so, and never comes back."""
    tracker = UsageTracker(config)
    with tracker.call("fee"):
        os.write(pipe, b"!")
        threading.Event().wait(60)


def count_lookups(config: Path, name: str, hits: int, misses: int, close: bool) -> None:
    """Looks up ``hits`` and ``misses`` times in a cache of that name; leaves without closing unless told to."""
    tracker = UsageTracker(config)
    _look_up(tracker, name, hits, misses)
    if close:
        tracker.close()


def count_lookups_with(tracker: UsageTracker, name: str, hits: int, misses: int) -> int:
    """The same on a tracker that was passed on; for pools. The number of this process."""
    _look_up(tracker, name, hits, misses)
    return os.getpid()


def pay_and_look_up(config: Path, provider: str, hits: int, close: bool) -> None:
    """Pays ``provider`` a cent for a value, which is then hit ``hits`` times; leaves without closing unless told to."""
    tracker = UsageTracker(config)
    cache: LRUCache[int, int] = LRUCache(2, name="c", tracker=tracker)
    for _ in range(1 + hits):
        cache.get_or_load(0, lambda: tracker.record("m", cost=Decimal("0.01"), provider=provider))
    _kept.append((cache, tracker))
    if close:
        tracker.close()


_kept: list[object] = []


def _look_up(tracker: UsageTracker, name: str, hits: int, misses: int) -> None:
    cache: LRUCache[int, int] = LRUCache(2, name=name, tracker=tracker)
    cache.set(0, 0)
    for _ in range(hits):
        cache.get(0)
    for number in range(misses):
        cache.get(1 + number)
    _kept.append((cache, tracker))  # as a worker's module would: nothing closes before the process ends
