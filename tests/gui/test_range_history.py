"""Ranges of time and the way back to them."""

from datetime import timedelta

import pytest

from budgetmon.gui.state.range_history import RangeHistory, TimeRange, between, growing

HOUR, DAY = TimeRange(timedelta(hours=1)), TimeRange(timedelta(days=1))
STRETCH = between(1_000_000, 1_060_000)


def test_that_back_and_forward_walk_through_what_was_chosen() -> None:
    history = RangeHistory((HOUR,)).with_new(DAY).with_new(STRETCH)
    assert history.current == STRETCH
    assert not history.can_go_forward
    assert history.back().current == DAY
    assert history.back().back().back().current == HOUR
    assert history.back().forward() == history
    assert history.forward() == history


def test_that_a_new_range_ends_what_lay_ahead_and_the_same_one_changes_nothing() -> None:
    history = RangeHistory((HOUR,)).with_new(DAY).back()
    assert history.with_new(HOUR) is history
    assert history.with_new(STRETCH).ranges == (HOUR, STRETCH)


def test_that_the_history_is_bounded() -> None:
    history = RangeHistory((HOUR,))
    for minute in range(1, 200):
        history = history.with_new(between(0, minute))
    assert len(history.ranges) == 50
    assert history.current == between(0, 199)


def test_that_following_again_takes_the_newest_range_that_follows() -> None:
    history = RangeHistory((HOUR,)).with_new(DAY).with_new(STRETCH)
    assert history.followed(HOUR) == DAY
    assert RangeHistory((STRETCH,)).followed(HOUR) == HOUR


def test_that_a_range_that_is_pinned_grows_in_steps_and_covers_its_start() -> None:
    pinned = growing(0, 90_000)
    assert pinned.follows
    assert pinned.span_at(90_000) == pinned.span_at(119_000) == timedelta(minutes=2)
    hours = 10 * 3_600_000
    assert pinned.span_at(hours + 1) == timedelta(hours=10, minutes=6)
    assert STRETCH.span_at(hours) == STRETCH.span == timedelta(minutes=1)


def test_that_an_empty_range_is_refused() -> None:
    with pytest.raises(ValueError, match="ends after"):
        between(5, 5)
