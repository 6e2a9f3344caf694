"""What hits are worth: the cost of a load is that of the calls settled inside it."""

from __future__ import annotations

import asyncio

from budgetmon import LRUCache
from budgetmon.core.cache import spending

CENT = 10_000_000


def paying(nanos: int | None, value: int = 1) -> int:
    spending.note(nanos)
    return value


def test_that_a_hit_saves_what_the_load_has_cost() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    for _ in range(4):
        cache.get_or_load("a", lambda: paying(CENT))
    stats = cache.stats()
    assert (stats.paid, stats.saved, stats.priced) == (CENT, 3 * CENT, 1)
    for _ in range(2_000):
        cache.get("a")
    assert cache.stats().saved == 2_003 * CENT


def test_that_several_calls_in_one_load_add_up() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    cache.get_or_load("a", lambda: paying(CENT) + paying(2 * CENT))
    cache.get("a")
    assert cache.stats().saved == 3 * CENT


def test_that_a_load_without_a_known_price_says_nothing() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    cache.get_or_load("a", lambda: paying(None))
    cache.get_or_load("b", lambda: 1)
    cache.get("a")
    assert (cache.stats().priced, cache.stats().saved) == (0, 0)


def test_that_a_load_inside_a_load_keeps_its_cost_to_itself() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    cache.get_or_load("outer", lambda: paying(CENT) + cache.get_or_load("inner", lambda: paying(5 * CENT)))
    cache.get("outer")
    assert cache.stats().saved == CENT
    cache.get("inner")
    assert cache.stats().saved == 6 * CENT


def test_that_a_stored_value_may_state_its_cost() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    cache.set("a", 1, cost=0.01)
    cache.get("a")
    assert cache.stats().saved == CENT


def test_that_what_was_evicted_is_lost_when_it_is_asked_for_again() -> None:
    cache: LRUCache[str, int] = LRUCache(1)
    cache.set("a", 1, cost=0.01)
    cache.set("b", 1, cost=0.02)
    assert cache.stats().lost_to_eviction == 0
    cache.get("a")
    cache.get("a")
    stats = cache.stats()
    assert (stats.evictions, stats.lost_to_eviction, stats.lost_to_expiry) == (1, CENT, 0)


def test_that_what_expired_is_lost_when_it_is_asked_for_again() -> None:
    now = [0.0]
    cache: LRUCache[str, int] = LRUCache(4, ttl=5, clock=lambda: now[0])
    cache.set("asked", 1, cost=0.01)
    cache.set("swept", 1, cost=0.02)
    cache.set("never", 1, cost=0.04)
    now[0] = 5.0
    cache.get("asked")
    assert cache.stats().lost_to_expiry == CENT
    assert len(cache) == 0
    cache.get("swept")
    assert cache.stats().lost_to_expiry == 3 * CENT


def test_that_tasks_keep_their_costs_apart() -> None:
    cache: LRUCache[str, int] = LRUCache(4)

    async def load(nanos: int) -> int:
        await asyncio.sleep(0.01)
        return paying(nanos)

    async def ask() -> None:
        await asyncio.gather(
            cache.get_or_load_async("a", lambda: load(CENT)), cache.get_or_load_async("b", lambda: load(2 * CENT))
        )

    asyncio.run(ask())
    cache.get("b")
    assert cache.stats().saved == 2 * CENT
    cache.get("a")
    assert cache.stats().saved == 3 * CENT


def test_that_money_outside_a_load_is_nobodys() -> None:
    spending.note(CENT)
    cache: LRUCache[str, int] = LRUCache(4)
    cache.get_or_load("a", lambda: 1)
    assert cache.stats().paid == 0
