"""A shared cache remembers whom a value's load paid, for every process, its fronts, and beside programs that do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import apsw
import pytest

from budgetmon import LRUCache, SharedCache
from budgetmon.core.cache import spending
from budgetmon.core.ledger.values import ProviderCounts

CENT = 10_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


def paying(**nanos: int | None) -> int:
    for provider, amount in nanos.items():
        spending.note(amount, provider)
    return 1


def sql(path: Path, statement: str) -> list[Any]:
    db = apsw.Connection(str(path))
    try:
        return db.execute(statement).fetchall()
    finally:
        db.close()


def test_that_a_hit_spares_whom_another_process_paid(path: Path) -> None:
    with SharedCache(path) as one:
        one.get_or_load("a", lambda: paying(gemini=5, perplexity=CENT))
        one.get_or_load("free", lambda: paying(alphavantage=0))
        one.get_or_load("unpriced", lambda: paying(alphavantage=None))
        one.set("stated", 1, cost=0.01)
        assert [count.loads for count in one.stats().providers] == [1, 1, 1]
    with SharedCache(path) as other:
        for key in ("a", "a", "free", "unpriced", "stated"):
            assert other.get(key) == 1
        assert other.stats().providers == (
            ProviderCounts("alphavantage", 1, 0, 0, 0),
            ProviderCounts("gemini", 2, 0, 0, 10),
            ProviderCounts("perplexity", 2, 0, 0, 2 * CENT),
        )
        assert other.stats().saved == 10 + 2 * CENT + CENT


def test_that_a_hit_in_a_front_saves_as_much_and_losing_the_copy_costs_nothing(path: Path) -> None:
    front: LRUCache[Any, Any] = LRUCache(1)
    with SharedCache(path, front=front) as cache:
        for _ in range(4):
            cache.get_or_load("a", lambda: paying(gemini=5))
        cache.get_or_load("b", lambda: paying(perplexity=7))
        cache.get("a")
    assert front.stats().providers == (ProviderCounts("gemini", 3, 0, 0, 15),)
    assert cache.stats().providers == (ProviderCounts("gemini", 1, 1, 5, 5), ProviderCounts("perplexity", 0, 1, 7, 0))
    assert (front.stats().evictions, front.stats().paid, front.stats().lost_to_eviction) == (2, 0, 0)


def test_that_a_file_of_an_earlier_program_keeps_what_it_holds(path: Path) -> None:
    with SharedCache(path) as cache:
        cache.get_or_load("a", lambda: paying(gemini=5))
    sql(path, "ALTER TABLE entry DROP COLUMN payees")
    with SharedCache(path) as cache:
        assert cache.get("a") == 1
        assert (cache.stats().saved, cache.stats().providers) == (5, ())
        cache.get_or_load("b", lambda: paying(gemini=5))
        cache.get("b")
        assert cache.stats().providers == (ProviderCounts("gemini", 1, 1, 5, 5),)


def test_that_what_an_earlier_program_stored_anew_names_nobody_wrongly(path: Path) -> None:
    with SharedCache(path) as cache:
        cache.get_or_load("a", lambda: paying(gemini=5))
        sql(path, "UPDATE entry SET cost = 7")  # such a program leaves alone what it does not know
        cache.get("a")
        assert (cache.stats().saved, cache.stats().providers) == (7, (ProviderCounts("gemini", 0, 1, 5, 0),))
