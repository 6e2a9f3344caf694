"""A legend as one line of samples and names, for beside a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from budgetmon.gui.theme.style import interface_font
from budgetmon.gui.theme.themer import Themer

_SAMPLE = 18
_SWATCH = 10
_GAP = 6
_APART = 16


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sample with its words: a line when ``pen`` is given, else a swatch of ``fill`` under ``pattern``, or the
    marker ``symbol`` (pyqtgraph's name) in it."""

    text: str
    pen: QPen | None = None
    fill: QColor | None = None
    pattern: Qt.BrushStyle = Qt.BrushStyle.NoBrush
    symbol: str | None = None


class Legend(QWidget):
    """Shows the entries that fit, and how many more there are. The tooltip has them all."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self._entries: tuple[LegendEntry, ...] = ()
        self.setFont(interface_font(12))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, entries: Sequence[LegendEntry]) -> None:
        """Show these entries in this order."""
        self._entries = tuple(entries)
        words = "\n".join(entry.text for entry in entries)
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 18)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        x = 0.0
        for number, entry in enumerate(self._entries):
            room = _sample_width(entry) + _GAP + metrics.horizontalAdvance(entry.text)
            left_over = len(self._entries) - number
            more = f"+{left_over}"
            reserve = 0 if left_over == 1 else metrics.horizontalAdvance(more) + _APART
            if x + room + reserve > self.width():
                self._paint_text(
                    painter, x, more if x else metrics.elidedText(entry.text, Qt.TextElideMode.ElideRight, self.width())
                )
                break
            self._paint_sample(painter, x, entry)
            self._paint_text(painter, x + _sample_width(entry) + _GAP, entry.text)
            x += room + _APART
        painter.end()

    def _paint_sample(self, painter: QPainter, x: float, entry: LegendEntry) -> None:
        middle = self.height() / 2
        if entry.pen is not None:
            painter.setPen(entry.pen)
            painter.drawLine(QPointF(x, middle), QPointF(x + _SAMPLE, middle))
        elif entry.fill is not None and entry.symbol is not None:
            painter.save()
            painter.translate(x + _SWATCH / 2, middle)
            painter.scale(_SWATCH, _SWATCH)
            pen = QPen(entry.fill, 1.5 if entry.symbol in "+x" else 0.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(entry.fill)
            painter.drawPath(Symbols[entry.symbol])
            painter.restore()
        elif entry.fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            swatch = QRectF(x, middle - _SWATCH / 2, _SWATCH, _SWATCH)
            for brush in (QBrush(entry.fill), QBrush(QColor(self._themer.tokens.surface), entry.pattern)):
                painter.setBrush(brush)
                painter.drawRoundedRect(swatch, 2.5, 2.5)

    def _paint_text(self, painter: QPainter, x: float, text: str) -> None:
        painter.setPen(QColor(self._themer.tokens.muted))
        painter.drawText(QRectF(x, 0, self.width() - x, self.height()), int(Qt.AlignmentFlag.AlignVCenter), text)


def _sample_width(entry: LegendEntry) -> int:
    return _SAMPLE if entry.pen is not None else _SWATCH
