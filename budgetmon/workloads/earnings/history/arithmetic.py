"""What a year of implied volatilities says about one of them. Pure; values are annualised shares or percents, all alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median


@dataclass(frozen=True, slots=True)
class DayIV:
    """The implied volatility of one day."""

    day: date
    iv: float


@dataclass(frozen=True, slots=True)
class IVStatistics:
    """Some days of history in figures."""

    count: int
    first: date
    last: date
    latest: float
    lowest: float
    highest: float
    mean: float
    median: float


def share_below(values: Sequence[float], iv: float) -> float:
    """The share of ``values`` strictly below ``iv``, in percent with one decimal. ``values`` must not be empty."""
    return round(100 * sum(value < iv for value in values) / len(values), 1)


def place_between(values: Sequence[float], iv: float) -> float | None:
    """Where ``iv`` lies from the lowest (0) to the highest (100) of ``values``, in percent with one decimal.

    What lies outside counts as the end it is beyond. None when all values are the same: then there is no scale.
    """
    lowest, highest = min(values), max(values)
    if lowest == highest:
        return None
    return round(100 * (min(max(iv, lowest), highest) - lowest) / (highest - lowest), 1)


def change(before: float, after: float) -> float:
    """From ``before`` to ``after`` in percent with one decimal."""
    return round(100 * (after - before) / before, 1)


def statistics_of(days: Sequence[DayIV]) -> IVStatistics | None:
    """The figures of ``days``, which are in order; None when there are none."""
    if not days:
        return None
    values = [day.iv for day in days]
    return IVStatistics(
        count=len(values),
        first=days[0].day,
        last=days[-1].day,
        latest=values[-1],
        lowest=min(values),
        highest=max(values),
        mean=fmean(values),
        median=median(values),
    )
