"""Windows of budgets on a real ledger whose clock the test moves: new windows open, closed ones stay closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgetmon import Usage
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Hold, Subject
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates

HOUR = 3_600_000
DAY = 24 * HOUR
NOON = int(datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp()) * 1000
SUBJECT = Subject("p", "m")
ONE = Usage()
RATES = Rates(per_call=1)


class Clock:
    """A wall clock in UTC milliseconds that moves when told, also backwards."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(ledger_folder: Path, clock: Clock) -> Iterator[SqliteLedger]:
    ledger = SqliteLedger(ledger_folder / "ledger.db", zone="UTC", power_safe=False, clock=clock)
    yield ledger
    ledger.close()


def daily(limit: int, *, name: str = "day", per: Per = Per.DAY, zone: str = "UTC", scope: Scope | None = None) -> Budget:
    return Budget(name, limit, Unit.CALLS, Period(per), zone, scope or Scope())


def hold(ledger: SqliteLedger, subject: Subject = SUBJECT) -> Hold | Receipt:
    return ledger.hold(subject, ONE, RATES, 1)


def settled(ledger: SqliteLedger) -> None:
    placed = hold(ledger)
    assert isinstance(placed, Hold)
    ledger.settle(placed, Charge(ONE, 1, RATES))


def test_that_a_day_begins_with_an_empty_budget(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(1)])
    settled(ledger)
    assert isinstance(hold(ledger), Receipt)
    clock.now = NOON + 12 * HOUR - 1
    assert isinstance(hold(ledger), Receipt)
    clock.now = NOON + 12 * HOUR
    settled(ledger)


def test_that_a_clock_set_back_does_not_open_a_closed_window(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(2)])
    settled(ledger)  # one of two is left today
    clock.now += DAY
    settled(ledger)
    settled(ledger)  # tomorrow is used up
    clock.now -= DAY
    refused = hold(ledger)
    assert isinstance(refused, Receipt)
    assert refused.window.start == NOON + 12 * HOUR
    assert refused.spent == 2


def test_that_a_clock_set_back_within_a_window_changes_nothing(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(2)])
    settled(ledger)
    clock.now -= 6 * HOUR
    settled(ledger)
    assert isinstance(hold(ledger), Receipt)


def test_that_a_clock_set_back_moves_no_other_budget(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(9, name="p", scope=Scope(provider="p")), daily(9, name="q", scope=Scope(provider="q"))])
    clock.now += DAY
    settled(ledger)  # p's newest window is tomorrow's
    clock.now -= DAY
    other = hold(ledger, Subject("q", "m"))
    assert isinstance(other, Hold)
    assert other.at == NOON


def test_that_a_hold_settles_in_the_window_in_which_it_was_made(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(1)])
    placed = hold(ledger)
    assert isinstance(placed, Hold)
    clock.now += DAY
    ledger.settle(placed, Charge(ONE, 1, RATES))
    settled(ledger)  # yesterday's call takes nothing from today
    assert list(ledger.totals()[1]) == [date(2026, 3, 10), date(2026, 3, 11)]


def test_that_a_hold_in_doubt_of_yesterday_takes_nothing_from_today(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(1), daily(2, name="month", per=Per.MONTH)])
    placed = hold(ledger)
    assert isinstance(placed, Hold)
    ledger.put_in_doubt(placed, RATES)
    clock.now += DAY
    settled(ledger)
    refused = hold(ledger)
    assert isinstance(refused, Receipt)
    assert (refused.budget, refused.spent, refused.in_doubt) == ("day", 1, 0)
    clock.now += DAY
    refused = hold(ledger)
    assert isinstance(refused, Receipt)
    assert (refused.budget, refused.spent, refused.in_doubt) == ("month", 1, 1)


def test_that_a_hold_older_than_a_changed_budget_leaves_its_window_whole(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(5)])
    placed = hold(ledger)
    assert isinstance(placed, Hold)
    clock.now += DAY
    ledger.register_budgets([daily(1, scope=Scope(provider="p"))])
    ledger.settle(placed, Charge(ONE, 1, RATES))
    settled(ledger)
    assert isinstance(hold(ledger), Receipt)


def test_that_each_budget_counts_in_its_own_zone(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([daily(1, name="tokyo", zone="Asia/Tokyo"), daily(9, name="new york", zone="America/New_York")])
    settled(ledger)
    clock.now = NOON + 3 * HOUR - 1
    refused = hold(ledger)
    assert isinstance(refused, Receipt)
    assert refused.budget == "tokyo"
    clock.now = NOON + 3 * HOUR  # midnight in Tokyo, forenoon in New York
    settled(ledger)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        ["America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Chatham", "Asia/Beirut", "Pacific/Apia"]
    ),
    st.lists(st.integers(-30 * 60, 30 * 60), min_size=1, max_size=25),
    st.sampled_from([(2026, 3, 8), (2026, 11, 1), (2024, 3, 31), (2025, 4, 5), (2025, 10, 4), (2011, 12, 30)]),
)
def test_that_day_buckets_add_up_in_every_zone(
    tmp_path_factory: pytest.TempPathFactory, zone: str, minutes: list[int], around: tuple[int, int, int]
) -> None:
    clock = Clock()
    ledger = SqliteLedger(tmp_path_factory.mktemp("days") / "ledger.db", zone=zone, power_safe=False, clock=clock)
    try:
        expected: dict[date, int] = {}
        for number, minute in enumerate(minutes, 1):
            clock.now = (int(datetime(*around, 12, tzinfo=UTC).timestamp()) + minute * 60) * 1000
            ledger.record(SUBJECT, Charge(ONE, number, RATES))
            day = datetime.fromtimestamp(clock.now / 1000, ZoneInfo(zone)).date()
            expected[day] = expected.get(day, 0) + number
        days = ledger.totals()[1]
        assert {day: sums.cost for day, sums in days.items()} == expected
        (total,) = ledger.totals()[0].values()
        assert sum(sums.cost for sums in days.values()) == total.cost
    finally:
        ledger.close()
