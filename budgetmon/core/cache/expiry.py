"""When entries expire: in order of their deadlines, at O(1) for one common time to live and O(log n) for others."""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Hashable
from datetime import timedelta
from itertools import islice

from budgetmon.core.cache.counters import Entry

# Records out of order that are of no use are looked for once there are this many more than entries in order.
_SLACK = 64
# Of the records in order, this many, and this share of all, are taken at once when the first comes due: to find the first of
# a dictionary, Python goes past everything that has left it before.
_FEWEST_TAKEN = 64
_SHARE_TAKEN = 8


def seconds(ttl: timedelta | float | None, what: str = "ttl") -> float | None:
    """A time to live in seconds; None for ever. Raises ValueError unless it is longer than zero."""
    length = ttl.total_seconds() if isinstance(ttl, timedelta) else ttl
    if length is not None and not length > 0:
        raise ValueError(f"{what} must be longer than zero, or None for ever, not {ttl!r}")
    return None if length is None or length == float("inf") else float(length)


class Deadlines:
    """The deadlines of a cache's entries: for each that expires a record, at its deadline or before it.

    Storing a key anew leaves its record where it is; when that comes due, it moves on to the deadline that then holds.
    Holds keys only, so that no value outlives its eviction. Not safe between threads: the cache's lock is held.
    """

    __slots__ = ("_find", "_next", "_others", "_ties", "in_order", "last", "soonest")

    def __init__(self, find: Callable[[Hashable], Entry | None]) -> None:
        self._find = find
        # In order by themselves, as long as all entries live equally long. The cache adds to it and takes from it where
        # values are stored and evicted: ``last`` is the latest deadline in it, or later.
        self.in_order: dict[Hashable, float] = {}
        self.last = -math.inf
        # The first of those, the very first at the end; some may belong to entries that have gone since.
        self._next: list[tuple[Hashable, float]] = []
        self._others: list[tuple[float, int, Hashable]] = []
        self._ties = itertools.count()
        # Nothing is due before this.
        self.soonest = math.inf

    def __len__(self) -> int:
        return len(self.in_order) + len(self._next) + len(self._others)

    def add(self, deadline: float, key: Hashable) -> None:
        """Notes a deadline that is the first of its key, or sooner than the one before."""
        if key not in self.in_order and deadline >= self.last:
            self.in_order[key] = self.last = deadline
        else:
            heapq.heappush(self._others, (deadline, next(self._ties), key))
            if len(self._others) > 2 * len(self.in_order) + _SLACK:
                self._compact()
        self.soonest = min(self.soonest, deadline)

    def discard(self, key: Hashable) -> None:
        """Told of every entry that goes."""
        self.in_order.pop(key, None)

    def pop_due(self, now: float) -> Hashable | None:
        """The key of one entry whose deadline has come, which is then forgotten here; None when none has."""
        others = self._others
        while self._first() <= now:
            key, _ = self._next.pop()
            if self._is_due(key, now):
                self.in_order.pop(key, None)
                return key
        while others and others[0][0] <= now:
            key = heapq.heappop(others)[2]
            if self._is_due(key, now):
                self.in_order.pop(key, None)
                return key
        self.soonest = min(self._first(), others[0][0] if others else math.inf)
        return None

    def _first(self) -> float:
        """The first deadline of those in order; infinity without any."""
        if not self._next and self.in_order:
            taken = list(islice(self.in_order.items(), max(_FEWEST_TAKEN, len(self.in_order) // _SHARE_TAKEN)))
            for key, _ in taken:
                del self.in_order[key]
            taken.reverse()
            self._next = taken
        return self._next[-1][1] if self._next else math.inf

    def clear(self) -> None:
        """Forgets everything."""
        self.in_order.clear()
        self._next.clear()
        self._others.clear()
        self.last, self.soonest = -math.inf, math.inf

    def _is_due(self, key: Hashable, now: float) -> bool:
        entry = self._find(key)
        if entry is None or entry[2] is None:
            return False
        if entry[2] > now:
            heapq.heappush(self._others, (entry[2], next(self._ties), key))
            return False
        return True

    def _compact(self) -> None:
        """Drops records out of order that say nothing any more, so that storing one key for ever needs no more room."""
        kept: dict[Hashable, tuple[float, int, Hashable]] = {}
        for record in self._others:
            entry = self._find(record[2])
            if entry is not None and entry[2] is not None and record[0] <= entry[2]:
                best = kept.get(record[2])
                if best is None or record < best:
                    kept[record[2]] = record
        self._others[:] = kept.values()
        heapq.heapify(self._others)
