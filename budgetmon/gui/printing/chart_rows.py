"""Charts in a text document, two to a row, drawn from their SVG so that paper shows them sharp."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPyTextObject, QTextCharFormat, QTextDocument, QTextFormat
from PySide6.QtSvg import QSvgRenderer

from budgetmon.gui.theme.style import interface_font
from budgetmon.monitor.export.page.drawing import INK
from budgetmon.monitor.export.page.report import Chart

KIND = int(QTextFormat.ObjectTypes.UserObject) + 1
_ROW = int(QTextFormat.Property.UserProperty) + 1
_GAP = 24.0
_TITLE = 20.0
_PAIR = 2


class ChartRows(QPyTextObject):
    """Draws rows of charts, each over the whole ``width`` of a page. Made with the document that it draws in."""

    def __init__(self, width: float, parent: QObject) -> None:
        super().__init__(parent)
        self._width = width
        self._rows: list[list[tuple[str, QSvgRenderer]]] = []

    def add(self, charts: Sequence[Chart]) -> list[QTextCharFormat]:
        """The formats of the characters that stand for the rows of ``charts``."""
        formats = []
        for first in range(0, len(charts), _PAIR):
            pair = charts[first : first + _PAIR]
            self._rows.append([(chart.title, QSvgRenderer(QByteArray(chart.svg.encode()), self)) for chart in pair])
            format = QTextCharFormat()
            format.setObjectType(KIND)
            format.setProperty(_ROW, len(self._rows) - 1)
            formats.append(format)
        return formats

    def intrinsicSize(self, doc: QTextDocument, pos_in_document: int, format: QTextFormat) -> QSizeF:
        tallest = max(self._height(drawing) for _, drawing in self._rows[int(format.property(_ROW))])
        return QSizeF(self._width, _TITLE + tallest + 12)

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, doc: QTextDocument, pos_in_document: int, format: QTextFormat
    ) -> None:
        font = interface_font(12, QFont.Weight.DemiBold)
        for place, (title, drawing) in enumerate(self._rows[int(format.property(_ROW))]):
            left, top = rect.left() + place * (self._each + _GAP), float(rect.top())
            painter.setFont(font)
            painter.setPen(QColor(INK))
            shown = QFontMetricsF(font).elidedText(title, Qt.TextElideMode.ElideRight, self._each)
            painter.drawText(QRectF(left, top, self._each, _TITLE), shown)
            drawing.render(painter, QRectF(left, top + _TITLE, self._each, self._height(drawing)))

    @property
    def _each(self) -> float:
        return (self._width - _GAP) / _PAIR

    def _height(self, drawing: QSvgRenderer) -> float:
        size = drawing.viewBoxF()
        return self._each * size.height() / size.width()
