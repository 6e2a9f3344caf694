"""ValueCache: market data kept for all processes, in front of it what this instance has used, all of it unchangeable."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.cache.shared.cache import SharedCache
from budgetmon.core.config.values import CacheConfig
from budgetmon.core.tracker import UsageTracker

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

V = TypeVar("V", bound="DataclassInstance")

TTL = timedelta(minutes=15)
_MAX_SIZE = 1000


class ValueCache(Generic[V]):
    """Keeps frozen dataclasses under texts, as JSON. Its counts are published as ``name``, those of the file as shared.

    Size and time to live come from the config's ``caches`` entry of that name; the latter holds for both. ``read`` makes a
    value from its fields as JSON gives them. Each get makes a value of its own. Safe between threads.
    """

    def __init__(self, name: str, tracker: UsageTracker, read: Callable[[dict[str, Any]], V]) -> None:
        bounds = tracker.config.caches.get(name, CacheConfig())
        front: LRUCache[str, bytes] = LRUCache(bounds.max_size or _MAX_SIZE, bounds.ttl or TTL, name=name, tracker=tracker)
        self._shared = SharedCache(name=f"{name}-shared", ttl=bounds.ttl or TTL, tracker=tracker, front=front)
        self._read = read

    def get(self, key: str, load: Callable[[], V]) -> V:
        """The value of ``key``, or what ``load()`` returns, which is kept. Raises what it raises."""
        return self._value(self._shared.get_or_load(key, lambda: _packed(load())))

    def find(self, key: str) -> V | None:
        """The value of ``key`` if it is there and live."""
        stored = self._shared.get(key)
        return None if stored is None else self._value(stored)

    def put(self, key: str, value: V) -> None:
        """Keeps a value."""
        self._shared.set(key, _packed(value))

    def __contains__(self, key: str) -> bool:
        return key in self._shared

    def close(self) -> None:
        """Closes the file."""
        self._shared.close()

    def _value(self, stored: bytes) -> V:
        return self._read(json.loads(stored))


def _packed(value: DataclassInstance) -> bytes:
    return json.dumps(asdict(value), default=str).encode()
