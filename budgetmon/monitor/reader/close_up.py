"""One budget looked at closely: its window in every unit, what is open, what was turned away, which thresholds were crossed."""

from __future__ import annotations

from typing import Any

import apsw

from budgetmon.core.ledger import rule_book, windows
from budgetmon.core.ledger.values import StoredBudget
from budgetmon.core.rules.budgets import Budget, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window
from budgetmon.monitor import series
from budgetmon.monitor.reader import history
from budgetmon.monitor.snapshot import CloseUp, Crossing, Steps

# Open calls beyond these stand at the start of the window: few ledgers ever have as many.
_MOST_OPEN = 2_000
_OPEN_AMOUNT = {
    Unit.USD: "call.hold",
    Unit.CALLS: history.CALL_AMOUNT[Unit.CALLS],
    Unit.TOKENS: history.CALL_AMOUNT[Unit.TOKENS],
}


def read_close_up(db: apsw.Connection, name: str | None, now: int) -> CloseUp | None:
    """The budget called ``name``; None when there is none in force."""
    stored = next((each for each in rule_book.read_budgets(db) if each.budget.name == name), None)
    if stored is None:
        return None
    standing = windows.standings(db, (stored,), now)[0][0]
    budget, position = stored.budget, standing.position
    window = budget.period.view(standing.window, now)
    rows, begin = _window(db, budget, window, now)

    def used(place: int, unit: Unit) -> Steps:
        total = position.spent if unit is budget.unit else sum(row[place] for row in rows)
        return series.cumulative([(row[0], row[place]) for row in rows], total, begin)

    return CloseUp(
        budget=budget.name,
        by_unit={unit: used(place, unit) for place, unit in enumerate(Unit, 1)},
        held=_open(db, budget, window, CallState.HELD, position.held, begin),
        in_doubt=_open(db, budget, window, CallState.IN_DOUBT, position.in_doubt, begin),
        unpriced=series.running((row[0], row[4]) for row in rows),
        refused=tuple((row[0], row[5]) for row in rows if row[5]),
        crossings=_crossings(db, stored, window),
    )


def _window(db: apsw.Connection, budget: Budget, window: Window, now: int) -> tuple[list[tuple[Any, ...]], int]:
    """Start, the amount in each unit, unpriced and refused calls per bucket of the window; and where the first begins."""
    if budget.scope.tag is not None:
        columns = (*(history.CALL_AMOUNT[unit] for unit in Unit), "call.cost IS NULL", "0")
        return history.tagged(db, budget.scope, window, columns), window.start
    columns = (*(history.AMOUNT[unit] for unit in Unit), "sum(unpriced)", "sum(refused)")
    where, values = history.scope_filter(budget.scope)
    rows: list[tuple[Any, ...]] = []
    stretches = series.stretches(window, now)
    for span, start, end in stretches:
        rows += db.execute(
            f"SELECT start, {', '.join(columns)} FROM rollup JOIN model ON model.id = rollup.model"
            " LEFT JOIN run ON run.id = rollup.run WHERE span = ? AND start >= ? AND start < ?"
            f"{where} GROUP BY start ORDER BY start",
            (span, start, end, *values),
        ).fetchall()
    return rows, stretches[0][1] if stretches else window.start


def _open(db: apsw.Connection, budget: Budget, window: Window, state: CallState, total: int, begin: int) -> Steps:
    """What is held or in doubt, by when the calls were made."""
    scope = budget.scope
    where, values = history.scope_filter(scope)
    tag = "" if scope.tag is None else " AND tag.name = ?"
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT call.at, {_OPEN_AMOUNT[budget.unit]} FROM call INDEXED BY call_open JOIN model ON model.id = call.model"
        " LEFT JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run"
        f" WHERE state = ? AND state IN (0, 3) AND call.at >= ? AND call.at < ?{where}{tag} ORDER BY call.at DESC LIMIT ?",
        (state, window.start, window.end, *values, *([] if scope.tag is None else [scope.tag]), _MOST_OPEN),
    ).fetchall()
    return series.cumulative(rows[::-1], total, begin)


def _crossings(db: apsw.Connection, stored: StoredBudget, window: Window) -> tuple[Crossing, ...]:
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT share, at FROM crossing WHERE budget = ? AND window_start >= ? AND window_start < ? ORDER BY at",
        (stored.id, window.start, window.end),
    ).fetchall()
    return tuple(Crossing(share, at) for share, at in rows)
