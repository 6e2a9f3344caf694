"""Pauses of providers, newest first: those in force and those that were lifted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import apsw

from budgetmon.monitor.snapshot import Ask, BudgetStatus, PauseRow

# What a picture holds at most. Pauses are ordered by people, so few ledgers ever have as many.
_PAUSES = 500
_ALL = -1
_SINCE_SCHEMA = 3


def read_shown(db: apsw.Connection, schema: int, ask: Ask, budgets: Sequence[BudgetStatus], now: int) -> tuple[PauseRow, ...]:
    """The newest pauses of what charts show: of the stretch asked for, and of the windows of ``budgets``."""
    until = now if ask.until is None else ask.until
    since = min(until - ask.span // timedelta(milliseconds=1), *(budget.window.start for budget in budgets), until)
    return read_pauses(db, schema, since, most=_PAUSES)


def read_pauses(
    db: apsw.Connection, schema: int, since: int, until: int | None = None, most: int | None = None
) -> tuple[PauseRow, ...]:
    """The pauses that lie in ``[since, until)`` or reach into it: all in force, and at most the newest ``most`` that are over.

    A pause whose end nobody wrote down is among them as long as it may reach into that.
    """
    in_force: list[tuple[Any, ...]] = db.execute("SELECT provider, at, who FROM pause").fetchall()
    lasting = {(provider, at): who for provider, at, who in in_force}
    logged: list[tuple[Any, ...]] = []
    if schema >= _SINCE_SCHEMA:
        logged = db.execute(
            "SELECT provider, at, who, ended_at, ended_by FROM pause_log WHERE (ended_at IS NULL OR ended_at >= ?1)"
            " AND (?2 IS NULL OR at < ?2) ORDER BY at DESC, id DESC LIMIT ?3",
            (since, until, _ALL if most is None else most),
        ).fetchall()
    # Of those that nobody has ended in the log, the table of pauses in force says whether they last.
    rows = [_lifted(row) for row in logged if row[3] is not None or (row[0], row[1]) not in lasting]
    rows += [PauseRow(*key, who, in_force=True) for key, who in lasting.items() if until is None or key[1] < until]
    return tuple(sorted(rows, key=lambda row: -row.at))


def _lifted(row: tuple[Any, ...]) -> PauseRow:
    provider, at, who, ended_at, ended_by = row
    # Without a name, the end is only the latest that it can be; see core.ledger.pause_log.
    return PauseRow(provider, at, who, None if ended_by is None else ended_at, ended_by)
