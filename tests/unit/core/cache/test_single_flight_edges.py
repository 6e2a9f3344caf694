"""get_or_load where it gets difficult: failures that are kept, interrupts, loaders that ask for themselves, tasks."""

from __future__ import annotations

import asyncio
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from budgetmon import LRUCache
from budgetmon.core.cache.loading import LoadRecursionError


def test_that_a_failure_is_kept_for_as_long_as_told() -> None:
    now = [0.0]
    cache: LRUCache[str, int] = LRUCache(4, failure_ttl=5, clock=lambda: now[0])
    asked: list[int] = []

    def fail() -> int:
        asked.append(1)
        raise ConnectionError("down")

    for _ in range(3):
        with pytest.raises(ConnectionError, match="down"):
            cache.get_or_load("a", fail)
    assert len(asked) == 1
    now[0] = 5.0
    assert cache.get_or_load("a", lambda: 7) == 7
    assert cache.stats().load_failures == 1


def test_that_an_interrupted_load_is_taken_over_by_the_next_in_line() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    began, go_on = threading.Event(), threading.Event()

    def interrupted() -> int:
        began.set()
        go_on.wait(10)
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get_or_load, "a", interrupted)
        began.wait(10)
        second = pool.submit(cache.get_or_load, "a", lambda: 42)
        time.sleep(0.05)
        go_on.set()
        assert second.result(10) == 42
        with pytest.raises(KeyboardInterrupt):
            first.result(10)
    assert (cache.stats().hits, cache.stats().misses, cache.stats().loads) == (0, 2, 1)


def test_that_a_loader_that_asks_for_its_own_key_is_told_so() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    with pytest.raises(LoadRecursionError):
        cache.get_or_load("a", lambda: cache.get_or_load("a", lambda: 1))
    assert cache.get_or_load("a", lambda: 2) == 2


def test_that_one_of_many_tasks_loads() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    loads: list[int] = []

    async def load() -> int:
        loads.append(1)
        await asyncio.sleep(0.02)
        return 42

    async def ask() -> list[int]:
        return await asyncio.gather(*(cache.get_or_load_async("a", load) for _ in range(20)))

    assert asyncio.run(ask()) == [42] * 20
    assert len(loads) == 1
    assert asyncio.run(cache.get_or_load_async("a", load)) == 42
    assert (cache.stats().hits, cache.stats().loads) == (1, 1)


def test_that_a_cancelled_task_cancels_nobody_else() -> None:
    cache: LRUCache[str, int] = LRUCache(4)

    async def ask() -> int:
        began, go_on = asyncio.Event(), asyncio.Event()

        async def load() -> int:
            began.set()
            await go_on.wait()
            return 42

        first = asyncio.create_task(cache.get_or_load_async("a", load))
        await began.wait()
        second = asyncio.create_task(cache.get_or_load_async("a", load))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        go_on.set()
        return await second

    assert asyncio.run(ask()) == 42


def test_that_tasks_and_threads_wait_for_each_other() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    began, go_on = threading.Event(), threading.Event()

    def slow() -> int:
        began.set()
        go_on.wait(10)
        return 7

    async def never() -> int:
        pytest.fail("loaded twice")

    with ThreadPoolExecutor(2) as pool:
        thread = pool.submit(cache.get_or_load, "a", slow)
        began.wait(10)
        task = pool.submit(lambda: asyncio.run(cache.get_or_load_async("a", never)))
        time.sleep(0.05)
        go_on.set()
        assert (thread.result(10), task.result(10)) == (7, 7)


def test_that_a_task_never_blocks_its_own_loop() -> None:
    cache: LRUCache[str, int] = LRUCache(4)

    async def load() -> int:
        await asyncio.sleep(0.05)
        return 1

    async def ask() -> None:
        task = asyncio.create_task(cache.get_or_load_async("a", load))
        await asyncio.sleep(0.01)
        with pytest.raises(LoadRecursionError, match="get_or_load_async"):
            cache.get_or_load("a", lambda: 2)
        assert await task == 1

    asyncio.run(ask())


def test_that_a_failing_task_wakes_the_others_with_its_error() -> None:
    cache: LRUCache[str, int] = LRUCache(4)

    async def fail() -> int:
        await asyncio.sleep(0.01)
        raise ConnectionError("down")

    async def ask() -> list[object]:
        return await asyncio.gather(*(cache.get_or_load_async("a", fail) for _ in range(5)), return_exceptions=True)

    assert all(isinstance(outcome, ConnectionError) for outcome in asyncio.run(ask()))
    assert (cache.stats().load_failures, len(cache)) == (1, 0)
