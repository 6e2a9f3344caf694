"""How long calls took, as lines: the median solid in each name's look, the 95th percentile thin above it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt

from budgetmon.gui.charts.buckets import Floats
from budgetmon.gui.charts.canvas import thin_pen
from budgetmon.gui.charts.consumption_shape import latency_lines
from budgetmon.gui.charts.consumption_words import name_words
from budgetmon.gui.charts.sheet import Cell, Sheet, SheetRow, instant_cell, text_cell
from budgetmon.gui.state.formatting import took
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.tokens import Tokens
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import Latencies, Stack

translate = QCoreApplication.translate


class LatencyLines:
    """Draws into one plot. Items are reused from one picture to the next."""

    def __init__(self, plot: pg.PlotItem, looks: SeriesLooks) -> None:
        self._plot, self._looks = plot, looks
        self._items: dict[str, tuple[pg.PlotCurveItem, pg.ScatterPlotItem, pg.PlotCurveItem]] = {}
        self._drawn: dict[str, tuple[Floats, Floats, Floats]] = {}

    def draw(self, found: Latencies, tokens: Tokens) -> float:
        """Draw ``found``; the highest value in seconds."""
        self._drawn = latency_lines(found)
        for name, (at, typical, slow) in self._drawn.items():
            look = self._looks[name]
            line, points, above = self._of(name)
            line.setData(at, typical, connect="finite")
            line.setPen(look.pen(tokens, 1.8))
            real = np.isfinite(typical)
            points.setData(
                at[real],
                typical[real],
                symbol=look.marker,
                size=5,
                brush=pg.mkBrush(look.colour(tokens)),
                pen=pg.mkPen(tokens.surface),
            )
            above.setData(at, slow, connect="finite")
            above.setPen(thin_pen(look.colour(tokens), Qt.PenStyle.DotLine, 1.1))
        return max((float(np.nanmax(slow)) for _, _, slow in self._drawn.values()), default=1.0)

    def show(self, shown: bool) -> None:
        """Show what was drawn last, or nothing."""
        for name, items in self._items.items():
            for item in items:
                item.setVisible(shown and name in self._drawn)

    def entries(self, tokens: Tokens, stack: Stack) -> list[LegendEntry]:
        """One per name, and what the thin lines are."""
        named = [LegendEntry(name_words(name, stack), self._looks[name].pen(tokens)) for name in self._drawn]
        slow = translate("consumption", "dotted: 95 of 100 are faster")
        return [*named, LegendEntry(slow, thin_pen(tokens.muted, Qt.PenStyle.DotLine, 1.1))]

    def lines_at(self, at: float, stack: Stack) -> tuple[str, ...]:
        """Median and 95th percentile per name in the bucket at ``at``, the slowest first."""
        found = []
        for name, (instants, typical, slow) in self._drawn.items():
            place = int(np.argmin(np.abs(instants - at)))
            if np.isfinite(typical[place]):
                found.append((float(typical[place]), name, float(slow[place])))
        words = translate("consumption", "{name}  {typical}, 95 of 100 within {slow}")
        return tuple(
            words.format(name=name_words(name, stack), typical=took(round(typical * 1000)), slow=took(round(slow * 1000)))
            for typical, name, slow in sorted(found, reverse=True)
        )

    def sheet(self, stack: Stack, zone: str, now: int) -> Sheet:
        """A row per bucket, two columns per name."""
        titles = [translate("consumption", "Middle")]
        for name in self._drawn:
            titles += [
                name_words(name, stack),
                translate("consumption", "{name}, 95 of 100").format(name=name_words(name, stack)),
            ]
        instants = next((at for at, _, _ in self._drawn.values()), np.zeros(0))
        rows = []
        for place, at in enumerate(instants):
            if all(np.isnan(typical[place]) for _, typical, _ in self._drawn.values()):
                continue
            stamp = round(float(at) * 1000)
            cells = [instant_cell(stamp, zone, now)]
            for _, typical, slow in self._drawn.values():
                cells += [_cell(float(typical[place])), _cell(float(slow[place]))]
            rows.append(SheetRow(stamp, tuple(cells)))
        return Sheet(tuple(titles), tuple(rows))

    def _of(self, name: str) -> tuple[pg.PlotCurveItem, pg.ScatterPlotItem, pg.PlotCurveItem]:
        if name not in self._items:
            self._items[name] = (pg.PlotCurveItem(), pg.ScatterPlotItem(), pg.PlotCurveItem())
            for item in self._items[name]:
                self._plot.addItem(item)
        return self._items[name]


def _cell(seconds: float) -> Cell:
    milliseconds = None if np.isnan(seconds) else round(seconds * 1000)
    if milliseconds is None:
        return text_cell(took(None), "", -1.0)
    return text_cell(took(milliseconds), str(milliseconds), milliseconds)
