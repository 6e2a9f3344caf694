"""SharedCache beside diskcache: get and set, one process and eight. Measures and prints."""

# ruff: noqa: T201  # the figures are what it is for
from __future__ import annotations

import multiprocessing
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from budgetmon import SharedCache

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_800)]
VALUE = b"x" * 1_000
KEYS = 2_000


def opened(kind: str, folder: Path) -> Any:
    if kind == "SharedCache":
        return SharedCache(folder / "cache.db", max_bytes=1 << 28)
    import diskcache

    return diskcache.Cache(str(folder / "diskcache"), size_limit=1 << 28)


def measure(kind: str, folder: Path, what: str, seed: int, count: int, results: Any) -> None:
    """Times each of ``count`` operations, in nanoseconds."""
    cache = opened(kind, folder)
    times = []
    for number in range(count):
        key = (seed * 7_919 + number * 31) % KEYS
        began = time.perf_counter_ns()
        if what == "get":
            cache.get(key)
        else:
            cache.set(key, VALUE)
        times.append(time.perf_counter_ns() - began)
    cache.close()
    results.put(times)


@pytest.mark.parametrize("processes", [1, 8])
@pytest.mark.parametrize("what", ["get", "set"])
def test_that_shared_caches_can_be_compared(processes: int, what: str, tmp_path: Path) -> None:
    pytest.importorskip("diskcache")
    context = multiprocessing.get_context("spawn")
    count = 3_000 if what == "get" else 1_000
    print(f"\n{what}, {processes} processes, {count} each, 1,000 bytes; microseconds")
    for kind in ("SharedCache", "diskcache"):
        cache = opened(kind, tmp_path)
        for key in range(KEYS):
            cache.set(key, VALUE)
        cache.close()
        results = context.Queue()
        workers = [
            context.Process(target=measure, args=(kind, tmp_path, what, seed, count, results)) for seed in range(processes)
        ]
        for worker in workers:
            worker.start()
        times = sorted(nanos / 1_000 for _ in workers for nanos in results.get(timeout=300))
        for worker in workers:
            worker.join()
        p99 = times[int(len(times) * 0.99)]
        print(f"{kind:12} median {median(times):8.1f}  p99 {p99:9.1f}  longest {times[-1]:10.1f}  sum {sum(times) / 1e6:.2f} s")
