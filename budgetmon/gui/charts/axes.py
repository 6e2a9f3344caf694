"""Axes: time in the ledger's zone, amounts in the budget's unit, shares in percent."""

from __future__ import annotations

import math
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QFontMetricsF

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.state.formatting import (
    count,
    day_and_month,
    day_of_week,
    decimal,
    dollars,
    in_seconds,
    month_name,
    month_of_year,
    percent_sign,
    zone_of,
)
from budgetmon.gui.state.number_style import style_in_force

translate = QCoreApplication.translate

_AXIS_WIDTH = 50  # of charts that stand above one another, where the currency is one sign
_PIXELS_PER_TIME_TICK = 66
_PIXELS_PER_AMOUNT_TICK = 34
_PIXELS_PER_TIGHT_TICK = 20
_HALF_A_WORD = 9
_SECOND_STEPS = (1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200)
_DAY_STEPS = (1, 2, 7, 14)
_DAY = 86400.0
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


class Measure(StrEnum):
    """What an axis shows that no budget limits."""

    SHARE = "share"
    SECONDS = "seconds"
    CALLS_A_MINUTE = "calls a minute"
    ENTRIES = "entries"


AxisUnit = Unit | Measure


class ZoneAxis(pg.AxisItem):  # type: ignore[misc]
    """Epoch seconds as local times. Ticks fall on round local times, on days of 23 and 25 hours too."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._zone = zone_of("UTC")
        self.enableAutoSIPrefix(False)

    def set_zone(self, name: str) -> None:
        """Show times in the IANA zone ``name``."""
        zone = zone_of(name)
        if zone is not self._zone:
            self._zone = zone
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        return time_ticks(minVal, maxVal, max(2, int(size / _PIXELS_PER_TIME_TICK)), self._zone)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [time_label(value, spacing, self._zone) for value in values]


class AmountAxis(pg.AxisItem):  # type: ignore[misc]
    """Amounts: dollars as ``"$0.50"``, counts as ``"12,000"`` or ``"1.2M"``, shares as ``"50%"``, times as ``"1.5 s"``."""

    def __init__(self, side: str = "left") -> None:
        super().__init__(side)
        self._unit: AxisUnit = Unit.USD
        self._most = math.inf
        self._from: float | None = None
        self._style = style_in_force()
        self._lined_up = False
        self.enableAutoSIPrefix(False)

    def line_up(self) -> None:
        """Be as wide as the others that line up, so that the times of charts above one another do, too."""
        self._lined_up = True
        self._take_room()

    def _take_room(self) -> None:
        if self._lined_up:
            metrics = QFontMetricsF(self.style["tickFont"])
            self.setWidth(_AXIS_WIDTH + max(0.0, metrics.horizontalAdvance(dollars("")) - metrics.horizontalAdvance("$")))

    def boundingRect(self) -> QRectF:
        # With a grid, an axis reports no room for the halves of the words at its ends, and then leaves those words out.
        rect: QRectF = super().boundingRect()
        return rect.adjusted(0, -_HALF_A_WORD, 0, _HALF_A_WORD) if self.orientation == "left" else rect

    def set_unit(self, unit: AxisUnit) -> None:
        """Show amounts in ``unit``, written in the style in force."""
        style = style_in_force()
        if (unit, style) != (self._unit, self._style):
            self._unit, self._style = unit, style
            self._take_room()
            self.picture = None
            self.update()

    def stop_at(self, most: float) -> None:
        """Put no tick above ``most``: the room there is for words."""
        self._most = most

    def count_from(self, origin: float | None) -> None:
        """Label each place with how far below ``origin`` it lies; None labels it with itself."""
        if origin != self._from:
            self._from = origin
            self.picture = None
            self.update()

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        low, high = sorted((minVal, maxVal))  # an inverted axis hands them over the other way round
        if self._from is None:
            return self._round_ticks(low, high, size)
        ticks = self._round_ticks(self._from - high, self._from - low, size)
        return [(step, [self._from - value for value in values]) for step, values in ticks]

    def _round_ticks(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        upright = _PIXELS_PER_AMOUNT_TICK if size >= 90 else _PIXELS_PER_TIGHT_TICK
        each = upright if self.orientation == "left" else _PIXELS_PER_TIME_TICK
        rough = (high - low) / max(1, int(size / each))
        whole = self._unit in (Unit.CALLS, Unit.TOKENS, Measure.ENTRIES)
        step = round_step(max(1.0, rough), whole=True) if whole else round_step(rough)
        if self._unit is Measure.SHARE:
            step = 50.0 if size < 120 else 25.0
        first = math.ceil(low / step - 1e-9)
        last = math.floor(min(high, self._most) / step + 1e-9)
        return [(step, [number * step for number in range(first, last + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        shown = values if self._from is None else [self._from - value for value in values]
        return [amount_label(value, spacing, self._unit) for value in shown]


def round_step(rough: float, *, whole: bool = False) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that is at least ``rough``, and a whole number if asked for."""
    if rough <= 0 or not math.isfinite(rough):
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (factor * power for factor in (1.0, 2.0, 2.5, 5.0, 10.0) if not whole or (factor * power).is_integer())
    return next(step for step in steps if step >= rough * (1 - 1e-9))


def amount_label(value: float, spacing: float, unit: AxisUnit) -> str:
    """The label of one tick."""
    if unit is Measure.SHARE:
        return percent_sign(count(round(value)))
    if unit is Measure.SECONDS:
        return _seconds_label(value, spacing)
    if unit is Measure.CALLS_A_MINUTE and spacing < 1:
        return decimal(value, _places(spacing))
    if unit is not Unit.USD:
        return _short_count(value, spacing)
    if abs(value) < spacing / 1e6:
        return dollars("0")
    places = 0 if spacing >= 1 and float(spacing).is_integer() else max(2, _places(spacing))
    sign = "-" if value < 0 else ""
    return sign + dollars(decimal(abs(value), places))


def _seconds_label(value: float, spacing: float) -> str:
    if spacing < 0.1:
        return translate("units", "{count} ms").format(count=count(round(value * 1000)))
    return in_seconds(value, _places(spacing))


def _short_count(value: float, spacing: float) -> str:
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= size and abs(value) >= 10_000:
            return f"{decimal(value / size, min(2, _places(spacing / size)))}{letter}"
    return count(round(value))


def _places(spacing: float) -> int:
    for places in range(9):
        scaled = spacing * 10**places
        if abs(scaled - round(scaled)) < 1e-6 * max(1.0, scaled):
            return places
    return 9


def time_ticks(start: float, end: float, at_most: int, zone: tzinfo) -> list[tuple[float, list[float]]]:
    """Ticks at round local times from ``start`` to ``end`` (epoch seconds), about ``at_most`` of them."""
    if not (math.isfinite(start) and math.isfinite(end)) or end <= start or end - start > 400 * 366 * _DAY:
        return []
    rough = (end - start) / at_most
    for step in _SECOND_STEPS:
        if step >= rough:
            return [(float(step), _clock_ticks(start, end, step, zone))]
    for days in _DAY_STEPS:
        if days * _DAY >= rough:
            return [(days * _DAY, _day_ticks(start, end, days, zone))]
    months = next((each for each in _MONTH_STEPS if each * 30 * _DAY >= rough), _MONTH_STEPS[-1])
    return [(months * 30 * _DAY, _month_ticks(start, end, months, zone))]


def _clock_ticks(start: float, end: float, step: int, zone: tzinfo) -> list[float]:
    midnight = datetime.fromtimestamp(start, zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    ticks: list[float] = []
    while True:
        base = midnight.replace(tzinfo=zone).timestamp()
        if base > end:
            return sorted({tick for tick in ticks if start <= tick <= end})
        first = max(0, int((start - base) // step) - 2 * 3600 // step)
        for number in range(first, 86400 // step):
            tick = (midnight + timedelta(seconds=number * step)).replace(tzinfo=zone).timestamp()
            if tick > end:
                break
            ticks.append(tick)
        midnight += timedelta(days=1)


def _day_ticks(start: float, end: float, days: int, zone: tzinfo) -> list[float]:
    day = datetime.fromtimestamp(start, zone).date()
    day -= timedelta(days=day.toordinal() % days)
    ticks = []
    while (tick := datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) <= end:
        ticks.append(tick)
        day += timedelta(days=days)
    return [tick for tick in ticks if tick >= start]


def _month_ticks(start: float, end: float, months: int, zone: tzinfo) -> list[float]:
    first = datetime.fromtimestamp(start, zone)
    number = (first.year * 12 + first.month - 1) // months * months
    ticks = []
    while number < 9999 * 12 and (tick := datetime(number // 12, number % 12 + 1, 1, tzinfo=zone).timestamp()) <= end:
        ticks.append(tick)
        number += months
    return [tick for tick in ticks if tick >= start]


def time_label(at: float, spacing: float, zone: tzinfo) -> str:
    """The label of a tick: the clock within a day, the date at midnight and beyond."""
    try:
        when = datetime.fromtimestamp(at, zone)
    except (OverflowError, OSError, ValueError):
        return ""
    if spacing >= 28 * _DAY:
        return month_of_year(when) if when.month == 1 else month_name(when)
    if spacing >= _DAY or (when.hour, when.minute, when.second) == (0, 0, 0):
        return day_of_week(when) if spacing < 2 * _DAY else day_and_month(when)
    return when.strftime("%H:%M:%S" if spacing < 60 else "%H:%M")
