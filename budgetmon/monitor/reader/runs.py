"""Runs, newest first, with what each cost; and the results of one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import apsw

from budgetmon.core.ledger.runs import RUNNER_DIED
from budgetmon.core.rules.runs import RunKind, RunResult, RunStatus
from budgetmon.core.storage.liveness import Liveness
from budgetmon.monitor.reader.tables import lives
from budgetmon.monitor.snapshot import RunRow

_RUNS = 100
_ALL = -1
_HOUR = 3_600_000
_SINCE_SCHEMA = 2
_SELECT = (
    "SELECT run.id, run.name, run.started_at, profile, kind, status, run.ended_at, exit_code, total, counts, budget,"
    " time_limit, folder, args, files, detail, worker.pid, runner, worker.ended_at IS NOT NULL"
    " FROM run LEFT JOIN worker ON worker.id = runner WHERE {} ORDER BY run.id DESC LIMIT ?2"
)


def read_runs(db: apsw.Connection, schema: int, liveness: Liveness, only: int | None = None) -> tuple[RunRow, ...]:
    """The newest runs, or ``only`` one of any age. One whose runner is dead has crashed, even if nobody wrote that down yet."""
    if schema < _SINCE_SCHEMA:
        return ()
    return _runs(db, liveness, _SELECT.format("?1 IS NULL OR run.id = ?1"), (only, _RUNS))


def read_runs_of_range(
    db: apsw.Connection, schema: int, liveness: Liveness, since: int, until: int, providers: Sequence[str] = ()
) -> tuple[RunRow, ...]:
    """Every run that lies in ``[since, until)`` or reaches into it, also by calls alone, newest first.

    Of some ``providers``, only the runs that asked something of them, with what they spent on them.
    """
    if schema < _SINCE_SCHEMA:
        return ()
    called = "SELECT run FROM rollup WHERE span = ?4 AND start >= ?1 - ?1 % ?4 AND start < ?3 AND run > 0"
    lasted = "run.started_at < ?3 AND (run.ended_at >= ?1 OR run.started_at >= ?1 OR status = ?5)"
    query = _SELECT.format(f"({lasted}) OR run.id IN ({called})")
    found = _runs(db, liveness, query, (since, _ALL, until, _HOUR, RunStatus.RUNNING), providers)
    return tuple(run for run in found if not providers or run.calls or run.refused)


def _runs(
    db: apsw.Connection, liveness: Liveness, query: str, values: tuple[object, ...], providers: Sequence[str] = ()
) -> tuple[RunRow, ...]:
    found: list[tuple[Any, ...]] = db.execute(query, values).fetchall()
    between = (found[-1][0], found[0][0]) if found else (0, 0)
    # Of every poll, so that names are looked up only where some are asked for.
    joined = " JOIN model ON model.id = rollup.model" if providers else ""
    of = f" AND provider IN ({', '.join('?' * len(providers))})" if providers else ""
    costs = _by_run(
        db,
        "SELECT run, sum(calls), sum(failed), sum(refused), sum(unpriced), sum(cost) FROM rollup INDEXED BY rollup_by_run"
        f"{joined} WHERE span = 0 AND run > 0 AND run BETWEEN ? AND ?{of} GROUP BY run",
        (*between, *providers),
    )
    lookups = _by_run(db, "SELECT run, sum(hits), sum(misses) FROM run_cache WHERE run BETWEEN ? AND ? GROUP BY run", between)
    return tuple(_run(row, costs.get(row[0], (0,) * 5), lookups.get(row[0], (0, 0)), liveness) for row in found)


def read_results(db: apsw.Connection, schema: int, run: int) -> tuple[RunResult, ...]:
    """The results of a run in the order of arrival."""
    if schema < _SINCE_SCHEMA:
        return ()
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT test, outcome, phase, took_us / 1e6, message, longrepr, file, line FROM run_result WHERE run = ? ORDER BY id",
        (run,),
    ).fetchall()
    return tuple(RunResult(*row) for row in rows)


def _by_run(db: apsw.Connection, query: str, values: tuple[object, ...]) -> dict[int, tuple[int, ...]]:
    rows: list[tuple[Any, ...]] = db.execute(query, values).fetchall()
    return {row[0]: row[1:] for row in rows}


def _run(row: tuple[Any, ...], costs: tuple[int, ...], lookups: tuple[int, ...], liveness: Liveness) -> RunRow:
    number, name, started_at, profile, kind, status, ended_at, exit_code, total, counts, *more, runner, left = row
    budget, time_limit, folder, args, files, detail, pid = more
    if status == RunStatus.RUNNING and (left or lives(liveness, runner) is False):
        status, detail = RunStatus.CRASHED, RUNNER_DIED
    calls, failed, refused, unpriced, cost = costs
    return RunRow(
        id=number,
        name=name,
        started_at=started_at,
        pid=pid,
        profile=profile,
        kind=None if kind is None else RunKind(kind),
        status=None if status is None else RunStatus(status),
        ended_at=ended_at,
        exit_code=exit_code,
        total=total,
        counts=tuple(json.loads(counts).items()) if counts else (),
        budget=budget,
        time_limit_ms=time_limit,
        folder=folder or "",
        args=tuple(json.loads(args)) if args else (),
        files=files,
        detail=detail or "",
        calls=calls,
        failed_calls=failed,
        refused=refused,
        unpriced_calls=unpriced,
        cost=cost,
        hits=lookups[0],
        misses=lookups[1],
    )
