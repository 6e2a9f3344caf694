"""The sizing advisor: its curve is that of exact caches, and it watches now and then only."""

from __future__ import annotations

import random
from collections.abc import Hashable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon import LRUCache
from budgetmon.core.cache.advisor import Advisor
from budgetmon.core.cache.counters import Counters
from budgetmon.core.cache.publisher import CachePublisher
from budgetmon.core.cache.reuse import ReuseDistances
from budgetmon.core.cache.survival import Survival
from budgetmon.core.rules.hit_curve import HitCurve
from budgetmon.workloads.keys import read_keys


class Tracker:
    """Takes the counters and does nothing with them."""

    def publish_cache(self, counters: Counters) -> None:
        self.counters = counters


def exact_rate(keys: list[int], size: int) -> float:
    cache: LRUCache[int, bool] = LRUCache(size)
    for key in keys:
        if cache.get(key) is None:
            cache.set(key, True)
    return cache.stats().hit_rate or 0.0


@pytest.mark.parametrize("name", ["web12.trace.xz", "multi1.trace.gz"])
@pytest.mark.parametrize("ttl", [None, 900.0])
def test_that_the_curve_is_right_at_ten_sizes_of_recorded_traces(name: str, ttl: float | None, shared_data: Path) -> None:
    keys = list(read_keys(shared_data / "cache_traces" / name))
    cache: LRUCache[int, bool] = LRUCache(1000, ttl, name="c", tracker=Tracker())
    for key in keys:
        if cache.get(key) is None:
            cache.set(key, True)
    curve = cache.sizing()
    assert curve is not None
    assert curve.lookups == len(keys)
    distinct = len(set(keys))
    for size in (distinct * part // 11 for part in range(1, 11)):
        assert abs(curve.rate_at(size) - exact_rate(keys, size)) <= 0.02
    right = curve.smallest_within(0.01)
    assert exact_rate(keys, right) >= exact_rate(keys, distinct) - 0.015
    assert exact_rate(keys, right * 9 // 10) < exact_rate(keys, distinct) - 0.005


def test_that_sampling_keeps_the_curve_near_the_exact_one(shared_data: Path) -> None:
    keys = list(read_keys(shared_data / "cache_traces" / "web12.trace.xz"))
    distances = ReuseDistances(most_keys=2048)
    for start in range(0, len(keys), 5_000):
        distances.add(keys[start : start + 5_000])
    assert distances.rate < 1
    curve = HitCurve(*distances.curve(), lookups=len(keys), max_size=1000)
    for size in (500, 1_000, 2_000, 4_000, 8_000):
        assert abs(curve.rate_at(size) - exact_rate(keys, size)) <= 0.04


@given(st.lists(st.integers(0, 12), min_size=1, max_size=150), st.integers(1, 14))
def test_that_few_keys_are_counted_exactly(keys: list[int], size: int) -> None:
    distances = ReuseDistances()
    distances.add(keys)
    curve = HitCurve(*distances.curve(), lookups=len(keys), max_size=size)
    # Between two points of the curve lies half a point of the rate, on a straight line.
    assert abs(curve.rate_at(size) - exact_rate(keys, size)) <= 0.0051


def test_that_texts_and_tuples_are_sampled_evenly() -> None:
    for keys in ([f"key {n}" for n in range(60_000)], [("AAPL", n) for n in range(60_000)], list(range(60_000))):
        spread: list[Hashable] = list(keys)
        distances = ReuseDistances(most_keys=1_000)
        distances.add(spread)
        assert 400 <= len(distances._last) <= 1_000


def test_that_other_times_to_live_are_estimated() -> None:
    rng = random.Random(3)
    survival, distances = Survival(10.0), ReuseDistances()
    exact = dict.fromkeys(survival.ttls, 0)
    stored: dict[float, dict[int, float]] = {ttl: {} for ttl in survival.ttls}
    lookups = 0
    for second in range(300):
        keys = [rng.randrange(20) for _ in range(5)]
        distances.add(keys, told=survival.lookups(float(second), 1_000, counting=True))
        for key in keys:
            lookups += 1
            for ttl in survival.ttls:
                if second - stored[ttl].get(key, -1e9) < ttl:
                    exact[ttl] += 1
                else:
                    stored[ttl][key] = second
    assert survival.rates() == pytest.approx(tuple(exact[ttl] / lookups for ttl in survival.ttls))
    assert list(survival.rates()) == sorted(survival.rates())


def test_that_the_advisor_rests_after_a_watch_and_begins_again() -> None:
    now = [0.0]
    advisor = Advisor(100, None, lambda: now[0])
    lookups = 0
    while advisor.seen is not None:
        advisor.seen.extend(range(50))
        lookups += 50
        advisor.work(lookups)
    assert advisor.sizing() is not None
    advisor.work(lookups + 1)
    assert advisor.seen is None
    now[0] += 1e6
    advisor.work(lookups + 1)
    assert advisor.seen is not None
    assert not advisor.seen


def test_that_a_cache_that_nobody_publishes_any_more_is_not_watched() -> None:
    tracker = Tracker()
    cache: LRUCache[int, int] = LRUCache(10, name="c", tracker=tracker)
    publisher = CachePublisher(lambda batch: None)
    publisher.add(tracker.counters)
    publisher.close()
    for number in range(100):
        cache.get(number)
    assert tracker.counters.advisor is not None
    assert tracker.counters.advisor.seen is None


def test_that_an_untried_cache_has_no_curve() -> None:
    cache: LRUCache[int, int] = LRUCache(10, name="c", tracker=Tracker())
    assert cache.sizing() is None
    assert LRUCache[int, int](10).sizing() is None


def test_that_the_smallest_size_within_a_point_is_found() -> None:
    curve = HitCurve((10, 100, 1_000), (0.2, 0.5, 0.505), lookups=1, max_size=50)
    assert curve.best == 0.505
    assert curve.smallest_within(0.01) == 99
    assert curve.rate_at(55) == pytest.approx(0.35)
    assert curve.rate_at(5) == pytest.approx(0.1)
    assert curve.rate_at(10_000) == 0.505
    assert HitCurve((), (), lookups=0, max_size=5).smallest_within() == 1
