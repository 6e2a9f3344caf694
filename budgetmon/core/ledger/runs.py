"""The rows of runs: begin, results, end; and what becomes of a run whose runner died.

A run's budget is in force from its first to its last transaction, whoever registers which config meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import apsw

from budgetmon.core.ledger import rule_book
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.runs import RunEnd, RunOrder, RunProgress, RunResult, RunStatus

# Runs per profile whose single results stay; of older ones the counts do.
KEPT_RUNS = 20
RUNNER_DIED = "Its runner died before it ended."


def begin(db: apsw.Connection, worker: int, order: RunOrder, zone: str, now: int) -> tuple[int, str, str]:
    """Adds a run and puts its budget in force. Returns its number, the name that calls are attributed by, and its files."""
    number = int(str(db.execute("SELECT coalesce(max(id), 0) + 1 FROM run").get))
    name = f"{order.profile} #{number}"
    while db.execute("SELECT 1 FROM run WHERE name = ?", (name,)).get:
        name += "'"
    files = _storable(f"{order.files}/{number}")
    limit = None if order.time_limit is None else round(order.time_limit.total_seconds() * 1000)
    db.execute(
        "INSERT INTO run (id, name, started_at, profile, kind, status, runner, counts, budget, time_limit, folder, args, files)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, '{}', ?, ?, ?, ?, ?)",
        (
            number,
            name,
            now,
            order.profile,
            order.kind,
            RunStatus.RUNNING,
            worker,
            order.budget,
            limit,
            _storable(order.folder),
            json.dumps(order.args),
            files,
        ),
    )
    if order.budget is not None:
        budget = Budget(f"run {name}", order.budget, Unit.USD, Period(Per.LIFETIME), zone, Scope(run=name))
        rule_book.begin_for_run(db, number, budget, now)
    return number, name, files


def add_results(db: apsw.Connection, run: int, results: Sequence[RunResult], progress: RunProgress) -> None:
    """Adds results; a test that is there already gets its last one."""
    db.executemany(
        "INSERT INTO run_result (run, test, outcome, phase, took_us, message, longrepr, file, line)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run, test) DO UPDATE SET outcome = excluded.outcome,"
        " phase = excluded.phase, took_us = excluded.took_us, message = excluded.message, longrepr = excluded.longrepr,"
        " file = excluded.file, line = excluded.line",
        [_row(run, result) for result in results],
    )
    db.execute("UPDATE run SET total = ?, counts = ? WHERE id = ?", (progress.total, json.dumps(dict(progress.counts)), run))


def finish(db: apsw.Connection, run: int, end: RunEnd, now: int) -> None:
    """Ends a run and its budget. One that has ended already stays as it is."""
    db.execute(
        "UPDATE run SET status = ?, exit_code = ?, detail = ?, ended_at = ? WHERE id = ? AND status = ?",
        (end.status, end.exit_code, _storable(end.detail), now, run, RunStatus.RUNNING),
    )
    rule_book.end_for_run(db, run, now)


def reap(db: apsw.Connection, worker: int, is_alive: Callable[[int], bool]) -> int:
    """Ends the runs whose runner died without a word, at the time of its last write. How many those were."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT run.id, runner, last_write_at FROM run JOIN worker ON worker.id = runner WHERE status = ? AND runner <> ?",
        (RunStatus.RUNNING, worker),
    ).fetchall()
    dead = [(run, died_at) for run, runner, died_at in rows if not is_alive(runner)]
    for run, died_at in dead:
        finish(db, run, RunEnd(RunStatus.CRASHED, detail=RUNNER_DIED), died_at)
    return len(dead)


def forget_old_results(db: apsw.Connection, profile: str) -> tuple[str, ...]:
    """Drops the single results of a profile's older runs. Returns the folders whose files may go with them."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT id, files FROM run WHERE profile = ? AND status <> ? AND files IS NOT NULL ORDER BY id DESC LIMIT -1 OFFSET ?",
        (profile, RunStatus.RUNNING, KEPT_RUNS),
    ).fetchall()
    for run, _ in rows:
        db.execute("DELETE FROM run_result WHERE run = ?", (run,))
        db.execute("UPDATE run SET files = NULL WHERE id = ?", (run,))
    return tuple(files for _, files in rows)


def _row(run: int, result: RunResult) -> tuple[int | str | None, ...]:
    return (
        run,
        _storable(result.test),
        result.outcome,
        result.phase,
        max(0, round(result.seconds * 1_000_000)),
        _storable(result.message),
        None if result.longrepr is None else _storable(result.longrepr),
        _storable(result.file),
        result.line,
    )


def _storable(text: str) -> str:
    """SQLite's texts are UTF-8: lone surrogates become escapes, and NUL, where many tools stop reading, too."""
    return text.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
