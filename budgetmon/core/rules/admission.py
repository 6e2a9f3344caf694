"""The arithmetic of admission: may an amount be set aside, and if not, the receipt that says why."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import MAX_INT64
from budgetmon.core.rules.periods import Window, iso_utc


@dataclass(frozen=True, slots=True)
class Position:
    """Counters of one budget window, in the budget's unit."""

    spent: int = 0
    held: int = 0
    in_doubt: int = 0

    @property
    def committed(self) -> int:
        """What is no longer free: spent, held and in doubt together."""
        return self.spent + self.held + self.in_doubt


@dataclass(frozen=True, slots=True)
class Holder:
    """A worker that holds part of a budget: its number and pid, and how much, in the budget's unit."""

    worker: int
    pid: int
    amount: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """The whole arithmetic of one refusal. Amounts are in ``unit``; ``str()`` is the text that people read.

    ``frees_at`` (UTC milliseconds) is when the window lets enough go by itself; None is never.
    ``holders`` are the largest of those who held part of the budget at that moment.
    """

    budget: str
    unit: Unit
    limit: int
    window: Window
    spent: int
    held: int
    in_doubt: int
    asked: int
    provider: str
    model: str
    tag: str | None = None
    frees_at: int | None = None
    holders: tuple[Holder, ...] = ()

    @property
    def free(self) -> int:
        """What was left to set aside, never below zero."""
        return max(0, self.limit - self.spent - self.held - self.in_doubt)

    def __str__(self) -> str:
        show = self.unit.text
        if self.asked > self.limit:
            frees = "more than the whole limit"
        else:
            frees = "never frees by itself" if self.frees_at is None else f"frees at {iso_utc(self.frees_at)}"
        holders = ", ".join(f"worker {h.worker} (pid {h.pid}) {show(h.amount)}" for h in self.holders)
        return (
            f"{self.model} ({self.provider}) refused by budget '{self.budget}': "
            f"asked {show(self.asked)}, free {show(self.free)} = limit {show(self.limit)} - spent {show(self.spent)} "
            f"- held {show(self.held)} - in doubt {show(self.in_doubt)}; {frees}" + (f"; held by {holders}" if holders else "")
        )


def fits(limit: int, position: Position, asked: int) -> bool:
    """Whether ``asked`` more stays within ``limit``. A hold is admitted whole or not at all."""
    total = position.committed + asked
    return total <= limit and total <= MAX_INT64
