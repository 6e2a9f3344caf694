"""LRUCache: exact order of last use, time to live by the monotonic clock, exact counts."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from budgetmon import LRUCache


class Clock:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_that_the_entry_used_the_longest_ago_goes_first() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    cache.set("a", 1)
    cache.set("b", 2)
    assert cache.get("a") == 1
    cache.set("c", 3)
    assert "b" not in cache
    assert cache.get("a") == 1
    assert cache.get("c") == 3
    assert cache.stats().evictions == 1


def test_that_storing_again_is_a_use_and_takes_no_room() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    for key, value in (("a", 1), ("b", 2), ("a", 10), ("c", 3)):
        cache.set(key, value)
    assert cache.get("a") == 10
    assert "b" not in cache
    assert cache.stats().evictions == 1


def test_that_asking_whether_a_key_is_there_is_no_use() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    cache.set("a", 1)
    cache.set("b", 2)
    assert "a" in cache
    cache.set("c", 3)
    assert "a" not in cache
    assert (cache.stats().hits, cache.stats().misses) == (0, 0)


def test_that_a_stored_none_is_a_hit() -> None:
    cache: LRUCache[str, Any] = LRUCache(2)
    cache.set("a", None)
    default = object()
    assert cache.get("a", default) is None
    assert cache.get("b", default) is default
    assert (cache.stats().hits, cache.stats().misses) == (1, 1)


def test_that_a_loop_over_one_key_too_many_never_hits() -> None:
    cache: LRUCache[int, int] = LRUCache(100)
    for _ in range(20):
        for key in range(101):
            if cache.get(key) is None:
                cache.set(key, key)
    assert cache.stats().hits == 0
    assert cache.stats().misses == 2_020
    assert cache.stats().evictions == 2_020 - 100


@given(st.integers(1, 6), st.lists(st.tuples(st.sampled_from(["get", "set", "in"]), st.integers(0, 9)), max_size=200))
def test_that_it_is_an_exact_lru_whatever_happens(size: int, steps: list[tuple[str, int]]) -> None:
    cache: LRUCache[int, int] = LRUCache(size)
    model: OrderedDict[int, int] = OrderedDict()
    hits = misses = evictions = 0
    for number, (what, key) in enumerate(steps):
        if what == "get":
            assert cache.get(key) == model.get(key)
            if key in model:
                model.move_to_end(key)
                hits += 1
            else:
                misses += 1
        elif what == "set":
            cache.set(key, number)
            if key not in model and len(model) == size:
                model.popitem(last=False)
                evictions += 1
            model[key] = number
            model.move_to_end(key)
        else:
            assert (key in cache) == (key in model)
        assert len(cache) == len(model)
    stats = cache.stats()
    assert (stats.hits, stats.misses, stats.evictions, stats.size) == (hits, misses, evictions, len(model))


def test_that_an_entry_expires_at_its_ttl_and_not_before(clock: Clock) -> None:
    cache: LRUCache[str, int] = LRUCache(2, ttl=10, clock=clock)
    cache.set("a", 1)
    clock.now += 9.999
    assert cache.get("a") == 1
    clock.now = 1_010.0
    assert cache.get("a") is None
    assert cache.stats().expired == 1
    assert (cache.stats().hits, cache.stats().misses) == (1, 1)


def test_that_reading_does_not_renew_and_storing_does(clock: Clock) -> None:
    cache: LRUCache[str, int] = LRUCache(2, ttl=timedelta(seconds=10), clock=clock)
    cache.set("a", 1)
    cache.set("b", 1)
    clock.now += 6
    cache.get("a")
    cache.set("b", 2)
    clock.now += 6
    assert cache.get("a") is None
    assert cache.get("b") == 2


def test_that_expired_entries_never_push_out_live_ones(clock: Clock) -> None:
    cache: LRUCache[str, int] = LRUCache(3, ttl=10, clock=clock)
    cache.set("dying", 0)
    clock.now += 5
    cache.set("a", 1)
    cache.set("b", 2)
    clock.now += 4
    cache.get("dying")  # the one used last, but not for long
    clock.now += 1
    cache.set("c", 3)
    assert [cache.get(key) for key in ("a", "b", "c", "dying")] == [1, 2, 3, None]
    assert cache.stats().evictions == 0
    assert cache.stats().expired == 1


def test_that_expired_entries_are_not_there(clock: Clock) -> None:
    cache: LRUCache[str, int] = LRUCache(3, ttl=10, clock=clock)
    cache.set("a", 1)
    cache.set("b", 1)
    assert len(cache) == 2
    clock.now += 10
    assert len(cache) == 0
    assert "a" not in cache
    assert cache.stats().size == 0
    assert cache.stats().expired == 2


def test_that_a_wall_clock_that_jumps_changes_nothing() -> None:
    cache: LRUCache[str, int] = LRUCache(2, ttl=3_600)
    with time_machine.travel("2026-03-01", tick=False) as wall:
        cache.set("a", 1)
        wall.move_to("2036-03-01")
        assert cache.get("a") == 1
        wall.move_to("2016-03-01")
        assert cache.get("a") == 1


def test_that_clearing_is_neither_eviction_nor_expiry(clock: Clock) -> None:
    cache: LRUCache[str, int] = LRUCache(2, ttl=10, clock=clock)
    cache.set("a", 1)
    cache.get("a")
    cache.clear()
    stats = cache.stats()
    assert (len(cache), stats.size, stats.hits, stats.evictions, stats.expired) == (0, 0, 1, 0, 0)
    cache.set("a", 2)
    assert cache.get("a") == 2


def test_that_the_hit_rate_is_unknown_before_the_first_lookup() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    assert cache.stats().hit_rate is None
    cache.get("a")
    assert cache.stats().hit_rate == 0
    cache.set("a", 1)
    cache.get("a")
    assert cache.stats().hit_rate == 0.5


def test_that_counts_are_those_since_an_earlier_look() -> None:
    cache: LRUCache[str, int] = LRUCache(2)
    cache.get("a")
    before = cache.stats()
    cache.set("a", 1)
    cache.get("a")
    since = cache.stats() - before
    assert (since.hits, since.misses, since.size, since.max_size) == (1, 0, 1, 2)


@pytest.mark.parametrize("size", [0, -1, 1.0, True, "10", None, float("inf")])
def test_that_impossible_sizes_are_refused(size: Any) -> None:
    with pytest.raises(ValueError, match="max_size"):
        LRUCache(size)


@pytest.mark.parametrize("ttl", [0, -1, 0.0, float("nan"), timedelta(0), timedelta(seconds=-1)])
def test_that_impossible_times_to_live_are_refused(ttl: Any) -> None:
    with pytest.raises(ValueError, match="ttl"):
        LRUCache(1, ttl=ttl)


def test_that_a_published_cache_needs_a_name() -> None:
    class Nobody:
        def publish_cache(self, counters: object) -> None:
            raise AssertionError("a cache without a name was published")

    with pytest.raises(ValueError, match="name"):
        LRUCache(1, tracker=Nobody())


def test_that_a_key_that_cannot_be_hashed_is_an_error_and_counts_nothing() -> None:
    cache: LRUCache[Any, int] = LRUCache(1)
    with pytest.raises(TypeError):
        cache.get([])
    with pytest.raises(TypeError):
        cache.set([], 1)
    assert (cache.stats().misses, len(cache)) == (0, 0)


def test_that_an_infinite_ttl_is_for_ever(clock: Clock) -> None:
    cache: LRUCache[str, int] = LRUCache(1, ttl=float("inf"), clock=clock)
    cache.set("a", 1)
    clock.now += 1e12
    assert cache.get("a") == 1
