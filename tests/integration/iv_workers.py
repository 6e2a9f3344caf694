"""What worker processes of the IV history's tests do. Importable by name, so that spawned processes find it."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker

FIRST = date(2026, 1, 1)


def record_days(path: Path, number: int, threads: int, days: int) -> None:
    """Each thread writes a ticker of its own, and a day of one that all write."""
    with IVHistoryTracker(path) as history:

        def write(thread: int) -> None:
            for place in range(days):
                history.record(f"T{number}-{thread}", FIRST + timedelta(days=place), 0.1 + place)
            history.record("ALL", FIRST + timedelta(days=number * threads + thread), 0.5)

        crowd = [threading.Thread(target=write, args=(thread,)) for thread in range(threads)]
        for each in crowd:
            each.start()
        for each in crowd:
            each.join()
