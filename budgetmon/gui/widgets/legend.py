"""A legend as one line of samples and names, for beside a title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from budgetmon.gui.theme.style import interface_font
from budgetmon.gui.theme.themer import Themer

_SAMPLE = 18
_SWATCH = 10
_GAP = 6
_APART = 14
_ROW = 18
_WIDEST = 190  # words of one entry among others


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One sample with its words: a line when ``pen`` is given, else a swatch of ``fill`` under ``pattern``, or the
    marker ``symbol`` (pyqtgraph's name) in it. ``name`` is the part of the words that may be shortened: figures may not."""

    text: str
    pen: QPen | None = None
    fill: QColor | None = None
    pattern: Qt.BrushStyle = Qt.BrushStyle.NoBrush
    symbol: str | None = None
    name: str = ""


class Legend(QWidget):
    """Shows the entries that fit into a line or two, and how many more there are. The tooltip has them all."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows = 1
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
        self._settle()
        self.update()

    def take_rows(self, rows: int) -> None:
        """Take at most ``rows`` lines."""
        if rows != self._most_rows:
            self._most_rows = rows
            self._settle()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _ROW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def _settle(self) -> None:
        """Take as many lines as the entries need."""
        rows = min(self._most_rows, len(self._rows()) or 1)
        if self.height() != rows * _ROW:
            self.setFixedHeight(rows * _ROW)

    def _rows(self) -> list[list[LegendEntry]]:
        """The entries line by line, whether or not there may be so many lines."""
        rows: list[list[LegendEntry]] = []
        room = 0.0
        for entry in self._entries:
            wide = self._width_of(entry)
            if not rows or room + wide > self.width():
                rows.append([])
                room = 0.0
            rows[-1].append(entry)
            room += wide + _APART
        return rows

    def _width_of(self, entry: LegendEntry) -> float:
        words = self.fontMetrics().horizontalAdvance(entry.text)
        return _sample_width(entry) + _GAP + (min(words, _WIDEST) if len(self._entries) > 1 else words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = self._rows()
        for number, row in enumerate(rows[: self._most_rows]):
            left_over = sum(map(len, rows[self._most_rows :])) if number == self._most_rows - 1 else 0
            self._paint_row(painter, number * _ROW, row, left_over)
        painter.end()

    def _paint_row(self, painter: QPainter, y: int, row: list[LegendEntry], left_over: int) -> None:
        metrics = self.fontMetrics()
        x = 0.0
        for number, entry in enumerate(row):
            missing = left_over + len(row) - number - 1
            reserve = metrics.horizontalAdvance(f"+{missing}") + _APART if missing and left_over else 0
            room = self.width() - x - reserve
            if x and self._width_of(entry) > room:
                self._paint_text(painter, x, y, f"+{missing + 1}")
                return
            self._paint_sample(painter, x, y + _ROW / 2, entry)
            sample = _sample_width(entry) + _GAP
            width = int(min(self._width_of(entry), room) - sample) + 1
            self._paint_text(painter, x + sample, y, shortened(entry, width, metrics))
            x += self._width_of(entry) + _APART
        if left_over:
            self._paint_text(painter, x, y, f"+{left_over}")

    def _paint_sample(self, painter: QPainter, x: float, middle: float, entry: LegendEntry) -> None:
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

    def _paint_text(self, painter: QPainter, x: float, y: int, text: str) -> None:
        painter.setPen(QColor(self._themer.tokens.muted))
        painter.drawText(QRectF(x, y, self.width() - x, _ROW), int(Qt.AlignmentFlag.AlignVCenter), text)


def shortened(entry: LegendEntry, width: int, metrics: QFontMetrics) -> str:
    """The words of ``entry`` in ``width`` pixels."""
    over = metrics.horizontalAdvance(entry.text) - width
    if over <= 0 or not entry.name:
        return metrics.elidedText(entry.text, Qt.TextElideMode.ElideMiddle, width)
    room = max(0, metrics.horizontalAdvance(entry.name) - over)
    return entry.text.replace(entry.name, metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, room), 1)


def _sample_width(entry: LegendEntry) -> int:
    return _SAMPLE if entry.pen is not None else _SWATCH
