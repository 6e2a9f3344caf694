"""The tables of a Snapshot, defined once for every format: each column's name, and how a row fills it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from budgetmon.core.rules.budgets import Unit
from budgetmon.monitor.export.cells import Cell, Usd, moment
from budgetmon.monitor.snapshot import (
    Buckets,
    BudgetStatus,
    CacheStatus,
    NamedTotals,
    PauseRow,
    RefusalRow,
    RunRow,
    Totals,
    WorkerRow,
)


@dataclass(frozen=True, slots=True)
class ConsumptionRow:
    """What one provider took in one bucket of time. ``start`` and ``end`` are UTC milliseconds, ``cost`` is nanos."""

    start: int
    end: int
    provider: str
    cost: int
    calls: int
    failed: int
    tokens: int
    refused: int


Row = TypeVar("Row")
Columns = Mapping[str, Callable[[Row], Cell]]


def record(columns: Columns[Row], row: Row) -> dict[str, Cell]:
    """``row`` by column name."""
    return {name: get(row) for name, get in columns.items()}


def amount(unit: Unit, value: int) -> Usd | int:
    """An amount in the unit of a budget: money or a plain count."""
    return Usd(value) if unit is Unit.USD else value


def consumption_rows(buckets: Buckets) -> Iterator[ConsumptionRow]:
    """The stacked buckets as rows: by time, then by provider. Every provider has a row in each bucket, zeros included."""
    parts = (buckets.cost, buckets.calls, buckets.failed, buckets.tokens, buckets.refused)
    providers = sorted(set().union(*parts))
    for place, start in enumerate(buckets.starts):
        for provider in providers:
            amounts = [part[provider][place] if provider in part else 0 for part in parts]
            yield ConsumptionRow(start, start + buckets.width, provider, *amounts)


def _money(nanos: int | None) -> Usd | None:
    return None if nanos is None else Usd(nanos)


def _pace(budget: BudgetStatus) -> Cell:
    per_hour = budget.pace.per_hour
    if per_hour is None or not math.isfinite(per_hour):
        return None
    return Usd(round(per_hour)) if budget.unit is Unit.USD else per_hour


def _within(get: Callable[[Totals], Cell]) -> Callable[[NamedTotals], Cell]:
    return lambda row: get(row.totals)


TOTALS: Columns[Totals] = {
    "calls": lambda t: t.calls,
    "ok": lambda t: t.ok,
    "failed": lambda t: t.failed,
    "refused": lambda t: t.refused,
    "input_tokens": lambda t: t.input_tokens,
    "output_tokens": lambda t: t.output_tokens,
    "cost": lambda t: Usd(t.cost),
    "held": lambda t: Usd(t.held),
    "in_doubt": lambda t: Usd(t.in_doubt),
    "unpriced_calls": lambda t: t.unpriced_calls,
}
_NAMED_TOTALS: Columns[NamedTotals] = {name: _within(get) for name, get in TOTALS.items()}
PROVIDERS: Columns[NamedTotals] = {
    "name": lambda row: row.name,
    **_NAMED_TOTALS,
    "cache_hits": lambda row: row.spared.hits,
    "cache_loads": lambda row: row.spared.loads,
    "hit_rate": lambda row: row.spared.hit_rate,
    "saved": lambda row: Usd(row.spared.saved) if row.spared.lookups else None,
}
MODELS: Columns[NamedTotals] = {"name": lambda row: row.name, "provider": lambda row: row.provider, **_NAMED_TOTALS}

BUDGETS: Columns[BudgetStatus] = {
    "name": lambda b: b.name,
    "limit": lambda b: amount(b.unit, b.limit),
    "unit": lambda b: str(b.unit),
    "per": lambda b: b.per,
    "window_start": lambda b: moment(b.window.start),
    "window_end": lambda b: moment(b.window.end),
    "spent": lambda b: amount(b.unit, b.spent),
    "held": lambda b: amount(b.unit, b.held),
    "in_doubt": lambda b: amount(b.unit, b.in_doubt),
    "remaining": lambda b: amount(b.unit, b.remaining),
    "state": lambda b: str(b.state),
}
BUDGET_DETAILS: Columns[BudgetStatus] = {
    "provider": lambda b: b.scope.provider,
    "model": lambda b: b.scope.model,
    "tag": lambda b: b.scope.tag,
    "run": lambda b: b.scope.run,
    "on_exceed": lambda b: str(b.on_exceed),
    "warn_at_percent": lambda b: " ".join(str(percent) for percent in b.warn_at),
    "pace_per_hour": _pace,
    "runs_out_at": lambda b: moment(b.pace.runs_out_at),
}

CACHES: Columns[CacheStatus] = {
    "name": lambda c: c.name,
    "hits": lambda c: c.hits,
    "misses": lambda c: c.misses,
    "expired": lambda c: c.expired,
    "evictions": lambda c: c.evictions,
    "size": lambda c: c.size,
    "max_size": lambda c: c.max_size,
    "hit_rate": lambda c: c.hit_rate,
    "saved": lambda c: _money(c.saved),
    "paid": lambda c: _money(c.paid),
    "lost_to_eviction": lambda c: _money(c.lost_to_eviction),
    "lost_to_expiry": lambda c: _money(c.lost_to_expiry),
    "right_size": lambda c: c.advice.right_size if c.advice else None,
    "doubled_saves_per_day": lambda c: _money(c.advice.doubled_per_day) if c.advice else None,
    "halved_saves_per_day": lambda c: _money(c.advice.halved_per_day) if c.advice else None,
}

REFUSALS: Columns[RefusalRow] = {
    "id": lambda r: r.id,
    "at": lambda r: moment(r.at),
    "provider": lambda r: r.provider,
    "model": lambda r: r.model,
    "tag": lambda r: r.tag,
    "budget": lambda r: r.budget,
    "unit": lambda r: str(r.unit),
    "asked": lambda r: amount(r.unit, r.asked),
    "free": lambda r: amount(r.unit, r.free),
    "receipt": lambda r: r.receipt,
}

PAUSES: Columns[PauseRow] = {
    "provider": lambda p: p.provider,
    "paused_at": lambda p: moment(p.at),
    "paused_by": lambda p: p.who,
    "resumed_at": lambda p: moment(p.ended_at),
    "resumed_by": lambda p: p.ended_by,
    "in_force": lambda p: p.in_force,
}

RUNS: Columns[RunRow] = {
    "id": lambda r: r.id,
    "name": lambda r: r.name,
    "profile": lambda r: r.profile,
    "kind": lambda r: None if r.kind is None else r.kind.value,
    "status": lambda r: None if r.status is None else r.status.value,
    "started_at": lambda r: moment(r.started_at),
    "ended_at": lambda r: moment(r.ended_at),
    "took_ms": lambda r: r.took_ms,
    "exit_code": lambda r: r.exit_code,
    "detail": lambda r: r.detail,
    "total": lambda r: r.total,
    "calls": lambda r: r.calls,
    "failed_calls": lambda r: r.failed_calls,
    "refused": lambda r: r.refused,
    "unpriced_calls": lambda r: r.unpriced_calls,
    "cost": lambda r: Usd(r.cost),
    "cache_hits": lambda r: r.hits,
    "cache_misses": lambda r: r.misses,
    "hit_rate": lambda r: r.hit_rate,
    "budget": lambda r: None if r.budget is None else Usd(r.budget),
    "time_limit_ms": lambda r: r.time_limit_ms,
    "folder": lambda r: r.folder,
    "files": lambda r: r.files,
}
# What JSON has as an object.
RUN_COUNTS: Columns[RunRow] = {"counts": lambda r: " ".join(f"{outcome}={number}" for outcome, number in r.counts)}

WORKERS: Columns[WorkerRow] = {
    "id": lambda w: w.id,
    "pid": lambda w: w.pid,
    "host": lambda w: w.host,
    "started_at": lambda w: moment(w.started_at),
    "last_write_at": lambda w: moment(w.last_write_at),
    "alive": lambda w: w.alive,
    "calls": lambda w: w.calls,
    "held": lambda w: Usd(w.held),
    "connections": lambda w: w.connections,
}

CONSUMPTION: Columns[ConsumptionRow] = {
    "start": lambda c: moment(c.start),
    "end": lambda c: moment(c.end),
    "provider": lambda c: c.provider,
    "cost": lambda c: Usd(c.cost),
    "calls": lambda c: c.calls,
    "failed": lambda c: c.failed,
    "tokens": lambda c: c.tokens,
    "refused": lambda c: c.refused,
}
