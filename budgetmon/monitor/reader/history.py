"""What happened over time, out of the rollups: consumption per provider, burn-down per budget, hit rates per cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import apsw

from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window
from budgetmon.monitor import series
from budgetmon.monitor.reader import calls_of_range
from budgetmon.monitor.reader.calls_of_range import STACK_NAME
from budgetmon.monitor.reader.past_steps import Part, PastSteps
from budgetmon.monitor.series import Grid
from budgetmon.monitor.snapshot import Ask, Buckets, Latencies, Stack, Steps

AMOUNT = {
    Unit.USD: "sum(cost)",
    Unit.CALLS: "sum(units)",
    Unit.TOKENS: "sum(input + output + cached_input + cache_write)",
}
CALL_AMOUNT = {
    Unit.USD: "coalesce(call.cost, 0)",
    Unit.CALLS: "call.calls",
    Unit.TOKENS: "call.input + call.output + call.cached_input + call.cache_write",
}
# Rollups know no tags, so a budget over a tag is drawn from its newest calls.
_TAG_CALLS = 20_000


def chart_grid(db: apsw.Connection, ask: Ask, now: int) -> Grid:
    """The buckets of the charts that ``ask`` is about."""
    fine_from = int(db.execute("SELECT fine_from FROM ledger").get)
    return series.grid(ask.span, ask.until, now, fine_from)


def consumption(db: apsw.Connection, ask: Ask, now: int) -> Buckets:
    """Cost, calls, failures, tokens and refusals per provider over the span asked for."""
    return _consumption(db, chart_grid(db, ask, now), STACK_NAME[Stack.PROVIDER])


def latencies(db: apsw.Connection, ask: Ask, now: int) -> Latencies | None:
    """How long calls took, by what ``ask.charts`` names; None when nobody asked."""
    charts = ask.charts
    return calls_of_range.latencies(db, chart_grid(db, ask, now), charts.stack, charts.focus) if charts.latency else None


def stacked(db: apsw.Connection, ask: Ask, now: int) -> Buckets | None:
    """The same by what ``ask.charts`` names, of the focused provider only; None when ``consumption`` holds that already, or
    when latencies are looked at instead."""
    stack, focus = ask.charts.stack, ask.charts.focus
    if stack is Stack.PROVIDER or ask.charts.latency:
        return None
    grid = chart_grid(db, ask, now)
    if stack is Stack.TAG:
        return calls_of_range.by_tag(db, grid, focus)
    return _consumption(db, grid, STACK_NAME[stack], focus)


def _consumption(db: apsw.Connection, grid: Grid, name: str, focus: str | None = None) -> Buckets:
    only = "" if focus is None else " AND provider = ?5"
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT {name} AS stack, start - start % ?1 AS bucket, sum(cost), sum(calls), sum(failed),"
        " sum(input + output + cached_input + cache_write), sum(refused)"
        " FROM rollup JOIN model ON model.id = rollup.model LEFT JOIN run ON run.id = rollup.run"
        f" WHERE span = ?2 AND start >= ?3 AND start < ?4{only} GROUP BY stack, bucket",
        (grid.width, series.source_span(grid.width), grid.starts[0], grid.end, *([] if focus is None else [focus])),
    ).fetchall()
    return series.stacked(grid, rows)


def burn_down(db: apsw.Connection, budget: Budget, window: Window, spent: int, now: int, past: PastSteps) -> Steps:
    """What ``budget`` spent in its window, cumulative, ending at the counter ``spent``."""
    if budget.scope.tag is not None:
        return series.cumulative(tagged(db, budget.scope, window, (CALL_AMOUNT[budget.unit],)), spent, window.start)
    where, values = scope_filter(budget.scope)

    def read(part: Part) -> list[tuple[int, int]]:
        found: list[tuple[Any, ...]] = db.execute(
            f"SELECT start, {AMOUNT[budget.unit]} FROM rollup JOIN model ON model.id = rollup.model"
            f" LEFT JOIN run ON run.id = rollup.run WHERE span = ? AND start >= ? AND start < ?{where}"
            " GROUP BY start ORDER BY start",
            (*part, *values),
        ).fetchall()
        return [(at, amount) for at, amount in found]

    parts = series.stretches(window, now)
    return past.burn_down(budget, parts, spent, parts[0][1] if parts else window.start, read)


def scope_filter(scope: Scope) -> tuple[str, list[str]]:
    """What of a scope the rollups know, as a condition and its values; tags are left out."""
    parts = [("model.provider", scope.provider), ("model.name", scope.model), ("run.name", scope.run)]
    named = [(column, name) for column, name in parts if name is not None]
    return "".join(f" AND {column} = ?" for column, _ in named), [name for _, name in named]


def tagged(db: apsw.Connection, scope: Scope, window: Window, amounts: Sequence[str]) -> list[tuple[Any, ...]]:
    """Instant and ``amounts`` of the newest settled calls of a tag."""
    where, values = scope_filter(scope)
    return db.execute(
        f"SELECT call.at, {', '.join(amounts)} FROM call JOIN model ON model.id = call.model"
        " JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run"
        " WHERE call.id > (SELECT max(id) FROM call) - ? AND call.at >= ? AND call.at < ? AND call.state = ? AND tag.name = ?"
        f"{where} ORDER BY call.at",
        (_TAG_CALLS, window.start, window.end, CallState.SETTLED, scope.tag, *values),
    ).fetchall()
