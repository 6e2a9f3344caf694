"""Burn-downs whose past is read once: a poll reads the last minutes of a window, not all of it.

The past can change after all, when a call that was made long ago is settled late or imported. Then the window's counter
differs from what is remembered and what is new by another amount than before, and all is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budgetmon.core.rules.budgets import Budget
from budgetmon.monitor import series
from budgetmon.monitor.snapshot import Steps

# Which rollups make up a stretch of a burn-down: span, start, end.
Part = tuple[int, int, int]
Read = Callable[[Part], list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class _Past:
    """What is remembered of one budget: the parts that are over as steps, and what the counter holds beyond all parts."""

    budget: Budget
    parts: tuple[Part, ...]
    total: int
    beyond: int
    steps: Steps


class PastSteps:
    """What one reader remembers of one ledger. Used in the reader's thread."""

    def __init__(self) -> None:
        self._pasts: dict[str, _Past] = {}

    def burn_down(self, budget: Budget, parts: Sequence[Part], spent: int, since: int, read: Read) -> Steps:
        """The steps over ``parts``, oldest first, ending at the counter ``spent``; ``read`` reads a part's amounts.

        What the counter holds beyond the parts stands at ``since``.
        """
        if not parts:
            return series.cumulative((), spent, since)
        *over, last = parts
        recent = read(last)
        past = self._pasts.get(budget.name)
        amount = sum(value for _, value in recent)
        if past is None or (past.budget, past.parts, past.beyond) != (budget, tuple(over), spent - amount - past.total):
            past = self._read(budget, tuple(over), spent - amount, since, read)
            self._pasts[budget.name] = past
        return _continued(past, recent)

    def _read(self, budget: Budget, over: tuple[Part, ...], spent: int, since: int, read: Read) -> _Past:
        rows = [row for part in over for row in read(part)]
        total = sum(value for _, value in rows)
        return _Past(budget, over, total, spent - total, series.cumulative(rows, spent, since))


def _continued(past: _Past, recent: Sequence[tuple[int, int]]) -> Steps:
    level = past.total + past.beyond
    at: list[int] = []
    totals: list[int] = []
    for start, amount in recent:
        if amount:
            level += amount
            at.append(start)
            totals.append(level)
    return Steps((*past.steps.at, *at), (*past.steps.total, *totals))
