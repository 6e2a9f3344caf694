"""The arithmetic of benchmarks: percentiles, ratios, rounds that take turns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.runs.bench.arithmetic import Waits, interleaved, median_ratio, percentile, typical, waits

DURATIONS = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1)


def test_that_percentiles_are_values_that_occurred() -> None:
    ordered = [float(number) for number in range(1, 101)]
    assert [percentile(ordered, share) for share in (0.01, 0.07, 0.5, 0.99, 0.999, 1.0)] == [1, 7, 50, 99, 100, 100]


def test_that_one_value_is_every_percentile() -> None:
    assert {percentile([3.0], share) for share in (0.001, 0.5, 1.0)} == {3.0}


@given(DURATIONS, st.floats(min_value=0.001, max_value=1))
def test_that_a_percentile_is_not_exceeded_by_its_share(durations: list[float], share: float) -> None:
    ordered = sorted(durations)
    value = percentile(ordered, share)
    assert sum(each <= value for each in ordered) >= share * len(ordered) - 1e-6


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_that_a_share_outside_of_its_range_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        percentile([1.0], share)


def test_that_nothing_measured_is_not_a_wait_of_zero() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        waits([])


@given(DURATIONS)
def test_that_waits_ascend_up_to_the_longest(durations: list[float]) -> None:
    found = waits(iter(durations))
    assert found.count == len(durations)
    assert found.p50 <= found.p99 <= found.p999 <= found.longest == max(durations)


def test_that_the_longest_wait_of_all_rounds_counts_but_percentiles_are_typical_ones() -> None:
    rounds = [Waits(10, 1, 2, 3, 4), Waits(20, 3, 6, 9, 400), Waits(30, 2, 4, 6, 8)]
    assert typical(rounds) == Waits(60, 2, 4, 6, 400)


def test_that_a_ratio_compares_round_with_round() -> None:
    # The machine was ten times slower in the second round; the ratio does not see it.
    assert median_ratio([2.0, 20.0, 2.2], [1.0, 10.0, 1.0]) == 2.0


def test_that_ratios_need_as_many_rounds_on_both_sides() -> None:
    with pytest.raises(ValueError, match="zip"):
        median_ratio([1.0], [1.0, 2.0])


def test_that_contestants_take_turns_and_no_one_is_always_last() -> None:
    order: list[str] = []

    def contestant(name: str) -> float:
        order.append(name)
        return len(order)

    measured = interleaved({"a": lambda: contestant("a"), "b": lambda: contestant("b")}, 3)
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert measured == {"a": (1, 4, 5), "b": (2, 3, 6)}
