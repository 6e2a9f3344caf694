"""Counters of budget windows: spent, held and in doubt per budget and window start.

No reset is ever written: a new window is a new row, so none can be lost or come late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import apsw

from budgetmon.core.ledger.values import StoredBudget
from budgetmon.core.rules.admission import Position
from budgetmon.core.rules.periods import Per, Window


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget, its window in force, and the counters of that window."""

    stored: StoredBudget
    window: Window
    position: Position


def standings(db: apsw.Connection, budgets: Iterable[StoredBudget], now: int) -> tuple[list[Standing], int]:
    """How ``budgets`` stand at ``now``, and the instant at which a call made now counts.

    That instant is ``now``, unless the clock was set back behind the start of a window that is already in use: a closed
    window never opens again, so the call counts at the start of the newest one.
    """
    newest = [(stored, _newest(db, stored.id)) for stored in budgets]
    at = now
    for _, row in newest:
        if row and row[0].start > at:
            at = row[0].start
    return [_standing(db, stored, row, at) for stored, row in newest], at


def _newest(db: apsw.Connection, budget: int) -> tuple[Window, Position] | None:
    row = db.execute(
        "SELECT start, end, spent, held, in_doubt FROM budget_window WHERE budget = ? ORDER BY start DESC LIMIT 1", (budget,)
    ).fetchone()
    return (Window(row[0], row[1]), Position(row[2], row[3], row[4])) if row else None


def _standing(db: apsw.Connection, stored: StoredBudget, newest: tuple[Window, Position] | None, at: int) -> Standing:
    window = newest[0] if newest and at in newest[0] else stored.budget.window_at(at)
    if stored.budget.period.per is Per.ROLLING:
        return Standing(stored, window, _rolling(db, stored, at))
    return Standing(stored, window, newest[1] if newest and window == newest[0] else Position())


def _rolling(db: apsw.Connection, stored: StoredBudget, at: int) -> Position:
    row = db.execute(
        "SELECT coalesce(sum(spent), 0), coalesce(sum(held), 0), coalesce(sum(in_doubt), 0)"
        " FROM budget_window WHERE budget = ? AND start >= ?",
        (stored.id, stored.budget.period.counted_since(at)),
    ).fetchone()
    assert row is not None
    return Position(*row)


def frees_at(db: apsw.Connection, standing: Standing, asked: int) -> int | None:
    """When time alone makes room for ``asked``; None for never."""
    budget = standing.stored.budget
    period = budget.period
    if asked > budget.limit or period.per is Per.LIFETIME:
        return None
    if period.per is not Per.ROLLING:
        return standing.window.end
    committed = standing.position.committed
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT end, spent + held + in_doubt FROM budget_window WHERE budget = ? AND start >= ? ORDER BY start",
        (standing.stored.id, period.counted_since(standing.window.start)),
    ).fetchall()
    for end, amount in rows:
        committed -= amount
        if committed + asked <= budget.limit:
            return int(end) + period.length
    return standing.window.end + period.length


def add(db: apsw.Connection, stored: StoredBudget, window: Window, *, spent: int = 0, held: int = 0, in_doubt: int = 0) -> int:
    """Moves the counters of one window by these amounts, in the budget's unit. What is spent in it then."""
    row = db.execute(
        "INSERT INTO budget_window (budget, start, end, spent, held, in_doubt) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (budget, start) DO UPDATE SET"
        " spent = spent + excluded.spent, held = held + excluded.held, in_doubt = in_doubt + excluded.in_doubt"
        " RETURNING spent",
        (stored.id, window.start, window.end, spent, held, in_doubt),
    ).fetchone()
    assert row is not None
    return int(row[0])


def note_crossings(db: apsw.Connection, stored: StoredBudget, window: Window, spent: int, total: int, now: int) -> None:
    """Stores each threshold that the last ``spent`` crossed on its way to ``total``: once per window, whoever comes first."""
    budget = stored.budget
    if budget.period.per is Per.ROLLING:
        total = _rolling(db, stored, window.start).spent
    for share in budget.warn_at:
        if (total - spent) * 100 < share * budget.limit <= total * 100:
            db.execute(
                "INSERT OR IGNORE INTO crossing (budget, window_start, share, at, spent, amount) VALUES (?, ?, ?, ?, ?, ?)",
                (stored.id, window.start, share, now, total, budget.limit),
            )


def window_of(db: apsw.Connection, stored: StoredBudget, at: int) -> Window:
    """The window in which a call made at ``at`` counts: the stored one if there is one, so that later changes of time
    zone rules move nothing."""
    row = db.execute(
        "SELECT start, end FROM budget_window WHERE budget = ? AND start <= ? ORDER BY start DESC LIMIT 1", (stored.id, at)
    ).fetchone()
    if row and row[0] <= at < row[1]:
        return Window(row[0], row[1])
    return stored.budget.window_at(at)


def is_over(db: apsw.Connection, stored: StoredBudget, at: int, now: int) -> bool:
    """Whether what was made at ``at`` no longer counts against the budget at ``now``."""
    window = window_of(db, stored, at)
    return window.end + stored.budget.period.length <= now
