"""Figures against ranges, and the score."""

from __future__ import annotations

from budgetmon.workloads.earnings.criteria import DEFAULT_RANGES, Figures, Range, Weights, misses, score

GOOD = Figures(100.0, 0.4, 60.0, 5_000, 25_000, 2e9)


def test_that_each_figure_has_its_range() -> None:
    assert misses(GOOD, DEFAULT_RANGES) == ()
    poor = Figures(4.0, 5.0, 10.0, 499, 999, 1e6)
    assert misses(poor, DEFAULT_RANGES) == (
        "price 4 is below 5",
        "IV 5 is above 3",
        "IV rank 10 is below 20",
        "option volume 499 is below 500",
        "open interest 999 is below 1,000",
        "market cap 1,000,000 is below 500,000,000",
    )


def test_that_the_ends_of_a_range_belong_to_it() -> None:
    assert misses(Figures(price=5.0), {"price": Range(5.0, 5.0)}) == ()


def test_that_what_is_not_known_is_not_held_against_a_ticker() -> None:
    assert misses(Figures(price=10.0), DEFAULT_RANGES) == ()


def test_that_the_score_is_the_weighted_mean_of_what_is_known() -> None:
    weights = Weights(iv_rank=50, liquidity=50, sentiment=0, strategy=0)
    assert score(GOOD, 0.9, 0.9, weights) == 55.0
    assert score(Figures(iv_rank=60.0), None, None, weights) == 60.0
    assert score(Figures(), None, 0.7, Weights()) == 70.0
    assert score(Figures(), None, None, Weights()) == 0.0
    assert score(Figures(iv_rank=100.0, open_interest=10**9), 1.0, 1.0, Weights()) == 100.0
