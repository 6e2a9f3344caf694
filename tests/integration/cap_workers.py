"""Worker processes that hammer one cap. Importable by name, so that spawned processes find it."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from budgetmon import BudgetExceededError, Usage, UsageTracker


def hammer(config: Path, admitted: Path, tries: int, threads: int) -> None:
    """Tries to pay a tenth of a dollar again and again; notes each admitted call in a file of this process."""
    with UsageTracker(config) as tracker, ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: _try_often(tracker, admitted, tries // threads), range(threads)))


def _try_often(tracker: UsageTracker, admitted: Path, tries: int) -> None:
    for _ in range(tries):
        try:
            with tracker.call("fee") as call:
                with (admitted / f"{os.getpid()}").open("a") as file:
                    file.write(f"{call.id}\n")
                call.settle(Usage())
        except BudgetExceededError:
            continue
