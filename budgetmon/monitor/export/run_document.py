"""Runs as JSON: what ``budgetmon run list``, ``show`` and ``start`` print with ``--json``. Keys are only ever added.

A run: ``id, name, profile, kind, status, started_at, ended_at, took_ms, exit_code, detail, total, counts, calls,
failed_calls, refused, unpriced_calls, cost, cache_hits, cache_misses, hit_rate, budget, time_limit_ms, folder, args, files``.
``counts`` maps an outcome to a number; ``profile, kind, status`` are null for a run that only its calls name.
A result: ``test, outcome, phase, seconds, message, longrepr, file, line``. Money and times look as in ``document``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from budgetmon.core.rules.runs import RunResult
from budgetmon.monitor.export.cells import Usd, moment
from budgetmon.monitor.export.columns import Columns
from budgetmon.monitor.export.document import documents
from budgetmon.monitor.snapshot import RunRow

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


def run_documents(runs: Iterable[RunRow]) -> list[dict[str, Any]]:
    """``runs`` as JSON objects."""
    rows = tuple(runs)
    plain = documents(RUNS, rows)
    return [{**cells, "counts": dict(row.counts), "args": list(row.args)} for cells, row in zip(plain, rows, strict=True)]


def result_documents(results: Iterable[RunResult]) -> list[dict[str, Any]]:
    """``results`` as JSON objects."""
    return [asdict(result) for result in results]
