"""Pace: how fast a budget burns and when it runs out, and silence while it is too early to say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.monitor.pace import HOUR, pace_of, total_at
from budgetmon.monitor.snapshot import Pace, Steps

DAY = Window(0, 24 * HOUR)
LIFETIME = Window(0, FAR_FUTURE)
MINUTE = 60_000


def steady(per_hour: int, hours: int, *, begin: int = 0, each: int = MINUTE) -> Steps:
    """Spending at one rate, in equal steps."""
    at = range(begin + each, begin + hours * HOUR + 1, each)
    return Steps(tuple(at), tuple(per_hour * (when - begin) // HOUR for when in at))


def test_that_steady_spending_has_its_rate_and_its_end() -> None:
    pace = pace_of(steady(600, 10), DAY, 3_000, 10 * HOUR)
    assert pace.per_hour == pytest.approx(600, rel=0.03)
    assert pace.runs_out_at == pytest.approx(15 * HOUR, rel=0.02)


def test_that_the_recent_past_counts_and_not_the_whole_window() -> None:
    calm, rush = steady(60, 9), steady(6_000, 1, begin=9 * HOUR)
    steps = Steps(calm.at + rush.at, calm.total + tuple(calm.total[-1] + total for total in rush.total))
    assert pace_of(steps, DAY, 10**9, 10 * HOUR).per_hour == pytest.approx(6_000, rel=0.05)


def test_that_a_limit_that_outlasts_its_window_does_not_run_out() -> None:
    pace = pace_of(steady(600, 10), DAY, 600 * 15, 10 * HOUR)
    assert pace.per_hour is not None
    assert pace.runs_out_at is None


def test_that_an_exhausted_budget_has_run_out_now() -> None:
    assert pace_of(steady(600, 10), DAY, 0, 10 * HOUR).runs_out_at == 10 * HOUR


def test_that_a_budget_at_rest_burns_nothing() -> None:
    pace = pace_of(steady(600, 2), DAY, 100, 20 * HOUR)
    assert (pace.per_hour, pace.runs_out_at) == (0.0, None)


def test_that_the_band_spans_the_slow_and_the_fast_of_the_recent_past() -> None:
    calm, rush = steady(60, 9), steady(6_000, 1, begin=9 * HOUR)
    steps = Steps(calm.at + rush.at, calm.total + tuple(calm.total[-1] + total for total in rush.total))
    pace = pace_of(steps, DAY, 10**9, 10 * HOUR)
    assert pace.slow_per_hour == pytest.approx((4 * 60 + 6_000) / 5, rel=0.05)  # over the last half
    assert pace.fast_per_hour == pytest.approx(6_000, rel=0.05)


def test_that_steady_spending_has_a_narrow_band() -> None:
    pace = pace_of(steady(600, 10), DAY, 3_000, 10 * HOUR)
    assert pace.slow_per_hour == pytest.approx(600, rel=0.05)
    assert pace.fast_per_hour == pytest.approx(600, rel=0.05)


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_that_few_calls_say_nothing(calls: int) -> None:
    steps = Steps(tuple(range(HOUR, HOUR + calls)), tuple(range(1, calls + 1)))
    assert pace_of(steps, DAY, 100, 12 * HOUR) == Pace()


def test_that_the_first_moments_of_a_window_say_nothing() -> None:
    steps = Steps((1_000, 2_000, 3_000), (1, 2, 3))
    assert pace_of(steps, DAY, 100, int(24 * HOUR * 0.03) - 1) == Pace()
    assert pace_of(steps, DAY, 100, int(24 * HOUR * 0.03) + 1) != Pace()


def test_that_a_lifetime_is_judged_from_its_first_call() -> None:
    begin = 1_772_500_000_000
    steps = steady(600, 10, begin=begin)
    pace = pace_of(steps, LIFETIME, 6_000, begin + 10 * HOUR)
    assert pace.per_hour == pytest.approx(600, rel=0.03)
    assert pace.runs_out_at == pytest.approx(begin + 20 * HOUR, abs=HOUR)
    early = Steps((begin, begin + 1, begin + 2), (1, 2, 3))
    assert pace_of(early, LIFETIME, 6_000, begin + MINUTE - 1) == Pace()


def test_that_a_clock_set_back_says_nothing_wrong() -> None:
    assert pace_of(steady(600, 10), DAY, 100, 5) == Pace()


@given(
    st.lists(st.tuples(st.integers(1, HOUR), st.integers(1, 10**12)), max_size=30),
    st.integers(0, 10**13),
    st.integers(0, 48 * HOUR),
)
def test_that_a_forecast_is_never_in_the_past_nor_beyond_the_window(
    gaps: list[tuple[int, int]], remaining: int, now: int
) -> None:
    at, totals = [], []
    when = total = 0
    for gap, amount in gaps:
        when, total = when + gap, total + amount
        at.append(when)
        totals.append(total)
    pace = pace_of(Steps(tuple(at), tuple(totals)), DAY, remaining, now)
    assert pace.per_hour is None or pace.per_hour >= 0
    if pace.per_hour is not None and pace.slow_per_hour is not None and pace.fast_per_hour is not None:
        assert pace.slow_per_hour <= pace.per_hour <= pace.fast_per_hour
    if pace.runs_out_at is not None:
        assert pace.runs_out_at >= now
        assert pace.runs_out_at < DAY.end or remaining == 0


def test_that_a_total_is_the_one_just_before() -> None:
    steps = Steps((10, 20), (1, 5))
    assert [total_at(steps, at) for at in (9, 10, 11, 20, 21)] == [0, 0, 1, 1, 5]
