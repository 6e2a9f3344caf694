"""Budgets: a limit in USD, calls or tokens over a scope and a period."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.periods import Period, Window, window_at
from budgetmon.core.rules.usage import Usage


class Unit(StrEnum):
    """What a limit counts. Amounts in USD are nanos, the others plain counts."""

    USD = "USD"
    CALLS = "calls"
    TOKENS = "tokens"

    def amount(self, cost: int, usage: Usage) -> int:
        """What one call of ``cost`` nanos and ``usage`` takes from a limit in this unit."""
        if self is Unit.USD:
            return cost
        return usage.calls if self is Unit.CALLS else usage.tokens

    def text(self, amount: int) -> str:
        """``"4.98 USD"``, ``"25 calls"``."""
        return f"{decimal_text(amount)} USD" if self is Unit.USD else f"{amount} {self}"


class OnExceed(StrEnum):
    """What a budget does with a call that does not fit: turn it away, or admit it and alert."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which calls a budget counts: None matches all."""

    provider: str | None = None
    model: str | None = None
    tag: str | None = None
    run: str | None = None

    def matches(self, provider: str, model: str, tag: str | None, run: str | None) -> bool:
        """Whether a call with these attributes counts here."""
        return (
            self.provider in (None, provider)
            and self.model in (None, model)
            and self.tag in (None, tag)
            and self.run in (None, run)
        )


@dataclass(frozen=True, slots=True)
class Budget:
    """One budget as configured. ``warn_at`` holds shares of the limit in percent, ascending; ``zone`` is an IANA name."""

    name: str
    limit: int
    unit: Unit
    period: Period
    zone: str
    scope: Scope = field(default_factory=Scope)
    on_exceed: OnExceed = OnExceed.BLOCK
    warn_at: tuple[int, ...] = ()

    def window_at(self, at: int) -> Window:
        """The window in force at the UTC millisecond ``at``."""
        return window_at(self.period, self.zone, at)

    @property
    def blocks(self) -> bool:
        """Whether a call that does not fit is refused."""
        return self.on_exceed is OnExceed.BLOCK
