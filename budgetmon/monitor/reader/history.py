"""What happened over time, out of the rollups: consumption per provider, burn-down per budget, hit rates per cache."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import apsw

from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window
from budgetmon.monitor import series
from budgetmon.monitor.snapshot import Ask, Buckets, Steps

_AMOUNT = {
    Unit.USD: "sum(cost)",
    Unit.CALLS: "sum(units)",
    Unit.TOKENS: "sum(input + output + cached_input + cache_write)",
}
_CALL_AMOUNT = {
    Unit.USD: "coalesce(call.cost, 0)",
    Unit.CALLS: "call.calls",
    Unit.TOKENS: "call.input + call.output + call.cached_input + call.cache_write",
}
# Rollups know no tags, so a budget over a tag is drawn from its newest calls.
_TAG_CALLS = 20_000


def consumption(db: apsw.Connection, ask: Ask, now: int) -> Buckets:
    """Cost, calls, failures, tokens and refusals per provider over the span asked for."""
    width = series.bucket_width(ask.span)
    starts = series.bucket_starts(now, ask.span, width)
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT provider, start - start % ?1 AS bucket, sum(cost), sum(calls), sum(failed),"
        " sum(input + output + cached_input + cache_write), sum(refused)"
        " FROM rollup JOIN model ON model.id = rollup.model WHERE span = ?2 AND start >= ?3 GROUP BY provider, bucket",
        (width, series.source_span(width), starts[0]),
    ).fetchall()
    per_provider: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for provider, *amounts in rows:
        per_provider[provider].append(tuple(amounts))

    def column(index: int) -> dict[str, tuple[int, ...]]:
        return {
            provider: series.filled(starts, ((row[0], row[index]) for row in amounts))
            for provider, amounts in sorted(per_provider.items())
        }

    return Buckets(width, starts, column(1), column(2), column(3), column(4), column(5))


def burn_down(db: apsw.Connection, budget: Budget, window: Window, spent: int, now: int) -> Steps:
    """What ``budget`` spent in its window, cumulative, ending at the counter ``spent``."""
    if budget.scope.tag is not None:
        return series.cumulative(_tagged(db, budget, window), spent, window.start)
    where, values = _scope(budget.scope)
    rows: list[tuple[int, int]] = []
    stretches = series.stretches(window, now)
    for span, start, end in stretches:
        found: list[tuple[Any, ...]] = db.execute(
            f"SELECT start, {_AMOUNT[budget.unit]} FROM rollup JOIN model ON model.id = rollup.model"
            f" LEFT JOIN run ON run.id = rollup.run WHERE span = ? AND start >= ? AND start < ?{where}"
            " GROUP BY start ORDER BY start",
            (span, start, end, *values),
        ).fetchall()
        rows += [(at, amount) for at, amount in found]
    return series.cumulative(rows, spent, stretches[0][1] if stretches else window.start)


def _scope(scope: Scope) -> tuple[str, list[str]]:
    parts = [("model.provider", scope.provider), ("model.name", scope.model), ("run.name", scope.run)]
    named = [(column, name) for column, name in parts if name is not None]
    return "".join(f" AND {column} = ?" for column, _ in named), [name for _, name in named]


def _tagged(db: apsw.Connection, budget: Budget, window: Window) -> list[tuple[int, int]]:
    where, values = _scope(budget.scope)
    newest: list[tuple[Any, ...]] = db.execute(
        f"SELECT call.at, {_CALL_AMOUNT[budget.unit]} FROM call JOIN model ON model.id = call.model"
        " JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run"
        " WHERE call.id > (SELECT max(id) FROM call) - ? AND call.at >= ? AND call.at < ? AND call.state = ? AND tag.name = ?"
        f"{where} ORDER BY call.at",
        (_TAG_CALLS, window.start, window.end, CallState.SETTLED, budget.scope.tag, *values),
    ).fetchall()
    return [(at, amount) for at, amount in newest]
