"""LRUCache: bounded, exact least-recently-used order, time to live on the monotonic clock, exact counts, one load per key."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Protocol, TypeVar, cast

from budgetmon.core.cache import spending
from budgetmon.core.cache.advisor import Advisor, Sizing
from budgetmon.core.cache.content import LOG_LIMIT, Content, K, V, check_size
from budgetmon.core.cache.counters import CacheStats, Counters
from budgetmon.core.cache.expiry import seconds
from budgetmon.core.cache.loading import Load
from budgetmon.core.rules.money import to_decimal

D = TypeVar("D")

LOG_EVERY = timedelta(minutes=5)
_MISSING = object()


class PublishesCaches(Protocol):
    """A tracker, as far as a cache needs one."""

    def publish_cache(self, counters: Counters) -> None:
        """Sees to it that the counts reach the ledger."""


class LRUCache(Content[K, V]):
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
        self._failure_ttl = seconds(failure_ttl, "failure_ttl")
        self._loads: dict[K, Load[V]] = {}
        self._failures: OrderedDict[K, tuple[float, Exception]] = OrderedDict()
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

    def get_or_load(self, key: K, loader: Callable[[], V]) -> V:
        """The value of ``key``, or what ``loader()`` returns. However many threads ask at once, one of them loads.

        A load that fails raises in everybody who waited for it, and stores nothing. One that is interrupted
        (KeyboardInterrupt, cancellation) ends for its own caller only, and the next one loads. Calls that are settled
        inside ``loader`` are the value's cost. Raises LoadRecursionError when ``loader`` asks for the same key.
        """
        value = self.get(key, _MISSING)
        if value is not _MISSING:
            return cast(V, value)
        me = threading.get_ident()
        found, load = self._begin(key, me)
        while load is not None:
            if load.begins(me):
                with self._loading(key, load):
                    load.value = loader()
                return load.value
            load.wait(key)
            if load.error is not None:
                raise load.error
            if not load.given_up:
                return load.value
            found, load = self._begin(key, me)
        return cast(V, found)

    async def get_or_load_async(self, key: K, loader: Callable[[], Awaitable[V]]) -> V:
        """The same for tasks: ``loader()`` is awaited, and tasks and threads wait for each other's loads."""
        import asyncio

        value = self.get(key, _MISSING)
        if value is not _MISSING:
            return cast(V, value)
        me = asyncio.current_task()
        found, load = self._begin(key, me)
        while load is not None:
            if load.begins(me):
                with self._loading(key, load):
                    load.value = await loader()
                return load.value
            await load.wait_async(key)
            if load.error is not None:
                raise load.error
            if not load.given_up:
                return load.value
            found, load = self._begin(key, me)
        return cast(V, found)

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

    # -- loads ---------------------------------------------------------------------------------------------------------

    def _begin(self, key: K, owner: object) -> tuple[V | None, Load[V] | None]:
        """The value if there is one by now, or the load to run or to wait for. The lookup has been counted before."""
        with self._lock:
            entry = self._live(key)
            if entry is not None:
                return cast(V, entry[1]), None
            self._raise_known_failure(key)
            load = self._loads.get(key)
            if load is None:
                load = self._loads[key] = Load(owner)
            return None, load

    @contextmanager
    def _loading(self, key: K, load: Load[V]) -> Iterator[None]:
        """Around a loader: counts it, stores what it leaves in ``load``, and wakes those who wait."""
        counters = self._counters
        began = time.perf_counter_ns()
        try:
            with spending.measured() as spent:
                yield
        except Exception as error:
            load.error = error
            with self._lock:
                counters.load_failures += 1
                if self._failure_ttl is not None:
                    self._keep_failure(key, error)
            raise
        except BaseException:
            load.given_up = True
            raise
        else:
            with self._lock:
                counters.loads += 1
                self.set(key, load.value, cost=to_decimal(spent.nanos) if spent.calls else None)
        finally:
            with self._lock:
                counters.load_nanoseconds += time.perf_counter_ns() - began
                if self._loads.get(key) is load:
                    del self._loads[key]
            load.finish()

    def _keep_failure(self, key: K, error: Exception) -> None:
        self._failures[key] = (self._clock() + (self._failure_ttl or 0.0), error)
        self._failures.move_to_end(key)
        if len(self._failures) > self._max_size:
            self._failures.popitem(last=False)

    def _raise_known_failure(self, key: K) -> None:
        failure = self._failures.get(key) if self._failures else None
        if failure is not None:
            if self._clock() < failure[0]:
                raise failure[1]
            del self._failures[key]

    def _after_fork_in_child(self) -> None:
        super()._after_fork_in_child()
        self._loads = {}
