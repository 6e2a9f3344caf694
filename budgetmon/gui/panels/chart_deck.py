"""The charts: side by side where there is room, one at a time where there is not."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from budgetmon.gui.charts.burn_down import BurnDownChart
from budgetmon.gui.charts.cache_rates import CacheRatesChart
from budgetmon.gui.charts.consumption import ConsumptionChart
from budgetmon.gui.charts.consumption_shape import Metric
from budgetmon.gui.charts.crosshair import Crosshair
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.state.budget_cards import soonest_first
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.segments import Segments, exclusive_actions
from budgetmon.monitor.snapshot import BudgetStatus, ChartAsk, Snapshot

_WIDE = 720
_TALL = 290


class ChartDeck(QWidget):
    """Owns the three charts and decides how they lie.

    ``asked`` carries a ChartAsk when the charts want something that the picture does not hold; ``stretch_chosen`` two UTC
    milliseconds; ``follow_asked`` wants the present back.
    """

    saved = Signal(str)
    save_failed = Signal(str)
    asked = Signal(object)
    stretch_chosen = Signal(object, object)
    follow_asked = Signal()

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Charts"))
        self.burn_down = BurnDownChart(themer, looks, self)
        self.consumption = ConsumptionChart(themer, looks, self)
        self.cache_rates = CacheRatesChart(themer, looks, self)
        self._charts: tuple[ChartFrame, ...] = (self.burn_down, self.consumption, self.cache_rates)
        self.now = 0
        self._providers: tuple[str | None, ...] = ()
        self._one = 0
        self._wide: bool | None = None
        choices = ((self.tr("Burn-down"), 0), (self.tr("Consumption"), 1), (self.tr("Caches"), 2))
        self._segments = Segments(exclusive_actions(choices, 0, self), self.tr("Chart"), self)
        self._segments.chosen.connect(self._on_one)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._crosshair = Crosshair(self._charts, self)
        self.burn_down.asked.connect(self._on_asked)
        self.consumption.asked.connect(self._on_asked)
        self._wanted = ChartAsk()
        for chart in self._charts:
            chart.stretch_chosen.connect(self.stretch_chosen)
            chart.follow_asked.connect(self.follow_asked)
            chart.saved.connect(self.saved)
            chart.save_failed.connect(self.save_failed)
        self._arrange(wide=True)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 150)

    def sizeHint(self) -> QSize:
        return QSize(900, 360)

    def show_picture(self, snapshot: Snapshot, providers: tuple[str | None, ...], now: int) -> None:
        """Show ``snapshot`` at the UTC millisecond ``now``; the burn-down offers the budgets of ``providers``, or all."""
        self.now = now
        keep, self._providers = providers == self._providers, providers
        self.burn_down.show_picture(snapshot, _budgets(snapshot, providers), now, keep_choice=keep)
        self.consumption.show_picture(snapshot, now, providers[0] if len(providers) == 1 else None)
        self.cache_rates.show_picture(snapshot, now)

    @property
    def wanted(self) -> ChartAsk:
        """What the charts want to know beyond the ordinary picture."""
        budget = self.burn_down.chosen
        return ChartAsk(
            stack=self.consumption.told_apart,
            focus=self.consumption.focus,
            latency=self.consumption.measured is Metric.LATENCY,
            budget=budget.name if budget else None,
        )

    @Slot()
    def _on_asked(self) -> None:
        if self.wanted != self._wanted:
            self._wanted = self.wanted
            self.asked.emit(self._wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(wide=event.size().width() >= _WIDE and event.size().height() >= _TALL)

    def _arrange(self, *, wide: bool) -> None:
        if wide == self._wide:
            return
        self._wide = wide
        for chart in self._charts:
            self._grid.removeWidget(chart)
        if wide:
            self._grid.addWidget(self.burn_down, 0, 0, 2, 1)
            self._grid.addWidget(self.consumption, 0, 1)
            self._grid.addWidget(self.cache_rates, 1, 1)
            self._set_stretches(11, 9)
        else:
            for chart in self._charts:
                self._grid.addWidget(chart, 0, 0, 2, 2)
            self._set_stretches(1, 0)
        self._show_charts()

    def _set_stretches(self, left: int, right: int) -> None:
        self._grid.setColumnStretch(0, left)
        self._grid.setColumnStretch(1, right)
        self._grid.setRowStretch(0, 1)
        self._grid.setRowStretch(1, 1)

    def _show_charts(self) -> None:
        for number, chart in enumerate(self._charts):
            chart.setVisible(bool(self._wide) or number == self._one)
            chart.head_with(self._segments if not self._wide and number == self._one else None)
        self._segments.setVisible(not self._wide)

    @Slot(object)
    def _on_one(self, number: int) -> None:
        self._one = number
        self._show_charts()


def _budgets(snapshot: Snapshot, providers: tuple[str | None, ...]) -> tuple[BudgetStatus, ...]:
    """The budgets to offer, the one that runs out first at the head."""
    offered = [budget for budget in snapshot.budgets if not providers or budget.scope.provider in providers]
    return soonest_first(offered, snapshot.as_of)
