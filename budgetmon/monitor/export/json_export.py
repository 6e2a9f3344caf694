"""A Snapshot as one JSON document: that of ``status --json`` (see ``document``), extended by the tables and histories.

``{"schema": 1, "ledger", "as_of", "totals", "providers", "models", "budgets": [B + more], "caches": [C + more],
"ledger_details": {...}, "span_ms", "calls": [...], "refusals": [...], "workers": [...], "consumption": [...]}``

- B also has ``provider, model, tag, run`` (its scope; null matches all), ``on_exceed``, ``warn_at_percent`` (list of ints),
  ``pace_per_hour`` and ``runs_out_at`` (null where it is too early to say), and ``burn_down: [{"at", "total"}]``, steps of what
  was spent. ``pace_per_hour`` and ``total`` are in the budget's unit.
- C also has ``history: [{"start", "end", "hits", "misses"}]``.
- ``ledger_details``: ``path, schema, durability, zone, created_at, wal_bytes``; this ``schema`` is the ledger's.
- ``span_ms``: the stretch of time that the histories cover, up to ``as_of``.
- ``calls``: ``id, at, took_ms, state, ok, provider, model, tag, run, worker, input_tokens, output_tokens, cached_input_tokens,
  calls, hold, cost, overrun``; ``cost`` is null while unknown and for unpriced calls. Newest first, as many as were asked for.
- ``refusals``: ``id, at, provider, model, tag, budget, unit, asked, free, receipt``; ``asked`` and ``free`` are in ``unit``.
- ``workers``: ``id, pid, host, started_at, last_write_at, alive, calls, held, connections``.
- ``consumption``: ``start, end, provider, cost, calls, failed, tokens, refused``, by bucket of time and provider.

Money, counts and times look as in ``document``.
"""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from budgetmon.monitor.export.columns import (
    BUDGET_DETAILS,
    BUDGETS,
    CACHES,
    CALLS,
    CONSUMPTION,
    REFUSALS,
    WORKERS,
    amount,
    consumption_rows,
    moment,
    record,
)
from budgetmon.monitor.export.document import documents, plain, status_document
from budgetmon.monitor.export.landing import land_file
from budgetmon.monitor.snapshot import BudgetStatus, CacheStatus, LedgerInfo, Snapshot


def export_json(snapshot: Snapshot, target: Path, *, overwrite: bool = False) -> Path:
    """Writes ``snapshot`` to the file ``target``, whole or not at all, and returns it.

    Raises FileExistsError when there is something at ``target`` already, unless ``overwrite``; OSError when it cannot be
    written. Nothing is left behind then.
    """
    text = json.dumps(export_document(snapshot), ensure_ascii=False, allow_nan=False, indent=1)
    # A path may hold bytes that are not UTF-8: Python shows them as lone surrogates, which JSON can escape.
    land_file(target, f"{text}\n".encode(errors="backslashreplace"), overwrite=overwrite)
    return target


def export_document(snapshot: Snapshot) -> dict[str, Any]:
    """The document that ``export_json`` writes."""
    return {
        **status_document(snapshot),
        "budgets": [_budget(budget) for budget in snapshot.budgets],
        "caches": [_cache(cache) for cache in snapshot.caches],
        "ledger_details": _ledger(snapshot.ledger),
        "span_ms": snapshot.ask.span // timedelta(milliseconds=1),
        "calls": documents(CALLS, snapshot.calls),
        "refusals": documents(REFUSALS, snapshot.refusals),
        "workers": documents(WORKERS, snapshot.workers),
        "consumption": documents(CONSUMPTION, consumption_rows(snapshot.consumption)),
    }


def _budget(budget: BudgetStatus) -> dict[str, Any]:
    steps = zip(budget.burn_down.at, budget.burn_down.total, strict=True)
    return {
        **plain(record(BUDGETS, budget)),
        **plain(record(BUDGET_DETAILS, budget)),
        "warn_at_percent": list(budget.warn_at),
        "burn_down": [plain({"at": moment(at), "total": amount(budget.unit, total)}) for at, total in steps],
    }


def _cache(cache: CacheStatus) -> dict[str, Any]:
    buckets = zip(cache.starts, cache.hits_by, cache.misses_by, strict=True)
    return {
        **plain(record(CACHES, cache)),
        "history": [
            {"start": moment(start), "end": moment(start + cache.width), "hits": hits, "misses": misses}
            for start, hits, misses in buckets
        ],
    }


def _ledger(ledger: LedgerInfo) -> dict[str, Any]:
    return {
        "path": ledger.path,
        "schema": ledger.schema,
        "durability": ledger.durability,
        "zone": ledger.zone,
        "created_at": moment(ledger.created_at),
        "wal_bytes": ledger.wal_bytes,
    }
