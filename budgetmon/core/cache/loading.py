"""One load per key inside a process: threads and tasks that want the same key wait for whoever loads it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    import asyncio

V = TypeVar("V")


class LoadRecursionError(RuntimeError):
    """A loader asked the cache for the very key that it is loading, and would wait for itself for ever."""


class Load(Generic[V]):
    """A load under way. ``owner`` is the thread or task that runs it.

    It ends with a value, with an error that everybody gets, or given up: cancelled or interrupted, which is the business of
    its owner only, so that the next in line takes over.
    """

    __slots__ = ("_begun", "_done", "_lock", "_wakers", "error", "given_up", "owner", "value")

    def __init__(self, owner: object) -> None:
        self.owner = owner
        self.value: V = None  # type: ignore[assignment]  # whoever reads it has seen the load end well
        self.error: Exception | None = None
        self.given_up = False
        self._begun = False
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._wakers: list[Callable[[], object]] = []

    def begins(self, me: object) -> bool:
        """Whether it is for ``me`` to run the load: true once, for its owner."""
        if self.owner != me or self._begun:
            return False
        self._begun = True
        return True

    def finish(self) -> None:
        """Wakes everybody who waits."""
        with self._lock:
            self._done.set()
            wakers, self._wakers = self._wakers, []
        for wake in wakers:
            wake()

    def wait(self, key: object) -> None:
        """Blocks this thread until the load has ended. Raises LoadRecursionError where that would be never."""
        if self.owner == threading.get_ident():
            raise LoadRecursionError(f"the loader of {key!r} asks for {key!r}")
        if not isinstance(self.owner, int):
            import asyncio

            running = asyncio._get_running_loop()
            if running is not None and isinstance(self.owner, asyncio.Task) and self.owner.get_loop() is running:
                raise LoadRecursionError(f"a task of this event loop loads {key!r}: wait for it with get_or_load_async")
        self._done.wait()

    async def wait_async(self, key: object) -> None:
        """Suspends this task until the load has ended, in whatever thread or loop it runs."""
        import asyncio

        if self.owner is asyncio.current_task():
            raise LoadRecursionError(f"the loader of {key!r} asks for {key!r}")
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()

        def wake() -> None:
            with suppress(RuntimeError):  # the loop of that waiter is closed: nobody waits there any more
                loop.call_soon_threadsafe(_end, ended)

        with self._lock:
            if self._done.is_set():
                return
            self._wakers.append(wake)
        await ended


def _end(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
