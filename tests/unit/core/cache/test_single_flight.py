"""get_or_load: one load per key, however many threads ask, and threads never corrupt a cache."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from budgetmon import LRUCache

THREADS = 16


def all_at_once(work: Callable[[], object]) -> list[object]:
    barrier = threading.Barrier(THREADS)

    def wait_and_work(_: int) -> object:
        barrier.wait(10)
        try:
            return work()
        except Exception as error:
            return error

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(wait_and_work, range(THREADS)))


def test_that_one_of_many_threads_loads() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    loads: list[int] = []
    done = threading.Event()

    def load() -> int:
        loads.append(1)
        done.wait(0.3)  # long enough for every thread to have asked
        return 42

    assert all_at_once(lambda: cache.get_or_load("a", load)) == [42] * THREADS
    assert len(loads) == 1
    assert cache.stats().loads == 1
    assert cache.get("a") == 42


def test_that_different_keys_load_side_by_side() -> None:
    cache: LRUCache[int, int] = LRUCache(THREADS)
    together = threading.Barrier(THREADS)
    keys = iter(range(THREADS))
    lock = threading.Lock()

    def load_own() -> int:
        with lock:
            key = next(keys)
        # Every loader waits for all the others: one lock around loading would never get past here.
        return cache.get_or_load(key, lambda: together.wait(10) * 0 + key)

    assert sorted(all_at_once(load_own)) == list(range(THREADS))  # type: ignore[type-var]
    assert cache.stats().loads == THREADS


def test_that_a_failed_load_raises_in_every_waiter_and_stores_nothing() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    wait = threading.Event()

    def fail() -> int:
        wait.wait(0.3)
        raise ConnectionError("no answer")

    outcomes = all_at_once(lambda: cache.get_or_load("a", fail))
    assert all(isinstance(outcome, ConnectionError) for outcome in outcomes)
    assert "a" not in cache
    stats = cache.stats()
    assert (stats.load_failures, stats.loads, stats.size) == (1, 0, 0)
    assert cache.get_or_load("a", lambda: 7) == 7


def test_that_a_loaded_none_is_kept() -> None:
    cache: LRUCache[str, int | None] = LRUCache(4)
    assert cache.get_or_load("a", lambda: None) is None
    assert cache.get_or_load("a", lambda: pytest.fail("loaded twice")) is None
    stats = cache.stats()
    assert (stats.hits, stats.misses, stats.loads) == (1, 1, 1)


def test_that_an_expired_entry_is_loaded_anew() -> None:
    now = [0.0]
    cache: LRUCache[str, int] = LRUCache(4, ttl=10, clock=lambda: now[0])
    assert cache.get_or_load("a", lambda: 1) == 1
    now[0] = 10.0
    assert cache.get_or_load("a", lambda: 2) == 2


def test_that_a_loader_may_use_the_cache_for_other_keys() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    assert cache.get_or_load("a", lambda: cache.get_or_load("b", lambda: 1) + 1) == 2
    assert cache.get("b") == 1


def test_that_threads_leave_counts_and_content_whole() -> None:
    cache: LRUCache[int, int] = LRUCache(50, ttl=0.01)
    lookups = 2_000

    def work(seed: int) -> None:
        random = Random(seed)
        for _ in range(lookups):
            key = random.randrange(80)
            value = cache.get(key)
            assert value in (None, key)
            if value is None:
                cache.set(key, key)
            assert len(cache) <= 50

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    stats = cache.stats()
    assert stats.hits + stats.misses == 8 * lookups
    assert stats.size == len(cache) <= 50
