"""Providers are told from sums only where one answer is possible."""

from __future__ import annotations

import pytest

from budgetmon.integrations.provider_sums import PaidSum, match_sums

CENT = 10_000_000
MODELS = {"a": PaidSum(3, 300 * CENT), "b": PaidSum(2, 20 * CENT), "c": PaidSum(1, 0)}


@pytest.mark.parametrize(
    ("providers", "answer"),
    [
        ({"p": PaidSum(5, 320 * CENT), "q": PaidSum(1, 0)}, {"a": "p", "b": "p", "c": "q"}),
        ({"p": PaidSum(6, 320 * CENT)}, {"a": "p", "b": "p", "c": "p"}),
        ({"p": PaidSum(3, 300 * CENT), "q": PaidSum(3, 20 * CENT), "unused": PaidSum(0, 0)}, {"a": "p", "b": "q", "c": "q"}),
        # Sums were kept as floats, rows are exact.
        ({"p": PaidSum(5, 320 * CENT + 1), "q": PaidSum(1, 1)}, {"a": "p", "b": "p", "c": "q"}),
        # More or less than the rows: nothing is proved.
        ({"p": PaidSum(5, 320 * CENT)}, {}),
        ({"p": PaidSum(7, 320 * CENT)}, {}),
        ({"p": PaidSum(6, 321 * CENT)}, {}),
        ({}, {}),
    ],
)
def test_that_the_one_way_to_share_models_out_is_found(providers: dict[str, PaidSum], answer: dict[str, str]) -> None:
    assert match_sums(MODELS, providers) == answer


def test_that_two_possible_answers_are_none() -> None:
    twins = {"a": PaidSum(2, 20 * CENT), "b": PaidSum(2, 20 * CENT)}
    assert match_sums(twins, {"p": PaidSum(2, 20 * CENT), "q": PaidSum(2, 20 * CENT)}) == {}


def test_that_models_that_never_succeeded_are_left_out() -> None:
    assert match_sums({**MODELS, "d": PaidSum(0, 0)}, {"p": PaidSum(6, 320 * CENT)}) == {"a": "p", "b": "p", "c": "p"}


def test_that_large_riddles_are_not_searched() -> None:
    many = {str(number): PaidSum(1, 0) for number in range(40)}
    assert match_sums(many, {"p": PaidSum(20, 0), "q": PaidSum(20, 0)}) == {}
