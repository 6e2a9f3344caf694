"""Hit rates of the caches over time: a line each, with gaps where nothing was looked up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import Measure
from budgetmon.gui.charts.buckets import Floats, lone_points, rate_line, shown_range
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.charts.sheet import Sheet, SheetRow, amount_cell, instant_cell, share_cell
from budgetmon.gui.state.formatting import count, percent
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import CacheStatus, Snapshot

translate = QCoreApplication.translate

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
            translate("caches", "Cache hit rate"),
            (
                translate("caches", "No cache lookups in this span"),
                translate("caches", "Caches that are given a tracker publish their rates here."),
            ),
            parent,
        )
        self._looks = looks
        self._snapshot: Snapshot | None = None
        self._lines: dict[str, pg.PlotCurveItem] = {}
        self._points: dict[str, pg.ScatterPlotItem] = {}
        self._drawn: dict[str, _Drawn] = {}
        self.canvas.amount_axis.line_up()
        self.canvas.restyled.connect(self._redraw)
        self.show_drawing(False)

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Show the caches of ``snapshot`` over its span, up to the UTC millisecond ``now``."""
        self._snapshot, self.now, self.zone = snapshot, now, snapshot.ledger.zone
        self._redraw()

    def is_due(self, now: int) -> bool:
        snapshot = self._snapshot
        return snapshot is not None and shown_range(snapshot, now) != shown_range(snapshot, self.now)

    @Slot()
    def _redraw(self) -> None:
        if self._snapshot is None:
            return
        self._looks.learn(cache.name for cache in self._snapshot.caches)
        span = shown_range(self._snapshot, self.now)
        entries = []
        self._drawn = {}
        for cache in self._snapshot.caches:
            if not cache.width:
                continue
            at, rates, lookups = rate_line(cache.starts, cache.hits_by, cache.misses_by, cache.width, span, _MOST_POINTS)
            if lookups:
                self._drawn[cache.name] = _Drawn(at, rates)
                entries.append(self._entry(cache, lookups, span))
        self._draw()
        self.legend.show_entries(entries)
        self.canvas.set_units(self._snapshot.ledger.zone, Measure.SHARE)
        self.canvas.set_range((span[0] / 1000.0, span[1] / 1000.0), (-3.0, 103.0))
        self.show_drawing(bool(self._drawn))

    def _entry(self, cache: CacheStatus, lookups: int, span: tuple[int, int]) -> LegendEntry:
        hits = sum(
            hit
            for start, hit in zip(cache.starts, cache.hits_by, strict=True)
            if span[0] <= start + cache.width and start <= span[1]
        )
        pen = self._looks[cache.name].pen(self.themer.tokens)
        return LegendEntry(
            translate("caches", "{cache} {rate} (n {count})").format(
                cache=cache.name, rate=percent(hits / lookups), count=count(lookups)
            ),
            pen,
            name=cache.name,
        )

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

    def lines_at(self, at: float) -> Sequence[str]:
        found = []
        for name, drawn in self._drawn.items():
            place = int(np.argmin(np.abs(drawn.at - at)))
            rate = float(drawn.rates[place])
            found.append((rate if np.isfinite(rate) else -1.0, name))
        return tuple(
            f"{name}  {percent(rate / 100) if rate >= 0 else self.tr('no lookups')}"
            for rate, name in sorted(found, reverse=True)
        )

    def sheet(self) -> Sheet:
        if self._snapshot is None:
            return Sheet()
        titles = [self.tr("Begins")]
        found: dict[int, dict[str, tuple[int, int]]] = {}
        caches = [cache for cache in self._snapshot.caches if cache.name in self._drawn]
        for cache in caches:
            titles += [cache.name, self.tr("{cache}, lookups").format(cache=cache.name)]
            for start, hits, misses in zip(cache.starts, cache.hits_by, cache.misses_by, strict=True):
                found.setdefault(start, {})[cache.name] = (hits, hits + misses)
        rows = []
        for start in sorted(found):
            cells = [instant_cell(start, self.zone, self.now)]
            for cache in caches:
                hits, lookups = found[start].get(cache.name, (0, 0))
                cells += [share_cell(hits / lookups if lookups else None), amount_cell(Unit.CALLS, lookups)]
            rows.append(SheetRow(start, tuple(cells)))
        return Sheet(tuple(titles), tuple(rows))
