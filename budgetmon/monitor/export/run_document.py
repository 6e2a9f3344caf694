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
from budgetmon.monitor.export.columns import RUNS
from budgetmon.monitor.export.document import documents
from budgetmon.monitor.snapshot import RunRow


def run_documents(runs: Iterable[RunRow]) -> list[dict[str, Any]]:
    """``runs`` as JSON objects."""
    rows = tuple(runs)
    plain = documents(RUNS, rows)
    return [{**cells, "counts": dict(row.counts), "args": list(row.args)} for cells, row in zip(plain, rows, strict=True)]


def result_documents(results: Iterable[RunResult]) -> list[dict[str, Any]]:
    """``results`` as JSON objects."""
    return [asdict(result) for result in results]
