"""Counters of budget windows: spent, held and in doubt per budget and window start.

No reset is ever written: a new window is a new row, so none can be lost or come late.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import apsw

from budgetmon.core.ledger.values import Amounts, StoredBudget
from budgetmon.core.rules.admission import Position
from budgetmon.core.rules.periods import Window

NOTHING = Amounts(0, 0, 0)


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
    at = max([now, *(row[0].start for _, row in newest if row)])
    return [_standing(stored, row, at) for stored, row in newest], at


def _newest(db: apsw.Connection, budget: int) -> tuple[Window, Position] | None:
    row = db.execute(
        "SELECT start, end, spent, held, in_doubt FROM budget_window WHERE budget = ? ORDER BY start DESC LIMIT 1", (budget,)
    ).fetchone()
    return (Window(row[0], row[1]), Position(row[2], row[3], row[4])) if row else None


def _standing(stored: StoredBudget, newest: tuple[Window, Position] | None, at: int) -> Standing:
    if newest and at in newest[0]:
        return Standing(stored, *newest)
    return Standing(stored, stored.budget.window_at(at), Position())


def add(
    db: apsw.Connection,
    stored: StoredBudget,
    window: Window,
    *,
    spent: Amounts = NOTHING,
    held: Amounts = NOTHING,
    in_doubt: Amounts = NOTHING,
    taken_from_held: Amounts = NOTHING,
    taken_from_doubt: Amounts = NOTHING,
) -> None:
    """Moves amounts between the counters of one window, each in the budget's unit."""
    unit = stored.budget.unit
    db.execute(
        "INSERT INTO budget_window (budget, start, end, spent, held, in_doubt) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (budget, start) DO UPDATE SET"
        " spent = spent + excluded.spent, held = held + excluded.held, in_doubt = in_doubt + excluded.in_doubt",
        (
            stored.id,
            window.start,
            window.end,
            spent.in_unit(unit),
            held.in_unit(unit) - taken_from_held.in_unit(unit),
            in_doubt.in_unit(unit) - taken_from_doubt.in_unit(unit),
        ),
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
