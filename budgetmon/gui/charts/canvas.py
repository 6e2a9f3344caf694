"""The drawing surface of every chart: a plot in the theme's colours, with a readout that follows the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from budgetmon.gui.charts.axes import AmountAxis, AxisUnit, ZoneAxis
from budgetmon.gui.charts.time_drag import is_drag
from budgetmon.gui.theme.style import interface_font
from budgetmon.gui.theme.themer import Themer

_TICK_FONT_PIXELS = 11


@dataclass(frozen=True, slots=True)
class Label:
    """Words in a chart. ``anchor`` is the point of the text that lies at (x, y): (0, 0) is its top left corner.

    ``ground`` puts the colour of the card behind them, so that lines don't run through.
    """

    text: str
    x: float
    y: float
    colour: str
    anchor: tuple[float, float] = (0.0, 0.5)
    strong: bool = False
    ground: bool = True


class Canvas(pg.PlotWidget):  # type: ignore[misc]
    """A plot without pyqtgraph's own menu, buttons and mouse modes.

    ``hovered`` gives the time under the mouse, or None; ``dragged`` the two ends of a drag, in epoch seconds. With an axis
    ``across`` of its own the canvas shows something else than time, and nothing can be dragged.
    """

    hovered = Signal(object)
    dragged = Signal(float, float)
    double_clicked = Signal()
    restyled = Signal()

    def __init__(self, themer: Themer, parent: QWidget | None = None, *, across: AmountAxis | None = None) -> None:
        self.time_axis = ZoneAxis() if across is None else None
        self.across_axis: ZoneAxis | AmountAxis = self.time_axis or across or ZoneAxis()
        self.amount_axis = AmountAxis()
        super().__init__(parent, axisItems={"bottom": self.across_axis, "left": self.amount_axis})
        self.themer = themer
        self._labels: list[pg.TextItem] = []
        self._now = pg.InfiniteLine(angle=90, movable=False)
        self._now.setZValue(4)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross.setZValue(5)
        self._cross.setVisible(False)
        self._drag = pg.LinearRegionItem(movable=False)
        self._drag.setZValue(6)
        self._drag.setVisible(False)
        self._drag_from: QPointF | None = None
        self._readout = QLabel(self)
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._readout.setVisible(False)
        self._set_up()
        themer.changed.connect(self._restyle)
        self._restyle()

    def _set_up(self) -> None:
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        # It has a menu all the same, without an owner; it must not outlive the application.
        item.ctrlMenu.setParent(self, item.ctrlMenu.windowFlags())
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setContentsMargins(0, 9, 16, 0)
        item.getViewBox().setDefaultPadding(0.0)
        item.getViewBox().setBorder(None)
        item.addItem(self._now, ignoreBounds=True)
        item.addItem(self._cross, ignoreBounds=True)
        item.addItem(self._drag, ignoreBounds=True)
        self._now.setVisible(False)
        font = interface_font(_TICK_FONT_PIXELS)
        for axis in (self.across_axis, self.amount_axis):
            axis.setStyle(tickLength=0, tickFont=font, tickTextOffset=7, hideOverlappingLabels=14, textFillLimits=[(0, 2.0)])
        self.amount_axis.setGrid(255)
        self.amount_axis.setZValue(-1000)  # the grid belongs behind bars and words
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.scene().sigMouseMoved.connect(self._on_mouse)

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 70)

    def set_range(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """Show exactly this range; an empty one is widened, since a plot of zero width shows nothing."""
        x_end = x[1] if x[1] > x[0] else x[0] + 1.0
        y_end = y[1] if y[1] > y[0] else y[0] + 1.0
        self.getPlotItem().setRange(xRange=(x[0], x_end), yRange=(y[0], y_end), padding=0.0, disableAutoRange=True)

    def set_units(self, zone: str, unit: AxisUnit) -> None:
        """Label the axes in ``zone`` and ``unit``."""
        if self.time_axis is not None:
            self.time_axis.set_zone(zone)
        self.amount_axis.set_unit(unit)

    def set_measures(self, across: AxisUnit, up: AxisUnit) -> None:
        """Label the axes of a canvas that does not show time."""
        if isinstance(self.across_axis, AmountAxis):
            self.across_axis.set_unit(across)
        self.amount_axis.set_unit(up)

    def show_now(self, at: float | None) -> None:
        """Draw the line that says "now", or take it away."""
        self._now.setVisible(at is not None)
        if at is not None:
            self._now.setValue(at)

    def show_labels(self, labels: Sequence[Label]) -> None:
        """Show exactly these words; items are reused from one picture to the next."""
        while len(self._labels) < len(labels):
            item = pg.TextItem()
            item.setZValue(20)
            self.getPlotItem().addItem(item, ignoreBounds=True)
            self._labels.append(item)
        surface = QColor(self.themer.tokens.surface)
        surface.setAlphaF(0.82)
        for item, label in zip(self._labels, labels, strict=False):
            weight = QFont.Weight.DemiBold if label.strong else QFont.Weight.Medium
            item.setFont(interface_font(12 if label.strong else _TICK_FONT_PIXELS, weight))
            item.setText(label.text)
            item.setColor(QColor(label.colour))
            item.setAnchor(label.anchor)
            item.fill = pg.mkBrush(surface if label.ground else None)
            item.setPos(label.x, label.y)
            item.setVisible(True)
        for item in self._labels[len(labels) :]:
            item.setVisible(False)

    def label_words(self) -> list[str]:
        """The words that are shown now."""
        return [item.toPlainText() for item in self._labels if item.isVisible()]

    def pixels_per_unit(self) -> tuple[float, float]:
        """How many pixels one second and one amount take; zeros before the first layout."""
        box = self.getPlotItem().getViewBox()
        (x0, x1), (y0, y1) = box.viewRange()
        return (box.width() / (x1 - x0) if x1 > x0 else 0.0, box.height() / (y1 - y0) if y1 > y0 else 0.0)

    def show_cross(self, at: float | None) -> None:
        """Show a hair line at ``at``, or none."""
        self._cross.setVisible(at is not None)
        if at is not None:
            self._cross.setValue(at)

    def show_readout(self, lines: Sequence[str], at: float) -> None:
        """Show ``lines`` beside the instant ``at``; no lines take them away."""
        self._readout.setVisible(bool(lines))
        if not lines:
            return
        if self._readout.parentWidget() is not self.window():
            self._readout.setParent(self.window())  # a small chart must not cut it off
        self._readout.setText("\n".join(lines))
        self._readout.adjustSize()
        self._readout.setVisible(True)
        self._readout.raise_()
        inside = self.mapFromScene(self._box().mapViewToScene(QPointF(at, 0.0)))
        beside = self.mapTo(self.window(), QPoint(int(inside.x()), 8))
        width, height = self._readout.width(), self._readout.height()
        left = beside.x() + 12 if beside.x() + 12 + width < self.window().width() else beside.x() - 12 - width
        self._readout.move(max(2, left), max(2, min(beside.y(), self.window().height() - height - 2)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self.mapToScene(event.position().toPoint())
        timed = self.time_axis is not None
        if timed and event.button() == Qt.MouseButton.LeftButton and self._box().sceneBoundingRect().contains(position):
            self._drag_from = position
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._drag_from is None:
            return
        to = self.mapToScene(event.position().toPoint())
        self._drag.setVisible(is_drag(to.x() - self._drag_from.x()))
        self._drag.setRegion((self._time_at(self._drag_from), self._time_at(to)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        begin, self._drag_from = self._drag_from, None
        self._drag.setVisible(False)
        if begin is None:
            super().mouseReleaseEvent(event)
            return
        to = self.mapToScene(event.position().toPoint())
        if is_drag(to.x() - begin.x()):
            self.dragged.emit(self._time_at(begin), self._time_at(to))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._drag_from = None
        self.double_clicked.emit()
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # what scrolls around the chart may have it

    def _box(self) -> pg.ViewBox:
        return self.getPlotItem().getViewBox()

    def _time_at(self, position: QPointF) -> float:
        """The instant at a place in the scene, kept inside what is shown."""
        begin, end = self._box().viewRange()[0]
        return float(min(end, max(begin, self._box().mapSceneToView(position).x())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    @Slot(object)
    def _on_mouse(self, position: QPointF) -> None:
        box = self.getPlotItem().getViewBox()
        inside = box.sceneBoundingRect().contains(position)
        self.hovered.emit(box.mapSceneToView(position).x() if inside else None)

    @Slot()
    def _restyle(self) -> None:
        tokens = self.themer.tokens
        self.setBackground(tokens.surface)
        self.amount_axis.setPen(pg.mkPen(tokens.grid))
        self.across_axis.setPen(pg.mkPen(tokens.axis))
        for axis in (self.across_axis, self.amount_axis):
            axis.setTextPen(pg.mkPen(tokens.muted))
        self._now.setPen(thin_pen(tokens.faint, Qt.PenStyle.SolidLine, 1.0))
        self._cross.setPen(thin_pen(tokens.muted, Qt.PenStyle.DotLine))
        veil = QColor(tokens.accent)
        veil.setAlphaF(0.16)
        self._drag.setBrush(veil)
        for edge in self._drag.lines:
            edge.setPen(thin_pen(tokens.accent, Qt.PenStyle.SolidLine))
        self._readout.setStyleSheet(
            f"background: {tokens.surface}; color: {tokens.text}; border: 1px solid {tokens.border_strong};"
            " border-radius: 6px; padding: 6px 9px; font-size: 12px;"
        )
        self.restyled.emit()


def thin_pen(colour: str | QColor, style: Qt.PenStyle, width: float = 1.0) -> QPen:
    """A pen of the same width at every scale."""
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen
