"""Thousands of short lives: not one lookup is lost."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
from collections.abc import Callable
from typing import Any

import pytest
from integration.ledger_view import picture
from integration.shared_cache_workers import look_up_and_leave

from budgetmon import UsageTracker

PROCESSES = 2_000
AT_ONCE = 8


@pytest.mark.timeout(600)
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_that_counts_of_two_thousand_processes_are_exact(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker()
    config, ledger = tracker.config.path, tracker.db_path
    assert config is not None
    tracker.close()
    context: Any = multiprocessing.get_context("fork")
    waiting = list(range(PROCESSES))
    running: dict[int, Any] = {}
    codes: list[int] = []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            number = waiting.pop()
            process = context.Process(target=look_up_and_leave, args=(config, 30 + number % 11, 20 - number % 11))
            process.start()
            running[process.sentinel] = process
        for sentinel in multiprocessing.connection.wait(list(running)):
            process = running.pop(sentinel)
            process.join()
            codes.append(process.exitcode)
            process.close()
    assert codes == [0] * PROCESSES
    (status,) = picture(ledger).caches
    hits = sum(30 + number % 11 for number in range(PROCESSES))
    assert (status.hits, status.misses) == (hits, 50 * PROCESSES - hits)
    assert (status.size, status.max_size) == (0, 0)
