"""The arithmetic of admission: may an amount be set aside, and if not, the receipt that says why."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import MAX_INT64
from budgetmon.core.rules.periods import FAR_FUTURE, Window, iso_utc


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
class Receipt:
    """The whole arithmetic of one refusal. Amounts are in ``unit``; ``str()`` is the text that people read."""

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

    @property
    def free(self) -> int:
        """What was left to set aside, never below zero."""
        return max(0, self.limit - self.spent - self.held - self.in_doubt)

    def __str__(self) -> str:
        frees = "never by itself" if self.window.end >= FAR_FUTURE else f"when its window ends at {iso_utc(self.window.end)}"
        show = self.unit.text
        return (
            f"{self.model} ({self.provider}) refused by budget '{self.budget}': "
            f"asked {show(self.asked)}, free {show(self.free)} = limit {show(self.limit)} - spent {show(self.spent)} "
            f"- held {show(self.held)} - in doubt {show(self.in_doubt)}; "
            f"frees {frees}, or sooner if holds settle below what they set aside"
        )


def fits(limit: int, position: Position, asked: int) -> bool:
    """Whether ``asked`` more stays within ``limit``. A hold is admitted whole or not at all."""
    total = position.committed + asked
    return total <= limit and total <= MAX_INT64
