"""The words and the table of the consumption chart. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.charts.consumption_shape import OTHERS, Consumed, Metric, heights
from budgetmon.gui.charts.sheet import Cell, Sheet, SheetRow, amount_cell, instant_cell, text_cell
from budgetmon.gui.state.formatting import amount_words, dollars, moment, number
from budgetmon.monitor.snapshot import MODEL_MARK, Stack

translate = QCoreApplication.translate


def name_words(name: str, stack: Stack, shape: Consumed | None = None) -> str:
    """The name of a series: what has no tag or run is said to have none, and the rest are counted."""
    if name == OTHERS:
        return translate("consumption", "{count} others").format(count=shape.joined_names if shape else "")
    if name:
        return _model_words(name, shape) if MODEL_MARK in name else name
    return translate("consumption", "no tag") if stack is Stack.TAG else translate("consumption", "no run")


def _model_words(name: str, shape: Consumed | None) -> str:
    """The model alone where no other provider has one of that name."""
    provider, model = name.split(MODEL_MARK, 1)
    namesakes = [each for each in shape.amounts if each.endswith(MODEL_MARK + model)] if shape else []
    return model if len(namesakes) == 1 else f"{provider} {model}"


def reach_words(complete_from: int, zone: str, now: int) -> str:
    """That calls before an instant are missing."""
    when = moment(complete_from, zone, now)
    return translate("consumption", "Only from {when} on: more calls than are read").format(when=when)


def readout(shape: Consumed, metric: Metric, stack: Stack, place: int, zone: str, now: int) -> tuple[str, ...]:
    """One bar in words: its time, then each name, the largest first."""
    start = shape.starts[place]
    values = sorted(((values[place], name) for name, values in shape.amounts.items() if values[place]), reverse=True)
    shown = [f"{name_words(name, stack, shape)}  {_value(shape, metric, name, place, now)}" for _, name in values]
    span = translate("consumption", "{begin} to {end}").format(
        begin=moment(start, zone, now), end=moment(start + shape.width, zone, now)
    )
    return (span, *(shown or [translate("consumption", "nothing")]))


def consumption_sheet(shape: Consumed, metric: Metric, stack: Stack, zone: str, now: int) -> Sheet:
    """A row per bar, a column per name."""
    titles = (translate("consumption", "Begins"), *(name_words(name, stack, shape) for name in shape.amounts))
    rows = tuple(
        SheetRow(
            start,
            (instant_cell(start, zone, now), *(_cell(shape, metric, name, place, now) for name in shape.amounts)),
        )
        for place, start in enumerate(shape.starts)
    )
    return Sheet(titles, rows)


def _value(shape: Consumed, metric: Metric, name: str, place: int, now: int) -> str:
    rate = heights(shape, metric, name, now)[place]
    if metric is Metric.COST_RATE:
        return translate("consumption", "{amount} an hour").format(amount=dollars(number(rate, 4)))
    if metric is Metric.CALL_RATE:
        return translate("consumption", "{count} a minute").format(count=number(rate, 1))
    return amount_words(metric.unit, shape.amounts[name][place])


def _cell(shape: Consumed, metric: Metric, name: str, place: int, now: int) -> Cell:
    if metric in (Metric.COST_RATE, Metric.CALL_RATE):
        rate = float(heights(shape, metric, name, now)[place])
        return text_cell(number(rate, 4 if metric is Metric.COST_RATE else 1), f"{rate:.6g}", rate)
    return amount_cell(metric.unit, shape.amounts[name][place])
