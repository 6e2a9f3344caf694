"""Other caches behind one face: ``get(key)`` gives None for a miss, ``set(key, value)``. Those not installed are left out."""

from __future__ import annotations

import importlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Protocol

from budgetmon import LRUCache

TTL = 900.0


class Cache(Protocol):
    """A cache under test."""

    def get(self, key: Any) -> Any:
        """The value, or None."""

    def set(self, key: Any, value: Any) -> None:
        """Stores."""


class PlainTtl:
    """An OrderedDict with a lock and a time to live by the wall clock: what programs write for themselves."""

    def __init__(self, size: int, now: Callable[[], Any], ttl: Any) -> None:
        self._size = size
        self._now = now
        self._ttl = ttl
        self._entries: OrderedDict[Any, tuple[Any, Any]] = OrderedDict()
        self._lock = threading.Lock()
        self.hits = 0
        self.misses = 0

    def get(self, key: Any) -> Any:
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self.misses += 1
                return None
            value, stored = entry
            if self._now() - stored >= self._ttl:
                del self._entries[key]
                self.misses += 1
                return None
            self._entries.move_to_end(key)
            self.hits += 1
            return value

    def set(self, key: Any, value: Any) -> None:
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
            self._entries[key] = (value, self._now())
            if len(self._entries) > self._size:
                self._entries.popitem(last=False)


class Locked:
    """A mapping that is not safe between threads, with the lock that it needs."""

    def __init__(self, mapping: Any) -> None:
        self._mapping = mapping
        self._lock = threading.Lock()

    def get(self, key: Any) -> Any:
        with self._lock:
            return self._mapping.get(key)

    def set(self, key: Any, value: Any) -> None:
        with self._lock:
            self._mapping[key] = value


class Unlocked:
    """A mapping that is safe between threads by itself."""

    def __init__(self, mapping: Any) -> None:
        self.get = mapping.get
        self.set = mapping.__setitem__ if hasattr(mapping, "__setitem__") else mapping.set


def peers(size: int) -> Iterator[tuple[str, Callable[[], Cache]]]:
    """Name and maker of each. The first is the yardstick."""
    yield "OrderedDict, time.time()", lambda: PlainTtl(size, time.time, TTL)
    yield "OrderedDict, datetime.now()", lambda: PlainTtl(size, datetime.now, timedelta(seconds=TTL))
    yield "LRUCache, ttl", lambda: LRUCache(size, TTL)
    yield "LRUCache, no ttl", lambda: LRUCache(size)
    for name, module, make in _LIBRARIES:
        try:
            library = importlib.import_module(module)
        except ImportError:
            continue
        yield name, lambda library=library, make=make: make(library, size)  # type: ignore[misc]


_LIBRARIES: list[tuple[str, str, Callable[[Any, int], Cache]]] = [
    ("cachetools.TTLCache + lock", "cachetools", lambda lib, size: Locked(lib.TTLCache(size, TTL))),
    ("cachetools.LRUCache + lock", "cachetools", lambda lib, size: Locked(lib.LRUCache(size))),
    ("lru-dict (C, no ttl)", "lru", lambda lib, size: Unlocked(lib.LRU(size))),
    ("moka-py (Rust, ttl, lru)", "moka_py", lambda lib, size: Unlocked(lib.Moka(size, ttl=TTL, policy="lru"))),
    ("moka-py (Rust, ttl, tiny_lfu)", "moka_py", lambda lib, size: Unlocked(lib.Moka(size, ttl=TTL))),
    ("theine (Rust, ttl, w-tinylfu)", "theine", lambda lib, size: Unlocked(_Theine(lib.Cache(size)))),
]


class _Theine:
    def __init__(self, cache: Any) -> None:
        self._cache = cache

    def get(self, key: Any) -> Any:
        value, found = self._cache.get(key)
        return value if found else None

    def set(self, key: Any, value: Any) -> None:
        self._cache.set(key, value, timedelta(seconds=TTL))
