"""Consumption per provider as stacked bars over time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from zoneinfo import ZoneInfo

from budgetmon.core.rules.budgets import Unit
from budgetmon.monitor.export.page import words
from budgetmon.monitor.export.page.drawing import HEIGHT, SERIES, Frame, box, drawn, legend
from budgetmon.monitor.export.page.report import Chart
from budgetmon.monitor.export.page.ticks import amount_ticks
from budgetmon.monitor.snapshot import Buckets

MOST_BARS = 130
_OTHERS = "all others"


def consumption_charts(buckets: Buckets, zone: ZoneInfo) -> tuple[Chart, ...]:
    """What was paid, and how many calls were made, each provider in one colour; a chart with nothing to show is left out."""
    names = sorted(buckets.calls, key=lambda name: (-sum(buckets.cost.get(name, ())), -sum(buckets.calls[name]), name))
    asked = (("Cost per provider", buckets.cost, Unit.USD), ("Calls per provider", buckets.calls, Unit.CALLS))
    return tuple(
        Chart(title, _chart(title, buckets, _stacked(amounts, names, len(buckets.starts)), unit, zone))
        for title, amounts, unit in asked
        if any(map(any, amounts.values()))
    )


def _stacked(amounts: dict[str, tuple[int, ...]], names: Sequence[str], buckets: int) -> dict[str, tuple[int, ...]]:
    """Few enough bars of few enough series: those for which there is no colour left are added up."""
    group = max(1, -(-buckets // MOST_BARS))
    nothing = (0,) * buckets
    rows = {name: amounts.get(name, nothing) for name in names}
    wide = {name: [sum(row[start : start + group]) for start in range(0, buckets, group)] for name, row in rows.items()}
    shown = names if len(names) <= len(SERIES) else names[: len(SERIES) - 1]
    stacked = {name: tuple(wide[name]) for name in shown}
    if rest := names[len(shown) :]:
        stacked[_OTHERS] = tuple(map(sum, zip(*(wide[name] for name in rest), strict=True)))
    return stacked


def _chart(title: str, buckets: Buckets, stacked: dict[str, tuple[int, ...]], unit: Unit, zone: ZoneInfo) -> str:
    group = max(1, -(-len(buckets.starts) // MOST_BARS))
    starts = buckets.starts[::group]
    width = buckets.width * group
    columns = list(zip(*stacked.values(), strict=True))
    marks = amount_ticks(max(map(sum, columns)), unit)
    frame = Frame(starts[0], starts[-1] + width, marks[-1][0])
    names = [words.visible(name, 40) for name in stacked]
    parts = [frame.axes(marks, zone)]
    for start, column in zip(starts, columns, strict=True):
        left, right = frame.x(start), frame.x(start + width)
        gap = min(1.5, (right - left) / 5)
        when = f"{words.local(start, zone)} to {words.local(start + width, zone)}"
        for place, (amount, top) in enumerate(zip(column, accumulate(column), strict=True)):
            if amount:
                hint = f"{names[place]}: {words.amount(unit, amount)}\n{when}"
                height = frame.y(top - amount) - frame.y(top)
                parts.append(box(left, frame.y(top), right - left - gap, height, place, hint))
    words_below, height = legend(names, HEIGHT + 4)
    return drawn([*parts, words_below], HEIGHT + 4 + height, title)
