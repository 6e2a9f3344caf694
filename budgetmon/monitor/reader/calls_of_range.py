"""What only single calls know, over a range: consumption by tag, and how long calls took.

Rollups hold neither, so the journal is read, and of a range never more than its newest calls: a picture must not cost more as
history grows. What lies before them is missing, and the answer says from when on it is complete.
"""

from __future__ import annotations

from typing import Any

import apsw

from budgetmon.core.rules.calls import CallState
from budgetmon.monitor import series
from budgetmon.monitor.series import Grid
from budgetmon.monitor.snapshot import MODEL_MARK, Buckets, Latencies, Stack

MOST_CALLS = 10_000

# The name of a row's stack, in queries that join model, tag and run. What has no tag or run is called "".
STACK_NAME = {
    Stack.PROVIDER: "provider",
    Stack.MODEL: f"provider || char({ord(MODEL_MARK)}) || model.name",
    Stack.TAG: "coalesce(tag.name, '')",
    Stack.RUN: "coalesce(run.name, '')",
}
_JOIN = {
    Stack.PROVIDER: "JOIN model ON model.id = call.model",
    Stack.MODEL: "JOIN model ON model.id = call.model",
    Stack.TAG: "LEFT JOIN tag ON tag.id = call.tag",
    Stack.RUN: "LEFT JOIN run ON run.id = call.run",
}
_CHOSEN = "WHERE call.at >= ?2 AND call.at < ?3 AND call.state = ?4"


def by_tag(db: apsw.Connection, grid: Grid, focus: str | None) -> Buckets:
    """Consumption per tag, of the provider ``focus`` only when one is named. Refusals are not told apart by tag: none."""
    since, complete_from = _reach(db, grid)
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT {STACK_NAME[Stack.TAG]}, bucket, cost, calls, failed, tokens, 0 FROM ("
        " SELECT tag, call.at - call.at % ?1 AS bucket, sum(coalesce(cost, 0)) AS cost, count(*) AS calls,"
        " sum(NOT ok) AS failed, sum(input + output + cached_input + cache_write) AS tokens"
        f" FROM call INDEXED BY call_at {_CHOSEN}{_only(focus)} GROUP BY tag, bucket) AS call {_JOIN[Stack.TAG]}",
        (grid.width, since, grid.end, CallState.SETTLED, *_values(focus)),
    ).fetchall()
    return series.stacked(grid, rows, complete_from)


def latencies(db: apsw.Connection, grid: Grid, stack: Stack, focus: str | None) -> Latencies:
    """Median and 95th percentile of how long calls took, per name and bucket."""
    since, complete_from = _reach(db, grid)
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT {STACK_NAME[stack]}, call.at - call.at % ?1, took FROM call INDEXED BY call_at {_JOIN[stack]}"
        f" {_CHOSEN} AND took IS NOT NULL{_only(focus)}",
        (grid.width, since, grid.end, CallState.SETTLED, *_values(focus)),
    ).fetchall()
    return series.latencies(grid, rows, complete_from)


def _only(focus: str | None) -> str:
    return "" if focus is None else " AND call.model IN (SELECT id FROM model WHERE provider = ?5)"


def _values(focus: str | None) -> tuple[str, ...]:
    return () if focus is None else (focus,)


def _reach(db: apsw.Connection, grid: Grid) -> tuple[int, int | None]:
    """From when on calls are read, and the same where the range began before it."""
    limit: int | None = db.execute(
        "SELECT at FROM call INDEXED BY call_at WHERE at >= ? AND at < ? ORDER BY at DESC LIMIT 1 OFFSET ?",
        (grid.starts[0], grid.end, MOST_CALLS),
    ).get
    return (grid.starts[0], None) if limit is None else (limit, limit)
