"""Burn-down: what is left of one budget over its window, against an even pace, and when it runs out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from budgetmon.gui.charts.burn_down_labels import Place, burn_down_labels
from budgetmon.gui.charts.burn_down_shape import BurnDownShape, burn_down_shape, unit_scale
from budgetmon.gui.charts.burn_down_view import View, even_in, is_late, left_at, recent_view, whole_view
from budgetmon.gui.charts.canvas import thin_pen
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.state.budget_cards import rate_words, scope_words
from budgetmon.gui.state.formatting import amount_words, moment
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import BudgetStatus

_HEADROOM_PIXELS = 24.0  # room above the limit for its words
_FOOT_PIXELS = 6.0  # room below zero, so that dots show whole


class BurnDownChart(ChartFrame):
    """Shows the chosen budget out of those it is given. GUI thread only."""

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(
            themer,
            "Burn-down",
            ("No budget to burn down", "Budgets from the config appear here with their first window."),
            parent,
        )
        self._looks = looks
        self._budgets: tuple[BudgetStatus, ...] = ()
        self._zone = "UTC"
        self._now = 0
        self._choice = QComboBox()
        self._choice.setAccessibleName("Budget shown in the burn-down")
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.setMaximumWidth(260)
        self._choice.activated.connect(self._on_chosen)
        self._recent_chosen: bool | None = None
        self._span = 3600.0
        self._recent = QToolButton()
        self._recent.setProperty("plain", True)
        self._recent.setCheckable(True)
        self._recent.setAccessibleName("Show the recent stretch of the burn-down only")
        self._recent.setToolTip("Show the recent stretch only")
        self._recent.clicked.connect(self._on_recent)
        self.controls.addWidget(self._choice)
        self.controls.addWidget(self._recent)
        self._make_items()
        self.canvas.restyled.connect(self._redraw)
        self.canvas.restyled.connect(self._draw_icon)
        self.canvas.hovered.connect(self._on_hover)
        self.canvas.getPlotItem().getViewBox().sigResized.connect(self._redraw)
        self._draw_icon()
        self.show_drawing(False)

    @Slot()
    def _draw_icon(self) -> None:
        self._recent.setIcon(themed_icon("zoom", self.themer.tokens.muted))

    def _make_items(self) -> None:
        plot = self.canvas.getPlotItem()
        self._even = pg.PlotCurveItem()
        self._line = pg.PlotCurveItem()
        self._drop = pg.PlotCurveItem()
        self._projection = pg.PlotCurveItem()
        self._limit = pg.InfiniteLine(angle=0, movable=False)
        self._thresholds: list[pg.InfiniteLine] = []
        self._dots = pg.ScatterPlotItem()
        self._dots.setZValue(10)
        for item in (self._limit, self._even, self._line, self._drop, self._projection, self._dots):
            plot.addItem(item)

    @property
    def chosen(self) -> BudgetStatus | None:
        """The budget that is shown."""
        index = self._choice.currentIndex()
        return self._budgets[index] if 0 <= index < len(self._budgets) else None

    def show_budgets(
        self, budgets: Sequence[BudgetStatus], zone: str, now: int, *, span: float = 3600.0, keep_choice: bool = True
    ) -> None:
        """Offer ``budgets`` at the UTC millisecond ``now``; the first one is shown, or the one shown before if it is kept.

        ``span`` is how many seconds the recent stretch looks back.
        """
        kept = self.chosen.name if self.chosen and keep_choice else None
        names = [budget.name for budget in budgets]
        changed = not keep_choice or names != [budget.name for budget in self._budgets]
        self._budgets = tuple(budgets)
        self._zone, self._now, self._span = zone, now, span
        if changed:
            self._choice.clear()
            self._choice.addItems(names)
            self._choice.setCurrentIndex(names.index(kept) if kept in names else min(0, len(names) - 1))
        self._choice.setVisible(len(names) > 0)
        self._redraw()

    def choose(self, name: str) -> None:
        """Show the budget called ``name``, if it is on offer."""
        index = self._choice.findText(name)
        if index >= 0:
            self._choice.setCurrentIndex(index)
            self._redraw()

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        budget = self.chosen
        self.show_drawing(budget is not None)
        self._recent.setVisible(budget is not None)
        if budget is None:
            return
        shape = burn_down_shape(budget, self._now)
        recent = is_late(shape) if self._recent_chosen is None else self._recent_chosen
        self._recent.setChecked(recent)
        view = recent_view(shape, self._span) if recent else whole_view(shape)
        low, top = self._amounts(view)
        self.canvas.set_units(self._zone, budget.unit)
        self.canvas.amount_axis.stop_at(view.high)
        self.canvas.set_range((view.start, view.end), (low, top))
        self.canvas.show_now(shape.now)
        self._draw(budget, shape, view)
        place = Place(view, top, *self.canvas.pixels_per_unit())
        colour = self._colour(budget).name()
        self.canvas.show_labels(burn_down_labels(budget, shape, place, self.themer.tokens, colour, self._zone, self._now))
        self._choice.setToolTip(f"{budget.name}: {scope_words(budget)}")
        self._show_legend(budget)

    @Slot(bool)
    def _on_recent(self, recent: bool) -> None:
        self._recent_chosen = recent
        self._redraw()

    def _amounts(self, view: View) -> tuple[float, float]:
        """The range of amounts with room below for dots and above for words."""
        height = max(80.0, float(self.canvas.getPlotItem().getViewBox().height()))
        per_pixel = max(view.high - view.low, 1e-9) / (height - _HEADROOM_PIXELS - _FOOT_PIXELS)
        return view.low - _FOOT_PIXELS * per_pixel, view.high + _HEADROOM_PIXELS * per_pixel

    def _colour(self, budget: BudgetStatus) -> QColor:
        provider = budget.scope.provider
        return self._looks[provider].colour(self.themer.tokens) if provider else QColor(self.themer.tokens.accent)

    def _draw(self, budget: BudgetStatus, shape: BurnDownShape, view: View) -> None:
        tokens = self.themer.tokens
        colour = self._colour(budget)
        fill = QColor(colour)
        fill.setAlphaF(0.13)
        self._line.setData(*shape.corners())
        self._line.setPen(thin_pen(colour, Qt.PenStyle.SolidLine, 2.2))
        self._line.setFillLevel(0.0)
        self._line.setBrush(fill)
        self._drop.setData(np.array([shape.now, shape.now]), np.array([shape.left[-1], shape.free]))
        self._drop.setPen(thin_pen(colour, Qt.PenStyle.DotLine, 2.2))
        _set_pair(self._even, even_in(shape, view))
        self._even.setPen(thin_pen(tokens.faint, Qt.PenStyle.DashLine, 1.3))
        _set_pair(self._projection, shape.projection)
        self._projection.setPen(thin_pen(tokens.danger if shape.runs_out_at else colour, Qt.PenStyle.DotLine, 2.0))
        self._limit.setValue(shape.limit)
        self._limit.setPen(thin_pen(tokens.border_strong, Qt.PenStyle.SolidLine))
        self._draw_thresholds(shape)
        self._draw_dots(shape, colour)

    def _draw_thresholds(self, shape: BurnDownShape) -> None:
        while len(self._thresholds) < len(shape.thresholds):
            line = pg.InfiniteLine(angle=0, movable=False)
            self.canvas.getPlotItem().addItem(line, ignoreBounds=True)
            self._thresholds.append(line)
        for number, line in enumerate(self._thresholds):
            line.setVisible(number < len(shape.thresholds))
            if number < len(shape.thresholds):
                line.setValue(shape.thresholds[number][1])
                line.setPen(thin_pen(self.themer.tokens.bar_warning, Qt.PenStyle.DotLine, 1.0))

    def _draw_dots(self, shape: BurnDownShape, colour: QColor) -> None:
        tokens = self.themer.tokens
        ring = thin_pen(tokens.surface, Qt.PenStyle.SolidLine, 1.5)
        spots = [{"pos": (shape.now, shape.free), "brush": pg.mkBrush(colour), "pen": ring, "size": 10}]
        if shape.runs_out_at is not None and shape.runs_out_at <= shape.end:
            spots.append(
                {"pos": (shape.runs_out_at, 0.0), "brush": pg.mkBrush(tokens.danger), "pen": ring, "size": 10, "symbol": "d"}
            )
        self._dots.setData(spots)

    def _show_legend(self, budget: BudgetStatus) -> None:
        tokens = self.themer.tokens
        colour = self._colour(budget)
        entries = [LegendEntry("left", thin_pen(colour, Qt.PenStyle.SolidLine, 2.2))]
        if self._even.isVisible():
            entries.append(LegendEntry("even pace", thin_pen(tokens.faint, Qt.PenStyle.DashLine, 1.5)))
        if self._projection.isVisible():
            pen = thin_pen(tokens.danger if budget.pace.runs_out_at else colour, Qt.PenStyle.DotLine, 2.0)
            entries.append(LegendEntry(f"at {rate_words(budget)}", pen))
        self.legend.show_entries(entries)

    @Slot(object)
    def _on_hover(self, at: float | None) -> None:
        budget = self.chosen
        if at is None or budget is None:
            self.canvas.show_readout((), 0.0)
            return
        shape = burn_down_shape(budget, self._now)
        lines = [moment(round(at * 1000), self._zone, self._now)]
        scale = unit_scale(budget.unit)
        if at <= shape.now:
            lines.append(f"left  {amount_words(budget.unit, round(left_at(shape, at) * scale))}")
        if shape.even is not None:
            even = float(np.interp(at, shape.even[0], shape.even[1]))
            lines.append(f"even pace  {amount_words(budget.unit, round(even * scale))}")
        self.canvas.show_readout(lines, at)


def _set_pair(item: pg.PlotCurveItem, pair: tuple[np.ndarray, np.ndarray] | None) -> None:
    item.setVisible(pair is not None)
    if pair is not None:
        item.setData(pair[0], pair[1])
