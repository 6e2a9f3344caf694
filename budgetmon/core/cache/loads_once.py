"""``get_or_load``: what a cache needs so that a missing value is loaded once, priced, and its failure remembered."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar, cast

from budgetmon.core.cache import spending
from budgetmon.core.cache.counters import Counters
from budgetmon.core.cache.loading import Load

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MISSING: Any = object()


class LoadsOnce(ABC, Generic[K, V]):
    """Loads for a cache that can ``get``, ``peek`` and ``set``. ``_lock`` is the cache's own, and reentrant."""

    _lock: threading.RLock
    _counters: Counters
    _clock: Callable[[], float]
    _max_size: int

    def _prepare_loads(self, failure_ttl: float | None) -> None:
        self._failure_ttl = failure_ttl
        self._failures: OrderedDict[K, tuple[float, Exception]] = OrderedDict()
        self._forget_loads()

    def _forget_loads(self) -> None:
        """In a forked child: the loads under way are the parent's."""
        self._loads: dict[K, Load[V]] = {}

    @abstractmethod
    def get(self, key: K, default: Any = None) -> Any:
        """The value of ``key``, which counts as used; else ``default``."""

    @abstractmethod
    def peek(self, key: K, default: Any = None) -> Any:
        """The value of ``key`` without using it."""

    @abstractmethod
    def set(self, key: K, value: V, *, ttl: Any = None, cost: object = None) -> None:
        """Stores ``value``, which has cost so many USD, or a Worth."""

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

    def _begin(self, key: K, owner: object) -> tuple[V | None, Load[V] | None]:
        """The value if there is one by now, or the load to run or to wait for. The lookup has been counted before."""
        with self._lock:
            found = self.peek(key, _MISSING)
            if found is not _MISSING:
                return cast(V, found), None
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
                self.set(key, load.value, cost=spent.worth())
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
