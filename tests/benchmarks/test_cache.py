"""LRUCache beside its peers on recorded traces. Measures and prints; ``-m benchmark -s`` shows the figures."""

# ruff: noqa: T201  # the figures are what it is for
from __future__ import annotations

import gc
import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from budgetmon import LRUCache
from budgetmon.core.cache.counters import Counters
from budgetmon.runs.bench.cache_peers import PLAIN, Cache, contestants
from budgetmon.workloads.keys import read_keys

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_800)]
ROUNDS = 9
SIZE = 1_000


class Tracker:
    """Takes the counters of a cache that is not published."""

    def publish_cache(self, counters: Counters) -> None:
        self.counters = counters


def nanoseconds(count: int, work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - began) / count


def best(count: int, make: Callable[[], Callable[[], object]], rounds: int = ROUNDS) -> float:
    return min(nanoseconds(count, make()) for _ in range(rounds))


def replay(cache: Cache, keys: Sequence[int]) -> int:
    hits = 0
    for key in keys:
        if cache.get(key) is None:
            cache.set(key, True)
        else:
            hits += 1
    return hits


def reading(cache: Cache, keys: Sequence[int]) -> None:
    for key in keys:
        cache.get(key)


def storing(cache: Cache, keys: Sequence[int]) -> None:
    for key in keys:
        cache.set(key, True)


@pytest.fixture(params=["web12.trace.xz", "multi1.trace.gz"])
def keys(request: pytest.FixtureRequest, shared_data: Path) -> list[int]:
    return list(read_keys(shared_data / "cache_traces" / request.param))


def test_that_rates_can_be_compared(keys: list[int]) -> None:
    kept = keys[:SIZE]
    few = [key for key in keys if key in set(kept)][:20_000]
    print(f"\n{len(keys)} lookups, {SIZE} entries; nanoseconds, best of {ROUNDS}, rounds of all in turn")
    makers = contestants(SIZE)
    results: dict[str, list[tuple[float, ...]]] = {name: [] for name in makers}
    for _ in range(ROUNDS):
        for name, make in makers.items():
            full = make()
            storing(full, kept)
            get = nanoseconds(len(few), lambda cache=full: reading(cache, few))  # type: ignore[misc]
            put = nanoseconds(len(few), lambda cache=full: storing(cache, few))  # type: ignore[misc]
            fresh = make()
            whole = nanoseconds(len(keys), lambda cache=fresh: replay(cache, keys))  # type: ignore[misc]
            results[name].append((get, put, whole))
    yardstick = [min(column) for column in zip(*results[PLAIN], strict=True)]
    for name, rows in results.items():
        figures = [min(column) for column in zip(*rows, strict=True)]
        ratios = " ".join(f"{base / figure:5.2f}x" for base, figure in zip(yardstick, figures, strict=True))
        hits = replay(makers[name](), keys)
        get, put, whole = figures
        print(f"{name:38} get {get:6.0f} set {put:6.0f} trace {whole:6.0f}  {ratios}  hit rate {hits / len(keys):.4f}")


def test_that_eight_threads_can_be_compared(keys: list[int]) -> None:
    print(f"\n8 threads, each {len(keys)} lookups; nanoseconds per lookup over all threads")
    for name, make in contestants(SIZE).items():
        figures = []
        for _ in range(3):
            cache = make()
            with ThreadPoolExecutor(8) as pool:
                began = time.perf_counter_ns()
                list(pool.map(lambda _, cache=cache: replay(cache, keys), range(8)))  # type: ignore[misc]
                figures.append((time.perf_counter_ns() - began) / (8 * len(keys)))
        print(f"{name:38} {min(figures):6.0f}")


def test_that_memory_per_entry_can_be_compared() -> None:
    entries = 100_000
    kept: list[Any] = [f"key {number}" for number in range(entries)]
    print(f"\nbytes per entry beside key and value, {entries} entries (what Python's allocator sees)")
    for name, make in contestants(entries).items():
        gc.collect()
        tracemalloc.start()
        cache = make()
        before = tracemalloc.get_traced_memory()[0]
        storing(cache, kept)
        gc.collect()
        used = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        print(f"{name:38} {used / entries:6.0f}")


def test_that_the_cost_of_advice_can_be_told(keys: list[int]) -> None:
    def run(advise: bool) -> tuple[float, LRUCache[int, bool]]:
        cache: LRUCache[int, bool] = LRUCache(SIZE, 900.0, name="c", tracker=Tracker(), advise=advise)
        return nanoseconds(len(keys), lambda: replay(cache, keys)), cache

    pairs = [(run(False)[0], run(True)[0]) for _ in range(ROUNDS)]
    watched = median(on / off for off, on in pairs) - 1
    own = min(off for off, _ in pairs)
    cache = run(True)[1]
    began = time.thread_time_ns()
    curve = cache.sizing()
    work = (time.thread_time_ns() - began) / len(keys)
    assert curve is not None
    advisor = cache._advisor
    assert advisor is not None
    advisor._length = len(keys)
    advisor.seen = deque(keys)
    advisor._watched = 0
    advisor._spent = 0.0
    advisor.work(len(keys))
    rest = advisor._rest_until[0] - len(keys)
    rested = [nanoseconds(len(keys), lambda: replay(cache, keys)) for _ in range(ROUNDS)]
    print(
        f"\n{len(keys)} lookups: {own:.0f} ns each without advice; while watched {watched:+.1%}, resting {min(rested):.0f} ns;"
    )
    print(f"work {work:.0f} ns per watched lookup, in the publisher's thread; then it rests for {rest:,} lookups:")
    share = (work + max(0.0, watched) * own) * len(keys) / ((rest + len(keys)) * own)
    print(f"over one watch and one rest {share:.2%} of the cache's own time")
