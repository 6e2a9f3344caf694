"""Thousands of short lives: not one lookup is lost, nor whom it spared."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable

import pytest
from integration.ledger_view import picture
from integration.short_lives import CENT, LOOKUPS, PROVIDERS, hits_of, live_shortly, provider_of

from budgetmon import UsageTracker
from budgetmon.monitor.spared import Spared

PROCESSES = 2_000
AT_ONCE = 8


@pytest.mark.timeout(600)
def test_that_counts_of_two_thousand_processes_are_exact(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker()
    config, ledger = tracker.config.path, tracker.db_path
    assert config is not None
    tracker.close()
    # Not forks of this process, which the tests before have made large.
    parent = multiprocessing.get_context("spawn").Process(target=live_shortly, args=(config, PROCESSES, AT_ONCE))
    parent.start()
    parent.join()
    assert parent.exitcode == 0
    snapshot = picture(ledger)
    (status,) = snapshot.caches
    hits = sum(hits_of(number) for number in range(PROCESSES))
    assert (status.hits, status.misses) == (hits, LOOKUPS * PROCESSES - hits)
    assert (status.size, status.max_size) == (0, 0)
    for provider in snapshot.providers:
        lives = [number for number in range(PROCESSES) if provider_of(number) == provider.name]
        found = sum(map(hits_of, lives))
        assert provider.spared == Spared(hits=found, loads=len(lives), paid=len(lives) * CENT, saved=found * CENT)
    assert [provider.name for provider in snapshot.providers] == list(PROVIDERS)
