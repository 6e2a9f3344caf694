"""A day of polls in a moment: a reader on a ledger that grows, with a clock that runs fast."""

from __future__ import annotations

import gc
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from budgetmon import BudgetExceededError, Usage, UsageTracker
from budgetmon.monitor.alerts.episodes import observed
from budgetmon.monitor.alerts.values import Watch
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask

EIGHT_HOURS_MS = 8 * 3_600_000
CONFIG = """\
models: {m: {provider: p, per_call: 0.01}, n: {provider: q, per_call: 0}}
budgets:
  - {name: month, limit: 4000 USD, per: month, warn_at: [1%, 50%]}
  - {name: few, provider: q, limit: 20 calls, per: day}
"""


@dataclass(frozen=True, slots=True)
class Soaked:
    """What grew between a tenth of the way and the end, and what was seen."""

    bytes_grown: int
    descriptors_grown: int
    threads_grown: int
    pictures: int


def soak(tracker: UsageTracker, polls: int, *, every: int) -> Soaked:
    """Polls over eight hours of the reader's clock; a call is made before each ``every``-th poll."""
    began = time.time_ns() // 1_000_000
    now = [began]
    pictures = 0
    watch = Watch()
    mark = (0, 0, 0)
    with LedgerReader(tracker.db_path, clock=lambda: now[0]) as reader:
        for number in range(polls):
            now[0] = began + number * EIGHT_HOURS_MS // polls
            if number % every == 0:
                _call(tracker, number)
            snapshot = reader.poll(Ask(rows=200))
            if snapshot is not None:
                pictures += 1
                watch, _ = observed(watch, snapshot)
            if number == polls // 10:
                mark = _measured()
        end = _measured()
    grown = tuple(after - before for before, after in zip(mark, end, strict=True))
    return Soaked(*grown, pictures=pictures)


def _call(tracker: UsageTracker, number: int) -> None:
    try:
        with tracker.call("mmmmn"[number % 5], estimate=Usage(calls=1)) as call:
            call.settle(Usage(calls=1))
    except BudgetExceededError:
        pass


def _measured() -> tuple[int, int, int]:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(os.listdir("/proc/self/fd")), threading.active_count()  # noqa: PTH208
