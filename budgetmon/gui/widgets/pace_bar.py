"""A bar that shows how much of a limit is spent, held and in doubt, and where an even pace would be now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tokens
from budgetmon.monitor.snapshot import BudgetState

_TICK_OVERHANG = 3


@dataclass(frozen=True, slots=True)
class BarShares:
    """What the bar shows, as shares of the limit from 0 to 1; ``now`` is the elapsed share of the window, if it has an end."""

    spent: float = 0.0
    held: float = 0.0
    in_doubt: float = 0.0
    now: float | None = None
    state: BudgetState = BudgetState.OK


class PaceBar(QWidget):
    """Spent is solid, held is hatched, in doubt is dotted: told apart without colour. The tick is "now"."""

    def __init__(self, themer: Themer, thickness: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self._thickness = thickness
        self._shares = BarShares()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themer.changed.connect(self._redraw)

    def show_shares(self, shares: BarShares) -> None:
        """Show these shares."""
        before, self._shares = self._shares, shares
        steps = [_rounded(each, self.width() * self.devicePixelRatioF()) for each in (before, shares)]
        if steps[0] != steps[1]:
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._thickness + 2 * _TICK_OVERHANG)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._thickness + 2 * _TICK_OVERHANG)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._themer.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(0, (self.height() - self._thickness) / 2, self.width(), self._thickness)
        outline = QPainterPath()
        outline.addRoundedRect(groove, self._thickness / 2, self._thickness / 2)
        painter.fillPath(outline, QColor(tokens.track))
        painter.save()
        painter.setClipPath(outline)
        self._paint_segments(painter, groove, tokens)
        painter.restore()
        self._paint_tick(painter, tokens)
        painter.end()

    def _paint_segments(self, painter: QPainter, groove: QRectF, tokens: Tokens) -> None:
        solid = bar_colour(tokens, self._shares.state)
        left = groove.left()
        for share, pattern in (
            (self._shares.spent, None),
            (self._shares.held, Qt.BrushStyle.BDiagPattern),
            (self._shares.in_doubt, Qt.BrushStyle.Dense5Pattern),
        ):
            width = min(groove.right() - left, share * groove.width())
            if width <= 0:
                continue
            # A segment that is there at all must be seen: two pixels at least.
            segment = QRectF(left, groove.top(), max(2.0, width), groove.height())
            if pattern is None:
                painter.fillRect(segment, solid)
            else:
                ground = QColor(solid)
                ground.setAlphaF(0.30)
                painter.fillRect(segment, ground)
                painter.fillRect(segment, QBrush(solid, pattern))
            left = segment.right()

    def _paint_tick(self, painter: QPainter, tokens: Tokens) -> None:
        if self._shares.now is None:
            return
        x = 1 + self._shares.now * (self.width() - 2)
        line = QLineF(x, 0.5, x, self.height() - 0.5)
        painter.setPen(QPen(QColor(tokens.surface), 4.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(line)
        painter.setPen(QPen(QColor(tokens.text), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(line)

    @Slot()
    def _redraw(self) -> None:
        self.update()


def bar_colour(tokens: Tokens, state: BudgetState) -> QColor:
    """The colour of a bar in ``state``; the state's word stands beside it."""
    match state:
        case BudgetState.EXHAUSTED:
            return QColor(tokens.bar_danger)
        case BudgetState.WARNING:
            return QColor(tokens.bar_warning)
        case _:
            return QColor(tokens.accent)


def _rounded(shares: BarShares, pixels: float) -> BarShares:
    """The same with "now" on a whole one of so many ``pixels``: the others change with a new picture only."""
    return shares if shares.now is None else replace(shares, now=round(shares.now * pixels))
