"""Made-up snapshots, rich enough to fill every table, for tests of what shows or exports a Snapshot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from budgetmon.core.rules.budgets import OnExceed, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.monitor.snapshot import (
    Buckets,
    BudgetState,
    BudgetStatus,
    CacheStatus,
    CallRow,
    LedgerInfo,
    NamedTotals,
    Pace,
    RefusalRow,
    Snapshot,
    Steps,
    Totals,
    WorkerRow,
)

MINUTE = 60_000
HOUR = 60 * MINUTE
AS_OF = int(datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC).timestamp()) * 1000
MONTH = Window(
    int(datetime(2026, 3, 1, 5, tzinfo=UTC).timestamp()) * 1000, int(datetime(2026, 4, 1, 4, tzinfo=UTC).timestamp()) * 1000
)
DAY = Window(
    int(datetime(2026, 3, 14, 4, tzinfo=UTC).timestamp()) * 1000, int(datetime(2026, 3, 15, 4, tzinfo=UTC).timestamp()) * 1000
)
LIFETIME = Window(0, FAR_FUTURE)


def rich_snapshot(**changes: Any) -> Snapshot:
    """A snapshot in which every table has rows and every state occurs; ``changes`` replace fields of it."""
    snapshot = Snapshot(
        as_of=AS_OF,
        ledger=LedgerInfo("/srv/desk/ledger.db", 1, "power", "America/New_York", AS_OF - 40 * 24 * HOUR, 4096 * 33),
        totals=Totals(412, 389, 17, 6, 823_110, 94_006, 3_141_592_653, 21_000_000, 9_500_001, 3),
        providers=(
            NamedTotals("perplexity", "perplexity", Totals(300, 290, 8, 5, 700_000, 90_000, 3_141_592_650, 21_000_000, 0, 0)),
            NamedTotals("gemini", "gemini", Totals(87, 80, 5, 0, 123_110, 4_006, 3, 0, 9_500_001, 3)),
            NamedTotals("alphavantage", "alphavantage", Totals(25, 19, 4, 1)),
        ),
        models=(
            NamedTotals("sonar-pro", "perplexity", Totals(300, 290, 8, 5, 700_000, 90_000, 3_141_592_650, 21_000_000, 0, 0)),
            NamedTotals("gemini-2.0-flash", "gemini", Totals(87, 80, 5, 0, 123_110, 4_006, 3, 0, 9_500_001, 3)),
            NamedTotals("quotes", "alphavantage", Totals(25, 19, 4, 1)),
        ),
        budgets=_budgets(),
        consumption=_consumption(),
        caches=_caches(),
        calls=_calls(),
        refusals=_refusals(),
        workers=_workers(),
    )
    return replace(snapshot, **changes)


def empty_snapshot() -> Snapshot:
    """What a ledger without a single call looks like."""
    return rich_snapshot(
        totals=Totals(),
        providers=(),
        models=(),
        budgets=(),
        consumption=Buckets(MINUTE),
        caches=(),
        calls=(),
        refusals=(),
        workers=(),
    )


def _budgets() -> tuple[BudgetStatus, ...]:
    return (
        BudgetStatus(
            name="perplexity month",
            scope=Scope(provider="perplexity"),
            unit=Unit.USD,
            limit=4_980_000_000,
            per="month",
            on_exceed=OnExceed.BLOCK,
            warn_at=(50, 80, 95),
            window=MONTH,
            spent=3_141_592_650,
            held=21_000_000,
            in_doubt=0,
            remaining=1_817_407_350,
            state=BudgetState.WARNING,
            pace=Pace(9_750_000.4, AS_OF + 186 * HOUR),
            burn_down=Steps((AS_OF - HOUR, AS_OF - MINUTE), (3_000_000_000, 3_141_592_650)),
        ),
        BudgetStatus(
            name="alpha vantage day",
            scope=Scope(provider="alphavantage", tag="AAPL"),
            unit=Unit.CALLS,
            limit=25,
            per="day",
            on_exceed=OnExceed.BLOCK,
            warn_at=(),
            window=DAY,
            spent=25,
            held=0,
            in_doubt=0,
            remaining=0,
            state=BudgetState.EXHAUSTED,
            pace=Pace(),
            burn_down=Steps((AS_OF - HOUR,), (25,)),
        ),
        BudgetStatus(
            name="tokens for ever",
            scope=Scope(model="sonar-pro", run="audit"),
            unit=Unit.TOKENS,
            limit=10_000_000,
            per="lifetime",
            on_exceed=OnExceed.WARN,
            warn_at=(90,),
            window=LIFETIME,
            spent=790_000,
            held=2_000,
            in_doubt=10,
            remaining=9_207_990,
            state=BudgetState.OK,
            pace=Pace(1_234.5, None),
            burn_down=Steps(),
        ),
    )


def _consumption() -> Buckets:
    starts = (AS_OF - 3 * MINUTE, AS_OF - 2 * MINUTE, AS_OF - MINUTE)
    return Buckets(
        width=MINUTE,
        starts=starts,
        cost={"perplexity": (1_000_000, 0, 9_000_001), "gemini": (0, 3, 0)},
        calls={"perplexity": (2, 0, 3), "gemini": (0, 1, 0)},
        failed={"perplexity": (0, 0, 1), "gemini": (0, 0, 0)},
        tokens={"perplexity": (400, 0, 900), "gemini": (0, 70, 0)},
        refused={"alphavantage": (0, 1, 0)},
    )


def _caches() -> tuple[CacheStatus, ...]:
    starts = (AS_OF - 2 * MINUTE, AS_OF - MINUTE)
    return (
        CacheStatus("ticker-info", 300, 100, 7, 12, 640, 1000, 1_200_000_000, MINUTE, starts, (20, 30), (5, 0)),
        CacheStatus("never-asked", 0, 0, 0, 0, 0, 50, None),
    )


def _calls() -> tuple[CallRow, ...]:
    settled = CallRow(
        id=3,
        at=AS_OF - 5_000,
        took=812,
        state=CallState.SETTLED,
        ok=True,
        provider="perplexity",
        model="sonar-pro",
        tag="MSFT",
        run="audit",
        worker=1,
        input_tokens=900,
        output_tokens=300,
        cached_input_tokens=100,
        calls=1,
        hold=8_000_000,
        cost=9_000_001,
    )
    without_usage = replace(settled, ok=False, run=None, input_tokens=0, output_tokens=0, cached_input_tokens=0)
    gemini, alphavantage = ("gemini", "gemini-2.0-flash"), ("alphavantage", "quotes")
    return (
        replace(without_usage, id=4, at=AS_OF - 900, took=None, state=CallState.HELD, tag="AAPL", hold=21_000_000, cost=None),
        settled,
        replace(
            _of(without_usage, *gemini), id=2, at=AS_OF - 9_000, state=CallState.IN_DOUBT, tag=None, hold=9_500_001, cost=None
        ),
        replace(_of(without_usage, *alphavantage), id=1, at=AS_OF - 12_000, state=CallState.RELEASED, hold=0, cost=0),
    )


def _of(call: CallRow, provider: str, model: str) -> CallRow:
    return replace(call, provider=provider, model=model, worker=2)


def _refusals() -> tuple[RefusalRow, ...]:
    receipt = "quotes (alphavantage) refused by budget 'alpha vantage day': asked 1 calls, free 0 calls, \"for now\""
    return (
        RefusalRow(2, AS_OF - 700, "alphavantage", "quotes", "AAPL", "alpha vantage day", Unit.CALLS, 1, 0, receipt),
        RefusalRow(
            1,
            AS_OF - 8_000,
            "perplexity",
            "sonar-pro",
            None,
            "perplexity month",
            Unit.USD,
            2_000_000_000,
            1_817_407_350,
            "too dear",
        ),
    )


def _workers() -> tuple[WorkerRow, ...]:
    return (
        WorkerRow(1, 4711, "desk-1", AS_OF - HOUR, AS_OF - 900, True, 304, 21_000_000, 2),
        WorkerRow(2, 4712, "desk-1", AS_OF - HOUR, AS_OF - 30_000, False, 108, 0, 0),
        WorkerRow(3, 17, "container", AS_OF - 2 * HOUR, AS_OF - HOUR, None, 0, 0, 0),
    )
