"""The readout, the legend's words and the table of a burn-down. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.burn_down_open import Happening, Levels, Mark
from budgetmon.gui.charts.burn_down_pauses import pause_words
from budgetmon.gui.charts.burn_down_shape import BurnDownShape, thinned, unit_scale
from budgetmon.gui.charts.burn_down_view import left_at
from budgetmon.gui.charts.sheet import Sheet, SheetRow, amount_cell, instant_cell, text_cell
from budgetmon.gui.state.formatting import amount_words, counted
from budgetmon.monitor.snapshot import BudgetStatus, PauseRow

translate = QCoreApplication.translate


def readout(
    budget: BudgetStatus, shape: BurnDownShape, open_calls: Levels | None, at: float, *, spent: bool, limited: bool
) -> list[str]:
    """What the lines say at ``at`` (epoch seconds), the largest first."""
    scale = unit_scale(budget.unit)
    found: list[tuple[float, str]] = []
    if at <= shape.now:
        found.append((left_at(shape, at), translate("burn-down", "spent") if spent else translate("burn-down", "left")))
    elif shape.fan is not None and limited:
        found += [
            (float(np.interp(at, shape.fan.at, shape.fan.upper)), translate("burn-down", "at the slowest recent pace")),
            (float(np.interp(at, shape.fan.at, shape.fan.lower)), translate("burn-down", "at the fastest recent pace")),
        ]
    if shape.even is not None and limited:
        found.append((float(np.interp(at, *shape.even)), translate("burn-down", "even pace")))
    shown = [((shape.limit - value if spent else value), name) for value, name in found]
    if open_calls is not None and at <= shape.now:
        place = max(0, int(np.searchsorted(open_calls.at, at, side="right")) - 1)
        held = float(open_calls.left[place] - open_calls.after_held[place])
        doubt = float(open_calls.after_held[place] - open_calls.after_doubt[place])
        shown += [(held, translate("burn-down", "held")), (doubt, translate("burn-down", "in doubt"))]
    ordered = sorted(((value, name) for value, name in shown if value), reverse=True)
    return [f"{name}  {amount_words(budget.unit, round(value * scale))}" for value, name in ordered]


def mark_words(mark: Mark) -> str:
    """One thing that happened, but for pauses, which ``burn_down_pauses`` tells from their begin to their end."""
    match mark.kind:
        case Happening.REFUSED:
            return translate("burn-down", "{calls} refused").format(calls=counted(mark.count, "call"))
        case Happening.ALERT:
            return translate("burn-down", "alert: {share} used").format(share=mark.name)
        case _:
            return translate("burn-down", "run {name} started").format(name=mark.name)


def legend_word(kind: Happening) -> str:
    """What a kind of mark is called."""
    return {
        Happening.REFUSED: translate("burn-down", "refused"),
        Happening.ALERT: translate("burn-down", "alert"),
        Happening.PAUSED: translate("burn-down", "paused"),
        Happening.RESUMED: translate("burn-down", "resumed"),
        Happening.RUN: translate("burn-down", "run"),
    }[kind]


def burn_down_sheet(
    budget: BudgetStatus,
    refused: Sequence[tuple[int, int]],
    pauses: Sequence[PauseRow],
    now: int,
    zone: str,
    *,
    limited: bool,
) -> Sheet:
    """A row per step of the line and one for now, with the calls refused and the pauses begun since the row before.

    Pauses have a column only where there are any.
    """
    titles = [translate("burn-down", "From"), translate("burn-down", "Spent")]
    if limited:
        titles.append(translate("burn-down", "Left"))
    titles.append(translate("burn-down", "Refused"))
    if pauses:
        titles.append(translate("burn-down", "Paused"))
    steps = thinned(budget.burn_down)
    rows = []
    before = -1
    for at, total in [*zip(steps.at, steps.total, strict=True), (max(now, *steps.at[-1:], 0), budget.spent)]:
        cells = [instant_cell(at, zone, now), amount_cell(budget.unit, total)]
        if limited:
            cells.append(amount_cell(budget.unit, budget.limit - total))
        cells.append(amount_cell(Unit.CALLS, sum(count for when, count in refused if before < when <= at)))
        if pauses:
            begun = [pause for pause in pauses if before < pause.at <= at]
            cells.append(text_cell("; ".join(pause_words(pause, zone, now) for pause in begun), order=len(begun)))
        rows.append(SheetRow(at, tuple(cells)))
        before = at
    return Sheet(tuple(titles), tuple(rows), frozenset({len(titles) - 1} if pauses else ()))
