"""Stacked bars as one item: each series in its colour and under its pattern, so that colour is never alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from budgetmon.gui.charts.buckets import Floats

_GAP = 0.2  # between bars, as a share of their width
_SEAM = 0.7  # pixels between two parts of one bar


@dataclass(frozen=True, slots=True)
class BarSeries:
    """One layer of the stack: a height per bar, and its look."""

    heights: Floats
    colour: QColor
    pattern: Qt.BrushStyle = Qt.BrushStyle.NoBrush


class StackedBars(pg.GraphicsObject):  # type: ignore[misc]
    """Bars that begin at ``lefts`` and are ``width`` apart. Painted in pixels: a pattern must not stretch with the axes."""

    def __init__(self) -> None:
        super().__init__()
        self._lefts: Floats = np.zeros(0)
        self._width = 1.0
        self._series: tuple[BarSeries, ...] = ()
        self._surface = QColor()

    def show_bars(self, lefts: Floats, width: float, series: Sequence[BarSeries], surface: str) -> None:
        """Show ``series``, the first at the bottom, over a card in the colour ``surface``."""
        self.prepareGeometryChange()
        self._lefts, self._width, self._series, self._surface = lefts, width, tuple(series), QColor(surface)
        self.update()

    @property
    def tops(self) -> Floats:
        """How high each bar is."""
        return sum((each.heights for each in self._series), np.zeros(len(self._lefts)))

    def boundingRect(self) -> QRectF:
        if not len(self._lefts):
            return QRectF()
        left, right = float(self._lefts[0]), float(self._lefts[-1]) + self._width
        return QRectF(left, 0.0, right - left, max(float(self.tops.max()), 1e-12))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        base = np.zeros(len(self._lefts))
        for each in self._series:
            solid, pattern = QBrush(each.colour), QBrush(self._pattern_colour(), each.pattern)
            for number in np.flatnonzero(each.heights):
                left = float(self._lefts[number]) + self._width * _GAP / 2
                bar = QRectF(left, float(base[number]), self._width * (1 - _GAP), float(each.heights[number]))
                pixels = to_pixels.mapRect(bar)
                # A part that is there at all must be seen.
                pixels.setTop(min(pixels.top(), pixels.bottom() - 1.0))
                painter.fillRect(pixels.adjusted(0, 0, 0, -_SEAM if pixels.height() > 3 else 0), solid)
                if each.pattern is not Qt.BrushStyle.NoBrush:
                    painter.fillRect(pixels, pattern)
            base = base + each.heights
        painter.restore()

    def _pattern_colour(self) -> QColor:
        colour = QColor(self._surface)
        colour.setAlphaF(0.55)
        return colour
