"""What is held and in doubt under a burn-down, and what happened in its window: numbers and marks. No drawing here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from budgetmon.core.rules.budgets import Scope
from budgetmon.gui.charts.buckets import Floats
from budgetmon.gui.charts.burn_down_pauses import pauses_of
from budgetmon.gui.charts.burn_down_shape import BurnDownShape, unit_scale
from budgetmon.gui.charts.burn_down_view import View
from budgetmon.gui.state.formatting import count, percent_sign
from budgetmon.monitor.snapshot import BudgetStatus, CloseUp, Snapshot, Steps

_MOST_PINS = 60
_PIXELS = 1_000  # about as wide as a chart gets


@dataclass(frozen=True, slots=True)
class Levels:
    """Lines with corners over ``at``: what is left after what was spent, after what is held too, after what is in doubt too."""

    at: Floats
    left: Floats
    after_held: Floats
    after_doubt: Floats


class Happening(StrEnum):
    """What a mark stands for; the value names it in words."""

    REFUSED = "refused"
    ALERT = "alert"
    PAUSED = "paused"
    RESUMED = "resumed"
    RUN = "run"


PAUSE_MARKS = (Happening.PAUSED, Happening.RESUMED)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at ``at`` (epoch seconds): how often, or which one."""

    kind: Happening
    at: float
    count: int = 1
    name: str = ""


def levels(budget: BudgetStatus, shape: BurnDownShape, close_up: CloseUp, view: View) -> Levels | None:
    """What is open, by when its calls were made, from the first of them on as far as it is in view; None when nothing is."""
    if not budget.held and not budget.in_doubt:
        return None
    scale = unit_scale(budget.unit)
    held, doubt = close_up.held, close_up.in_doubt
    instants = np.array([*held.at, *doubt.at], dtype=np.float64) / 1000.0
    begin = max(view.start, shape.start, float(instants.min()) if len(instants) else shape.start)
    if begin >= shape.now:
        return None
    every = np.concatenate((shape.at, instants, [begin]))
    at = _one_per_pixel(np.unique(every[(every >= begin) & (every <= shape.now)]), view)
    left = shape.left[np.maximum(0, np.searchsorted(shape.at, at, side="right") - 1)]
    after_held = left - _at(held, at) / scale
    after_doubt = after_held - _at(doubt, at) / scale
    corners = np.append(np.repeat(at, 2)[1:], shape.now)
    return Levels(corners, *(np.repeat(each, 2) for each in (left, after_held, after_doubt)))


def marks(snapshot: Snapshot, budget: BudgetStatus, close_up: CloseUp, view: View) -> tuple[Mark, ...]:
    """What happened in view: refusals joined where they are too close to tell apart, alerts, pauses and their ends, runs."""
    found = [Mark(Happening.ALERT, each.at / 1000.0, name=percent_sign(count(each.share))) for each in close_up.crossings]
    found += _refusals(close_up, view)
    for pause in pauses_of(snapshot.pauses, budget):
        found.append(Mark(Happening.PAUSED, pause.at / 1000.0, name=pause.provider))
        if pause.ended_at is not None:
            found.append(Mark(Happening.RESUMED, pause.ended_at / 1000.0, name=pause.provider))
    found += [
        Mark(Happening.RUN, run.started_at / 1000.0, name=run.name) for run in snapshot.runs if _counts(budget.scope, run.name)
    ]
    return tuple(sorted((mark for mark in found if view.start <= mark.at <= view.end), key=lambda mark: mark.at))


def _refusals(close_up: CloseUp, view: View) -> list[Mark]:
    wide = max((view.end - view.start) / _MOST_PINS, 1e-3)
    joined: dict[int, tuple[float, int]] = {}
    for start, number in close_up.refused:
        place = int(start / 1000.0 // wide)
        joined[place] = (start / 1000.0, joined.get(place, (0.0, 0))[1] + number)
    return [Mark(Happening.REFUSED, at, number) for at, number in joined.values()]


def _counts(scope: Scope, run: str) -> bool:
    return scope.run in (None, run)


def _one_per_pixel(at: Floats, view: View) -> Floats:
    """The last of the instants that fall on one pixel, and the first of all."""
    pixel = np.floor((at - view.start) / max(1e-9, view.end - view.start) * _PIXELS)
    last = np.append(np.diff(pixel) > 0, True)
    last[0] = True
    kept: Floats = at[last]
    return kept


def _at(steps: Steps, at: Floats) -> Floats:
    """The cumulative count at each of ``at`` (epoch seconds)."""
    if not steps.at:
        return np.zeros(len(at))
    place = np.searchsorted(np.array(steps.at, dtype=np.float64) / 1000.0, at, side="right")
    return np.concatenate(([0.0], np.array(steps.total, dtype=np.float64)))[place]
