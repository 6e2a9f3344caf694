"""The machine's view of a Snapshot: what ``budgetmon status --json`` prints. Other tools rely on it; keys are only ever added.

Money is decimal text in USD (``"57.868362"``), exact to the nano. Counts are ints. Times are ISO 8601 in UTC
(``"2026-03-01T05:00:00.000Z"``). What is not known or does not apply is null.

``{"schema": 1, "ledger": path, "as_of": time, "totals": T, "providers": [{"name", **T, **S}],
"models": [{"name", "provider", **T}], "budgets": [B], "caches": [C], "pauses": [P]}`` where

- T: ``calls, ok, failed, refused, input_tokens, output_tokens, cost, held, in_doubt, unpriced_calls``; ``cost``, ``held`` and
  ``in_doubt`` are money. A model is told apart from its namesakes by ``provider``.
- S: ``cache_hits, cache_loads, hit_rate, saved``: what named caches spared the provider. ``cache_loads`` are loads that paid
  it, ``cache_hits`` are hits on values whose load paid it, ``hit_rate`` is the hits' share of both, from 0 to 1, and ``saved``
  is the money that it would have charged for the hits; both are null where there were neither. A load that pays several
  providers counts for each.
- B: ``name, limit, unit, per, window_start, window_end, spent, held, in_doubt, remaining, state``; the five amounts are money
  when ``unit`` is ``"USD"``, and ints when it is ``"calls"`` or ``"tokens"``. ``window_end`` is null for a lifetime.
- C: ``name, hits, misses, expired, evictions, size, max_size, hit_rate, saved, paid, lost_to_eviction, lost_to_expiry,
  right_size, doubled_saves_per_day, halved_saves_per_day``; ``hit_rate`` is a number from 0 to 1, null before the first
  lookup; ``saved``, ``paid`` and the rest of the amounts are money, null where no value's cost is known; ``right_size`` is
  the smallest that hits within one point of the best, null before that is estimated.
- P: ``provider, paused_at, paused_by, resumed_at, resumed_by, in_force``, newest first: the pauses of the last hour and of the
  budgets' windows. ``resumed_at`` and ``resumed_by`` are null while it lasts, and of one that is over when an older program
  lifted it, which writes neither down.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from budgetmon.core.rules.periods import iso_utc
from budgetmon.monitor.export.cells import Cell, plain
from budgetmon.monitor.export.columns import BUDGETS, CACHES, MODELS, PAUSES, PROVIDERS, TOTALS, Columns, Row, record
from budgetmon.monitor.snapshot import Snapshot

SCHEMA = 1


def status_document(snapshot: Snapshot) -> dict[str, Any]:
    """The document for ``snapshot``, ready for ``json.dumps``."""
    return {
        "schema": SCHEMA,
        "ledger": snapshot.ledger.path,
        "as_of": iso_utc(snapshot.as_of),
        "totals": cells_as_json(record(TOTALS, snapshot.totals)),
        "providers": documents(PROVIDERS, snapshot.providers),
        "models": documents(MODELS, snapshot.models),
        "budgets": documents(BUDGETS, snapshot.budgets),
        "caches": documents(CACHES, snapshot.caches),
        "pauses": documents(PAUSES, snapshot.pauses),
    }


def documents(columns: Columns[Row], rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Each row as a JSON object with the columns' names as keys."""
    return [cells_as_json(record(columns, row)) for row in rows]


def cells_as_json(cells: dict[str, Cell]) -> dict[str, Any]:
    """Cells as JSON has them."""
    return {name: plain(cell) for name, cell in cells.items()}
