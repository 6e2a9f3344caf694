"""One crosshair over all charts, and one readout: what each of them shows at the instant under the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Slot

from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.state.formatting import moment


class Crosshair(QObject):
    """Joins ``charts``. The readout stands in the chart that the mouse is in and begins with that chart's values."""

    def __init__(self, charts: Sequence[ChartFrame], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._charts = tuple(charts)
        for chart in self._charts:
            chart.pointed.connect(self._on_pointed)

    @Slot(object, object)
    def _on_pointed(self, source: ChartFrame, at: float | None) -> None:
        if at is None:
            for chart in self._charts:
                chart.canvas.show_cross(None)
                chart.canvas.show_readout((), 0.0)
            return
        lines = [moment(round(at * 1000), source.zone, source.now), *source.lines_at(at)]
        for chart in self._charts:
            if chart is source:
                chart.canvas.show_cross(at)
                continue
            shows = chart.isVisible() and chart.covers(at)
            chart.canvas.show_cross(at if shows else None)
            chart.canvas.show_readout((), 0.0)
            more = chart.lines_at(at) if shows else ()
            if more:
                lines += ["", *more]
        source.canvas.show_readout(lines, at)
