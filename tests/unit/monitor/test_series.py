"""Series for charts: buckets that add up, and never too many of them."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.core.rules.periods import FAR_FUTURE, Per, Period, Window, window_at
from budgetmon.monitor import series
from budgetmon.monitor.snapshot import Steps

NOW = 1_772_500_000_123
DAY = 24 * series.HOUR
STORED = (5 * series.SECOND, series.MINUTE, series.HOUR)
spans = st.timedeltas(timedelta(seconds=1), timedelta(days=250))
instants = st.integers(946_684_800_000, 2_524_608_000_000)


@given(spans)
def test_that_a_span_is_cut_into_few_buckets_of_a_stored_width(span: timedelta) -> None:
    width = series.bucket_width(span)
    assert span / timedelta(milliseconds=width) <= series.MAX_BUCKETS
    source = series.source_span(width)
    assert source in STORED
    assert width % source == 0


@pytest.mark.parametrize(
    ("span", "width"),
    [
        (timedelta(minutes=5), 5_000),
        (timedelta(hours=1), 15_000),
        (timedelta(days=1), 360_000),
        (timedelta(days=30), 3 * series.HOUR),
    ],
)
def test_that_shorter_spans_get_finer_buckets(span: timedelta, width: int) -> None:
    assert series.bucket_width(span) == width


@given(instants, spans)
def test_that_buckets_cover_the_span_without_gaps(now: int, span: timedelta) -> None:
    width = series.bucket_width(span)
    starts = series.bucket_starts(now, span, width)
    assert all(start % width == 0 for start in starts)
    assert all(later - earlier == width for earlier, later in pairwise(starts))
    assert starts[0] <= now - span // timedelta(milliseconds=1)
    assert starts[-1] <= now < starts[-1] + width
    assert len(starts) <= series.MAX_BUCKETS + 2


def test_that_buckets_without_rows_hold_nothing() -> None:
    assert series.filled((0, 10, 20), [(10, 5), (30, 9)]) == (0, 5, 0)
    assert series.filled((), [(10, 5)]) == ()


@given(
    instants,
    st.sampled_from([Period(Per.DAY), Period(Per.WEEK), Period(Per.MONTH), Period(Per.LIFETIME)]),
    st.sampled_from(["UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "America/St_Johns"]),
)
def test_that_stretches_tile_a_window_in_whole_buckets(now: int, period: Period, zone: str) -> None:
    window = window_at(period, zone, now)
    parts = series.stretches(window, now)
    assert parts[-1][2] == now + 1
    assert parts[0][1] == window.start or parts[0][1] <= now - 100 * DAY
    for (_, _, end), (_, start, _) in pairwise(parts):
        assert end == start
    for span, start, end in parts:
        assert span in STORED
        assert start < end
        assert start % span == 0  # a bucket that began before the stretch would be lost
    for span, _, end in parts[:-1]:
        assert end % span == 0  # and one that reaches past its end would be counted twice
    assert sum((end - start) // span for span, start, end in parts) < 3_200


def test_that_a_window_that_has_not_begun_has_no_stretches() -> None:
    assert series.stretches(Window(NOW + 1_000, NOW + DAY), NOW) == ()


def test_that_a_lifetime_reaches_back_a_hundred_days_in_buckets() -> None:
    parts = series.stretches(Window(0, FAR_FUTURE), NOW)
    assert parts[0][0] == series.HOUR
    assert NOW - parts[0][1] < 101 * DAY


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**12)), max_size=50), st.integers(0, 10**12))
def test_that_steps_rise_to_the_counter(gaps: list[tuple[int, int]], before: int) -> None:
    rows = []
    at = 1_000
    for gap, amount in gaps:
        at += gap
        rows.append((at, amount))
    total = before + sum(amount for _, amount in rows)
    steps = series.cumulative(rows, total)
    assert len(steps.at) == len(steps.total)
    assert list(steps.at) == sorted(set(steps.at))
    assert list(steps.total) == sorted(steps.total)
    if any(amount for _, amount in rows):
        assert steps.total[-1] == total
    if before and steps.total:
        assert steps.total[0] == before


def test_that_buckets_without_spending_make_no_steps() -> None:
    assert series.cumulative([(10, 0), (20, 5), (30, 0), (40, 1)], 6) == Steps((20, 40), (5, 6))


def test_that_what_came_before_the_first_bucket_is_its_base() -> None:
    assert series.cumulative([(100, 5)], 15) == Steps((0, 100), (10, 15))


def test_that_money_spent_before_every_bucket_is_still_shown() -> None:
    assert series.cumulative([], 15).total[-1:] == (15,)


@given(instants, spans)
def test_that_a_range_in_the_past_is_covered_and_ends_where_it_was_asked_to(until: int, span: timedelta) -> None:
    grid = series.grid(span, until, until + DAY)
    assert grid.starts[0] <= until - 1 - span // timedelta(milliseconds=1)
    assert grid.starts[-1] < until <= grid.end


def test_that_an_old_range_is_cut_no_finer_than_what_is_stored() -> None:
    span = timedelta(minutes=5)
    assert series.grid(span, None, NOW, fine_from=NOW - series.HOUR).width == 5 * series.SECOND
    assert series.grid(span, NOW - 2 * series.HOUR, NOW, fine_from=NOW - series.HOUR).width == series.MINUTE


def test_that_rows_are_stacked_by_name_without_gaps() -> None:
    rows = [("b", 10, 1, 2, 3, 4, 5), ("a", 20, 6, 7, 8, 9, 10), ("b", 20, 1, 1, 1, 1, 1)]
    buckets = series.stacked(series.Grid(10, (0, 10, 20)), rows, complete_from=10)
    assert buckets.cost == {"a": (0, 0, 6), "b": (0, 1, 1)}
    assert (buckets.calls["b"], buckets.failed["b"], buckets.tokens["b"], buckets.refused["b"]) == (
        (0, 2, 1),
        (0, 3, 1),
        (0, 4, 1),
        (0, 5, 1),
    )
    assert (buckets.width, buckets.starts, buckets.complete_from) == (10, (0, 10, 20), 10)


def test_that_latencies_have_a_median_a_slow_end_and_gaps() -> None:
    rows = [("m", 0, took) for took in range(100, 0, -1)] + [("m", 20, 7)]
    found = series.latencies(series.Grid(10, (0, 10, 20)), rows)
    assert found.typical == {"m": (50, None, 7)}
    assert found.slow == {"m": (95, None, 7)}


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=60).map(sorted), st.floats(0, 1))
def test_that_a_quantile_is_one_of_the_values_with_that_share_below(ordered: list[int], share: float) -> None:
    value = series.quantile(ordered, share)
    assert value in ordered
    assert sum(each <= value for each in ordered) >= share * len(ordered)


def test_that_running_amounts_join_at_one_instant() -> None:
    assert series.running([(10, 1), (10, 2), (20, 0), (30, 4)]) == Steps((10, 30), (3, 7))
