"""Checks of the cache: exact order, bound, counts, time to live, cost that does not grow, and metrics over processes."""

from __future__ import annotations

import random
import time
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from statistics import median

from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.ledger import facts
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.audit.claims import Evidence
from budgetmon.runs.audit.ground import Ground, in_processes, ledger_of

_TTL_SECONDS = 60.0
# From a hundred entries to a million a cost in proportion would grow ten thousand times; processor caches explain a few.
_MOST_GROWTH = 20.0
_SAMPLE, _ROUNDS = 5_000, 5


def check_order(ground: Ground, evidence: Evidence) -> None:
    """Against a plain model, step by step: the order of use, the bound, what is evicted, hits and misses."""
    operations, size = ground.sizes.operations, 50
    evidence.did = f"{operations:,} random gets and sets on a cache of {size} entries, beside a plain model of an LRU."
    cache = ground.on_trial.cache(size)
    model: OrderedDict[int, int] = OrderedDict()
    chance = random.Random(0)
    hits = misses = evictions = largest = 0
    for step in range(operations):
        key = min(int(chance.expovariate(0.02)), 400)
        if chance.random() < 0.5:
            found, expected = cache.get(key), model.get(key)
            hits, misses = (hits + 1, misses) if expected is not None else (hits, misses + 1)
            if expected is not None:
                model.move_to_end(key)
            if found != expected:
                evidence.problems.append(f"step {step}: get({key}) gave {found}, an LRU has {expected}")
                break
        else:
            cache.set(key, step)
            model[key] = step
            model.move_to_end(key)
            if len(model) > size:
                model.popitem(last=False)
                evictions += 1
        if step % 97 == 0:
            largest = max(largest, len(cache))
    largest = max(largest, len(cache))
    stats = cache.stats()
    evidence.figure("hits, misses", f"{stats.hits:,}, {stats.misses:,}")
    evidence.figure("evictions", stats.evictions)
    evidence.figure("most entries", largest)
    evidence.expect(largest <= size, f"the cache held {largest} entries, its bound is {size}")
    if not evidence.problems:
        evidence.expect_equal("hits, misses", (stats.hits, stats.misses), (hits, misses))
        evidence.expect_equal("evictions", stats.evictions, evictions)
        evidence.expect_equal("keys in order of use", list(cache), list(model))


def check_ttl(ground: Ground, evidence: Evidence) -> None:
    """An entry lives for its time to live by the monotonic clock, and no longer."""
    evidence.did = f"Entries with {_TTL_SECONDS:g} s to live under a clock that the check moves, up to the exact end."
    now = [1_000.0]
    cache = ground.on_trial.cache(4, _TTL_SECONDS, clock=lambda: now[0])
    cache.set(1, "old")
    now[0] += _TTL_SECONDS - 0.001
    evidence.expect_equal("a millisecond before its end", cache.get(1), "old")
    cache.set(2, "new")
    now[0] += 0.001
    evidence.expect_equal("at its end", cache.get(1), None)
    evidence.expect_equal("a younger entry", cache.get(2), "new")
    for key in range(3, 6):
        cache.set(key, "live")
    now[0] += _TTL_SECONDS - 0.001
    cache.set(9, "newest")
    stats = cache.stats()
    evidence.figure("expired", stats.expired)
    evidence.expect_equal("evicted while an expired entry was there", stats.evictions, 0)
    evidence.expect_equal("live entries", sorted(cache), [3, 4, 5, 9])


def check_cost(ground: Ground, evidence: Evidence) -> None:
    """A get and a set cost as much with a million entries as with a hundred."""
    sizes = [10**power for power in range(2, 7) if 10**power <= ground.sizes.largest_cache]
    evidence.did = f"{_SAMPLE:,} gets and sets on full caches of {sizes[0]:,} to {sizes[-1]:,} entries, median of {_ROUNDS}."
    costs = {size: _cost(ground.on_trial.cache, size) for size in sizes}
    for size, cost in costs.items():
        evidence.figure(f"{size:,} entries", f"{cost * 1e9:.0f}", "ns")
    growth = costs[sizes[-1]] / costs[sizes[0]]
    evidence.expect(growth < _MOST_GROWTH, f"{sizes[-1]:,} entries cost {growth:.0f} times as much as {sizes[0]:,}")


def _cost(make: Callable[..., LRUCache[int, object]], size: int) -> float:
    """Seconds of a get and a set on a full cache."""
    cache = make(size)
    for key in range(size):
        cache.set(key, None)
    chance = random.Random(size)
    taken = []
    for turn in range(_ROUNDS):
        keys = [chance.randrange(size) for _ in range(_SAMPLE)]
        began = time.perf_counter()
        for place, key in enumerate(keys):
            cache.get(key)
            cache.set(size + turn * _SAMPLE + place, None)
        taken.append((time.perf_counter() - began) / _SAMPLE)
    return median(taken)


def check_metrics(ground: Ground, evidence: Evidence) -> None:
    """Hits and misses of a named cache, summed over processes, to the last one."""
    count, lookups = ground.sizes.processes, ground.sizes.tries
    evidence.did = f"{count} processes, {lookups} lookups each in a cache of one name."
    config = ground.config("metrics")
    counted = in_processes(count, _look_up, ground.on_trial.tracker, ground.on_trial.cache, config, lookups)
    expected = (sum(hits for hits, _ in counted), sum(misses for _, misses in counted))
    found = facts.cache_lookups(ledger_of(config)).get("audited", (0, 0))
    evidence.figure("hits, misses in the ledger", f"{found[0]:,}, {found[1]:,}")
    evidence.expect_equal("hits, misses", found, expected)


def _look_up(
    number: int,
    open_tracker: Callable[[Path], UsageTracker],
    make: Callable[..., LRUCache[int, object]],
    config: Path,
    lookups: int,
) -> tuple[int, int]:
    chance = random.Random(number)
    hits = 0
    with open_tracker(config) as tracker:
        cache = make(20, name="audited", tracker=tracker)
        for _ in range(lookups):
            key = chance.randrange(40)
            if cache.get(key) is None:
                cache.set(key, "there")
            else:
                hits += 1
    return hits, lookups - hits
