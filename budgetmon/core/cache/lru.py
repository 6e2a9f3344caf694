"""LRUCache: bounded, exact least-recently-used order, time to live on the monotonic clock, exact counts."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Generic, Protocol, TypeVar, cast

from budgetmon.core.cache.counters import CacheStats, Counters
from budgetmon.core.storage import forking

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
D = TypeVar("D")


class PublishesCaches(Protocol):
    """A tracker, as far as a cache needs one."""

    def publish_cache(self, counters: Counters) -> None:
        """Sees to it that the counts reach the ledger."""


class _Missing:
    """What tells a stored None from nothing."""


_MISSING = _Missing()


class _Load(Generic[V]):
    """A load under way; threads that want the same key wait for it."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.value: V | None = None
        self.error: BaseException | None = None


class LRUCache(Generic[K, V]):
    """Keeps the ``max_size`` entries used last, each for at most ``ttl``. Every operation costs O(1).

    ``ttl`` is a timedelta, seconds, or None for ever; an entry expires at age >= ttl by the monotonic clock, so a wall
    clock that jumps changes nothing. Expired entries neither count in ``len`` nor push out live ones. With a ``name`` and
    a ``tracker`` the counts reach the ledger, summed over all processes. Safe between threads; a forked child has a copy
    of the content and counts on its own. Raises ValueError for a size below one or a ttl that is not positive.
    """

    def __init__(
        self,
        max_size: int,
        ttl: timedelta | float | None = None,
        name: str | None = None,
        tracker: PublishesCaches | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if type(max_size) is not int or max_size < 1:
            raise ValueError(f"max_size must be a whole number of one or more, not {max_size!r}")
        seconds = ttl.total_seconds() if isinstance(ttl, timedelta) else ttl
        if seconds is not None and not seconds > 0:
            raise ValueError(f"ttl must be longer than zero, or None for ever, not {ttl!r}")
        self._max_size = max_size
        self._ttl = seconds
        self._clock = clock
        self._counters = Counters(name or "", max_size)
        self._lock = self._counters.lock
        # By last use, and by age. Entries share one ttl, so the order of age is the order of expiry.
        self._values: OrderedDict[K, V] = OrderedDict()
        self._expiry: OrderedDict[K, float] = OrderedDict()
        self._loads: dict[K, _Load[V]] = {}
        forking.join(self, forking.Rest.CACHE)
        if tracker is not None:
            if not name:
                raise ValueError("a cache that publishes its counts needs a name")
            tracker.publish_cache(self._counters)

    def get(self, key: K, default: D | None = None) -> V | D | None:
        """The value of ``key``, which becomes the one used last; ``default`` when it is missing or expired."""
        with self._lock:
            value = self._look_up(key)
        return default if isinstance(value, _Missing) else value

    def set(self, key: K, value: V) -> None:
        """Stores ``value``; evicts the entry that was used the longest ago when the cache is full of live ones."""
        with self._lock:
            self._store(key, value)

    def get_or_load(self, key: K, loader: Callable[[], V]) -> V:
        """The value of ``key``, or what ``loader()`` returns. However many threads ask at once, one of them loads.

        A load that fails raises in every thread that waited for it, and stores nothing.
        """
        with self._lock:
            value = self._look_up(key)
            if not isinstance(value, _Missing):
                return value
            load = self._loads.get(key)
            mine = load is None
            if load is None:
                load = self._loads[key] = _Load()
        if not mine:
            load.done.wait()
            if load.error is not None:
                raise load.error
            return cast(V, load.value)
        return self._run_load(key, load, loader)

    def stats(self) -> CacheStats:
        """Counts since the cache was made, and its size now."""
        with self._lock:
            self._drop_expired()
            return self._counters.stats()

    def clear(self) -> None:
        """Drops every entry. That is neither eviction nor expiry, and the counts stay."""
        with self._lock:
            self._values.clear()
            self._expiry.clear()
            self._counters.size = 0

    def __contains__(self, key: object) -> bool:
        """Whether ``key`` is there and live. Not a use: order and counts stay."""
        with self._lock:
            self._drop_expired()
            return key in self._values

    def __len__(self) -> int:
        with self._lock:
            self._drop_expired()
            return len(self._values)

    def before_fork(self) -> None:
        """Waits until no other thread is inside, so that the child gets whole content."""
        self._lock.acquire()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._lock.release()

    def after_fork_in_child(self) -> None:
        """Makes a lock of its own. Loads of other threads ended with them: their keys load again."""
        self._lock = self._counters.lock = threading.RLock()
        self._loads = {}

    def _look_up(self, key: K) -> V | _Missing:
        value: V | _Missing = self._values.get(key, _MISSING)
        if not isinstance(value, _Missing) and self._ttl is not None and self._clock() >= self._expiry[key]:
            self._drop(key)
            self._counters.expired += 1
            value = _MISSING
        if isinstance(value, _Missing):
            self._counters.misses += 1
        else:
            self._counters.hits += 1
            self._values.move_to_end(key)
        return value

    def _store(self, key: K, value: V) -> None:
        if key not in self._values and len(self._values) >= self._max_size:
            self._drop_expired()
            if len(self._values) >= self._max_size:
                oldest, _ = self._values.popitem(last=False)
                self._expiry.pop(oldest, None)
                self._counters.evictions += 1
        self._values[key] = value
        self._values.move_to_end(key)
        if self._ttl is not None:
            self._expiry[key] = self._clock() + self._ttl
            self._expiry.move_to_end(key)
        self._counters.size = len(self._values)

    def _drop_expired(self) -> None:
        if self._ttl is None:
            return
        now = self._clock()
        while self._expiry:
            key, expires = next(iter(self._expiry.items()))
            if now < expires:
                break
            self._drop(key)
            self._counters.expired += 1

    def _drop(self, key: K) -> None:
        del self._values[key]
        self._expiry.pop(key, None)
        self._counters.size = len(self._values)

    def _run_load(self, key: K, load: _Load[V], loader: Callable[[], V]) -> V:
        try:
            load.value = loader()
        except BaseException as error:
            load.error = error
            with self._lock:
                self._counters.load_failures += 1
            raise
        else:
            with self._lock:
                self._counters.loads += 1
                self._store(key, load.value)
            return load.value
        finally:
            with self._lock:
                self._loads.pop(key, None)
            load.done.set()
