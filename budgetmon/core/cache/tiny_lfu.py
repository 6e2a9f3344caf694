"""TinyLFUCache: keeps what is asked for often, so that keys that come once do not push it out. Needs moka-py."""

from __future__ import annotations

import importlib
import itertools
import math
import threading
import time
from collections.abc import Callable, Hashable
from datetime import timedelta
from typing import Any, TypeVar, cast
from weakref import ref

from budgetmon.core.cache.content import LOG_LIMIT, ForkRest, check_size
from budgetmon.core.cache.counters import CacheStats, Counters, Entry
from budgetmon.core.cache.expiry import Deadlines, seconds
from budgetmon.core.cache.ghosts import Ghosts
from budgetmon.core.cache.loads_once import K, LoadsOnce, V
from budgetmon.core.cache.lru import LOG_EVERY, PublishesCaches
from budgetmon.core.cache.worth import worth_of

D = TypeVar("D")

_MISSING: Any = object()


class TinyLFUCache(LoadsOnce[K, V]):
    """Keeps ``max_size`` entries, preferring those that are asked for often; each for at most ``ttl``.

    For scans, loops and keys of which most come once, it hits more than an LRUCache; which entries it keeps is estimated, so
    that two runs differ a little. Times to live, counts, loads and money are as there. A new entry that is not worth its
    place goes at once, and counts as evicted. There is no order to list, no advice on sizes. Safe between threads and after
    a fork. Raises ValueError for a size below one or a time that is not positive, and ImportError without moka-py.
    """

    def __init__(
        self,
        max_size: int,
        ttl: timedelta | float | None = None,
        name: str | None = None,
        tracker: PublishesCaches | None = None,
        *,
        failure_ttl: timedelta | float | None = None,
        log_every: timedelta | float | None = LOG_EVERY,
    ) -> None:
        check_size("max_size", max_size)
        if tracker is not None and not name:
            raise ValueError("a cache that publishes its counts needs a name")
        self._max_size = max_size
        self._ttl = seconds(ttl)
        self._clock: Callable[[], float] = time.monotonic
        self._ghosts = Ghosts()
        # The library decides which keys stay. What belongs to them is kept here, since the destructor of a value may come back
        # into the cache, and the library would wait for itself. A serial number tells a key from the same key stored before.
        self._policy = _moka()(max_size, eviction_listener=_teller(self), policy="tiny_lfu")
        self._entries: dict[K, Entry] = {}
        self._find: Callable[[K], Entry | None] = self._entries.get
        self._serials = itertools.count()
        self._gone: list[Entry] = []
        # The library would find out about expired entries up to a second late, and count them until then.
        self._deadlines = Deadlines(cast(Callable[[Hashable], Entry | None], self._find))
        self._counters = Counters(name or "", max_size, self, seconds(log_every, "log_every"))
        self._lock = self._counters.lock
        self._hits = self._counters.hit_worths
        self._prepare_loads(seconds(failure_ttl, "failure_ttl"))
        self._rest = ForkRest(self)
        if tracker is not None:
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
        """The value of ``key``, which counts as asked for once more; ``default`` when it is missing or expired."""
        with self._lock:
            counters = self._counters
            self._tell(self._policy.get, key)
            entry = self._find(key)
            if entry is not None and self._is_live(entry):
                hits = self._hits
                hits.append(entry[3])
                if len(hits) >= LOG_LIMIT:
                    counters.add_up()
                return cast(V, entry[1])
            counters.miss()
            if entry is not None:
                self._expire(key, entry)
            self._note_lost(key)
            return default

    def set(self, key: K, value: V, *, ttl: timedelta | float | None = None, cost: object = None) -> None:
        """Stores ``value``; when the cache is full, what is asked for least often goes, which may be ``value`` itself.

        ``ttl`` overrides that of the cache. ``cost`` in USD is what getting the value has cost, so that hits on it count as
        money saved.
        """
        length = self._ttl if ttl is None else seconds(ttl)
        worth = None if cost is None else worth_of(cost)
        with self._lock:
            if worth is not None:
                self._counters.priced += 1
                self._counters.savings.store(worth)
            self._drop_expired()
            deadline = None if length is None else self._clock() + length
            replaced = self._find(key)
            if replaced is not None:
                self._gone.append(replaced)
            serial = next(self._serials)
            self._entries[key] = (key, value, deadline, worth, serial)
            # A deadline that comes too soon moves on by itself.
            if deadline is not None and self._deadlines.in_order.get(key, math.inf) > deadline:
                self._deadlines.add(deadline, key)
            self._tell(self._policy.set, key, serial)

    def peek(self, key: K, default: D | None = None) -> V | D | None:
        """The value of ``key`` without counting a lookup."""
        with self._lock:
            entry = self._find(key)
            return cast(V, entry[1]) if entry is not None and self._is_live(entry) else default

    def pop(self, key: K, default: D | None = None) -> V | D | None:
        """Takes ``key`` out and returns its value. That is neither a lookup nor an eviction."""
        with self._lock:
            entry = self._find(key)
            if entry is None:
                return default
            if not self._is_live(entry):
                self._expire(key, entry)
                return default
            self._remove(key)
            return cast(V, entry[1])

    def clear(self) -> None:
        """Drops every entry. That is neither eviction nor expiry, and the counts stay."""
        with self._lock:
            self._tell(self._policy.run_pending_tasks)
            self._tell(self._policy.clear)
            self._tell(self._policy.run_pending_tasks)
            self._deadlines.clear()
            self._entries.clear()
            self._ghosts.clear()
            self._failures.clear()

    def stats(self) -> CacheStats:
        """Counts since the cache was made, and its size now."""
        with self._lock:
            len(self)
            return self._counters.stats()

    def __contains__(self, key: object) -> bool:
        """Whether ``key`` is there and live. Not a lookup."""
        return self.peek(cast(K, key), _MISSING) is not _MISSING

    def __len__(self) -> int:
        with self._lock:
            self._drop_expired()
            self._tell(self._policy.run_pending_tasks)
            return len(self._entries)

    def __bool__(self) -> bool:
        return True

    def _is_live(self, entry: Entry) -> bool:
        return entry[2] is None or self._clock() < entry[2]

    def _drop_expired(self) -> None:
        now = self._clock()
        if now < self._deadlines.soonest:
            return
        while (key := self._deadlines.pop_due(now)) is not None:
            entry = self._find(cast(K, key))
            if entry is not None:
                self._expire(cast(K, key), entry)

    def _expire(self, key: K, entry: Entry) -> None:
        self._remove(key)
        self._counters.expired += 1
        if entry[3]:
            self._ghosts.add(key, entry[3], evicted=False)

    def _note_lost(self, key: K) -> None:
        lost = self._ghosts.ask(key)
        if lost is not None:
            cost, evicted = lost
            if evicted:
                self._counters.lost_to_eviction += cost
            else:
                self._counters.lost_to_expiry += cost

    def _remove(self, key: K) -> None:
        del self._entries[key]
        self._deadlines.discard(key)
        self._tell(self._policy.remove, key)

    def _tell(self, operation: Callable[..., object], *details: object) -> None:
        """Has the library do something, and lets go of what it evicted once it is done."""
        operation(*details)
        if self._gone:
            self._gone = []

    def _note_gone(self, key: K, serial: int, cause: str) -> None:
        """Told by the library of every key that goes, inside ``_tell``: the lock is held."""
        entry = self._find(key)
        if cause == "size" and entry is not None and entry[4] == serial:
            self._gone.append(self._entries.pop(key))
            self._counters.evictions += 1
            self._deadlines.discard(key)
            if entry[3]:
                self._ghosts.add(key, entry[3], evicted=True)

    def _before_fork(self) -> None:
        self._lock.acquire()

    def _after_fork_in_parent(self) -> None:
        self._lock.release()

    def _after_fork_in_child(self) -> None:
        self._lock = self._counters.lock = threading.RLock()
        self._forget_loads()


def _teller(cache: TinyLFUCache[Any, Any]) -> Callable[[Any, int, str], None]:
    """What the library tells of keys that go. It must not keep the cache alive, which keeps the library's."""
    told = ref(cache)

    def tell(key: Any, serial: int, cause: str) -> None:
        heard = told()
        if heard is not None:
            heard._note_gone(key, serial, cause)

    return tell


def _moka() -> Any:
    try:
        return importlib.import_module("moka_py").Moka
    except ImportError as error:
        raise ImportError("TinyLFUCache needs moka-py: pip install 'budgetmon[tinylfu]'") from error
