"""TinyLFUCache: counts, times to live, loads and money as of an LRUCache; more hits where most keys come once."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budgetmon import LRUCache
from budgetmon.core.cache.counters import Counters
from budgetmon.core.cache.tiny_lfu import TinyLFUCache
from budgetmon.workloads.keys import read_keys


class Tracker:
    """Takes the counters and does nothing with them."""

    def publish_cache(self, counters: Counters) -> None:
        self.counters = counters


def hit_rate(cache: Any, keys: list[int]) -> float:
    for key in keys:
        if cache.get(key) is None:
            cache.set(key, True)
    return cache.stats().hit_rate or 0.0


def test_that_every_lookup_and_every_entry_is_accounted_for(shared_data: Path) -> None:
    keys = list(read_keys(shared_data / "cache_traces" / "multi1.trace.gz"))
    tracker = Tracker()
    cache: TinyLFUCache[int, bool] = TinyLFUCache(500, 3_600, name="c", tracker=tracker)
    hit_rate(cache, keys)
    stats = cache.stats()
    assert stats.hits + stats.misses == len(keys)
    assert stats.misses == stats.evictions + len(cache)
    assert (stats.expired, len(cache), stats.size, stats.max_size) == (0, 500, 500, 500)
    assert tracker.counters.stats() == stats


def test_that_it_hits_more_than_an_lru_on_loops_and_scans(shared_data: Path) -> None:
    loop = [number % 110 for number in range(11_000)]
    assert hit_rate(LRUCache[int, bool](100), loop) == 0
    assert hit_rate(TinyLFUCache[int, bool](100), loop) > 0.6
    keys = list(read_keys(shared_data / "cache_traces" / "multi1.trace.gz"))
    assert hit_rate(TinyLFUCache[int, bool](1_000), keys) > hit_rate(LRUCache[int, bool](1_000), keys) + 0.1


def test_that_entries_expire_and_are_counted_once() -> None:
    cache: TinyLFUCache[str, int] = TinyLFUCache(10, ttl=3_600)
    cache.set("a", 1, ttl=0.02)
    cache.set("b", 2, ttl=0.02)
    cache.set("c", 3)
    deadline = time.monotonic() + 10
    while "a" in cache and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.03)
    assert cache.get("a") is None
    assert cache.pop("b", 7) == 7
    assert len(cache) == 1
    assert cache.get("c") == 3
    stats = cache.stats()
    assert (stats.expired, stats.evictions, stats.hits, stats.misses) == (2, 0, 1, 1)


def test_that_none_is_a_value_and_popping_and_clearing_are_no_evictions() -> None:
    cache: TinyLFUCache[str, Any] = TinyLFUCache(10)
    cache.set("a", None)
    assert cache.get("a", 5) is None
    assert cache.peek("a", 5) is None
    assert cache.pop("a", 5) is None
    cache.set("b", 1)
    cache.clear()
    assert "b" not in cache
    stats = cache.stats()
    assert (stats.hits, stats.misses, stats.evictions, stats.expired, stats.size) == (1, 0, 0, 0, 0)


def test_that_money_saved_and_lost_is_known() -> None:
    cache: TinyLFUCache[int, int] = TinyLFUCache(4)
    for key in range(40):
        cache.set(key, key, cost=Decimal("0.01"))
    stored = cache.stats()
    assert (stored.priced, stored.paid, stored.evictions) == (40, 400_000_000, 36)
    hits = sum(cache.get(key) is not None for key in range(40))
    stats = cache.stats()
    assert hits == 4
    assert (stats.saved, stats.lost_to_eviction) == (4 * 10_000_000, 36 * 10_000_000)


def test_that_one_of_many_threads_loads() -> None:
    cache: TinyLFUCache[str, int] = TinyLFUCache(10)
    ready = threading.Barrier(8)
    loads: list[int] = []
    got: list[int] = []

    def load() -> int:
        loads.append(1)
        time.sleep(0.05)
        return 5

    def ask() -> None:
        ready.wait()
        got.append(cache.get_or_load("a", load))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(loads), got, cache.stats().loads) == (1, [5] * 8, 1)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_that_a_child_goes_on_while_threads_of_the_parent_are_inside() -> None:
    cache: TinyLFUCache[int, int] = TinyLFUCache(100, 60)
    stop = threading.Event()

    def churn() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            cache.get_or_load(number % 150, lambda: 1)

    threads = [threading.Thread(target=churn) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(10):
            pid = os.fork()
            if pid == 0:
                for key in range(300):
                    cache.set(key, key)
                    cache.get(key)
                os._exit(0 if len(cache) <= 100 else 1)
            assert os.waitpid(pid, 0)[1] == 0
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_that_a_dropped_cache_and_its_values_go() -> None:
    class Value:
        pass

    import weakref

    cache: TinyLFUCache[int, Value] = TinyLFUCache(3)
    value = Value()
    seen = weakref.ref(value)
    cache.set(1, value)
    gone = weakref.ref(cache)
    del cache, value
    gc.collect()
    assert gone() is None
    assert seen() is None


@pytest.mark.timeout(30)
def test_that_a_value_may_come_back_into_the_cache_as_it_goes() -> None:
    cache: TinyLFUCache[int, Any] = TinyLFUCache(50, ttl=60)

    class Value:
        def __init__(self, key: int) -> None:
            self.key = key

        def __del__(self) -> None:
            cache.get(self.key)
            cache.set(-1 - self.key % 7, None)
            len(cache)

    for number in range(3_000):
        cache.set(number, Value(number))
        cache.get(number // 2)
    assert len(cache) == 50
    cache.clear()


def test_that_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "moka_py", None)
    with pytest.raises(ImportError, match=r"budgetmon\[tinylfu\]"):
        TinyLFUCache(10)


@pytest.mark.parametrize("size", [0, -1, 1.0, True])
def test_that_impossible_sizes_are_refused(size: Any) -> None:
    with pytest.raises(ValueError, match="max_size"):
        TinyLFUCache(size)
