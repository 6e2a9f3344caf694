"""The items of a burn-down's plot. They are made once and only given new data, since many items cost more than many points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from budgetmon.gui.charts.bands import Band, Bands
from budgetmon.gui.charts.buckets import Floats
from budgetmon.gui.charts.burn_down_open import Happening, Levels, Mark
from budgetmon.gui.charts.burn_down_shape import BurnDownShape
from budgetmon.gui.charts.burn_down_view import View, even_in, left_at
from budgetmon.gui.charts.canvas import thin_pen
from budgetmon.gui.theme.tokens import Tokens

PIN_SYMBOLS = {
    Happening.REFUSED: "t",
    Happening.ALERT: "s",
    Happening.PAUSED: "x",
    Happening.RESUMED: "t2",
    Happening.RUN: "t1",
}
_PIN_SIZE = 9


def pin_colour(kind: Happening, tokens: Tokens) -> str:
    """The colour of a mark; its shape says the same."""
    return {
        Happening.REFUSED: tokens.danger,
        Happening.ALERT: tokens.bar_warning,
        Happening.PAUSED: tokens.text,
        Happening.RESUMED: tokens.text,
        Happening.RUN: tokens.accent,
    }[kind]


class BurnDownItems:
    """Owns the items of one plot. GUI thread only."""

    def __init__(self, plot: pg.PlotItem) -> None:
        self._plot = plot
        self._bands = Bands()
        self._pauses = Bands()
        self.even = pg.PlotCurveItem()
        self._line = pg.PlotCurveItem()
        self._drop = pg.PlotCurveItem()
        self.projection = pg.PlotCurveItem()
        self._limit = pg.InfiniteLine(angle=0, movable=False)
        self._reset = pg.InfiniteLine(angle=90, movable=False)
        self._thresholds: list[pg.InfiniteLine] = []
        self._dots = pg.ScatterPlotItem()
        self._dots.setZValue(10)
        self._pins = pg.ScatterPlotItem()
        self._pins.setZValue(9)
        self._unpriced = pg.ScatterPlotItem()
        self._unpriced.setZValue(8)
        plot.addItem(self._pauses, ignoreBounds=True)
        for item in (self._bands, self._limit, self.even, self._line, self._drop, self.projection):
            plot.addItem(item)
        for item in (self._dots, self._pins, self._unpriced):
            plot.addItem(item)
        plot.addItem(self._reset, ignoreBounds=True)

    def draw(
        self, shape: BurnDownShape, view: View, colour: QColor, tokens: Tokens, *, spent: bool, limited: bool, resets: bool
    ) -> None:
        """Draw the line, the even pace, the projection, the limit and the thresholds."""
        self._line.setData(*shape.corners())
        self._line.setPen(thin_pen(colour, Qt.PenStyle.SolidLine, 2.2))
        self._drop.setData(np.array([shape.now, shape.now]), np.array([shape.left[-1], shape.free]))
        self._drop.setPen(thin_pen(colour, Qt.PenStyle.DotLine, 2.2))
        _set_pair(self.even, even_in(shape, view) if limited else None)
        self.even.setPen(thin_pen(tokens.faint, Qt.PenStyle.DashLine, 1.3))
        _set_pair(self.projection, shape.projection)
        self.projection.setPen(thin_pen(tokens.danger if shape.runs_out_at else colour, Qt.PenStyle.DotLine, 2.0))
        self._limit.setVisible(limited)
        self._limit.setValue(0.0 if spent else shape.limit)
        self._limit.setPen(thin_pen(tokens.border_strong, Qt.PenStyle.SolidLine))
        self._reset.setVisible(resets)
        self._reset.setValue(shape.end)
        self._reset.setPen(thin_pen(tokens.border_strong, Qt.PenStyle.DashLine))
        self._draw_thresholds(shape, tokens)
        self._draw_dots(shape, colour, tokens)

    def draw_bands(
        self, shape: BurnDownShape, open_calls: Levels | None, colour: QColor, tokens: Tokens, *, spent: bool
    ) -> None:
        """Draw what lies under the line, the fan of the projection, and what is held and in doubt."""
        at, left = shape.corners()
        under = np.full(len(at), shape.limit if spent else 0.0)
        bands = [Band(at, np.maximum(left, under), np.minimum(left, under), colour, Qt.BrushStyle.NoBrush, ground=0.13)]
        if shape.fan is not None:
            shade = QColor(tokens.danger if shape.runs_out_at else colour)
            bands.append(
                Band(shape.fan.at, shape.fan.upper, shape.fan.lower, shade, Qt.BrushStyle.NoBrush, ground=0.10),
            )
        if open_calls is not None:
            at = open_calls.at
            doubt = QColor(tokens.bar_warning)
            bands.append(Band(at, open_calls.left, open_calls.after_held, colour, Qt.BrushStyle.BDiagPattern, ground=0.18))
            bands.append(
                Band(at, open_calls.after_held, open_calls.after_doubt, doubt, Qt.BrushStyle.Dense5Pattern, ground=0.18)
            )
        self._bands.show_bands(bands)

    def draw_pauses(self, stretches: Sequence[tuple[float, float]], amounts: Sequence[float], tokens: Tokens) -> None:
        """Draw how long each pause lasted, as a stripe over the whole range of ``amounts``."""
        low, high = np.full(2, min(amounts)), np.full(2, max(amounts))
        shade = QColor(tokens.text)
        self._pauses.show_bands(
            [Band(np.array(stretch), high, low, shade, Qt.BrushStyle.NoBrush, ground=0.12) for stretch in stretches]
        )

    def draw_pins(self, marks: Sequence[Mark], shape: BurnDownShape, tokens: Tokens) -> None:
        """Draw what happened, on the line."""
        edge = thin_pen(tokens.surface, Qt.PenStyle.SolidLine, 1.0)
        # A pause brings many refusals, and must not lie under them.
        ordered = sorted(marks, key=lambda mark: mark.kind is not Happening.REFUSED)
        self._pins.setData(
            [
                {
                    "pos": (mark.at, left_at(shape, mark.at)),
                    "symbol": PIN_SYMBOLS[mark.kind],
                    "size": _PIN_SIZE,
                    "brush": pg.mkBrush(pin_colour(mark.kind, tokens)),
                    "pen": edge,
                }
                for mark in ordered
            ]
        )

    def draw_unpriced(self, at: Floats, ground: float, tokens: Tokens) -> None:
        """Draw a row of crosses where calls without a price were made: nobody knows how high they are."""
        self._unpriced.setData(
            at, np.full(len(at), ground), symbol="+", size=8, pen=thin_pen(tokens.warning, Qt.PenStyle.SolidLine)
        )

    def _draw_thresholds(self, shape: BurnDownShape, tokens: Tokens) -> None:
        while len(self._thresholds) < len(shape.thresholds):
            line = pg.InfiniteLine(angle=0, movable=False)
            self._plot.addItem(line, ignoreBounds=True)
            self._thresholds.append(line)
        for number, line in enumerate(self._thresholds):
            line.setVisible(number < len(shape.thresholds))
            if number < len(shape.thresholds):
                line.setValue(shape.thresholds[number][1])
                line.setPen(thin_pen(tokens.bar_warning, Qt.PenStyle.DotLine, 1.0))

    def _draw_dots(self, shape: BurnDownShape, colour: QColor, tokens: Tokens) -> None:
        ring = thin_pen(tokens.surface, Qt.PenStyle.SolidLine, 1.5)
        spots = [{"pos": (shape.now, shape.free), "brush": pg.mkBrush(colour), "pen": ring, "size": 10}]
        if shape.runs_out_at is not None and shape.runs_out_at <= shape.end:
            spots.append(
                {"pos": (shape.runs_out_at, 0.0), "brush": pg.mkBrush(tokens.danger), "pen": ring, "size": 10, "symbol": "d"}
            )
        self._dots.setData(spots)


def _set_pair(item: pg.PlotCurveItem, pair: tuple[Floats, Floats] | None) -> None:
    item.setVisible(pair is not None)
    if pair is not None:
        item.setData(pair[0], pair[1])
