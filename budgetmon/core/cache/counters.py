"""What a cache counts."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CacheStats:
    """Counts of one cache in this process. Subtract an earlier one to see what happened in between.

    A lookup is a hit or a miss; one that finds an expired entry is a miss, and the entry counts as expired.
    """

    hits: int = 0
    misses: int = 0
    expired: int = 0
    evictions: int = 0
    loads: int = 0
    load_failures: int = 0
    size: int = 0
    max_size: int = 0

    @property
    def hit_rate(self) -> float | None:
        """Hits of all lookups, from 0 to 1; None before the first."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else None

    def __sub__(self, earlier: CacheStats) -> CacheStats:
        """The counts since ``earlier``; sizes stay those of now."""
        return CacheStats(
            hits=self.hits - earlier.hits,
            misses=self.misses - earlier.misses,
            expired=self.expired - earlier.expired,
            evictions=self.evictions - earlier.evictions,
            loads=self.loads - earlier.loads,
            load_failures=self.load_failures - earlier.load_failures,
            size=self.size,
            max_size=self.max_size,
        )


_numbers = itertools.count(1)


class Counters:
    """The running counts of one cache. They outlive the cache, so that what it counted last is still published.

    ``number`` tells apart the caches of one process that share a name.

    ``lock`` is the cache's own: whoever holds it sees counts and content agree.
    """

    __slots__ = (
        "evictions",
        "expired",
        "hits",
        "load_failures",
        "loads",
        "lock",
        "max_size",
        "misses",
        "name",
        "number",
        "size",
    )

    def __init__(self, name: str, max_size: int) -> None:
        self.name = name
        self.number = next(_numbers)
        self.lock = threading.RLock()
        self.max_size = max_size
        self.hits = 0
        self.misses = 0
        self.expired = 0
        self.evictions = 0
        self.loads = 0
        self.load_failures = 0
        self.size = 0

    def stats(self) -> CacheStats:
        """All counts at one instant."""
        with self.lock:
            return CacheStats(
                hits=self.hits,
                misses=self.misses,
                expired=self.expired,
                evictions=self.evictions,
                loads=self.loads,
                load_failures=self.load_failures,
                size=self.size,
                max_size=self.max_size,
            )
