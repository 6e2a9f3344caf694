"""Hit rates of the caches over time: a line each, with gaps where nothing was looked up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from budgetmon.gui.charts.axes import AXIS_WIDTH
from budgetmon.gui.charts.buckets import Floats, lone_points, rate_line, shown_range
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.state.formatting import count, moment, percent
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import CacheStatus, Snapshot

_MOST_POINTS = 120
_FEW_POINTS = 40


@dataclass(frozen=True, slots=True)
class _Drawn:
    at: Floats
    rates: Floats


class CacheRatesChart(ChartFrame):
    """One line per named cache, 0 to 100 percent. GUI thread only."""

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(
            themer,
            "Cache hit rate",
            ("No cache lookups in this span", "Caches that are given a tracker publish their rates here."),
            parent,
        )
        self._looks = looks
        self._snapshot: Snapshot | None = None
        self._now = 0
        self._lines: dict[str, pg.PlotCurveItem] = {}
        self._points: dict[str, pg.ScatterPlotItem] = {}
        self._drawn: dict[str, _Drawn] = {}
        self.canvas.amount_axis.setWidth(AXIS_WIDTH)
        self.canvas.restyled.connect(self._redraw)
        self.canvas.hovered.connect(self._on_hover)
        self.show_drawing(False)

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Show the caches of ``snapshot`` over its span, up to the UTC millisecond ``now``."""
        self._snapshot, self._now = snapshot, now
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        self._looks.learn(cache.name for cache in self._snapshot.caches)
        span = shown_range(self._snapshot, self._now)
        entries = []
        self._drawn = {}
        for cache in self._snapshot.caches:
            if not cache.width:
                continue
            at, rates, lookups = rate_line(cache.starts, cache.hits_by, cache.misses_by, cache.width, span, _MOST_POINTS)
            if lookups:
                self._drawn[cache.name] = _Drawn(at, rates)
                entries.append(self._entry(cache, lookups, span))
        self.show_drawing(bool(self._drawn))
        self._draw()
        self.legend.show_entries(entries)
        self.canvas.set_units(self._snapshot.ledger.zone, None)
        self.canvas.set_range((span[0] / 1000.0, span[1] / 1000.0), (-3.0, 103.0))

    def _entry(self, cache: CacheStatus, lookups: int, span: tuple[int, int]) -> LegendEntry:
        hits = sum(
            hit
            for start, hit in zip(cache.starts, cache.hits_by, strict=True)
            if span[0] <= start + cache.width and start <= span[1]
        )
        pen = self._looks[cache.name].pen(self.themer.tokens)
        return LegendEntry(f"{cache.name} {percent(hits / lookups)} (n {count(lookups)})", pen)

    def _draw(self) -> None:
        tokens = self.themer.tokens
        for name, drawn in self._drawn.items():
            look = self._looks[name]
            line, points = self._items(name)
            line.setData(drawn.at, drawn.rates, connect="finite")
            line.setPen(look.pen(tokens, 1.8))
            marked = np.isfinite(drawn.rates) if len(drawn.rates) <= _FEW_POINTS else lone_points(drawn.rates)
            points.setData(
                drawn.at[marked],
                drawn.rates[marked],
                symbol=look.marker,
                size=6,
                brush=pg.mkBrush(look.colour(tokens)),
                pen=pg.mkPen(tokens.surface),
            )
        for name, line in self._lines.items():
            line.setVisible(name in self._drawn)
            self._points[name].setVisible(name in self._drawn)

    def _items(self, name: str) -> tuple[pg.PlotCurveItem, pg.ScatterPlotItem]:
        if name not in self._lines:
            self._lines[name] = pg.PlotCurveItem()
            self._points[name] = pg.ScatterPlotItem()
            self.canvas.getPlotItem().addItem(self._lines[name])
            self.canvas.getPlotItem().addItem(self._points[name])
        return self._lines[name], self._points[name]

    @Slot(object)
    def _on_hover(self, at: float | None) -> None:
        if at is None or self._snapshot is None or not self._drawn:
            self.canvas.show_readout((), 0.0)
            return
        found = []
        for name, drawn in self._drawn.items():
            index = int(np.argmin(np.abs(drawn.at - at)))
            rate = float(drawn.rates[index])
            found.append((rate if np.isfinite(rate) else -1.0, name))
        lines = [f"{name}  {percent(rate / 100) if rate >= 0 else 'no lookups'}" for rate, name in sorted(found, reverse=True)]
        self.canvas.show_readout([moment(round(at * 1000), self._snapshot.ledger.zone, self._now), *lines], at)
