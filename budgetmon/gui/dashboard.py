"""The content of the window once there is a picture: figures, cards, charts and tables."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from budgetmon.gui.panels.caches_panel import CachesPanel
from budgetmon.gui.panels.chart_deck import ChartDeck
from budgetmon.gui.panels.provider_cards import ProviderCards
from budgetmon.gui.panels.refusals_panel import RefusalsPanel
from budgetmon.gui.panels.runs_panel import RunsPanel
from budgetmon.gui.panels.summary_strip import SummaryStrip
from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.calls_model import CallsModel
from budgetmon.gui.state.formatting import count
from budgetmon.gui.state.models_model import ModelsModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.state.workers_model import WorkersModel
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.veil import Veil
from budgetmon.monitor.alerts.values import Reference
from budgetmon.monitor.snapshot import Snapshot

_LOW = 620  # a dashboard below this height saves every line it can
_RUN_ROOM = 360  # height that a running test run gets
_CHARTS_SHARE = 0.65


class Dashboard(QWidget):
    """Shows one snapshot at a time. ``saved`` and ``save_failed`` name a chart's picture. GUI thread only.

    ``charts_asked`` carries a ChartAsk, ``stretch_chosen`` two UTC milliseconds, ``follow_asked`` wants the present back.
    """

    saved = Signal(str)
    save_failed = Signal(str)
    charts_asked = Signal(object)
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
        self._runs_page = _scrolling(self.runs)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Tables and test runs")
        self._right = QSplitter(Qt.Orientation.Vertical)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._veil = Veil(themer, self)
        self._across.splitterMoved.connect(self._on_columns_moved)
        self._right.splitterMoved.connect(self._on_rows_moved)
        self.cards.chosen.connect(self._on_chosen)
        self.charts.saved.connect(self.saved)
        self.charts.save_failed.connect(self.save_failed)
        self.charts.asked.connect(self.charts_asked)
        self.charts.stretch_chosen.connect(self.stretch_chosen)
        self.charts.follow_asked.connect(self.follow_asked)

    def _make_tables(self, themer: Themer) -> None:
        self.calls = TablePanel(
            themer, CallsModel(), "Calls", ("ledger", "No calls yet", "The first call of any worker appears here.")
        )
        self.refusals = RefusalsPanel(themer)
        self.models = TablePanel(
            themer, ModelsModel(), "Models", ("chart", "No models yet", "Each model that is called gets a row.")
        )
        self.caches = CachesPanel(themer)
        self.workers = TablePanel(
            themer, WorkersModel(), "Workers", ("run", "No workers yet", "Each process that writes gets a row.")
        )

    def _lay_out(self) -> None:
        for panel, title in self._tabs():
            self.tabs.addTab(panel, title)
        self.tabs.setDocumentMode(False)
        for splitter in (self._right, self._across):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(8)
        self._right.addWidget(self.charts)
        self._right.addWidget(self.tabs)
        self._across.addWidget(self.cards)
        self._across.addWidget(self._right)
        self._right.setStretchFactor(0, 3)
        self._right.setStretchFactor(1, 2)
        self._across.setStretchFactor(0, 0)
        self._across.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(10)
        layout.addWidget(self.summary)
        layout.addWidget(self._across, 1)
        self.reset_layout()

    def _tabs(self) -> tuple[tuple[QWidget, str], ...]:
        return (
            (self.calls, "Calls"),
            (self.refusals, "Refusals"),
            (self.models, "Models"),
            (self.caches, "Caches"),
            (self.workers, "Workers"),
            (self._runs_page, "Test runs"),
        )

    def add_alerts(self, panel: QWidget) -> None:
        """Give the list of alerts its place."""
        self.tabs.insertTab(self.tabs.indexOf(self.refusals) + 1, panel, self.tr("Alerts"))

    def show_cause(self, reference: Reference) -> None:
        """Focus on the provider of an alert, and choose the rows that caused it in their table, as far as it has them."""
        if reference.provider is not None:
            self.choose(reference.provider)
        for panel, keys in (
            (self.refusals, reference.refusals),
            (self.calls, reference.calls),
            (self.workers, () if reference.worker is None else (reference.worker,)),
            (self.caches, () if reference.cache is None else (reference.cache,)),
        ):
            if keys:
                self.tabs.setCurrentWidget(panel)
                panel.table.choose(keys)
                return

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Show ``snapshot`` as it stands at the UTC millisecond ``now``."""
        self._snapshot = snapshot
        self._looks.learn(each.name for each in snapshot.providers)
        clock = Clock(snapshot.ledger.zone, now)
        self.summary.show_picture(snapshot)
        self.calls.show_rows(snapshot.calls, clock)
        self.refusals.show_rows(snapshot.refusals, clock)
        self.models.show_rows(snapshot.models, clock)
        self.caches.show_rows(snapshot.caches, clock)
        self.workers.show_rows(snapshot.workers, clock)
        self.runs.show_runs(snapshot.runs, clock)
        self._name_tabs(snapshot)
        self.pass_time(now)

    def pass_time(self, now: int) -> None:
        """Show the same snapshot at a later ``now``: countdowns, the "now" lines, the window of the charts."""
        if self._snapshot is not None:
            self.cards.show_picture(self._snapshot, now)
            self.charts.show_picture(self._snapshot, self._chosen, now)

    def _name_tabs(self, snapshot: Snapshot) -> None:
        refused = snapshot.totals.refused
        self.tabs.setTabText(self.tabs.indexOf(self.refusals), f"Refusals ({count(refused)})" if refused else "Refusals")

    def show_stale(self, stale: bool) -> None:
        """Make the picture look old, or not."""
        self._veil.draw(stale)

    def choose(self, *providers: str | None) -> None:
        """Show the burn-down of these providers' budgets; of all budgets when none is named."""
        self._chosen = providers
        self.cards.select(providers)
        if self._snapshot is not None:
            self.charts.show_picture(self._snapshot, self._chosen, self.charts.now)

    def start_run(self, folder: Path) -> None:
        """Show the test runs and start the tests of ``folder``."""
        self.tabs.setCurrentWidget(self._runs_page)
        charts, tables = self._right.sizes()
        if tables < _RUN_ROOM:
            self._right.setSizes([charts + tables - _RUN_ROOM, _RUN_ROOM])
            self._on_rows_moved(0, 1)
        self.runs.start(folder)

    def reset_layout(self) -> None:
        """Put the splitters where they were at first."""
        self._cards_width: int | None = None
        self._charts_share: float | None = None
        self._place_splitters()

    def _place_splitters(self) -> None:
        """The cards keep the width that somebody gave them, or take a quarter; the charts keep their share of the height."""
        width, height = self._across.width(), self._right.height()
        cards = self._cards_width or max(286, min(360, width * 26 // 100))
        charts = round(height * (self._charts_share or _CHARTS_SHARE))
        self._across.setSizes([cards, max(1, width - cards)])
        self._right.setSizes([charts, max(1, height - charts)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.summary.make_compact(event.size().height() < _LOW)
        self._place_splitters()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A splitter that was resized while hidden forgets what it was given.
        self._place_splitters()

    def save_layout(self, settings: Settings) -> None:
        """Remember where somebody put the splitters; those that nobody moved go on following the window."""
        if self._cards_width is not None:
            settings.set_number("cards_width", self._cards_width)
        if self._charts_share is not None:
            settings.set_number("charts_share", self._charts_share)

    def restore_layout(self, settings: Settings) -> None:
        """Put the splitters where they were last time."""
        width, share = settings.number("cards_width"), settings.number("charts_share")
        self._cards_width = int(width) if width is not None and 200 <= width <= 4000 else None
        self._charts_share = share if share is not None and 0.1 <= share <= 0.9 else None
        self._place_splitters()

    @Slot(int, int)
    def _on_columns_moved(self, position: int, index: int) -> None:
        self._cards_width = self._across.sizes()[0]

    @Slot(int, int)
    def _on_rows_moved(self, position: int, index: int) -> None:
        charts, tables = self._right.sizes()
        self._charts_share = charts / max(1, charts + tables)

    @Slot(object)
    def _on_chosen(self, provider: str | None) -> None:
        if self._chosen == (provider,):
            self.choose()
        else:
            self.choose(provider)


def _scrolling(panel: QWidget) -> QScrollArea:
    """The panel with scroll bars where it does not fit, so that a tall tab forces no height on the others."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(panel)
    area.viewport().setAutoFillBackground(False)
    panel.setAutoFillBackground(False)
    return area
