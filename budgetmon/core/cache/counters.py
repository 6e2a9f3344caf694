"""What a cache counts."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Sized
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from weakref import ref

from budgetmon.core.cache.worth import Savings, Worth, since
from budgetmon.core.ledger.values import ProviderCounts

if TYPE_CHECKING:
    from budgetmon.core.cache.advisor import Advisor


@dataclass(frozen=True, slots=True)
class CacheStats:
    """Counts of one cache in this process. Subtract an earlier one to see what happened in between.

    A lookup is a hit or a miss; one that finds an expired entry is a miss, and the entry counts as expired. Money is
    nanos: ``paid`` by loads, ``saved`` by hits, and lost where an entry was asked for again after it had been evicted or
    had expired. ``priced`` counts entries whose cost is known: without any, the money says nothing. ``providers`` are those
    that loads paid, by name.
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
    providers: tuple[ProviderCounts, ...] = ()

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
        providers = since(self.providers, earlier.providers)
        return CacheStats(**counts, size=self.size, max_size=self.max_size, providers=providers)


COUNTED = tuple(field.name for field in fields(CacheStats) if field.name not in ("size", "max_size", "providers"))
_PLAIN = tuple(name for name in COUNTED if name not in ("misses", "paid", "saved"))

# An entry, and what stands in the log for it: key, value, deadline (None for ever), cost where it is known, weight.
Entry = tuple[Any, Any, float | None, Worth | None, int]

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
        "hit_worths",
        "lock",
        "log",
        "log_every",
        "max_size",
        "miss",
        "name",
        "number",
        "savings",
    )

    hits: int
    expired: int
    evictions: int
    loads: int
    load_failures: int
    load_nanoseconds: int
    priced: int
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
        self.savings = Savings()
        # What was hit, for a cache whose hits hold the lock: played back by ``add_up``, or when somebody asks.
        self.hit_worths: list[Worth | None] = []
        self._content: Callable[[], Sized | None] = _nothing if content is None else ref(content)
        for count in _PLAIN:
            setattr(self, count, 0)
        self._missed = itertools.count()
        self._asked = 0
        # Counts a miss: one step that no other thread can split, and so needs no lock.
        self.miss: Callable[[], int] = self._missed.__next__

    def add_up(self) -> None:
        """Counts the hits in ``hit_worths``."""
        worths = self.hit_worths.copy()
        self.hit_worths.clear()
        self.hits += len(worths)
        if self.priced:
            self.savings.hits(worths)

    def stats(self) -> CacheStats:
        """All counts at one instant."""
        with self.lock:
            content = self._content()
            self.add_up()
            counts: dict[str, Any] = {name: getattr(self, name) for name in _PLAIN}
            counts["misses"] = next(self._missed) - self._asked
            self._asked += 1  # asking counts, too
            pending = self.log.copy()
            counts["hits"] += len(pending)
            worths = [record[3] for record in pending] if self.priced else []
            counts["paid"], counts["saved"], providers = self.savings.counted(worths)
            size = 0 if content is None else len(content)
            return CacheStats(**counts, size=size, max_size=self.max_size, providers=providers)


def _nothing() -> None:
    return None
