"""What the consumption chart draws, as numbers: which measure, which names, how high each bar. No drawing here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import AxisUnit, Measure
from budgetmon.gui.charts.buckets import MOST_BARS, Floats, joined, summed
from budgetmon.gui.charts.burn_down_shape import unit_scale
from budgetmon.monitor.snapshot import Buckets, Latencies, Snapshot, Stack

MOST_NAMES = 7
OTHERS = "\N{HORIZONTAL ELLIPSIS}"  # the name of what is left when there are more names than can be told apart
FAILED, REFUSED = "failed", "refused"
_HOUR = 3_600_000
_MINUTE = 60_000
_SHORTEST = 1_000  # a rate over less than a second says nothing


class Metric(StrEnum):
    """What is measured."""

    COST = "cost"
    CALLS = "calls"
    TOKENS = "tokens"
    COST_RATE = "cost an hour"
    CALL_RATE = "calls a minute"
    TROUBLE = "failed and refused"
    LATENCY = "latency"

    @property
    def unit(self) -> Unit:
        """What the stored amounts count."""
        if self in (Metric.COST, Metric.COST_RATE):
            return Unit.USD
        return Unit.TOKENS if self is Metric.TOKENS else Unit.CALLS

    @property
    def axis(self) -> AxisUnit:
        """What the axis shows."""
        return {Metric.LATENCY: Measure.SECONDS, Metric.CALL_RATE: Measure.CALLS_A_MINUTE}.get(self) or self.unit


@dataclass(frozen=True, slots=True)
class Consumed:
    """Amounts per bar and name, the largest name first, and those beyond the most that are told apart joined as ``OTHERS``.

    ``joined_names`` says how many those are. Amounts are stored units, ``starts`` UTC milliseconds.
    """

    starts: tuple[int, ...]
    width: int
    amounts: dict[str, tuple[int, ...]]
    totals: dict[str, int]
    joined_names: int = 0
    complete_from: int | None = None


def buckets_for(snapshot: Snapshot, stack: Stack, focus: str | None) -> Buckets | None:
    """The buckets of ``snapshot`` that are stacked this way; None while it was asked for others."""
    if stack is Stack.PROVIDER:
        return snapshot.consumption if focus is None else _only(snapshot.consumption, focus)
    asked = snapshot.ask.charts
    return snapshot.stacked if (asked.stack, asked.focus) == (stack, focus) else None


def consumed(buckets: Buckets, metric: Metric, since: int = 0) -> Consumed:
    """The bars of ``metric`` from the instant ``since`` on; names without any are left out."""
    first = next((place for place, start in enumerate(buckets.starts) if start + buckets.width > since), 0)
    cut = {name: values[first:] for name, values in _amounts(buckets, metric).items()}
    amounts = {name: values for name, values in cut.items() if any(values)}
    starts, width, factor = joined(buckets.starts[first:], buckets.width, MOST_BARS)
    totals = {name: sum(values) for name, values in amounts.items()}
    order = sorted(amounts, key=lambda name: (-totals[name], name))
    if metric is Metric.TROUBLE:
        order.sort(key=(FAILED, REFUSED).index)
    kept, rest = (order, []) if len(order) <= MOST_NAMES else (order[: MOST_NAMES - 1], order[MOST_NAMES - 1 :])
    bars = {name: tuple(summed(amounts[name], factor)) for name in kept}
    if rest:
        bars[OTHERS] = tuple(summed(tuple(map(sum, zip(*(amounts[name] for name in rest), strict=True))), factor))
    return Consumed(
        tuple(starts), width, bars, {name: sum(values) for name, values in bars.items()}, len(rest), buckets.complete_from
    )


def heights(shape: Consumed, metric: Metric, name: str, now: int) -> Floats:
    """How high the bars of ``name`` are on the axis. A rate in the bucket under way is over what has passed of it."""
    values = np.array(shape.amounts[name], dtype=np.float64) / unit_scale(metric.unit)
    if metric not in (Metric.COST_RATE, Metric.CALL_RATE):
        return values
    starts = np.array(shape.starts, dtype=np.float64)
    passed = np.clip(now - starts, _SHORTEST, shape.width)
    return values * (_HOUR if metric is Metric.COST_RATE else _MINUTE) / passed


def latency_lines(found: Latencies) -> dict[str, tuple[Floats, Floats, Floats]]:
    """Per name: instants in the middle of each bucket (epoch seconds), median and 95th percentile in seconds, NaN in gaps.

    Of more names than can be told apart, those with most buckets.
    """
    at = (np.array(found.starts, dtype=np.float64) + found.width / 2) / 1000.0
    busiest = sorted(found.typical, key=lambda name: (sum(each is None for each in found.typical[name]), name))
    return {name: (at, _seconds(found.typical[name]), _seconds(found.slow[name])) for name in busiest[:MOST_NAMES]}


def _seconds(values: tuple[int | None, ...]) -> Floats:
    return np.array([np.nan if value is None else value / 1000.0 for value in values], dtype=np.float64)


def _amounts(buckets: Buckets, metric: Metric) -> dict[str, tuple[int, ...]]:
    match metric:
        case Metric.COST | Metric.COST_RATE:
            return buckets.cost
        case Metric.TOKENS:
            return buckets.tokens
        case Metric.TROUBLE:
            return {FAILED: _over_all(buckets.failed), REFUSED: _over_all(buckets.refused)}
        case _:
            return buckets.calls


def _only(buckets: Buckets, name: str) -> Buckets:
    """The buckets of one name."""

    def only(columns: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
        return {name: columns[name]} if name in columns else {}

    return Buckets(
        buckets.width,
        buckets.starts,
        only(buckets.cost),
        only(buckets.calls),
        only(buckets.failed),
        only(buckets.tokens),
        only(buckets.refused),
    )


def _over_all(columns: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*columns.values(), strict=True)))
