"""The charts together: one stretch of time, one crosshair, one choice of providers, wherever each of them lies."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.gui.charts.burn_down import BurnDownChart
from budgetmon.gui.charts.cache_rates import CacheRatesChart
from budgetmon.gui.charts.consumption import ConsumptionChart
from budgetmon.gui.charts.consumption_shape import Metric
from budgetmon.gui.charts.crosshair import Crosshair
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.in_turns import Step
from budgetmon.gui.state.budget_cards import last_refused, soonest_first
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.snapshot import BudgetStatus, ChartAsk, Snapshot


class ChartDeck(QObject):
    """Makes the three charts and keeps them in step; whoever shows them decides how they lie.

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
        self.burn_down = BurnDownChart(themer, looks, parent)
        self.consumption = ConsumptionChart(themer, looks, parent)
        self.cache_rates = CacheRatesChart(themer, looks, parent)
        self._charts: tuple[ChartFrame, ...] = (self.burn_down, self.consumption, self.cache_rates)
        self.now = 0
        self._providers: tuple[str | None, ...] = ()
        self._crosshair = Crosshair(self._charts, self)
        self.burn_down.asked.connect(self._on_asked)
        self.consumption.asked.connect(self._on_asked)
        self._wanted = ChartAsk()
        for chart in self._charts:
            chart.stretch_chosen.connect(self.stretch_chosen)
            chart.follow_asked.connect(self.follow_asked)
            chart.saved.connect(self.saved)
            chart.save_failed.connect(self.save_failed)

    def show_picture(self, snapshot: Snapshot, providers: tuple[str | None, ...], now: int) -> None:
        """Show ``snapshot`` at the UTC millisecond ``now``; the burn-down offers the budgets of ``providers``, or all."""
        for step in self.steps(snapshot, providers, now):
            step()

    def steps(self, snapshot: Snapshot, providers: tuple[str | None, ...], now: int) -> tuple[Step, ...]:
        """The same, a step per chart: painting one takes about as long as a frame may."""
        self.now = now
        keep, self._providers = providers == self._providers, providers
        focus = providers[0] if len(providers) == 1 else None
        budgets = _budgets(snapshot, providers)
        return (
            partial(self.burn_down.show_picture, snapshot, budgets, now, keep_choice=keep),
            partial(self.consumption.show_picture, snapshot, now, focus),
            partial(self.cache_rates.show_picture, snapshot, now),
        )

    def pass_time(self, now: int) -> tuple[Step, ...]:
        """Show the same picture at a later ``now``: a step per chart that looks different then."""
        self.now = now
        return tuple(partial(chart.pass_time, now) for chart in self._charts if chart.is_due(now))

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


def _budgets(snapshot: Snapshot, providers: tuple[str | None, ...]) -> tuple[BudgetStatus, ...]:
    """The budgets to offer, the one that runs out first at the head."""
    offered = [budget for budget in snapshot.budgets if not providers or budget.scope.provider in providers]
    return soonest_first(offered, snapshot.as_of, last_refused(snapshot))
