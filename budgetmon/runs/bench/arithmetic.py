"""The arithmetic of measuring: percentiles, ratios of rounds, and rounds that take turns."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Waits:
    """How long single operations took, in seconds."""

    count: int
    p50: float
    p99: float
    p999: float
    longest: float


def waits(seconds: Iterable[float]) -> Waits:
    """Sums up durations. Raises ValueError when there are none."""
    ordered = sorted(seconds)
    if not ordered:
        raise ValueError("nothing was measured")
    return Waits(
        count=len(ordered),
        p50=percentile(ordered, 0.5),
        p99=percentile(ordered, 0.99),
        p999=percentile(ordered, 0.999),
        longest=ordered[-1],
    )


def typical(rounds: Sequence[Waits]) -> Waits:
    """What a round is like: medians over ``rounds``, but all operations and the longest wait of all."""
    return Waits(
        count=sum(each.count for each in rounds),
        p50=median(each.p50 for each in rounds),
        p99=median(each.p99 for each in rounds),
        p999=median(each.p999 for each in rounds),
        longest=max(each.longest for each in rounds),
    )


def percentile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the ascending ``ordered`` that at least ``share`` of them (above 0, up to 1) do not exceed."""
    if not ordered or not 0 < share <= 1:
        raise ValueError("a percentile needs values, and a share above 0 and up to 1")
    # The tolerance keeps a share such as 0.07, which no float hits exactly, from counting one value too many.
    rank = math.ceil(share * len(ordered) - 1e-9)
    return ordered[max(rank, 1) - 1]


def median_ratio(dividends: Sequence[float], divisors: Sequence[float]) -> float:
    """The median over rounds of ``dividend / divisor``. Each round is compared with its neighbour, so that a machine that
    slows down for a while slows both."""
    return median(dividend / divisor for dividend, divisor in zip(dividends, divisors, strict=True))


def interleaved(contestants: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, tuple[float, ...]]:
    """What each contestant measured in each round. They take turns, and every other round in reverse order, so that
    none is always the one that comes after a certain other."""
    measured: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants)
        if number % 2:
            order.reverse()
        for name in order:
            measured[name].append(contestants[name]())
    return {name: tuple(values) for name, values in measured.items()}
