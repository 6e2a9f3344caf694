"""Budgets: what a call takes from a limit, and which calls a budget counts."""

from __future__ import annotations

from itertools import product

import pytest

from budgetmon import Usage
from budgetmon.core.rules.budgets import Budget, OnExceed, Scope, Unit
from budgetmon.core.rules.periods import Per, Period

CALL = ("perplexity", "sonar-pro", "AAPL", "nightly")


def test_that_each_unit_takes_its_own_amount() -> None:
    usage = Usage(input_tokens=100, output_tokens=20, cached_input_tokens=3, calls=2)
    assert Unit.USD.amount(55, usage) == 55
    assert Unit.CALLS.amount(55, usage) == 2
    assert Unit.TOKENS.amount(55, usage) == 123


@pytest.mark.parametrize(
    ("unit", "amount", "text"),
    [(Unit.USD, 4_980_000_000, "4.98 USD"), (Unit.CALLS, 25, "25 calls"), (Unit.TOKENS, 7, "7 tokens")],
)
def test_that_amounts_are_named_with_their_unit(unit: Unit, amount: int, text: str) -> None:
    assert unit.text(amount) == text


@pytest.mark.parametrize("named", list(product([True, False], repeat=4)))
def test_that_a_scope_counts_the_calls_that_agree_in_all_it_names(named: tuple[bool, ...]) -> None:
    scope = Scope(*(part if use else None for part, use in zip(CALL, named, strict=True)))
    assert scope.matches(*CALL)
    for place, use in enumerate(named):
        other = list(CALL)
        other[place] = "another"
        assert scope.matches(*other) is not use
        if place >= 2:
            other_none: list[str | None] = [*CALL]
            other_none[place] = None
            assert scope.matches(*other_none) is not use  # type: ignore[arg-type]


def test_that_a_budget_blocks_unless_told_to_warn() -> None:
    budget = Budget("b", 1, Unit.CALLS, Period(Per.DAY), "UTC")
    assert budget.blocks
    assert not Budget("b", 1, Unit.CALLS, Period(Per.DAY), "UTC", on_exceed=OnExceed.WARN).blocks
