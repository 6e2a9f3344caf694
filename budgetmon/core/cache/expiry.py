"""When entries expire: in order of their deadlines, at O(1) for one common time to live and O(log n) for others."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from datetime import timedelta
from operator import itemgetter

from budgetmon.core.cache.counters import Entry

# Records of entries that are gone are dropped once there are many times more than entries.
_SLACK = 64


def seconds(ttl: timedelta | float | None, what: str = "ttl") -> float | None:
    """A time to live in seconds; None for ever. Raises ValueError unless it is longer than zero."""
    length = ttl.total_seconds() if isinstance(ttl, timedelta) else ttl
    if length is not None and not length > 0:
        raise ValueError(f"{what} must be longer than zero, or None for ever, not {ttl!r}")
    return None if length is None or length == float("inf") else float(length)


class Deadlines:
    """The deadlines of a cache's entries: at least one record per entry that expires, at or before its deadline.

    Storing a key anew leaves its record where it is; when that comes due, it moves on to the deadline that then holds.
    Records of entries that are gone stay until they are met. Keys only, so that no value outlives its eviction.
    Not safe between threads: the cache's lock is held.
    """

    __slots__ = ("_common", "_find", "_others", "_ties", "soonest")

    def __init__(self, find: Callable[[Hashable], Entry | None]) -> None:
        self._find = find
        # In order by themselves, as long as all entries live equally long.
        self._common: deque[tuple[float, Hashable]] = deque()
        self._others: list[tuple[float, int, Hashable]] = []
        self._ties = itertools.count()
        # Nothing is due before this; None when nothing ever is.
        self.soonest: float | None = None

    def __len__(self) -> int:
        return len(self._common) + len(self._others)

    def add(self, deadline: float, key: Hashable, size: int) -> None:
        """Notes a deadline. ``size`` is the number of entries, which bounds that of the records."""
        common = self._common
        if not common:
            common.append((deadline, key))
            self._find_soonest()
        elif deadline >= common[-1][0]:
            common.append((deadline, key))
            if self._find(common[0][1]) is None:
                # Under pressure, the oldest entries are the ones that are gone: most records leave here.
                common.popleft()
            elif len(common) > 8 * size + _SLACK:
                self._compact()
        else:
            self._add_out_of_order(deadline, key)
            if len(self._others) > 4 * size + _SLACK:
                self._compact()

    def pop_due(self, now: float) -> Hashable | None:
        """The key of one entry whose deadline has come, which is then forgotten here; None when none has."""
        common, others = self._common, self._others
        while common and common[0][0] <= now:
            key = common.popleft()[1]
            if self._due(key, now):
                return key
        while others and others[0][0] <= now:
            key = heapq.heappop(others)[2]
            if self._due(key, now):
                return key
        self._find_soonest()
        return None

    def clear(self) -> None:
        """Forgets everything."""
        self._common.clear()
        self._others.clear()
        self.soonest = None

    def _find_soonest(self) -> None:
        first = [records[0][0] for records in (self._common, self._others) if records]
        self.soonest = min(first, default=None)

    def _due(self, key: Hashable, now: float) -> bool:
        entry = self._find(key)
        if entry is None or entry[2] is None:
            return False
        if entry[2] > now:
            self._add_out_of_order(entry[2], key)
            return False
        return True

    def _add_out_of_order(self, deadline: float, key: Hashable) -> None:
        heapq.heappush(self._others, (deadline, next(self._ties), key))
        if self.soonest is None or deadline < self.soonest:
            self.soonest = deadline

    def _compact(self) -> None:
        """Keeps one record per entry that expires, at its deadline."""
        find = self._find
        live = {key: entry[2] for key in self._keys() if (entry := find(key)) is not None and entry[2] is not None}
        self._common = deque((deadline, key) for key, deadline in sorted(live.items(), key=itemgetter(1)))
        self._others = []
        self._find_soonest()

    def _keys(self) -> Iterator[Hashable]:
        yield from map(itemgetter(1), self._common)
        yield from map(itemgetter(2), self._others)
