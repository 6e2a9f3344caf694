"""The arithmetic of admission, and the receipts and exceptions that carry it."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon import BudgetExceededError, ConfigError, LedgerError, NotBilledError, UnpricedError
from budgetmon.core.rules.admission import Position, Receipt, fits
from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import MAX_INT64
from budgetmon.core.rules.periods import Window
from budgetmon.core.storage.errors import LedgerFullError, NewerSchemaError

amounts = st.integers(0, MAX_INT64)

RECEIPT = Receipt(
    budget="perplexity month",
    unit=Unit.USD,
    limit=4_980_000_000,
    window=Window(1_772_323_200_000, 1_775_001_600_000),
    spent=4_000_000_000,
    held=900_000_000,
    in_doubt=30_000_000,
    asked=50_000_001,
    provider="perplexity",
    model="sonar-pro",
    tag="AAPL",
)


@given(amounts, amounts, amounts, amounts, amounts)
def test_that_a_hold_fits_exactly_when_the_sum_stays_within_the_limit(
    limit: int, spent: int, held: int, in_doubt: int, asked: int
) -> None:
    assert fits(limit, Position(spent, held, in_doubt), asked) is (spent + held + in_doubt + asked <= limit)


def test_that_the_last_nano_may_be_spent_and_not_one_more() -> None:
    assert fits(100, Position(50, 30, 10), 10)
    assert not fits(100, Position(50, 30, 10), 11)
    assert fits(100, Position(100), 0)
    assert not fits(100, Position(101), 0)


def test_that_a_receipt_shows_the_whole_arithmetic() -> None:
    text = str(RECEIPT)
    for part in (
        "sonar-pro (perplexity)",
        "'perplexity month'",
        "asked 0.050000001 USD",
        "free 0.05 USD",
        "limit 4.98 USD",
        "spent 4 USD",
        "held 0.9 USD",
        "in doubt 0.03 USD",
    ):
        assert part in text


def test_that_a_receipt_never_shows_less_than_nothing_left() -> None:
    assert Receipt("b", Unit.CALLS, 5, Window(0, 1), 9, 0, 0, 1, "p", "m").free == 0


@pytest.mark.parametrize(
    "error",
    [
        BudgetExceededError(RECEIPT),
        UnpricedError("nobody", "mystery"),
        NotBilledError("connection reset before the request"),
        ConfigError("budget.yaml", 7, "budgets[0].limit", "expected a limit"),
        LedgerError("/a/ledger.db", "no"),
        LedgerFullError("/a/ledger.db"),
        NewerSchemaError("/a/ledger.db", "schema 9"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_that_exceptions_travel_between_processes_whole(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)
