"""Imported calls: booked whole or not at all, each once, and counted by budgets only when their source is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from integration.ledger_view import picture

from budgetmon.core.ledger import journal
from budgetmon.core.ledger.imports import ImportedCall, ImportOutcome, ImportSource
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Hold, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.connection import open_reader
from budgetmon.core.storage.foreign import SourceError

NOON = 1_772_366_400_000  # 2026-03-01T12:00Z
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SUBJECT = Subject("p", "m", "AAPL")
OTHER = Subject("q", "n")
COUNTED = ImportSource("tool", "counted.db", "recorded", True)
UNCOUNTED = ImportSource("tool", "uncounted.db", "recorded", False)


class Clock:
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


def call(number: int, at: int = NOON - HOUR, subject: Subject = SUBJECT, **more: Any) -> ImportedCall:
    return ImportedCall(f"key {number}", at, subject, more.pop("usage", Usage(input_tokens=10)), more.pop("cost", 7), **more)


def budget(name: str, limit: int = 100, unit: Unit = Unit.USD, per: Per = Per.DAY, **more: Any) -> Budget:
    return Budget(name, limit, unit, Period(per), "UTC", more.pop("scope", Scope()), **more)


def spent(ledger: SqliteLedger) -> dict[str, int]:
    return {name: int(str(amount)) for name, amount in select(ledger, SPENT)}


SPENT = "SELECT name, sum(spent) FROM budget_window JOIN budget ON budget.id = budget GROUP BY name"


def select(ledger: SqliteLedger, sql: str) -> list[tuple[Any, ...]]:
    with closing(open_reader(ledger.path, busy_ms=5_000)) as db:
        return db.execute(sql).fetchall()


def test_that_every_part_of_a_call_is_kept(ledger: SqliteLedger) -> None:
    usage = Usage(1, 2, 3, 4, 5, 6)
    failed = call(2, NOON - DAY, OTHER, cost=None, ok=False)
    outcome = ledger.import_calls(COUNTED, [call(1, usage=usage), failed])
    assert outcome == ImportOutcome((failed, call(1, usage=usage)), 0)
    rows = select(
        ledger,
        "SELECT at, took, state, ok, provider, model.name, tag.name, run, hold, cost, call.input, call.output,"
        " call.cached_input, call.cache_write, calls, credits, rates.source, source.name FROM call"
        " JOIN model ON model.id = model JOIN rates ON rates.id = rates JOIN source ON source.id = call.source "
        " LEFT JOIN tag ON tag.id = tag ORDER BY at",
    )
    assert rows == [
        (NOON - DAY, None, 1, 0, "q", "n", None, None, 0, None, 10, 0, 0, 0, 1, 0, "imported", "counted.db"),
        (NOON - HOUR, None, 1, 1, "p", "m", "AAPL", None, 0, 7, 1, 2, 3, 4, 5, 6, "imported", "counted.db"),
    ]
    totals = picture(ledger.path).totals
    assert (totals.calls, totals.failed, totals.unpriced_calls, totals.cost) == (2, 1, 1, 7)


def test_that_importing_twice_adds_nothing(ledger: SqliteLedger) -> None:
    calls = [call(number, NOON - number * HOUR) for number in range(1, 20)]
    assert len(ledger.import_calls(COUNTED, calls).added) == 19
    before = select(ledger, "SELECT * FROM rollup")
    assert ledger.import_calls(COUNTED, calls) == ImportOutcome((), 19)
    assert select(ledger, "SELECT * FROM rollup") == before


def test_that_only_what_is_new_is_added_from_a_grown_file_or_another(ledger: SqliteLedger) -> None:
    ledger.import_calls(COUNTED, [call(1), call(2)])
    assert ledger.import_calls(COUNTED, [call(2), call(3)]) == ImportOutcome((call(3),), 1)
    assert ledger.import_calls(UNCOUNTED, [call(3), call(4), call(4)]) == ImportOutcome((call(4),), 2)
    assert [name for (name,) in select(ledger, "SELECT name FROM source ORDER BY id")] == ["counted.db", "uncounted.db"]


def test_that_keys_of_different_tools_do_not_meet(ledger: SqliteLedger) -> None:
    ledger.import_calls(COUNTED, [call(1)])
    assert len(ledger.import_calls(ImportSource("other tool", "x", "recorded", True), [call(1)]).added) == 1


def test_that_nothing_is_booked_of_a_stream_that_breaks(ledger: SqliteLedger) -> None:
    def broken() -> Iterator[ImportedCall]:
        yield call(1)
        raise SourceError("x.db", "row 2 is damaged")

    with pytest.raises(SourceError, match="row 2"):
        ledger.import_calls(COUNTED, broken())
    assert [select(ledger, f"SELECT count(*) FROM {table}") for table in ("call", "imported", "source")] == [[(0,)]] * 3


def test_that_nothing_is_booked_when_writing_fails_in_the_middle(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.register_budgets([budget("day")])
    monkeypatch.setattr(journal, "checksum", fails_after(3, journal.checksum))
    with pytest.raises(ZeroDivisionError):
        ledger.import_calls(COUNTED, [call(number) for number in range(5)])
    tables = ("call", "imported", "source", "rollup", "budget_window", "model", "tag", "rates")
    assert [select(ledger, f"SELECT count(*) FROM {table}") for table in tables] == [[(0,)]] * len(tables)


def fails_after(times: int, function: Callable[..., int]) -> Callable[..., int]:
    left = iter(range(times))

    def failing(*values: Any) -> int:
        return function(*values) if next(left, None) is not None else 1 // 0

    return failing


def test_that_budgets_count_a_source_that_is_counted(ledger: SqliteLedger) -> None:
    ledger.register_budgets(
        [
            budget("day"),
            budget("month", per=Per.MONTH),
            budget("lifetime", per=Per.LIFETIME),
            budget("tokens", unit=Unit.TOKENS, per=Per.LIFETIME),
            budget("calls of q", unit=Unit.CALLS, per=Per.LIFETIME, scope=Scope(provider="q")),
            Budget("rolling", 100, Unit.USD, Period(Per.ROLLING, length=2 * HOUR), "UTC"),
        ]
    )
    ledger.import_calls(
        COUNTED,
        [call(1), call(2, NOON - 3 * HOUR), call(3, NOON - DAY), call(4, NOON - 40 * DAY, OTHER, cost=None, ok=False)],
    )
    # What came before a budget's first window is not part of its books.
    assert spent(ledger) == {"day": 14, "month": 14, "lifetime": 21, "tokens": 40, "calls of q": 1, "rolling": 7}


def test_that_budgets_do_not_count_a_source_that_is_not(ledger: SqliteLedger) -> None:
    ledger.register_budgets([budget("lifetime", per=Per.LIFETIME)])
    ledger.import_calls(UNCOUNTED, [call(1)])
    assert spent(ledger) == {}
    ledger.register_budgets([budget("later", per=Per.LIFETIME)])
    assert spent(ledger) == {}


def test_that_a_later_budget_counts_the_import_from_the_journal(ledger: SqliteLedger) -> None:
    ledger.import_calls(COUNTED, [call(1), call(2, NOON - DAY)])
    ledger.register_budgets([budget("day"), budget("lifetime", per=Per.LIFETIME)])
    assert spent(ledger) == {"day": 7, "lifetime": 14}


def test_that_a_source_cannot_be_counted_by_halves(ledger: SqliteLedger) -> None:
    ledger.import_calls(COUNTED, [call(1)])
    otherwise = ImportSource("tool", "counted.db", "recorded", False)
    with pytest.raises(SourceError, match=r"counted.db: was imported with --count before"):
        ledger.import_calls(otherwise, [call(1), call(2)])
    assert ledger.import_calls(otherwise, [call(1)]) == ImportOutcome((), 1)


def test_that_a_threshold_that_an_import_crosses_is_noted(ledger: SqliteLedger) -> None:
    ledger.register_budgets([budget("day", limit=20, warn_at=(50, 80))])
    ledger.import_calls(COUNTED, [call(1), call(2)])
    assert select(ledger, "SELECT share, spent FROM crossing") == [(50, 14)]
    ledger.import_calls(COUNTED, [call(3)])
    assert select(ledger, "SELECT share, spent FROM crossing") == [(50, 14), (80, 21)]


def test_that_a_full_budget_refuses_after_the_import(ledger: SqliteLedger) -> None:
    ledger.register_budgets([budget("day", limit=10)])
    ledger.import_calls(COUNTED, [call(1), call(2)])
    assert not isinstance(ledger.hold(SUBJECT, Usage(), Rates(per_call=1), 1), Hold)


def test_that_calls_of_the_future_do_not_reach_a_budget(ledger: SqliteLedger) -> None:
    ledger.register_budgets([budget("day")])
    with pytest.raises(SourceError, match=r"2026-03-01T12:00:00\.001Z, which is in the future"):
        ledger.import_calls(COUNTED, [call(1), call(2, NOON + 1)])
    assert select(ledger, "SELECT count(*) FROM call") == [(0,)]
    assert len(ledger.import_calls(UNCOUNTED, [call(1), call(2, NOON + 40 * DAY)]).added) == 2
    # The window of that day is not in use: calls go on counting today.
    assert isinstance(ledger.hold(SUBJECT, Usage(), Rates(per_call=1), 1), Hold)
    assert select(ledger, "SELECT start FROM budget_window") == [(NOON - NOON % DAY,)]


def settled(ledger: SqliteLedger) -> None:
    ledger.record(SUBJECT, Charge(Usage(), 1, Rates(per_call=1)))


def test_that_books_add_up_where_fine_rollups_were_dropped_before(ledger: SqliteLedger, clock: Clock) -> None:
    settled(ledger)
    clock.now += 5 * HOUR
    settled(ledger)
    while ledger.upkeep(None):
        pass
    ledger.import_calls(COUNTED, [call(1, NOON - DAY), call(2, NOON + MINUTE), call(3, clock.now - 1), call(4, clock.now)])
    assert verify(ledger.path).holds
    clock.now += 5 * HOUR
    settled(ledger)
    while ledger.upkeep(None):
        pass
    ledger.import_calls(COUNTED, [call(5, NOON - 2 * DAY)])
    assert verify(ledger.path).holds


def test_that_pruned_calls_stay_known(ledger: SqliteLedger, clock: Clock) -> None:
    ledger.register_budgets([budget("lifetime", per=Per.LIFETIME)])
    calls = [call(number, NOON - number * DAY) for number in range(1, 30)]
    ledger.import_calls(COUNTED, calls)
    settled(ledger)
    while ledger.upkeep(timedelta(days=10)):
        pass
    assert select(ledger, "SELECT count(*) < 30 FROM call") == [(1,)]
    assert ledger.import_calls(COUNTED, calls) == ImportOutcome((), 29)
    assert ledger.import_calls(COUNTED, [call(40, NOON - 29 * DAY)]).known == 0
    assert spent(ledger) == {"lifetime": 30 * 7 + 1}


@given(st.data())
def test_that_books_add_up_whatever_is_imported_in_whatever_order(tmp_path_factory: Any, data: st.DataObject) -> None:
    clock = Clock()
    ledger = SqliteLedger(tmp_path_factory.mktemp("books") / "ledger.db", zone="UTC", power_safe=False, clock=clock)
    ledger.register_budgets(
        [
            budget("day", warn_at=(50,)),
            Budget("week", 50, Unit.CALLS, Period(Per.WEEK), "America/New_York", Scope(tag="AAPL")),
            budget("lifetime", per=Per.LIFETIME),
            Budget("rolling", 100, Unit.TOKENS, Period(Per.ROLLING, length=5 * HOUR), "UTC", warn_at=(1,)),
        ]
    )
    pool = st.builds(
        lambda number, back, subject, cost, ok: call(number, NOON - back * (1 + number), subject, cost=cost, ok=ok),
        st.integers(0, 30),
        st.sampled_from([0, 1, MINUTE, HOUR, DAY]),
        st.sampled_from([SUBJECT, OTHER]),
        st.sampled_from([None, 0, 3]),
        st.booleans(),
    )
    for step in data.draw(st.lists(st.tuples(st.sampled_from("isu"), st.lists(pool, max_size=8)), max_size=6)):
        if step[0] == "i":
            ledger.import_calls(data.draw(st.sampled_from([COUNTED, UNCOUNTED])), step[1])
        elif step[0] == "s":
            settled(ledger)
        else:
            clock.now += 4 * HOUR
            settled(ledger)
            ledger.upkeep(None)
    ledger.close()
    breaches = verify(ledger.path).breaches
    assert not breaches, "\n".join(map(str, breaches))
