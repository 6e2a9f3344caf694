"""What a cache counts."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sized
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from weakref import ref

if TYPE_CHECKING:
    from budgetmon.core.cache.advisor import Advisor


@dataclass(frozen=True, slots=True)
class CacheStats:
    """Counts of one cache in this process. Subtract an earlier one to see what happened in between.

    A lookup is a hit or a miss; one that finds an expired entry is a miss, and the entry counts as expired. Money is
    nanos: ``paid`` by loads, ``saved`` by hits, and lost where an entry was asked for again after it had been evicted or
    had expired. ``priced`` counts entries whose cost is known: without any, the money says nothing.
    """

    hits: int = 0
    misses: int = 0
    expired: int = 0
    evictions: int = 0
    loads: int = 0
    load_failures: int = 0
    load_nanoseconds: int = 0
    priced: int = 0
    paid: int = 0
    saved: int = 0
    lost_to_eviction: int = 0
    lost_to_expiry: int = 0
    size: int = 0
    max_size: int = 0

    @property
    def hit_rate(self) -> float | None:
        """Hits of all lookups, from 0 to 1; None before the first."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else None

    @property
    def load_seconds(self) -> float:
        """Time spent in loaders, failed ones included."""
        return self.load_nanoseconds / 1e9

    def __sub__(self, earlier: CacheStats) -> CacheStats:
        """The counts since ``earlier``; sizes stay those of now."""
        counts: dict[str, Any] = {name: getattr(self, name) - getattr(earlier, name) for name in COUNTED}
        return CacheStats(**counts, size=self.size, max_size=self.max_size)


COUNTED = tuple(field.name for field in fields(CacheStats) if field.name not in ("size", "max_size"))
_PLAIN = tuple(name for name in COUNTED if name != "misses")

# An entry, and what stands in the log for it: key, value, deadline (None for ever), cost in nanos, weight.
Entry = tuple[Any, Any, float | None, int, int]

_numbers = itertools.count(1)


class Counters:
    """The running counts of one cache. They outlive the cache, so that what it counted last is still published.

    ``number`` tells apart the caches of one process that share a name. ``lock`` is the cache's own: whoever holds it sees
    counts and content agree. A hit takes no lock: it appends to ``log``, and counts from there. ``log_every`` is the seconds
    between log lines, None for none.
    """

    __slots__ = (
        *_PLAIN,
        "_asked",
        "_content",
        "_missed",
        "advisor",
        "lock",
        "log",
        "log_every",
        "max_size",
        "miss",
        "name",
        "number",
    )

    hits: int
    expired: int
    evictions: int
    loads: int
    load_failures: int
    load_nanoseconds: int
    priced: int
    paid: int
    saved: int
    lost_to_eviction: int
    lost_to_expiry: int

    def __init__(self, name: str, max_size: int, content: Sized | None = None, log_every: float | None = None) -> None:
        self.name = name
        self.number = next(_numbers)
        # Reentrant: a value's destructor or a garbage collection may come back into the cache.
        self.lock = threading.RLock()
        self.max_size = max_size
        self.log: list[Entry] = []
        self.log_every = log_every
        self.advisor: Advisor | None = None
        self._content: Callable[[], Sized | None] = _nothing if content is None else ref(content)
        for count in _PLAIN:
            setattr(self, count, 0)
        self._missed = itertools.count()
        self._asked = 0
        # Counts a miss: one step that no other thread can split, and so needs no lock.
        self.miss: Callable[[], int] = self._missed.__next__

    def stats(self) -> CacheStats:
        """All counts at one instant."""
        with self.lock:
            content = self._content()
            counts: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
            counts["misses"] = next(self._missed) - self._asked
            self._asked += 1  # asking counts, too
            pending = self.log.copy()
            counts["hits"] += len(pending)
            if self.priced:
                counts["saved"] += sum(record[3] for record in pending)
            return CacheStats(**counts, size=0 if content is None else len(content), max_size=self.max_size)


def _nothing() -> None:
    return None
