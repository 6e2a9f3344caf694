"""Counts of caches reach the ledger: exact over processes, however these begin and end."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from integration.ledger_view import picture
from integration.ledger_workers import count_lookups, count_lookups_with

from budgetmon import LRUCache, UsageTracker
from budgetmon.monitor.snapshot import CacheStatus

MakeTracker = Callable[..., UsageTracker]

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def cache_status(ledger: UsageTracker | Path, name: str) -> CacheStatus:
    return next(cache for cache in picture(ledger).caches if cache.name == name)


@pytest.fixture
def config(make_tracker: MakeTracker) -> Path:
    tracker = make_tracker()
    assert tracker.config.path is not None
    return tracker.config.path


def test_that_counts_of_one_process_are_exact_at_close(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    now = [0.0]
    cache: LRUCache[int, int] = LRUCache(3, ttl=10, name="c", tracker=tracker, clock=lambda: now[0])
    for key in range(5):
        cache.set(key, key)
    hits = sum(cache.get(key) is not None for key in range(5))
    now[0] = 10.0
    assert cache.get(4) is None
    tracker.close()
    status = cache_status(tracker, "c")
    assert (status.hits, status.misses, status.evictions) == (hits, 3, 2) == (3, 3, 2)
    assert status.expired == cache.stats().expired - 2  # two more were found out only by asking now
    assert status.hit_rate == 0.5


def test_that_counts_appear_while_the_process_runs(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    cache: LRUCache[int, int] = LRUCache(3, name="c", tracker=tracker)
    cache.set(1, 1)
    for _ in range(7):
        cache.get(1)
    deadline = time.monotonic() + 5
    while not picture(tracker).caches and time.monotonic() < deadline:
        time.sleep(0.05)
    status = cache_status(tracker, "c")
    assert (status.hits, status.misses, status.size, status.max_size) == (7, 0, 1, 3)
    assert sum(status.hits_by) == 7


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("close", [True, False], ids=["closing", "not closing"])
def test_that_counts_add_up_over_processes(method: str, close: bool, config: Path) -> None:
    context: Any = multiprocessing.get_context(method)
    processes = [context.Process(target=count_lookups, args=(config, "c", 100 + n, 10 + n, close)) for n in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    status = cache_status(config.parent / "ledger.db", "c")
    assert (status.hits, status.misses) == (303, 33)
    assert (status.size, status.max_size) == (0, 0)  # none of them lives


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_that_counts_of_a_pool_are_exact(method: str, config: Path) -> None:
    with UsageTracker(config) as tracker, multiprocessing.get_context(method).Pool(2) as pool:
        pids = pool.starmap(count_lookups_with, [(tracker, "c", 50, 5)] * 8, chunksize=1)
        pool.close()
        pool.join()
    assert os.getpid() not in pids
    status = cache_status(config.parent / "ledger.db", "c")
    assert (status.hits, status.misses) == (400, 40)


def test_that_a_process_that_just_ends_has_published(config: Path) -> None:
    program = (
        "from budgetmon import LRUCache, UsageTracker\n"
        "import sys\n"
        "tracker = UsageTracker(sys.argv[1])\n"
        "cache = LRUCache(2, name='c', tracker=tracker)\n"
        "cache.set(1, 1); cache.get(1); cache.get(2)\n"
        "raise SystemExit(3)\n"
    )
    child = subprocess.run([sys.executable, "-c", program, str(config)], timeout=60, check=False)
    assert child.returncode == 3
    status = cache_status(config.parent / "ledger.db", "c")
    assert (status.hits, status.misses) == (1, 1)


def test_that_counts_from_before_a_fork_are_counted_once(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    cache: LRUCache[int, int] = LRUCache(3, name="c", tracker=tracker)
    cache.set(1, 1)
    for _ in range(10):
        cache.get(1)
    context = multiprocessing.get_context("fork")

    def child() -> None:
        before = cache.stats()
        for _ in range(100):
            cache.get(1)  # the parent's content is there
        assert (cache.stats() - before).hits == 100

    processes = [context.Process(target=child) for _ in range(3)]
    for process in processes:
        process.start()
        cache.get(1)
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    tracker.close()
    assert cache_status(tracker, "c").hits == 313


def test_that_caches_of_one_name_are_one_row_and_their_sizes_add_up(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    caches: list[LRUCache[int, int]] = [LRUCache(size, name="c", tracker=tracker) for size in (2, 5)]
    for cache in caches:
        for key in range(4):
            cache.set(key, key)
            cache.get(key)
    deadline = time.monotonic() + 5
    while not picture(tracker).caches and time.monotonic() < deadline:
        time.sleep(0.05)
    status = cache_status(tracker, "c")
    assert (status.hits, status.size, status.max_size) == (8, 6, 7)


def test_that_a_cache_that_is_gone_has_published_what_it_counted(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    LRUCache(1, name="c", tracker=tracker).get("nothing")
    tracker.close()
    assert cache_status(tracker, "c").misses == 1
