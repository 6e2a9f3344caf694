"""LRUCache: bounded, exact least-recently-used order, time to live on the monotonic clock, exact counts, one load per key."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast

from budgetmon.core.cache.advisor import Advisor, Sizing
from budgetmon.core.cache.content import LOG_LIMIT, Content, K, V, check_size
from budgetmon.core.cache.counters import CacheStats, Counters
from budgetmon.core.cache.expiry import seconds
from budgetmon.core.cache.loads_once import LoadsOnce

D = TypeVar("D")

LOG_EVERY = timedelta(minutes=5)
_MISSING = object()


class PublishesCaches(Protocol):
    """A tracker, as far as a cache needs one."""

    def publish_cache(self, counters: Counters) -> None:
        """Sees to it that the counts reach the ledger."""


class LRUCache(Content[K, V], LoadsOnce[K, V]):
    """Keeps the ``max_size`` entries used last, each for at most ``ttl``. Every operation costs O(1), amortised.

    ``ttl`` is a timedelta, seconds, or None for ever; an entry expires at age >= ttl by the monotonic clock, so a wall
    clock that jumps changes nothing. Expired entries neither count in ``len`` nor push out live ones. With ``max_weight``
    and ``weigh`` the sum of the values' weights is bounded, too. ``failure_ttl`` keeps the error of a failed load that
    long, instead of asking again at once. With a ``name`` and a ``tracker`` the counts reach the ledger, summed over all
    processes, a line goes to the log every ``log_every`` (None: never), and, with ``advise``, what other sizes would do is
    estimated. Safe between threads; a forked child has a copy of the content and counts on its own. Raises ValueError for
    a size or weight below one, or a time that is not positive.
    """

    def __init__(
        self,
        max_size: int,
        ttl: timedelta | float | None = None,
        name: str | None = None,
        tracker: PublishesCaches | None = None,
        *,
        max_weight: int | None = None,
        weigh: Callable[[V], int] | None = None,
        failure_ttl: timedelta | float | None = None,
        log_every: timedelta | float | None = LOG_EVERY,
        advise: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(max_size, seconds(ttl), name or "", max_weight, weigh, seconds(log_every, "log_every"), clock)
        self._prepare_loads(seconds(failure_ttl, "failure_ttl"))
        if tracker is not None:
            if not name:
                raise ValueError("a cache that publishes its counts needs a name")
            if advise and max_weight is None:
                self._advisor = self._counters.advisor = Advisor(max_size, self._ttl, clock)
            tracker.publish_cache(self._counters)

    @property
    def max_size(self) -> int:
        """The most entries that are kept."""
        return self._max_size

    @property
    def ttl(self) -> float | None:
        """How long entries live, in seconds; None for ever."""
        return self._ttl

    def get(self, key: K, default: D | None = None) -> V | D | None:
        """The value of ``key``, which becomes the one used last; ``default`` when it is missing or expired."""
        entry = self._find(key)
        if entry is not None and (entry[2] is None or self._clock() < entry[2]):
            log = self._log
            log.append(entry)
            if len(log) >= LOG_LIMIT:
                self._settle_long()
            value: V = entry[1]
            return value
        if entry is None and not self._ghosts.lost and (self._advisor is None or self._advisor.seen is None):
            self._miss()
            return default
        entry = self._look_up(key)
        return default if entry is None else cast(V, entry[1])

    def peek(self, key: K, default: D | None = None) -> V | D | None:
        """The value of ``key`` without using it: order and counts stay."""
        entry = self._live(key)
        return default if entry is None else cast(V, entry[1])

    def pop(self, key: K, default: D | None = None) -> V | D | None:
        """Takes ``key`` out and returns its value. That is neither a lookup nor an eviction."""
        with self._lock:
            entry = self._find(key)
            if entry is None:
                return default
            live = entry[2] is None or self._clock() < entry[2]
            self._settle()
            self._remove(key, entry)
            if not live:
                self._counters.expired += 1
        return cast(V, entry[1]) if live else default

    def stats(self) -> CacheStats:
        """Counts since the cache was made, and its size now."""
        with self._lock:
            self._drop_expired()
            return self._counters.stats()

    def sizing(self) -> Sizing | None:
        """What other sizes and times to live would have done so far; None without an advisor, or before it knows.

        Works through what was observed and not yet counted, which can take a moment.
        """
        if self._advisor is None:
            return None
        with self._lock:
            self._settle()
            counted = self._counters.stats()
        self._advisor.work(counted.hits + counted.misses)
        return self._advisor.sizing()

    def clear(self) -> None:
        """Drops every entry. That is neither eviction nor expiry, and the counts stay."""
        with self._lock:
            self._settle()
            self._entries.clear()
            self._deadlines.clear()
            self._ghosts.clear()
            self._failures.clear()
            self._weight = 0

    def resize(self, max_size: int) -> None:
        """Changes the bound; what is too much is evicted, the entry used the longest ago first. Raises ValueError."""
        check_size("max_size", max_size)
        with self._lock:
            self._max_size = self._counters.max_size = max_size
            if self._advisor is not None:
                self._advisor.max_size = max_size
            self._make_room(0)

    def items(self) -> list[tuple[K, V]]:
        """The live entries, the one used the longest ago first. Not a use."""
        with self._lock:
            self._drop_expired()
            self._settle()
            return [(key, entry[1]) for key, entry in self._entries.items()]

    def __iter__(self) -> Iterator[K]:
        """The keys of the live entries as of now, the one used the longest ago first. Not a use."""
        return iter([key for key, _ in self.items()])

    def __contains__(self, key: object) -> bool:
        """Whether ``key`` is there and live. Not a use: order and counts stay."""
        return self.peek(cast(K, key), cast(Any, _MISSING)) is not _MISSING

    def __len__(self) -> int:
        with self._lock:
            self._drop_expired()
            return len(self._entries)

    def _after_fork_in_child(self) -> None:
        super()._after_fork_in_child()
        self._forget_loads()
