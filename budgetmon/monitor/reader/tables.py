"""Refusals and workers, newest first."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

import apsw

from budgetmon.core.rules.admission import Holder, Receipt
from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.periods import Window
from budgetmon.core.rules.refusals import PausedError
from budgetmon.core.storage.liveness import Liveness
from budgetmon.monitor.snapshot import RefusalRow, WorkerRow

_WORKERS = 200
_SELECT_WORKERS = (
    "SELECT id, pid, host, started_at, last_write_at, ended_at, calls, opened - closed,"
    " (SELECT coalesce(sum(hold), 0) FROM call INDEXED BY call_open WHERE state = 0 AND state IN (0, 3)"
    " AND call.worker = worker.id), command, engine FROM worker"
)

# What stands in the place of the budget when a pause turned the call away.
PAUSED = "paused"
_NO_LIMIT = -1


SELECT_REFUSALS = (
    "SELECT refusal.id, refusal.at, model.provider, model.name, tag.name, budget.name, budget.unit, window_start,"
    " window_end, refusal.amount, spent, held, in_doubt, asked, frees_at, holders,"
    " run.name, refusal.worker"
    " FROM refusal CROSS JOIN model ON model.id = refusal.model"
    " LEFT JOIN budget ON budget.id = refusal.budget LEFT JOIN tag ON tag.id = refusal.tag"
    " LEFT JOIN run ON run.id = refusal.run"
    " {only} ORDER BY refusal.id DESC LIMIT ?"
)


def read_refusals(db: apsw.Connection, rows: int) -> tuple[RefusalRow, ...]:
    """The newest ``rows`` refusals with their receipts."""
    return refusal_rows(db, SELECT_REFUSALS.format(only=""), rows)


def refusal_rows(db: apsw.Connection, query: str, *values: Any) -> tuple[RefusalRow, ...]:
    """What a query made of ``SELECT_REFUSALS`` finds."""
    found: list[tuple[Any, ...]] = db.execute(query, values).fetchall()
    return tuple(_refusal(row) for row in found)


def refusals_where(db: apsw.Connection, condition: str, values: tuple[object, ...]) -> Iterator[RefusalRow]:
    """The refusals that meet a condition in SQL on ``refusal`` and ``model``, newest first, read as they are asked for."""
    rows: Iterable[Any] = db.execute(SELECT_REFUSALS.format(only=f"WHERE {condition}"), (*values, _NO_LIMIT))
    return map(_refusal, rows)


def _refusal(row: tuple[Any, ...]) -> RefusalRow:
    number, at, provider, model, tag, budget, unit, start, end, *sums, frees_at, holders, run, worker = row
    limit, spent, held, in_doubt, asked = sums
    if budget is None:
        words = str(PausedError(provider, model))
        return RefusalRow(number, at, provider, model, tag, PAUSED, Unit.USD, asked, 0, words, None, run, worker)
    receipt = Receipt(
        budget=budget,
        unit=Unit(unit),
        limit=limit,
        window=Window(start, end),
        spent=spent,
        held=held,
        in_doubt=in_doubt,
        asked=asked,
        provider=provider,
        model=model,
        tag=tag,
        frees_at=frees_at,
        holders=tuple(Holder(*holder) for holder in json.loads(holders)) if holders else (),
    )
    seen = (receipt.unit, asked, receipt.free, str(receipt), receipt.window)
    return RefusalRow(number, at, provider, model, tag, budget, *seen, run, worker)


def read_workers(db: apsw.Connection, liveness: Liveness) -> tuple[WorkerRow, ...]:
    """The newest workers, with what each holds and whether it lives."""
    found: list[tuple[Any, ...]] = db.execute(f"{_SELECT_WORKERS} ORDER BY id DESC LIMIT ?", (_WORKERS,)).fetchall()
    return tuple(_worker(row, liveness) for row in found)


def read_worker(db: apsw.Connection, number: int, liveness: Liveness) -> WorkerRow | None:
    """One worker of any age; None when there is none of that number."""
    found: tuple[Any, ...] | None = db.execute(f"{_SELECT_WORKERS} WHERE id = ?", (number,)).fetchone()
    return None if found is None else _worker(found, liveness)


def _worker(row: tuple[Any, ...], liveness: Liveness) -> WorkerRow:
    number, pid, host, started_at, last_write_at, ended_at, calls, connections, held, command, engine = row
    alive = False if ended_at is not None else lives(liveness, number)
    return WorkerRow(
        id=number,
        pid=pid,
        host=host,
        started_at=started_at,
        last_write_at=last_write_at,
        alive=alive,
        calls=calls,
        held=held,
        connections=0 if alive is False else connections,
        leaked=connections if alive is False else 0,
        command=command,
        engine=engine,
    )


def lives(liveness: Liveness, worker: int) -> bool | None:
    """Whether a worker's process lives; None where that cannot be told, as without the right to read the side file."""
    with contextlib.suppress(OSError):
        return liveness.is_alive(worker)
    return None
