"""The caches that ours are measured beside, behind one face. Libraries that are not installed are left out."""

from __future__ import annotations

import importlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.cache.tiny_lfu import TinyLFUCache

TTL_SECONDS = 900.0

OURS = "LRUCache with ttl"
PLAIN = "OrderedDict, lock, time.time()"
PLAIN_DATETIME = "OrderedDict, lock, datetime.now(UTC)"
CACHETOOLS = "cachetools.TTLCache, lock"


class Cache(Protocol):
    """What all contestants can do."""

    def get(self, key: Any) -> Any:
        """The value, or None."""

    def set(self, key: Any, value: Any) -> Any:
        """Stores a value."""


class WallClockCache:
    """What programs write for themselves: an OrderedDict of values and times of day, under a lock, with counts."""

    def __init__(self, max_size: int, now: Callable[[], Any], ttl: Any) -> None:
        self._max_size = max_size
        self._now = now
        self._ttl = ttl
        self._entries: OrderedDict[Any, tuple[Any, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self.hits = 0
        self.misses = 0

    def get(self, key: Any) -> Any:
        """The value, or None when it is missing or too old."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self.misses += 1
                return None
            value, stored_at = entry
            if self._now() - stored_at >= self._ttl:
                del self._entries[key]
                self.misses += 1
                return None
            self._entries.move_to_end(key)
            self.hits += 1
            return value

    def set(self, key: Any, value: Any) -> None:
        """Stores a value; drops the one used the longest ago when there are too many."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            self._entries[key] = (value, self._now())
            if len(self._entries) > self._max_size:
                self._entries.popitem(last=False)


class LockedMapping:
    """A mapping that does not lock by itself, used as its manual says: under a lock."""

    def __init__(self, mapping: Any) -> None:
        self._mapping = mapping
        self._lock = threading.Lock()

    def get(self, key: Any) -> Any:
        """The value, or None."""
        with self._lock:
            return self._mapping.get(key)

    def set(self, key: Any, value: Any) -> None:
        """Stores a value."""
        with self._lock:
            self._mapping[key] = value


class AsItIs:
    """A cache that is safe between threads by itself."""

    def __init__(self, cache: Any) -> None:
        self.get = cache.get
        self.set = cache.set if hasattr(cache, "set") else cache.__setitem__


class Theine:
    """theine says whether it found something beside what it found."""

    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def get(self, key: Any) -> Any:
        """The value, or None."""
        value, found = self._cache.get(key)
        return value if found else None

    def set(self, key: Any, value: Any) -> None:
        """Stores a value."""
        self._cache.set(key, value, timedelta(seconds=TTL_SECONDS))


_LIBRARIES: tuple[tuple[str, str, Callable[[Any, int], Cache]], ...] = (
    (CACHETOOLS, "cachetools", lambda library, size: LockedMapping(library.TTLCache(size, TTL_SECONDS))),
    ("cachetools.LRUCache, lock", "cachetools", lambda library, size: LockedMapping(library.LRUCache(size))),
    ("lru-dict (C), no ttl", "lru", lambda library, size: AsItIs(library.LRU(size))),
    ("moka-py (Rust), lru", "moka_py", lambda library, size: AsItIs(library.Moka(size, ttl=TTL_SECONDS, policy="lru"))),
    ("moka-py (Rust), tiny_lfu", "moka_py", lambda library, size: AsItIs(library.Moka(size, ttl=TTL_SECONDS))),
    ("TinyLFUCache with ttl", "moka_py", lambda _, size: TinyLFUCache[Any, Any](size, TTL_SECONDS)),
    ("theine (Rust)", "theine", lambda library, size: Theine(library.Cache(size))),
)


def contestants(size: int) -> dict[str, Callable[[], Cache]]:
    """A maker of each, ours first. All bounded by ``size`` entries, and by TTL_SECONDS unless the name says otherwise."""
    makers: dict[str, Callable[[], Cache]] = {
        OURS: lambda: LRUCache[Any, Any](size, TTL_SECONDS),
        "LRUCache, no ttl": lambda: LRUCache[Any, Any](size),
        PLAIN: lambda: WallClockCache(size, time.time, TTL_SECONDS),
        PLAIN_DATETIME: lambda: WallClockCache(size, lambda: datetime.now(UTC), timedelta(seconds=TTL_SECONDS)),
    }
    for name, module, make in _LIBRARIES:
        try:
            library = importlib.import_module(module)
        except ImportError:
            continue
        makers[name] = _maker(make, library, size)
    return makers


def _maker(make: Callable[[Any, int], Cache], library: Any, size: int) -> Callable[[], Cache]:
    return lambda: make(library, size)
