"""Which part of a burn-down is looked at: its whole window, or the recent stretch in which something happens. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from budgetmon.gui.charts.burn_down_shape import BurnDownShape, Floats

_LATE = 0.15  # spending that began in this last part of what has passed shows as a cliff at the scale of the window
_SHORTEST = 120.0  # seconds
_AHEAD = 0.5  # how far a recent view looks ahead, as a share of how far it looks back


@dataclass(frozen=True, slots=True)
class View:
    """Ranges of time (epoch seconds) and of amounts, before any room for words is added."""

    start: float
    end: float
    low: float
    high: float

    def shows(self, at: float, amount: float) -> bool:
        """Whether the point lies in view."""
        return self.start <= at <= self.end and self.low <= amount <= self.high


def whole_view(shape: BurnDownShape) -> View:
    """The whole window, from nothing to the limit."""
    return View(shape.start, shape.end, shape.bottom, shape.limit)


def is_late(shape: BurnDownShape) -> bool:
    """Whether all spending lies so late in the window that the whole of it would show a cliff and nothing else."""
    began = _first_spending(shape)
    passed = shape.now - shape.start
    return began is not None and passed > _SHORTEST and shape.now - began < _LATE * passed


def recent_view(shape: BurnDownShape, span: float) -> View:
    """The last ``span`` seconds, or since the first spending if that is less, and some time ahead.

    Amounts are cut to what is in view when that is less than half of the limit.
    """
    began = _first_spending(shape)
    since_first = (shape.now - began) * 1.1 if began is not None else span
    back = max(_SHORTEST, min(span, since_first))
    start = max(shape.start, shape.now - back)
    ahead = back * _AHEAD
    if shape.runs_out_at is not None and shape.runs_out_at - shape.now < back:
        ahead = max((shape.runs_out_at - shape.now) * 1.6, back * 0.55)
    end = min(max(shape.end, shape.now), shape.now + ahead)
    in_view = [left_at(shape, start), shape.free, *shape.left[shape.at >= start]]
    if shape.projection is not None:
        in_view.append(float(np.interp(end, *shape.projection)))
    low, high = float(min(in_view)), float(max(in_view))
    if high - low > shape.limit / 2 or low <= shape.limit * 0.1:
        low = shape.bottom
    if shape.limit - high < (high - low) / 2:
        high = shape.limit
    margin = max((high - low) * 0.1, shape.limit * 1e-4)
    return View(start, end, low if low == shape.bottom else low - margin, high if high == shape.limit else high + margin)


def range_view(shape: BurnDownShape, since: float, until: float) -> View:
    """The part of the window between two instants that somebody chose, from nothing to the limit."""
    start, end = max(since, shape.start), min(until, max(shape.end, shape.now))
    return whole_view(shape) if start >= end else View(start, end, shape.bottom, shape.limit)


def even_in(shape: BurnDownShape, view: View) -> tuple[Floats, Floats] | None:
    """The even pace cut to the view, None when it is out of it. A dashed line that runs far out would lose its dashes."""
    if shape.even is None:
        return None
    at = np.array([max(view.start, shape.start), min(view.end, shape.end)])
    left = np.interp(at, *shape.even)
    return (at, left) if left.max() >= view.low and left.min() <= view.high else None


def left_at(shape: BurnDownShape, at: float) -> float:
    """What was left at an instant."""
    return float(shape.left[max(0, int(np.searchsorted(shape.at, at, side="right")) - 1)])


def _first_spending(shape: BurnDownShape) -> float | None:
    below = np.flatnonzero(shape.left < shape.limit)
    return float(shape.at[below[0]]) if len(below) else None
