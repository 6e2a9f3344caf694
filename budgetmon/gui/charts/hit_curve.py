"""The sizing curve of a cache: what each size would hit, with the size it has and the size that would do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import AmountAxis, Measure
from budgetmon.gui.charts.buckets import Floats
from budgetmon.gui.charts.canvas import Label, thin_pen
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.charts.sheet import Sheet, SheetRow, amount_cell, share_cell
from budgetmon.gui.state.cache_words import share_words
from budgetmon.gui.state.formatting import counted
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.cache_advice import CacheAdvice

_BEYOND = 2.2  # how far the curve is shown beyond the size there is


class HitCurveChart(ChartFrame):
    """Hit rate over size. GUI thread only."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("caches", "Hit rate by size")
        super().__init__(themer, title, ("", ""), parent, across=AmountAxis("bottom"))
        self.say_empty(
            self.tr("No curve yet"), self.tr("A busy cache estimates what other sizes would hit, and shows it here.")
        )
        self._advice: CacheAdvice | None = None
        self._line = pg.PlotCurveItem()
        self._dots = pg.ScatterPlotItem()
        self._dots.setZValue(10)
        self._best = pg.InfiniteLine(angle=0, movable=False)
        for item in (self._line, self._dots):
            self.canvas.getPlotItem().addItem(item)
        self.canvas.getPlotItem().addItem(self._best, ignoreBounds=True)
        self.canvas.restyled.connect(self._redraw)
        self.canvas.hovered.connect(self._on_hover)
        self.show_drawing(False)

    def show_advice(self, advice: CacheAdvice | None) -> None:
        """Show the curve that ``advice`` rests on."""
        self._advice = advice
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        advice = self._advice
        if advice is None or not advice.sizes:
            self.show_drawing(False)
            return
        tokens = self.themer.tokens
        sizes, rates = curve_in_view(advice)
        self.canvas.set_measures(Measure.ENTRIES, Measure.SHARE)
        self.canvas.set_range((0.0, float(sizes[-1])), (0.0, 103.0))
        self._line.setData(sizes, rates)
        self._line.setPen(thin_pen(tokens.accent, Qt.PenStyle.SolidLine, 2.0))
        self._best.setValue(advice.best_rate * 100)
        self._best.setPen(thin_pen(tokens.faint, Qt.PenStyle.DashLine))
        self._mark_sizes(advice, sizes, rates)
        best = self.tr("at best {rate}").format(rate=share_words(advice.best_rate))
        self.legend.show_entries(
            [
                LegendEntry(self.tr("hit rate"), thin_pen(tokens.accent, Qt.PenStyle.SolidLine, 2.0)),
                LegendEntry(best, thin_pen(tokens.faint, Qt.PenStyle.DashLine)),
            ]
        )
        self.show_drawing(True)

    def _mark_sizes(self, advice: CacheAdvice, sizes: Floats, rates: Floats) -> None:
        """A dot and a word at the size there is, and at the one that would do if that is another."""
        tokens = self.themer.tokens
        marks = [(float(advice.max_size), advice.rate * 100, "o", tokens.accent, self.tr("now"), -0.4)]
        if not advice.fits:
            words = self.tr("{size} would do").format(size=counted(advice.right_size, "entry"))
            right = float(np.interp(advice.right_size, sizes, rates))
            marks.append((float(advice.right_size), right, "d", tokens.ok, words, 1.4))
        edge = pg.mkPen(tokens.surface, width=1.5)
        self._dots.setData(
            [
                {"pos": (x, y), "symbol": symbol, "size": 12, "brush": pg.mkBrush(colour), "pen": edge}
                for x, y, symbol, colour, _, _ in marks
            ]
        )
        self.canvas.show_labels([Label(words, x, y, colour, (0.5, up), strong=True) for x, y, _, colour, words, up in marks])

    @Slot(object)
    def _on_hover(self, size: float | None) -> None:
        self.canvas.show_cross(size if self._advice else None)
        self.canvas.show_readout(self.lines_at(size) if size is not None else (), size or 0.0)

    def lines_at(self, at: float) -> Sequence[str]:
        if self._advice is None or not self._advice.sizes:
            return ()
        rate = float(np.interp(at, *curve_in_view(self._advice)))
        return (counted(round(at), "entry"), share_words(rate / 100))

    def sheet(self) -> Sheet:
        if self._advice is None:
            return Sheet()
        rows = tuple(
            SheetRow(size, (amount_cell(Unit.CALLS, size), share_cell(rate)))
            for size, rate in zip(self._advice.sizes, self._advice.rates, strict=True)
        )
        return Sheet((self.tr("Entries"), self.tr("Hit rate")), rows)


def curve_in_view(advice: CacheAdvice) -> tuple[Floats, Floats]:
    """The curve from an empty cache to somewhat beyond the size there is and the size that would do, in percent."""
    end = max(_BEYOND * advice.max_size, 1.3 * advice.right_size, 2.0)
    sizes = np.concatenate(([0.0], np.array(advice.sizes, dtype=np.float64)))
    rates = np.concatenate(([0.0], np.array(advice.rates, dtype=np.float64))) * 100
    inside = sizes < end
    return np.append(sizes[inside], end), np.append(rates[inside], np.interp(end, sizes, rates))
