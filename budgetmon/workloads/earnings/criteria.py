"""Which tickers are worth asking about, and how much: figures against ranges, and a score. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Figures:
    """What is known about a ticker; None is not known. IV is a share (0.35), its rank in percent, ``market_cap`` in USD."""

    price: float | None = None
    iv: float | None = None
    iv_rank: float | None = None
    option_volume: int | None = None
    open_interest: int | None = None
    market_cap: float | None = None


FIGURES = tuple(part.name for part in fields(Figures))


@dataclass(frozen=True, slots=True)
class Range:
    """From ``low`` to ``high``, both included; None is open."""

    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part counts in the score; only their proportions matter."""

    iv_rank: float = 40.0
    liquidity: float = 20.0
    sentiment: float = 20.0
    strategy: float = 20.0


# What is liquid enough to be traded around earnings, and large enough to be written about.
DEFAULT_RANGES: Mapping[str, Range] = MappingProxyType(
    {
        "price": Range(5.0),
        "iv": Range(0.1, 3.0),
        "iv_rank": Range(20.0),
        "option_volume": Range(500.0),
        "open_interest": Range(1_000.0),
        "market_cap": Range(500e6),
    }
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """Ranges by the name of the figure, and the weights of the score."""

    ranges: Mapping[str, Range] = field(default_factory=lambda: DEFAULT_RANGES)
    weights: Weights = Weights()


def misses(figures: Figures, ranges: Mapping[str, Range]) -> tuple[str, ...]:
    """A sentence for each figure outside its range. What is not known is not held against a ticker."""
    found: list[str] = []
    for name, limits in ranges.items():
        value = getattr(figures, name)
        if value is None:
            continue
        if limits.low is not None and value < limits.low:
            found.append(f"{_words(name)} {_shown(value)} is below {_shown(limits.low)}")
        elif limits.high is not None and value > limits.high:
            found.append(f"{_words(name)} {_shown(value)} is above {_shown(limits.high)}")
    return tuple(found)


def score(figures: Figures, sentiment: float | None, strategy: float | None, weights: Weights) -> float:
    """From 0 to 100 with one decimal: the weighted mean of what is known.

    ``sentiment`` and ``strategy`` are how sure the answers are, from 0 to 1.
    """
    rank = None if figures.iv_rank is None else figures.iv_rank / 100
    parts = [
        (weights.iv_rank, rank),
        (weights.liquidity, _liquidity(figures.open_interest)),
        (weights.sentiment, sentiment),
        (weights.strategy, strategy),
    ]
    known = [(weight, value) for weight, value in parts if value is not None]
    total = sum(weight for weight, _ in known)
    return round(100 * sum(weight * value for weight, value in known) / total, 1) if total else 0.0


# So many open contracts leave nothing to be wished for.
_PLENTY = 50_000


def _liquidity(open_interest: int | None) -> float | None:
    return None if open_interest is None else min(1.0, open_interest / _PLENTY)


def _words(name: str) -> str:
    return name.replace("_", " ").replace("iv", "IV")


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 1_000 else f"{value:g}"
