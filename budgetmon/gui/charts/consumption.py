"""Consumption: what each provider, model, tag or run took per stretch of time, as stacked bars; and how long calls took."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QWidget

from budgetmon.gui.charts.bars import BarSeries, StackedBars
from budgetmon.gui.charts.buckets import shown_range
from budgetmon.gui.charts.canvas import Label, thin_pen
from budgetmon.gui.charts.consumption_shape import OTHERS, REFUSED, Consumed, Metric, buckets_for, consumed, heights
from budgetmon.gui.charts.consumption_words import consumption_sheet, name_words, reach_words, readout
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.charts.latency_lines import LatencyLines
from budgetmon.gui.charts.sheet import Sheet
from budgetmon.gui.state.formatting import amount, duration
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.fitting_combo import FittingCombo
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import Snapshot, Stack

_HEADROOM = 1.14
_PER_BUCKET = (Metric.COST, Metric.CALLS, Metric.TOKENS, Metric.TROUBLE)


class ConsumptionChart(ChartFrame):
    """Bars over the asked span, the largest at the bottom. ``asked`` when it needs another stack, focus or latencies."""

    asked = Signal()

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(themer, QCoreApplication.translate("consumption", "Consumption"), ("", ""), parent)
        self._looks = looks
        self._snapshot: Snapshot | None = None
        self.focus: str | None = None
        self.shape: Consumed | None = None
        self._stack = self._combo(
            self.tr("By what consumption is told apart"),
            (
                (self.tr("by provider"), Stack.PROVIDER),
                (self.tr("by model"), Stack.MODEL),
                (self.tr("by tag"), Stack.TAG),
                (self.tr("by run"), Stack.RUN),
            ),
        )
        self._metric = self._combo(
            self.tr("What the consumption chart counts"),
            (
                (self.tr("Cost"), Metric.COST),
                (self.tr("Calls"), Metric.CALLS),
                (self.tr("Tokens"), Metric.TOKENS),
                (self.tr("Cost an hour"), Metric.COST_RATE),
                (self.tr("Calls a minute"), Metric.CALL_RATE),
                (self.tr("Failed, refused"), Metric.TROUBLE),
                (self.tr("Latency"), Metric.LATENCY),
            ),
        )
        self.canvas.amount_axis.line_up()
        self._bars = StackedBars()
        self.canvas.getPlotItem().addItem(self._bars)
        self._latency = LatencyLines(self.canvas.getPlotItem(), looks)
        self._reach = pg.InfiniteLine(angle=90, movable=False)
        self.canvas.getPlotItem().addItem(self._reach, ignoreBounds=True)
        self.canvas.restyled.connect(self._redraw)
        self._say_why_empty()
        self.show_drawing(False)

    def _combo(self, name: str, choices: Sequence[tuple[str, Stack | Metric]]) -> QComboBox:
        combo = FittingCombo()
        combo.setAccessibleName(name)
        combo.setToolTip(name)
        for text, data in choices:
            combo.addItem(text, data.value)
        combo.activated.connect(self._on_choice)
        self.controls.addWidget(combo)
        return combo

    @property
    def measured(self) -> Metric:
        """What is measured."""
        return Metric(self._metric.currentData())

    @property
    def told_apart(self) -> Stack:
        """By what it is told apart."""
        return Stack(self._stack.currentData())

    def show_metric(self, metric: Metric, stack: Stack | None = None) -> None:
        """Measure ``metric``, told apart by ``stack``."""
        self._metric.setCurrentIndex(self._metric.findData(metric.value))
        if stack is not None:
            self._stack.setCurrentIndex(self._stack.findData(stack.value))
        self._on_choice(0)

    def show_picture(self, snapshot: Snapshot, now: int, focus: str | None = None) -> None:
        """Show the consumption of ``snapshot`` up to the UTC millisecond ``now``, of the provider ``focus`` if one is named."""
        changed = focus != self.focus
        self._snapshot, self.now, self.zone, self.focus = snapshot, now, snapshot.ledger.zone, focus
        self._redraw()
        if changed:
            self.asked.emit()

    def is_due(self, now: int) -> bool:
        if self._snapshot is None:
            return False
        # The rate in the bucket under way is one over what has passed of it.
        falls = self.measured in (Metric.COST_RATE, Metric.CALL_RATE) and now > self.now
        return falls or shown_range(self._snapshot, now) != shown_range(self._snapshot, self.now)

    @Slot(int)
    def _on_choice(self, index: int) -> None:
        self._redraw()
        self.asked.emit()

    @Slot()
    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        self._say_why_empty()
        span = shown_range(self._snapshot, self.now)
        self.canvas.set_units(self._snapshot.ledger.zone, self.measured.axis)
        drawn = self._draw_latency() if self.measured is Metric.LATENCY else self._draw_bars(span)
        self._bars.setVisible(self.measured is not Metric.LATENCY)
        self._latency.show(self.measured is Metric.LATENCY)
        if drawn is not None:
            top, complete_from = drawn
            self.canvas.set_range((span[0] / 1000.0, span[1] / 1000.0), (0.0, top * _HEADROOM))
            self._show_reach(complete_from, span, top)
        self.show_drawing(drawn is not None)

    def _draw_bars(self, span: tuple[int, int]) -> tuple[float, int | None] | None:
        """The highest bar and from when on all is there; None when there is nothing to draw."""
        assert self._snapshot is not None
        buckets = buckets_for(self._snapshot, self.told_apart, self.focus)
        self.shape = shape = consumed(buckets, self.measured, span[0]) if buckets is not None else None
        if shape is None or not shape.amounts:
            return None
        tokens = self.themer.tokens
        layers = [
            BarSeries(heights(shape, self.measured, name, self.now), self._colour(name), self._pattern(name))
            for name in shape.amounts
        ]
        lefts = np.array(shape.starts, dtype=np.float64) / 1000.0
        self._bars.show_bars(lefts, shape.width / 1000.0, layers, tokens.surface)
        self.legend.show_entries(
            [
                LegendEntry(
                    f"{name_words(name, self.told_apart, shape)} {amount(self.measured.unit, shape.totals[name])}",
                    fill=self._colour(name),
                    pattern=self._pattern(name),
                    name=name_words(name, self.told_apart, shape),
                )
                for name in shape.amounts
            ]
        )
        return float(self._bars.tops.max()), shape.complete_from

    def _draw_latency(self) -> tuple[float, int | None] | None:
        assert self._snapshot is not None
        asked, found = self._snapshot.ask.charts, self._snapshot.latencies
        if found is None or (asked.stack, asked.focus) != (self.told_apart, self.focus) or not found.typical:
            return None
        top = self._latency.draw(found, self.themer.tokens)
        self.legend.show_entries(self._latency.entries(self.themer.tokens, self.told_apart))
        return top, found.complete_from

    def _colour(self, name: str) -> QColor:
        tokens = self.themer.tokens
        if self.measured is Metric.TROUBLE:
            return QColor(tokens.bar_warning if name == REFUSED else tokens.bar_danger)
        return QColor(tokens.faint) if name == OTHERS else self._looks[name].colour(tokens)

    def _pattern(self, name: str) -> Qt.BrushStyle:
        if self.measured is Metric.TROUBLE:
            return Qt.BrushStyle.BDiagPattern if name == REFUSED else Qt.BrushStyle.NoBrush
        return Qt.BrushStyle.Dense6Pattern if name == OTHERS else self._looks[name].pattern

    def _show_reach(self, complete_from: int | None, span: tuple[int, int], top: float) -> None:
        """Say in the chart how wide a bucket is, and where its left part is missing."""
        tokens = self.themer.tokens
        width = duration(self.shape.width if self.shape else 0)
        words = self.tr("per {stretch}").format(stretch=width) if self.measured in _PER_BUCKET else ""
        self._reach.setVisible(complete_from is not None)
        if complete_from is not None:
            self._reach.setValue(complete_from / 1000.0)
            self._reach.setPen(thin_pen(tokens.warning, Qt.PenStyle.DashLine))
            words = "  ".join(filter(None, (words, reach_words(complete_from, self.zone, self.now))))
        colour = tokens.muted if complete_from is None else tokens.warning
        self.canvas.show_labels([Label(words, span[0] / 1000.0, top * _HEADROOM, colour, (0.0, 0.3))] if words else ())

    def _say_why_empty(self) -> None:
        """What stands where nothing can be drawn."""
        if self._snapshot is not None and self._is_under_way():
            self.say_empty(self.tr("Reading"), self.tr("The figures come in a moment."))
        elif self._stack_is_odd():
            self.say_empty(
                self.tr("Nothing by this in this span"), self.tr("Calls with a tag, or made inside a run, appear here.")
            )
        else:
            self.say_empty(self.tr("Nothing to show in this span"), self.tr("Choose a longer span to look further back."))

    def _stack_is_odd(self) -> bool:
        return self.told_apart in (Stack.TAG, Stack.RUN)

    def _is_under_way(self) -> bool:
        """Whether the reader was not asked yet for what is wanted."""
        assert self._snapshot is not None
        asked, latency = self._snapshot.ask.charts, self.measured is Metric.LATENCY
        needs_reader = latency or self.told_apart is not Stack.PROVIDER
        told = (asked.stack, asked.focus, asked.latency)
        return needs_reader and told != (self.told_apart, self.focus, latency)

    def lines_at(self, at: float) -> Sequence[str]:
        if self.measured is Metric.LATENCY:
            return self._latency.lines_at(at, self.told_apart)
        if self.shape is None:
            return ()
        place = bisect_right(self.shape.starts, round(at * 1000)) - 1
        if place < 0 or at * 1000 >= self.shape.starts[place] + self.shape.width:
            return ()
        return readout(self.shape, self.measured, self.told_apart, place, self.zone, self.now)

    def sheet(self) -> Sheet:
        if self.measured is Metric.LATENCY:
            return self._latency.sheet(self.told_apart, self.zone, self.now)
        return (
            Sheet()
            if self.shape is None
            else consumption_sheet(self.shape, self.measured, self.told_apart, self.zone, self.now)
        )
