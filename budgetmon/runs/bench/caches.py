"""Subject: LRUCache against the caches that programs write themselves, and against cachetools where it is installed."""

from __future__ import annotations

import importlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, MutableMapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any, Protocol

from budgetmon.core.cache.lru import LRUCache
from budgetmon.runs.bench.arithmetic import interleaved, median_ratio
from budgetmon.runs.bench.results import Finding, Goal, Report, at_least
from budgetmon.runs.bench.scale import Scale

_SIZE = 1_000
_KEYS = 4_000
_TTL_SECONDS = 900.0


class Cache(Protocol):
    """What all contestants can do."""

    def get(self, key: str) -> object:
        """The value, or None."""

    def set(self, key: str, value: object) -> object:
        """Stores a value."""


class WallClockCache:
    """The usual way: an OrderedDict of values with the time of day at which they were stored, under a lock, with counts."""

    def __init__(self, max_size: int, ttl: timedelta) -> None:
        self._max_size = max_size
        self._ttl = ttl
        self._entries: OrderedDict[str, tuple[object, datetime]] = OrderedDict()
        self._lock = threading.RLock()
        self.hits = 0
        self.misses = 0

    def get(self, key: str) -> object:
        """The value, or None when it is missing or too old."""
        with self._lock:
            if key not in self._entries:
                self.misses += 1
                return None
            value, stored_at = self._entries[key]
            if datetime.now(UTC) - stored_at > self._ttl:
                del self._entries[key]
                self.misses += 1
                return None
            self._entries.move_to_end(key)
            self.hits += 1
            return value

    def set(self, key: str, value: object) -> None:
        """Stores a value; drops the one used the longest ago when there are too many."""
        with self._lock:
            if key in self._entries:
                del self._entries[key]
            elif len(self._entries) >= self._max_size:
                self._entries.popitem(last=False)
            self._entries[key] = (value, datetime.now(UTC))


class LockedMapping:
    """A mapping that does not lock by itself, used as its manual says: under a lock."""

    def __init__(self, mapping: MutableMapping[str, object]) -> None:
        self._mapping = mapping
        self._lock = threading.RLock()

    def get(self, key: str) -> object:
        """The value, or None."""
        with self._lock:
            return self._mapping.get(key)

    def set(self, key: str, value: object) -> None:
        """Stores a value."""
        with self._lock:
            self._mapping[key] = value


def measure(_folder: Path, scale: Scale) -> Report:
    """Gets, and a set after each miss, with keys of which a few are asked for most of the time; and gets that all hit."""
    peers: dict[str, tuple[Callable[[], Cache], Goal]] = {
        "an OrderedDict with wall-clock TTL": (lambda: WallClockCache(_SIZE, timedelta(seconds=_TTL_SECONDS)), at_least(1.5))
    }
    notes: tuple[str, ...] = ()
    timed_cache = _cachetools()
    if timed_cache is None:
        notes = ("cachetools is not installed here, so it was not measured.",)
    else:
        peers["cachetools.TTLCache"] = (lambda: LockedMapping(timed_cache(_SIZE, _TTL_SECONDS)), at_least(3.0))
    contestants: dict[str, Callable[[], Cache]] = {"ours": lambda: LRUCache[str, object](_SIZE, ttl=_TTL_SECONDS)}
    contestants |= {name: make for name, (make, _) in peers.items()}
    findings: list[Finding] = []
    for what, keys in (("gets and sets", _keys(_KEYS, scale)), ("gets that hit", _keys(_SIZE, scale))):
        measured = interleaved({name: _timed(make, keys) for name, make in contestants.items()}, scale.rounds)
        findings += [
            Finding(f"{what}: times {name}", median_ratio(measured[name], measured["ours"]), goal=goal)
            for name, (_, goal) in peers.items()
        ]
        findings.append(Finding(f"{what}: a key, best round", min(measured["ours"]) / len(keys) * 1e9, "ns"))
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


def _cachetools() -> Callable[[int, float], Any] | None:
    """Its TTLCache; None where it is not installed. It is a peer to measure, not a dependency."""
    try:
        return importlib.import_module("cachetools").TTLCache  # type: ignore[no-any-return]
    except ImportError:
        return None
