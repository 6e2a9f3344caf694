"""Times to live that differ, weights, and what else bounds an LRUCache."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon import LRUCache


class Clock:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_that_an_entry_may_live_shorter_or_longer_than_the_others() -> None:
    clock = Clock()
    cache: LRUCache[str, int] = LRUCache(4, ttl=10, clock=clock)
    cache.set("short", 1, ttl=3)
    cache.set("usual", 2)
    cache.set("long", 3, ttl=30)
    clock.now += 3
    assert list(cache) == ["usual", "long"]
    clock.now += 7
    assert list(cache) == ["long"]
    clock.now += 20
    assert list(cache) == []
    assert cache.stats().expired == 3


def test_that_a_cache_for_ever_may_hold_entries_that_expire() -> None:
    clock = Clock()
    cache: LRUCache[str, int] = LRUCache(2, clock=clock)
    cache.set("a", 1)
    cache.set("b", 2, ttl=5)
    clock.now += 5
    cache.set("c", 3)
    assert list(cache) == ["a", "c"]
    assert (cache.stats().expired, cache.stats().evictions) == (1, 0)


def test_that_storing_anew_decides_when_a_key_expires() -> None:
    clock = Clock()
    cache: LRUCache[str, int] = LRUCache(4, ttl=10, clock=clock)
    cache.set("later", 1, ttl=2)
    cache.set("later", 2)
    cache.set("sooner", 1)
    cache.set("sooner", 2, ttl=2)
    clock.now += 2
    assert list(cache) == ["later"]
    clock.now += 8
    assert len(cache) == 0


Step = tuple[str, int, float | None]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["get", "set", "pop", "peek", "len", "wait"]),
        st.integers(0, 7),
        st.sampled_from([None, 1.0, 2.5, 7.0]),
    ),
    max_size=120,
)


@given(st.integers(1, 5), st.sampled_from([None, 3.0]), STEPS)
def test_that_it_does_what_a_plain_model_does(size: int, ttl: float | None, steps: list[Step]) -> None:
    clock = Clock()
    cache: LRUCache[int, int] = LRUCache(size, ttl=ttl, clock=clock)
    model: dict[int, tuple[int, float]] = {}  # by last use: value and deadline
    hits = misses = evictions = 0
    for number, (what, key, length) in enumerate(steps):
        live = {k: entry for k, entry in model.items() if clock.now < entry[1]}
        if what == "get":
            assert cache.get(key) == live.get(key, (None, 0))[0]
            hits, misses = hits + (key in live), misses + (key not in live)
            if key in live:
                live[key] = live.pop(key)
        elif what == "set":
            cache.set(key, number, ttl=length)
            if key not in live and len(live) == size:
                del live[next(iter(live))]
                evictions += 1
            live.pop(key, None)
            lasts = length if length is not None else ttl
            live[key] = (number, math.inf if lasts is None else clock.now + lasts)
        elif what == "pop":
            assert cache.pop(key) == live.pop(key, (None, 0))[0]
        elif what == "peek":
            assert cache.peek(key) == live.get(key, (None, 0))[0]
        elif what == "wait":
            clock.now += 1
        if what != "wait":
            model = live
            assert (what != "len") or len(cache) == len(live)
    live = {k: entry for k, entry in model.items() if clock.now < entry[1]}
    assert cache.items() == [(k, entry[0]) for k, entry in live.items()]
    stats = cache.stats()
    assert (stats.hits, stats.misses, stats.evictions, stats.size) == (hits, misses, evictions, len(live))


def test_that_records_of_deadlines_stay_few_however_often_keys_are_stored() -> None:
    clock = Clock()
    cache: LRUCache[int, int] = LRUCache(10, ttl=1_000, clock=clock)
    for number in range(5_000):
        cache.set(number % 10, number)
        cache.set(number % 7, number, ttl=5 + number % 3)
        cache.set(1_000 + number, number)
        clock.now += 0.001
    assert len(cache._deadlines) < 10 * 20 + 200


def test_that_thousands_of_entries_expire_at_their_time_whatever_happened_to_them() -> None:
    clock = Clock()
    chance = random.Random(4)
    cache: LRUCache[int, int] = LRUCache(4_000, ttl=1_000, clock=clock)
    deadlines: dict[int, float] = {}
    for number in range(12_000):
        clock.now += 1
        key = chance.randrange(3_000)
        what = chance.random()
        if what < 0.1:
            cache.pop(key)
            deadlines.pop(key, None)
        elif what < 0.9:
            length = 1_000 if what < 0.7 else chance.randrange(1, 2_000)
            cache.set(key, number, ttl=None if length == 1_000 else length)
            deadlines[key] = clock.now + length
        if number % 40 == 0:
            deadlines = {key: deadline for key, deadline in deadlines.items() if clock.now < deadline}
            assert len(cache) == len(deadlines)
    assert cache.stats().evictions == 0
    assert set(cache) == {key for key, deadline in deadlines.items() if clock.now < deadline}
    clock.now += 2_000
    assert len(cache) == 0


def test_that_weights_are_bounded() -> None:
    cache: LRUCache[str, bytes] = LRUCache(100, max_weight=10, weigh=len)
    cache.set("a", b"1234")
    cache.set("b", b"1234")
    cache.set("c", b"1234")
    assert list(cache) == ["b", "c"]
    cache.set("b", b"123456")
    assert list(cache) == ["c", "b"]
    cache.set("huge", bytes(11))
    assert "huge" not in cache
    assert list(cache) == ["c", "b"]
    cache.set("b", bytes(11))
    assert list(cache) == ["c"]
    assert cache.stats().evictions == 3


@pytest.mark.parametrize(
    "options",
    [{"max_weight": 0, "weigh": len}, {"max_weight": 5}, {"weigh": len}, {"failure_ttl": 0}, {"log_every": -1}],
)
def test_that_impossible_bounds_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"max_weight|failure_ttl|log_every"):
        LRUCache(1, **options)


def test_that_a_smaller_size_evicts_what_was_used_the_longest_ago() -> None:
    cache: LRUCache[int, int] = LRUCache(4)
    for key in range(4):
        cache.set(key, key)
    cache.get(0)
    cache.resize(2)
    assert list(cache) == [3, 0]
    assert (cache.stats().evictions, cache.stats().max_size) == (2, 2)
    cache.resize(3)
    cache.set(9, 9)
    assert len(cache) == 3
    with pytest.raises(ValueError, match="max_size"):
        cache.resize(0)


def test_that_peeking_is_no_use_and_popping_no_lookup() -> None:
    cache: LRUCache[str, int | None] = LRUCache(2)
    cache.set("a", 1)
    cache.set("b", None)
    assert cache.peek("a") == 1
    assert cache.peek("x", 7) == 7
    cache.set("c", 3)
    assert "a" not in cache
    assert cache.pop("b", 7) is None
    assert cache.pop("b", 7) == 7
    assert (cache.stats().hits, cache.stats().misses, cache.stats().evictions) == (0, 0, 1)


def test_that_thousands_of_hits_in_a_row_keep_order_and_count() -> None:
    cache: LRUCache[int, int] = LRUCache(5)
    for key in range(5):
        cache.set(key, key)
    for number in range(10_000):
        cache.get(number % 4)
    assert cache.stats().hits == 10_000
    assert list(cache) == [4, 0, 1, 2, 3]
