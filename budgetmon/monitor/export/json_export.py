"""An export as one JSON document: that of ``status --json`` (see ``document``), extended by the tables and histories.

``{"schema": 1, "ledger", "as_of", "totals", "providers", "models", "budgets": [B + more], "caches": [C + more],
"pauses": [P], "ledger_details": {...}, "span_ms", "workers": [...], "runs": [...], "consumption": [...], "refusals": [...],
"calls": [...]}``

- B also has ``provider, model, tag, run`` (its scope; null matches all), ``on_exceed``, ``warn_at_percent`` (list of ints),
  ``pace_per_hour`` and ``runs_out_at`` (null where it is too early to say), and ``burn_down: [{"at", "total"}]``, steps of what
  was spent. ``pace_per_hour`` and ``total`` are in the budget's unit.
- C also has ``history: [{"start", "end", "hits", "misses"}]``.
- ``ledger_details``: ``path, schema, durability, zone, created_at, wal_bytes``; this ``schema`` is the ledger's.
- ``span_ms``: the stretch of time that the histories cover.
- ``calls``: the columns of ``source.CALL_COLUMNS``, newest first; ``cost`` is null while unknown and for unpriced calls.
- ``refusals``: ``id, at, provider, model, tag, budget, unit, asked, free, receipt``; ``asked`` and ``free`` are in ``unit``.
- ``pauses``: P, all that lie in the chosen range or reach into it, newest first.
- ``runs``: the runs that did, as in ``run_document``, newest first, each with all that it cost; of chosen providers, what it
  spent on those, and no run that asked nothing of them. As lines, ``counts`` is text, ``"passed=3 failed=1"``, and ``args`` is
  not there.
- ``workers``: ``id, pid, host, started_at, last_write_at, alive, calls, held, connections``.
- ``consumption``: ``start, end, provider, cost, calls, failed, tokens, refused``, by bucket of time and provider.

As JSON lines, each line is one row of one table: ``{"table": "calls", ...}``; the first is ``{"table": "export", "schema",
"ledger", "as_of"}``. Money, counts and times look as in ``document``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

from budgetmon.core.rules.periods import iso_utc
from budgetmon.monitor.export.cells import moment, plain
from budgetmon.monitor.export.columns import (
    BUDGET_DETAILS,
    BUDGETS,
    CACHES,
    CONSUMPTION,
    WORKERS,
    amount,
    consumption_rows,
    record,
)
from budgetmon.monitor.export.csv_export import text_into
from budgetmon.monitor.export.document import SCHEMA, cells_as_json, documents, status_document
from budgetmon.monitor.export.landing import landing_file
from budgetmon.monitor.export.run_document import run_documents
from budgetmon.monitor.export.sheets import Moved, Sheet, batches, sheets_of
from budgetmon.monitor.export.source import Source
from budgetmon.monitor.snapshot import BudgetStatus, CacheStatus, LedgerInfo, Snapshot

_LONG = ("refusals", "calls")


def export_json(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes ``source`` to the file ``target``, whole or not at all. Raises FileExistsError and OSError."""
    long = {sheet.name: sheet for sheet in sheets_of(source) if sheet.name in _LONG}
    head = _dumped(head_document(source.snapshot), indent=1)
    with landing_file(target, overwrite=overwrite) as file, text_into(file) as text:
        text.write(head[: head.rindex("}")].rstrip())
        for name in _LONG:
            text.write(f',\n "{name}": [')
            _write_array(long[name], text, moved)
            text.write("]")
        text.write("\n}\n")


def export_jsonl(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """The same as JSON lines."""
    snapshot = source.snapshot
    first = {"table": "export", "schema": SCHEMA, "ledger": snapshot.ledger.path, "as_of": iso_utc(snapshot.as_of)}
    with landing_file(target, overwrite=overwrite) as file, text_into(file) as text:
        text.write(f"{_dumped(first)}\n")
        for sheet in sheets_of(source):
            name = f'{{"table": "{sheet.name}", '
            for batch in batches(_objects(sheet)):
                # Each object has at least one key, so what comes after its first brace follows a comma well.
                text.writelines(f"{name}{line[1:]}\n" for line in batch)
                moved(len(batch))


def head_document(snapshot: Snapshot) -> dict[str, Any]:
    """The document without its long tables."""
    return {
        **status_document(snapshot),
        "budgets": [_budget(budget) for budget in snapshot.budgets],
        "caches": [_cache(cache) for cache in snapshot.caches],
        "ledger_details": _ledger(snapshot.ledger),
        "span_ms": snapshot.ask.span // timedelta(milliseconds=1),
        "workers": documents(WORKERS, snapshot.workers),
        "runs": run_documents(snapshot.runs),
        "consumption": documents(CONSUMPTION, consumption_rows(snapshot.consumption)),
    }


def _write_array(sheet: Sheet, text: IO[str], moved: Moved) -> None:
    between = "\n  "
    for batch in batches(_objects(sheet)):
        text.write(between + ",\n  ".join(batch))
        between = ",\n  "
        moved(len(batch))


def _objects(sheet: Sheet) -> Iterator[str]:
    """The rows as JSON objects."""
    if sheet.json_lines is not None:
        return sheet.json_lines()
    return (_dumped(dict(zip(sheet.columns, map(plain, row), strict=True))) for row in sheet.cells())


def _dumped(value: object, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)


def _budget(budget: BudgetStatus) -> dict[str, Any]:
    return {
        **cells_as_json(record(BUDGETS, budget)),
        **cells_as_json(record(BUDGET_DETAILS, budget)),
        "warn_at_percent": list(budget.warn_at),
        "burn_down": list(_steps(budget)),
    }


def _steps(budget: BudgetStatus) -> Iterator[dict[str, Any]]:
    for at, total in zip(budget.burn_down.at, budget.burn_down.total, strict=True):
        yield cells_as_json({"at": moment(at), "total": amount(budget.unit, total)})


def _cache(cache: CacheStatus) -> dict[str, Any]:
    buckets = zip(cache.starts, cache.hits_by, cache.misses_by, strict=True)
    return {
        **cells_as_json(record(CACHES, cache)),
        "history": [
            cells_as_json({"start": moment(start), "end": moment(start + cache.width), "hits": hits, "misses": misses})
            for start, hits, misses in buckets
        ],
    }


def _ledger(ledger: LedgerInfo) -> dict[str, Any]:
    return {
        "path": ledger.path,
        "schema": ledger.schema,
        "durability": ledger.durability,
        "zone": ledger.zone,
        "created_at": plain(moment(ledger.created_at)),
        "wal_bytes": ledger.wal_bytes,
    }
