"""Consumption: what each provider took per stretch of time, as stacked bars."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QWidget

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import AXIS_WIDTH
from budgetmon.gui.charts.buckets import joined, shown_range, summed
from budgetmon.gui.charts.burn_down_shape import unit_scale
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.state.formatting import amount, amount_words, duration, moment
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import Buckets, Snapshot

_MOST_BARS = 72
_HEADROOM = 1.08
_METRICS = (("Cost", Unit.USD), ("Calls", Unit.CALLS), ("Tokens", Unit.TOKENS))


class ConsumptionChart(ChartFrame):
    """Bars over the asked span, largest provider at the bottom. GUI thread only."""

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(
            themer, "Consumption", ("Nothing was spent in this span", "Choose a longer span to look further back."), parent
        )
        self._looks = looks
        self._snapshot: Snapshot | None = None
        self._now = 0
        self._bars: dict[str, pg.BarGraphItem] = {}
        self._starts: list[int] = []
        self._width = 1
        self._stacked: dict[str, list[int]] = {}
        self._metric = QComboBox()
        self._metric.setAccessibleName("What the consumption chart counts")
        for text, unit in _METRICS:
            self._metric.addItem(text, unit.value)
        self._metric.activated.connect(self._on_metric)
        self.controls.addWidget(self._metric)
        self.canvas.amount_axis.setWidth(AXIS_WIDTH)
        self.canvas.restyled.connect(self._redraw)
        self.canvas.hovered.connect(self._on_hover)
        self.show_drawing(False)

    @property
    def unit(self) -> Unit:
        """What is counted."""
        return Unit(self._metric.currentData())

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Show the consumption of ``snapshot`` up to the UTC millisecond ``now``."""
        self._snapshot, self._now = snapshot, now
        self._redraw()

    @Slot(int)
    def _on_metric(self, index: int) -> None:
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        buckets = self._snapshot.consumption
        amounts = {name: values for name, values in _amounts(buckets, self.unit).items() if any(values)}
        self.show_drawing(bool(amounts))
        if not amounts:
            return
        self._starts, self._width, factor = joined(buckets.starts, buckets.width, _MOST_BARS)
        totals = {name: sum(values) for name, values in amounts.items()}
        order = sorted(amounts, key=lambda name: (-totals[name], name))
        self._stacked = {name: summed(amounts[name], factor) for name in order}
        self.canvas.set_units(self._snapshot.ledger.zone, self.unit)
        self._draw(self.unit, shown_range(self._snapshot, self._now))
        self.title.setText(f"Consumption per {duration(self._width)}")
        self.legend.show_entries(
            [
                LegendEntry(f"{name} {amount(self.unit, totals[name])}", fill=self._looks[name].colour(self.themer.tokens))
                for name in order
            ]
        )

    def _draw(self, unit: Unit, span: tuple[int, int]) -> None:
        scale = unit_scale(unit)
        x0 = np.array(self._starts, dtype=np.float64) / 1000.0
        width = self._width / 1000.0
        base = np.zeros(len(x0))
        for name, values in self._stacked.items():
            height = np.array(values, dtype=np.float64) / scale
            colour = self._looks[name].colour(self.themer.tokens)
            self._bar(name).setOpts(
                x0=x0 + width * 0.1,
                y0=base,
                width=width * 0.8,
                height=height,
                brush=colour,
                pen=_edge(self.themer.tokens.surface),
            )
            base = base + height
        for name, bar in self._bars.items():
            bar.setVisible(name in self._stacked)
        self.canvas.set_range((span[0] / 1000.0, span[1] / 1000.0), (0.0, float(base.max()) * _HEADROOM))

    def _bar(self, name: str) -> pg.BarGraphItem:
        if name not in self._bars:
            bar = pg.BarGraphItem(x0=np.zeros(1), y0=np.zeros(1), width=1.0, height=np.zeros(1))
            self._bars[name] = bar
            self.canvas.getPlotItem().addItem(bar)
        return self._bars[name]

    @Slot(object)
    def _on_hover(self, at: float | None) -> None:
        lines = self._lines_at(round(at * 1000)) if at is not None else []
        self.canvas.show_readout(lines, at or 0.0)

    def _lines_at(self, at: int) -> list[str]:
        index = bisect_right(self._starts, at) - 1
        if self._snapshot is None or index < 0 or at >= self._starts[index] + self._width:
            return []
        zone = self._snapshot.ledger.zone
        start = self._starts[index]
        values = sorted(((values[index], name) for name, values in self._stacked.items() if values[index]), reverse=True)
        shown = [f"{name}  {amount_words(self.unit, value)}" for value, name in values] or ["nothing"]
        return [f"{moment(start, zone, self._now)} to {moment(start + self._width, zone, self._now)}", *shown]


def _amounts(buckets: Buckets, unit: Unit) -> dict[str, tuple[int, ...]]:
    match unit:
        case Unit.USD:
            return buckets.cost
        case Unit.CALLS:
            return buckets.calls
        case _:
            return buckets.tokens


def _edge(surface: str) -> pg.QtGui.QPen:
    return pg.mkPen(QColor(surface), width=0.6)
