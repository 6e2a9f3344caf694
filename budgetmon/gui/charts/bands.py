"""Bands between two lines, under patterns that tell them apart without colour. One item for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from budgetmon.gui.charts.buckets import Floats


@dataclass(frozen=True, slots=True)
class Band:
    """What lies between ``upper`` and ``lower``, as lines over ``at``."""

    at: Floats
    upper: Floats
    lower: Floats
    colour: QColor
    pattern: Qt.BrushStyle = Qt.BrushStyle.SolidPattern
    ground: float = 0.0  # how much of the colour lies under the pattern, from 0 to 1


class Bands(pg.GraphicsObject):  # type: ignore[misc]
    """Painted in pixels: a pattern must not stretch with the axes."""

    def __init__(self) -> None:
        super().__init__()
        self._bands: tuple[Band, ...] = ()

    def show_bands(self, bands: Sequence[Band]) -> None:
        """Show these bands, each over those before it."""
        self.prepareGeometryChange()
        self._bands = tuple(band for band in bands if len(band.at) > 1)
        self.update()

    def boundingRect(self) -> QRectF:
        if not self._bands:
            return QRectF()
        left, right = min(float(band.at[0]) for band in self._bands), max(float(band.at[-1]) for band in self._bands)
        low = min(float(band.lower.min()) for band in self._bands)
        high = max(float(band.upper.max()) for band in self._bands)
        return QRectF(left, low, right - left, max(high - low, 1e-12))

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        to_pixels = painter.transform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(
            QPainter.RenderHint.Antialiasing, False
        )  # lines are drawn along the edges; this is many times faster
        painter.setPen(Qt.PenStyle.NoPen)
        for band in self._bands:
            outline = to_pixels.map(_polygon(band))
            if band.ground:
                ground = QColor(band.colour)
                ground.setAlphaF(band.ground)
                painter.setBrush(ground)
                painter.drawPolygon(outline)
            if band.pattern is not Qt.BrushStyle.NoBrush:
                painter.setBrush(QBrush(band.colour, band.pattern))
                painter.drawPolygon(outline)
        painter.restore()


def _polygon(band: Band) -> QPolygonF:
    x = np.concatenate((band.at, band.at[::-1]))
    y = np.concatenate((band.upper, band.lower[::-1]))
    polygon: QPolygonF = pg.functions.arrayToQPolygonF(x, y)
    return polygon
