"""Rolling periods and thresholds, by a clock that the test holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Hold, Subject
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage

NANO_PER_CALL = Rates(per_call=1)
SUBJECT = Subject("p", "m")
HOUR = 3_600_000
NOON = 1_772_366_400_000


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


@contextmanager
def ledger_with(folder: Path, clock: Clock, *budgets: Budget) -> Iterator[SqliteLedger]:
    ledger = SqliteLedger(folder / "ledger.db", zone="UTC", power_safe=False, clock=clock)
    ledger.register_budgets(budgets)
    try:
        yield ledger
    finally:
        ledger.close()


def spend(ledger: SqliteLedger, nanos: int) -> Hold | Receipt:
    held = ledger.hold(SUBJECT, Usage(), NANO_PER_CALL, nanos)
    if isinstance(held, Hold):
        ledger.settle(held, Charge(Usage(), nanos, NANO_PER_CALL))
    assert isinstance(held, Hold | Receipt)
    return held


def rolling(limit: int, length: int = 5 * HOUR, **more: Any) -> Budget:
    return Budget("rolling", limit, Unit.USD, Period(Per.ROLLING, length=length), "UTC", **more)


def test_that_a_rolling_budget_frees_what_is_past(ledger_folder: Path) -> None:
    clock = Clock()
    with ledger_with(ledger_folder, clock, rolling(100)) as ledger:
        assert isinstance(spend(ledger, 60), Hold)
        clock.now += HOUR
        assert isinstance(spend(ledger, 40), Hold)
        receipt = spend(ledger, 50)
        assert isinstance(receipt, Receipt)
        assert (receipt.spent, receipt.free) == (100, 0)
        assert receipt.frees_at is not None
        assert NOON + 5 * HOUR < receipt.frees_at <= NOON + 5 * HOUR + 5 * HOUR // 60
        clock.now = receipt.frees_at - 1
        assert isinstance(spend(ledger, 50), Receipt)
        clock.now += 1
        assert isinstance(spend(ledger, 50), Hold)


@given(
    steps=st.lists(
        st.tuples(st.integers(min_value=0, max_value=2 * HOUR), st.integers(min_value=1, max_value=60)), min_size=5, max_size=40
    )
)
def test_that_no_stretch_of_a_rolling_period_holds_more_than_the_limit(
    tmp_path_factory: Any, steps: list[tuple[int, int]]
) -> None:
    clock = Clock()
    admitted: list[tuple[int, int]] = []
    with ledger_with(tmp_path_factory.mktemp("rolling"), clock, rolling(100)) as ledger:
        for pause, nanos in steps:
            clock.now += pause
            if isinstance(spend(ledger, nanos), Hold):
                admitted.append((clock.now, nanos))
    for at, _ in admitted:
        assert sum(nanos for when, nanos in admitted if at - 5 * HOUR < when <= at) <= 100


def crossings(ledger: SqliteLedger) -> list[tuple[Any, ...]]:
    return ledger._read(
        lambda db: db.execute("SELECT window_start, share FROM crossing ORDER BY window_start, share").fetchall()
    )


def test_that_each_threshold_is_stored_once_per_window(ledger_folder: Path) -> None:
    clock = Clock()
    day = Budget("day", 100, Unit.USD, Period(Per.DAY), "UTC", warn_at=(50, 80, 100))
    with ledger_with(ledger_folder, clock, day) as ledger:
        for nanos in (49, 1, 20, 20):
            spend(ledger, nanos)
        assert [share for _, share in crossings(ledger)] == [50, 80]
        clock.now += 24 * HOUR
        spend(ledger, 100)
        assert [share for _, share in crossings(ledger)] == [50, 80, 50, 80, 100]


def test_that_a_hold_that_is_released_crosses_nothing(ledger_folder: Path) -> None:
    day = Budget("day", 100, Unit.USD, Period(Per.DAY), "UTC", warn_at=(50,))
    with ledger_with(ledger_folder, Clock(), day) as ledger:
        held = ledger.hold(SUBJECT, Usage(), NANO_PER_CALL, 90)
        assert isinstance(held, Hold)
        ledger.release(held, NANO_PER_CALL)
        assert crossings(ledger) == []


def test_that_a_registered_rolling_budget_counts_what_its_period_still_holds(ledger_folder: Path) -> None:
    clock = Clock()
    with ledger_with(ledger_folder, clock) as ledger:
        spend(ledger, 70)
        clock.now += HOUR
        ledger.register_budgets([rolling(100)])
        assert isinstance(spend(ledger, 31), Receipt)
        assert isinstance(spend(ledger, 30), Hold)
