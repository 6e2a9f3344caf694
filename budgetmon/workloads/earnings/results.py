"""What came of each ticker, and the order and the columns in which that is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from budgetmon.core.rules.money import to_decimal
from budgetmon.workloads.earnings.criteria import Figures


class Outcome(StrEnum):
    """What came of a ticker. The words are shown as they are."""

    RESULT = "result"
    FILTERED = "filtered"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TickerResult:
    """One ticker. ``detail`` is the sentiment's reason, or why there is no result; ``nanos`` is its cost, None if not known."""

    ticker: str
    outcome: Outcome
    detail: str = ""
    score: float | None = None
    figures: Figures = field(default_factory=Figures)
    sentiment: str | None = None
    strategy: str | None = None
    model: str | None = None
    nanos: int | None = None

    def row(self) -> dict[str, str | int | float | None]:
        """The columns of a table or file; ``cost`` is USD as text, since no float holds money."""
        figures = self.figures
        return {
            "ticker": self.ticker,
            "outcome": self.outcome.value,
            "score": self.score,
            "price": figures.price,
            "iv": figures.iv,
            "iv_rank": figures.iv_rank,
            "option_volume": figures.option_volume,
            "open_interest": figures.open_interest,
            "market_cap": figures.market_cap,
            "sentiment": self.sentiment,
            "strategy": self.strategy,
            "model": self.model,
            "cost": None if self.nanos is None else f"{to_decimal(self.nanos):f}",
            "detail": self.detail,
        }


def ordered(results: Iterable[TickerResult]) -> list[TickerResult]:
    """By score, the highest first; those without one after them, by what came of them and by name."""
    places = {outcome: place for place, outcome in enumerate(Outcome)}
    return sorted(results, key=lambda each: (each.score is None, -(each.score or 0.0), places[each.outcome], each.ticker))
