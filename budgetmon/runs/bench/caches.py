"""Subject: LRUCache against the caches that programs write themselves, and against cachetools where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from time import perf_counter

from budgetmon.runs.bench.arithmetic import interleaved, median_ratio
from budgetmon.runs.bench.cache_peers import CACHETOOLS, OURS, PLAIN, PLAIN_DATETIME, Cache, contestants
from budgetmon.runs.bench.results import Finding, Report, at_least
from budgetmon.runs.bench.scale import Scale

_SIZE = 1_000
_KEYS = 4_000
_GOALS = {PLAIN: at_least(1.5), PLAIN_DATETIME: at_least(1.5), CACHETOOLS: at_least(3.0)}


def measure(_folder: Path, scale: Scale) -> Report:
    """Gets, and a set after each miss, with keys of which a few are asked for most of the time; and gets that all hit."""
    makers = {name: make for name, make in contestants(_SIZE).items() if name == OURS or name in _GOALS}
    notes = () if CACHETOOLS in makers else ("cachetools is not installed here, so it was not measured.",)
    findings: list[Finding] = []
    for what, keys in (("gets and sets", _keys(_KEYS, scale)), ("gets that hit", _keys(_SIZE, scale))):
        measured = interleaved({name: _timed(make, keys) for name, make in makers.items()}, scale.rounds)
        findings += [
            Finding(f"{what}: times {name}", median_ratio(measured[name], measured[OURS]), goal=goal)
            for name, goal in _GOALS.items()
            if name in measured
        ]
        findings.append(Finding(f"{what}: a key, best round", min(measured[OURS]) / len(keys) * 1e9, "ns"))
    return Report("cache", "LRUCache with TTL and locking", tuple(findings), notes)


def _timed(make: Callable[[], Cache], keys: list[str]) -> Callable[[], float]:
    """A round on a new cache, which every key has gone through once when the clock starts."""

    def run() -> float:
        cache = make()
        _ask_for_all(cache, dict.fromkeys(keys))
        began = perf_counter()
        _ask_for_all(cache, keys)
        return perf_counter() - began

    return run


def _ask_for_all(cache: Cache, keys: Iterable[str]) -> None:
    for key in keys:
        if cache.get(key) is None:
            cache.set(key, key)


def _keys(different: int, scale: Scale) -> list[str]:
    names = [f"ticker-{number}" for number in range(different)]
    weights = [1 / (number + 1) for number in range(different)]
    return Random(1).choices(names, weights, k=scale.cache_operations)
