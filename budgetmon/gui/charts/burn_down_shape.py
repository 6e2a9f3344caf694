"""The shape of a burn-down as numbers: what is left over a window, the even pace, and the projection. No drawing here."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import NANOS_PER_USD
from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus, Pace, Steps

Floats = NDArray[np.float64]
_HOUR_MS = 3_600_000
MOST_STEPS = 1_200  # about two a pixel


@dataclass(frozen=True, slots=True)
class Fan:
    """Where what is left will lie between a slow and a fast pace."""

    at: Floats
    upper: Floats
    lower: Floats


@dataclass(frozen=True, slots=True)
class BurnDownShape:
    """Pixel-bound numbers: x is epoch seconds, y dollars or counts.

    ``at`` and ``left`` are steps: from ``at[i]`` on, ``left[i]`` was left. ``even`` and ``projection`` are two points each.
    """

    at: Floats
    left: Floats
    start: float
    end: float
    now: float
    limit: float
    free: float
    even: tuple[Floats, Floats] | None
    projection: tuple[Floats, Floats] | None
    runs_out_at: float | None
    thresholds: tuple[tuple[int, float], ...]
    fan: Fan | None = None

    def corners(self) -> tuple[Floats, Floats]:
        """The steps as a line with corners: each amount holds until the next instant."""
        return np.repeat(self.at, 2)[1:], np.repeat(self.left, 2)[:-1]

    @property
    def bottom(self) -> float:
        """The lowest amount to show: zero, or below it after an overrun."""
        return min(0.0, self.free, float(self.left.min()) if len(self.left) else 0.0)


def unit_scale(unit: Unit) -> float:
    """How many stored units make one shown unit: dollars are stored as nanos."""
    return float(NANOS_PER_USD) if unit is Unit.USD else 1.0


def burn_down_shape(budget: BudgetStatus, now: int) -> BurnDownShape:
    """The shape of ``budget`` at the UTC millisecond ``now``."""
    scale = unit_scale(budget.unit)
    limit = budget.limit / scale
    steps = thinned(budget.burn_down)
    endless = budget.window.end >= FAR_FUTURE
    start = _first_moment(budget, now) if endless else budget.window.start
    shown_now = min(max(now, start), budget.window.end)
    at = np.array([start, *steps.at, shown_now], dtype=np.float64) / 1000.0
    left = limit - np.array([0, *steps.total, budget.spent], dtype=np.float64) / scale
    free = (
        budget.remaining / scale
        if budget.state is not BudgetState.EXHAUSTED
        else max(0.0, float(left[-1] if budget.remaining else 0.0))
    )
    looks_ahead = endless or budget.rolls
    end = _horizon(start, shown_now, budget.pace.runs_out_at) if looks_ahead else budget.window.end
    return BurnDownShape(
        at=np.maximum.accumulate(at),
        left=left,
        start=start / 1000.0,
        end=end / 1000.0,
        now=shown_now / 1000.0,
        limit=limit,
        free=free,
        even=None if endless or budget.rolls else (np.array([start, end]) / 1000.0, np.array([limit, 0.0])),
        projection=_projection(budget, shown_now, end, free, scale),
        runs_out_at=None if budget.pace.runs_out_at is None else budget.pace.runs_out_at / 1000.0,
        thresholds=tuple((percent, limit * (100 - percent) / 100.0) for percent in budget.warn_at),
        fan=_fan(budget, shown_now, end, free, scale),
    )


def in_unit(budget: BudgetStatus, used: Steps, unit: Unit) -> BudgetStatus:
    """The same window counted in another ``unit``, as ``used`` says: without a limit, so that all of it is "left" at first."""
    total = used.total[-1] if used.total else 0
    room = max(1, total + total // 8)  # so that the line does not run into the words at the top
    return replace(
        budget,
        unit=unit,
        limit=room,
        spent=total,
        held=0,
        in_doubt=0,
        remaining=room - total,
        warn_at=(),
        state=BudgetState.OK,
        pace=Pace(),
        burn_down=used,
    )


def thinned(steps: Steps, most: int = MOST_STEPS) -> Steps:
    """At most about ``most`` steps, the last one among them. What is left out is added to the step after it."""
    every = -(-len(steps.at) // most)
    if every <= 1:
        return steps
    kept = range(len(steps.at) - 1, -1, -every)[::-1]
    return Steps(tuple(steps.at[place] for place in kept), tuple(steps.total[place] for place in kept))


def _first_moment(budget: BudgetStatus, now: int) -> int:
    """Where the picture of a lifetime starts: a little before the first spending."""
    first = budget.burn_down.at[0] if budget.burn_down.at else now - _HOUR_MS
    return first - max(60_000, (now - first) // 50)


def _horizon(start: int, now: int, runs_out_at: int | None) -> int:
    """How far the picture of a lifetime looks ahead: to where it runs out, but never more than twice what has passed."""
    passed = max(60_000, now - start)
    ahead = passed // 3 if runs_out_at is None else int((runs_out_at - now) * 1.08)
    return now + min(max(ahead, passed // 6), 2 * passed)


def _projection(budget: BudgetStatus, now: int, end: int, free: float, scale: float) -> tuple[Floats, Floats] | None:
    if not budget.pace.per_hour or free <= 0 or now >= end:
        return None
    runs_out_at = budget.pace.runs_out_at
    if runs_out_at is not None and now < runs_out_at <= end:
        until, then = runs_out_at, 0.0
    else:
        until, then = end, max(0.0, free - budget.pace.per_hour / scale * (end - now) / _HOUR_MS)
    return np.array([now, until]) / 1000.0, np.array([free, then])


def _fan(budget: BudgetStatus, now: int, end: int, free: float, scale: float) -> Fan | None:
    """The band of the projection: from now on between the slowest and the fastest of the recent rates."""
    slow, fast = budget.pace.slow_per_hour, budget.pace.fast_per_hour
    if slow is None or fast is None or free <= 0 or now >= end or fast <= slow:
        return None
    down = [rate / scale / _HOUR_MS for rate in (slow, fast)]
    ends = [now + free / rate for rate in down if rate > 0]
    at = np.array(sorted({float(now), float(end), *(each for each in ends if each < end)}))
    upper, lower = (np.maximum(0.0, free - rate * (at - now)) for rate in down)
    return Fan(at / 1000.0, upper, lower)
