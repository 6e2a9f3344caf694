"""The content of the window once there is a picture: figures on top, and below them every panel in a dock of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QVBoxLayout, QWidget

from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.docks.dock_area import DockArea
from budgetmon.gui.feed.page_feed import PageFeed
from budgetmon.gui.in_turns import InTurns, Step
from budgetmon.gui.panels.caches_panel import CachesPanel
from budgetmon.gui.panels.calls_panel import CallsPanel
from budgetmon.gui.panels.chart_deck import ChartDeck
from budgetmon.gui.panels.listing_panel import ListingPanel
from budgetmon.gui.panels.order_menu import offer_pause
from budgetmon.gui.panels.provider_cards import ProviderCards
from budgetmon.gui.panels.refusals_panel import RefusalsPanel
from budgetmon.gui.panels.runs_panel import RunsPanel
from budgetmon.gui.panels.summary_strip import SummaryStrip
from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.filter_words import calls_of
from budgetmon.gui.state.formatting import count
from budgetmon.gui.state.models_model import ModelsModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.state.workers_model import WorkersModel
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.table import Table
from budgetmon.gui.widgets.veil import Veil
from budgetmon.monitor.alerts.values import Reference
from budgetmon.monitor.snapshot import NamedTotals, Snapshot, WorkerRow

_LOW = 620  # a dashboard below this height saves every line it can

_FRAMED_THEMSELVES = ("overview", "burnDown", "consumption", "cacheRates")  # made of cards, or one


class Dashboard(QWidget):
    """Shows one snapshot at a time. ``saved`` and ``save_failed`` name a chart's picture. GUI thread only.

    ``charts_asked`` carries a ChartAsk, ``order_asked`` an Order, ``stretch_chosen`` two UTC milliseconds; ``follow_asked``
    wants the present back.
    """

    saved = Signal(str)
    save_failed = Signal(str)
    charts_asked = Signal(object)
    order_asked = Signal(object)
    stretch_chosen = Signal(object, object)
    follow_asked = Signal()

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dashboard")
        self._looks = SeriesLooks()
        self._snapshot: Snapshot | None = None
        self._chosen: tuple[str | None, ...] = ()
        self.summary = SummaryStrip(self)
        self.cards = ProviderCards(themer, self._looks, self)
        self.charts = ChartDeck(themer, self._looks, self)
        self._make_tables(themer)
        self.runs = RunsPanel(themer)
        self.docks = DockArea(themer, self)
        self._add_panels()
        layout = self._column = QVBoxLayout(self)
        layout.setSpacing(4)
        layout.addWidget(self.summary)
        layout.addWidget(self.docks, 1)
        self._veil = Veil(themer, self)
        self.turns = InTurns(self)
        for listing in (self.calls, self.refusals):
            listing.order_asked.connect(self.order_asked)
        for panel in (self.models, self.workers):
            panel.table.menu_filling.connect(self._on_menu_filling)
        self.refusals.calls_asked.connect(self.show_calls)
        self.cards.menu_asked.connect(self._on_card_menu)
        self.cards.chosen.connect(self._on_chosen)
        self.charts.saved.connect(self.saved)
        self.charts.save_failed.connect(self.save_failed)
        self.charts.asked.connect(self.charts_asked)
        self.charts.stretch_chosen.connect(self.stretch_chosen)
        self.charts.follow_asked.connect(self.follow_asked)

    def _make_tables(self, themer: Themer) -> None:
        self.calls = CallsPanel(themer)
        self.refusals = RefusalsPanel(themer)
        self.models = TablePanel(
            themer,
            ModelsModel(),
            self.tr("Models"),
            ("chart", self.tr("No models yet"), self.tr("Each model that is called gets a row.")),
        )
        self.caches = CachesPanel(themer)
        self.workers = TablePanel(
            themer,
            WorkersModel(),
            self.tr("Workers"),
            ("run", self.tr("No workers yet"), self.tr("Each process that writes gets a row.")),
        )

    def _add_panels(self) -> None:
        """Every panel by name: a new one is added here, and to the layouts in ``docks.arrangements`` that show it."""
        for name, title, panel in (
            ("overview", self.tr("Overview"), self.cards),
            ("burnDown", self.tr("Burn-down"), self.charts.burn_down),
            ("consumption", self.tr("Consumption"), self.charts.consumption),
            ("cacheRates", self.tr("Cache hit rate"), self.charts.cache_rates),
            ("calls", self.tr("Calls"), self.calls),
            ("refusals", self.tr("Refusals"), self.refusals),
            ("models", self.tr("Models"), self.models),
            ("caches", self.tr("Caches"), self.caches),
            ("workers", self.tr("Workers"), self.workers),
            ("runs", self.tr("Test runs"), _scrolling(self.runs)),
        ):
            self.docks.add(name, title, panel, framed=name not in _FRAMED_THEMSELVES)

    def panel_actions(self) -> list[QAction]:
        """An action per panel that shows or closes it."""
        return self.docks.toggles()

    def add_alerts(self, panel: QWidget) -> None:
        """Give the list of alerts its place."""
        self.docks.add("alerts", self.tr("Alerts"), panel, framed=True)

    def show_cause(self, reference: Reference) -> None:
        """Focus on the provider of an alert, and choose the rows that caused it in their table, as far as it has them."""
        if reference.provider is not None:
            self.choose(reference.provider)
        for name, listing, numbers in (("refusals", self.refusals, reference.refusals), ("calls", self.calls, reference.calls)):
            if numbers:
                self.docks.bring(name)
                listing.show_numbers(numbers)
                return
        for name, panel, key in (("workers", self.workers, reference.worker), ("caches", self.caches, reference.cache)):
            if key is not None:
                self.docks.bring(name)
                panel.table.choose((key,))
                return

    @Slot(str)
    def show_calls(self, text: str) -> None:
        """Show the calls that pass ``text``, a filter as it is typed; with ``refused`` in it, those that were turned away."""
        name, listing = ("refusals", self.refusals) if "refused" in text.split() else ("calls", self.calls)
        self.docks.bring(name)
        listing.show_filter(text)

    @Slot()
    def on_find(self) -> None:
        """Type a filter: of the refusals when they have the focus, otherwise of the calls."""
        in_refusals = self.refusals.isAncestorOf(QApplication.focusWidget() or self)
        listing: ListingPanel = self.refusals if in_refusals else self.calls
        self.docks.bring("refusals" if in_refusals else "calls")
        listing.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        listing.filter.line.selectAll()

    def turn_pages(self, pages: PageFeed) -> None:
        """Read the long tables, and the details beside them, through ``pages``."""
        for listing in (self.calls, self.refusals):
            listing.page_asked.connect(pages.ask)
            pages.turned.connect(listing.take)
            pages.missed.connect(listing.miss)
        self.calls.details_asked.connect(pages.ask)
        pages.detailed.connect(self.calls.show_details)

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Show ``snapshot`` as it stands at the UTC millisecond ``now``: the first one at once, others in a few turns."""
        is_first, self._snapshot = self._snapshot is None, snapshot
        self._looks.learn(each.name for each in snapshot.providers)
        if is_first:
            for step in self._steps(snapshot, now):
                step()
        else:
            self.turns.take(self._steps(snapshot, now))

    def _steps(self, snapshot: Snapshot, now: int) -> tuple[Step, ...]:
        tables: Step = partial(self._show_tables, snapshot, Clock(snapshot.ledger.zone, now))
        return (partial(self.summary.show_picture, snapshot), *self._steps_of_time(snapshot, now), tables)

    def _show_tables(self, snapshot: Snapshot, clock: Clock) -> None:
        self.calls.show_picture(snapshot, clock)
        self.refusals.show_picture(snapshot, clock)
        self.models.show_rows(snapshot.models, clock)
        self.caches.show_rows(snapshot.caches, clock)
        self.workers.show_rows(snapshot.workers, clock)
        self.runs.show_runs(snapshot.runs, clock)
        self._name_tabs(snapshot)

    def pass_time(self, now: int) -> None:
        """Show the same snapshot at a later ``now``: countdowns, the "now" lines, the window of the charts, where they move."""
        if self._snapshot is None or not self.turns.is_done:
            return
        cards: tuple[Step, ...] = (partial(self.cards.show_picture, self._snapshot, now),) if self.cards.is_due(now) else ()
        self.turns.take((*cards, *self.charts.pass_time(now)))

    def _steps_of_time(self, snapshot: Snapshot, now: int) -> tuple[Step, ...]:
        return (partial(self.cards.show_picture, snapshot, now), *self.charts.steps(snapshot, self._chosen, now))

    def _name_tabs(self, snapshot: Snapshot) -> None:
        refused = snapshot.totals.refused
        title = self.tr("Refusals ({count})").format(count=count(refused)) if refused else self.tr("Refusals")
        self.docks.dock("refusals").setWindowTitle(title)

    def show_stale(self, stale: bool) -> None:
        """Make the picture look old, or not."""
        self._veil.draw(stale)

    def choose(self, *providers: str | None) -> None:
        """Show the burn-down of these providers' budgets; of all budgets when none is named."""
        self._chosen = providers
        self.cards.select(providers)
        if self._snapshot is not None:
            self.charts.show_picture(self._snapshot, self._chosen, self.charts.now)
            if not self.turns.is_done:
                # The steps that are left would bring back what was chosen before.
                self.turns.take(self._steps(self._snapshot, self.charts.now))

    def start_run(self, folder: Path) -> None:
        """Show the test runs and start the tests of ``folder``."""
        self.docks.bring("runs")
        self.runs.start(folder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        low = event.size().height() < _LOW
        self.summary.make_compact(low)
        self._column.setContentsMargins(12, 6 if low else 10, 12, 6 if low else 10)

    def save_layout(self, settings: Settings) -> None:
        """Remember which layout was chosen and what somebody made of it."""
        settings.layout_name = self.docks.chosen
        settings.set_layout("docks", self.docks.state())
        for listing in (self.calls, self.refusals):
            listing.save(settings)
        for name, table in self._tables().items():
            settings.set_layout(name, table.columns_state())

    def restore_layout(self, settings: Settings) -> None:
        """Lay the panels as they lay last time."""
        self.docks.restore(settings.layout_name, settings.layout("docks"))
        for listing in (self.calls, self.refusals):
            listing.restore(settings)
        for name, table in self._tables().items():
            state = settings.layout(name)
            if state is not None:
                table.restore_columns(state)

    def reset_layout(self) -> None:
        """Lay the panels as they lay at first."""
        self.docks.lay(LayoutName.WATCH)
        for table in self._tables().values():
            table.forget_columns()

    def _tables(self) -> dict[str, Table]:
        """The tables whose columns are remembered, by a name that changes when their columns do."""
        named = (
            ("calls", self.calls.table),
            ("refusals", self.refusals.table),
            ("models", self.models.table),
            ("workers", self.workers.table),
        )
        return {f"columns/{name}{table.model().columnCount()}": table for name, table in named}

    @Slot(object)
    def _on_chosen(self, provider: str | None) -> None:
        if self._chosen == (provider,):
            self.choose()
        else:
            self.choose(provider)

    @Slot(object, object, object)
    def _on_menu_filling(self, menu: QMenu, row: WorkerRow | NamedTotals, token: str | None) -> None:
        menu.addAction(self.tr("Show its calls")).setData(calls_of(row))
        menu.triggered.connect(self._on_calls_chosen)

    @Slot(QAction)
    def _on_calls_chosen(self, action: QAction) -> None:
        if action.data() is not None:
            self.show_calls(action.data())

    @Slot(object, object)
    def _on_card_menu(self, provider: str | None, where: QPoint) -> None:
        if provider is None or self._snapshot is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        offer_pause(menu, provider, self._snapshot.paused)
        menu.triggered.connect(self._on_card_order)
        menu.popup(where)

    @Slot(QAction)
    def _on_card_order(self, action: QAction) -> None:
        self.order_asked.emit(action.data())


def _scrolling(panel: QWidget) -> QScrollArea:
    """The panel with scroll bars where it does not fit, so that a tall tab forces no height on the others."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its controls have it, and bring themselves into view
    area.setWidgetResizable(True)
    area.setWidget(panel)
    area.setAccessibleName(panel.accessibleName())
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    panel.setAutoFillBackground(False)
    return area
