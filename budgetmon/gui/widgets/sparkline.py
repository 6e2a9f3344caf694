"""A line without axes: how something went lately, beside its figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer

_MOST_POINTS = 60
_EDGE = 1.5


class Sparkline(QWidget):
    """Amounts in equal stretches of time, in the colour of the series ``name``, or the accent. Words stand in the tooltip."""

    def __init__(self, themer: Themer, looks: SeriesLooks, name: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer, self._looks, self._name = themer, looks, name
        self._amounts: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        themer.changed.connect(self._redraw)

    def show_amounts(self, amounts: Sequence[int], words: str) -> None:
        """Show ``amounts``, oldest first; ``words`` say the same."""
        self.setToolTip(words)
        self.setAccessibleName(words)
        joined = in_at_most(amounts, _MOST_POINTS)
        if joined != self._amounts:
            self._amounts = joined
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(60, 20)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        if len(self._amounts) < 2 or not any(self._amounts):
            return
        tokens = self._themer.tokens
        colour = self._looks[self._name].colour(tokens) if self._name else QColor(tokens.accent)
        line = self._points()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(colour)
        fill.setAlphaF(0.15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        ground = float(self.height()) - _EDGE
        painter.drawPolygon(QPolygonF([QPointF(line[0].x(), ground), *line, QPointF(line[-1].x(), ground)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.4))
        painter.drawPolyline(QPolygonF(line))
        painter.end()

    def _points(self) -> list[QPointF]:
        most = max(self._amounts)
        across = (self.width() - 2 * _EDGE) / (len(self._amounts) - 1)
        high = self.height() - 2 * _EDGE
        return [
            QPointF(_EDGE + number * across, _EDGE + high * (1 - amount / most)) for number, amount in enumerate(self._amounts)
        ]

    @Slot()
    def _redraw(self) -> None:
        self.update()


def in_at_most(amounts: Sequence[int], points: int) -> tuple[int, ...]:
    """The amounts joined to at most ``points``, their sum unchanged."""
    factor = max(1, -(-len(amounts) // points))
    return tuple(sum(amounts[first : first + factor]) for first in range(0, len(amounts), factor))
