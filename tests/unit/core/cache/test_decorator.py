"""@cached on functions, methods and coroutines."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from budgetmon import LRUCache, SharedCache, cached


def test_that_a_function_runs_once_per_arguments() -> None:
    ran: list[tuple[int, int]] = []

    @cached(LRUCache[Any, int](10))
    def add(a: int, b: int = 2) -> int:
        ran.append((a, b))
        return a + b

    assert [add(1), add(1, 2), add(a=1), add(b=2, a=1), add(1, b=3)] == [3, 3, 3, 3, 4]
    assert ran == [(1, 2), (1, 3)]
    assert add.__name__ == "add"


def test_that_two_functions_share_a_cache_without_mixing_results() -> None:
    cache: LRUCache[Any, int] = LRUCache(10)

    @cached(cache)
    def one(x: int) -> int:
        return x + 1

    @cached(cache)
    def two(x: int) -> int:
        return x + 2

    assert (one(1), two(1), one(1), two(1)) == (2, 3, 2, 3)
    assert cache.stats().loads == 2


def test_that_the_key_may_leave_the_object_out() -> None:
    cache: LRUCache[Any, str] = LRUCache(10)

    class Client:
        @cached(cache, key=lambda self, ticker: ticker)
        def quote(self, ticker: str) -> str:
            return ticker.lower()

    assert Client().quote("AAPL") == Client().quote("AAPL") == "aapl"
    assert cache.stats().loads == 1
    assert "AAPL" in cache


def test_that_without_a_key_each_object_has_results_of_its_own() -> None:
    cache: LRUCache[Any, int] = LRUCache(10)

    class Counter:
        def __init__(self, start: int) -> None:
            self.start = start

        @cached(cache)
        def plus(self, n: int) -> int:
            return self.start + n

    assert (Counter(1).plus(1), Counter(10).plus(1)) == (2, 11)


def test_that_a_coroutine_runs_once_however_many_tasks_ask() -> None:
    ran: list[int] = []

    @cached(LRUCache[Any, int](10))
    async def double(x: int) -> int:
        ran.append(x)
        await asyncio.sleep(0.01)
        return 2 * x

    async def ask() -> list[int]:
        return await asyncio.gather(*(double(4) for _ in range(5)))

    assert asyncio.run(ask()) == [8] * 5
    assert ran == [4]


def test_that_a_coroutine_is_refused_by_a_cache_that_cannot_wait(tmp_path: Path) -> None:
    with SharedCache(tmp_path / "c.db") as shared, pytest.raises(TypeError, match="LRUCache"):

        @cached(shared)
        async def never() -> int:
            return 1


def test_that_a_shared_cache_keeps_results_too(tmp_path: Path) -> None:
    with SharedCache(tmp_path / "c.db") as shared:

        @cached(shared, key=lambda x: x)
        def double(x: int) -> list[int]:
            return [x, x]

        assert double(3) == double(3) == [3, 3]
        assert shared.stats().loads == 1


def test_that_rest_arguments_are_part_of_the_key() -> None:
    @cached(LRUCache[Any, Any](10))
    def echo(*args: int, **kwargs: int) -> tuple[Any, Any]:
        return args, kwargs

    assert echo(1, 2, a=1, b=2) == echo(1, 2, b=2, a=1) == ((1, 2), {"a": 1, "b": 2})
    assert echo(1) != echo(1, 2)
