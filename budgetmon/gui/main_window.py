"""The main window: asks the feed, shows the answers, and says plainly when there is nothing to show."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QAction, QCloseEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from budgetmon.gui.action_specs import SPANS
from budgetmon.gui.actions import Actions
from budgetmon.gui.alerting import Alerting
from budgetmon.gui.dashboard import Dashboard
from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.docks.screens import repaired, screen_areas
from budgetmon.gui.exporting import Exporting
from budgetmon.gui.feed.feed import Feed
from budgetmon.gui.feed.poller import ReaderFactory
from budgetmon.gui.first_steps import FirstSteps
from budgetmon.gui.help_control import HelpControl
from budgetmon.gui.ledger_control import LedgerControl
from budgetmon.gui.menus import build_menus
from budgetmon.gui.notices import Notices
from budgetmon.gui.order_control import OrderControl
from budgetmon.gui.passing_time import PassingTime
from budgetmon.gui.preferences_control import PreferencesControl
from budgetmon.gui.process.command import Place
from budgetmon.gui.process.editor import open_in_editor
from budgetmon.gui.range_control import RangeControl
from budgetmon.gui.settings import Settings
from budgetmon.gui.tab_order import focus, next_stop, tab_stops
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.tool_bar import TopBar
from budgetmon.gui.troubles import words_for
from budgetmon.gui.vital_signs import VitalSigns
from budgetmon.gui.widgets.empty_state import EmptyState
from budgetmon.gui.widgets.status_line import StatusLine
from budgetmon.monitor.alerts.values import Reference
from budgetmon.monitor.snapshot import Ask, ChartAsk, Snapshot
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

_LOW = 700  # a window below this height saves every line it can


def wall_clock() -> int:
    """Now in UTC milliseconds."""
    return time.time_ns() // 1_000_000


def _unclaimed(ledger: Path) -> bool:
    """Any number of windows may show one ledger."""
    return True


class MainWindow(QMainWindow):
    """One ledger in one window. The poller is stopped and waited for before the window closes. GUI thread only."""

    def __init__(
        self,
        ledger: Path,
        reader_factory: ReaderFactory,
        themer: Themer,
        settings: Settings,
        *,
        title_note: str | None = None,
        config: Path | None = None,
        now: Callable[[], int] = wall_clock,
        monotonic: Callable[[], float] = time.monotonic,
        period_ms: int = 1000,
        claim: Callable[[Path], bool] = _unclaimed,
    ) -> None:
        super().__init__()
        self._themer = themer
        self._settings = settings
        self._title_note = title_note
        self._config = config
        self._claim = claim
        self._now = now
        self._monotonic = monotonic
        self._snapshot: Snapshot | None = None
        self._held_back: Snapshot | None = None
        ask = Ask(span=settings.span(SPANS))
        self.feed = Feed(ledger, reader_factory, ask=ask, period_ms=period_ms, parent=self)
        self.actions_registry = Actions(themer, self)
        self._build()
        self._connect()
        self._show_ledger(ledger)
        self._restore()

    def _build(self) -> None:
        self.setObjectName("mainWindow")
        self.setMinimumSize(760, 520)
        self.notices = Notices(self._themer)
        self.dashboard = Dashboard(self._themer)
        self.alerting = Alerting(self._themer, self._settings, self.notices, self._now, self)
        self.dashboard.add_alerts(self.alerting.panel)
        self.nothing = EmptyState(self._themer, "ledger", self.tr("Opening the ledger"), "", large=True)
        self.first_steps = FirstSteps(self.feed.path, self)
        self.status = StatusLine(self._themer)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.nothing)
        self.pages.addWidget(self.dashboard)
        content = QWidget()
        content.setObjectName("dashboard")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notices.stack)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(content)
        self.ranges = RangeControl(self.feed, self.dashboard, self.actions_registry, self._settings, self._now, self)
        self.preferences = PreferencesControl(self.feed, self.actions_registry, self._themer, self._settings, self)
        self.help = HelpControl(self.actions_registry, self)
        self.actions_registry.add_panels(self.dashboard.docks.titles())
        self.ledgers = LedgerControl(self.actions_registry, self._settings, self)
        self.bar = TopBar(self.actions_registry, self.ranges, self.ledgers.menu, self._themer, self)
        self.addToolBar(self.bar)
        self.signs = VitalSigns(self.feed, self.bar.ledger, self.status, self.dashboard, self._now, self._monotonic)
        self.time = PassingTime(self.feed, self.signs, self.ranges, self.dashboard, self._now, self._monotonic, self)
        build_menus(self, self.actions_registry, self.dashboard.panel_actions(), self.ledgers.recent)
        self.export = Exporting(self.notices, self._settings, self)
        self.orders = OrderControl(self.notices, self)

    def _connect(self) -> None:
        self.feed.pictured.connect(self._on_picture)
        self.feed.unchanged.connect(self._on_unchanged)
        self.feed.troubled.connect(self._on_trouble)
        self.feed.failed.connect(self.report_failure)
        self.ledgers.chosen.connect(self.open_ledger)
        self.nothing.acted.connect(self.ledgers.on_open)
        self.nothing.dropped.connect(self.open_ledger)
        self.nothing.offered.connect(self.first_steps.take)
        self.first_steps.failed.connect(self.report_failure)
        self.notices.open_asked.connect(self.ledgers.on_open)
        self.notices.resume_asked.connect(self._on_resume)
        self.dashboard.saved.connect(self.notices.chart_saved)
        self.dashboard.save_failed.connect(self.notices.chart_not_saved)
        self.actions_registry.serve(self.dashboard)
        self.dashboard.order_asked.connect(self.orders.ask)
        self.orders.carried_out.connect(self.on_refresh)
        self.dashboard.turn_pages(self.feed.pages)
        self.dashboard.charts_asked.connect(self._on_charts_asked)
        self.dashboard.runs.location_activated.connect(open_in_editor)
        self.alerting.cause_asked.connect(self._on_cause)
        self.alerting.window_asked.connect(self.come_forward)
        self.actions_registry.serve(self)
        for show_anew in (self._on_look, self.alerting.show_anew, self.dashboard.runs.show_anew):
            self.preferences.look_changed.connect(show_anew)
        self.actions_registry.layouts.triggered.connect(self._on_layout)
        self.actions_registry.panels.triggered.connect(self._on_panel)

    def start(self) -> None:
        """Start asking."""
        self.feed.start()
        self.time.start()
        self.setFocus()

    @property
    def snapshot(self) -> Snapshot | None:
        """The picture that is shown."""
        return self._snapshot

    # Answers of the feed

    @Slot(object)
    def _on_picture(self, snapshot: Snapshot) -> None:
        self.signs.pictured(snapshot)
        self.notices.trouble_over()
        self.alerting.show_picture(self.preferences.seen(snapshot), max(self._now(), snapshot.as_of))
        if self.signs.paused and self._snapshot is not None:
            self._held_back = snapshot
            self.notices.paused(snapshot.totals.calls - self._snapshot.totals.calls)
            return
        self._show(snapshot)

    @Slot()
    def _on_unchanged(self) -> None:
        if self._snapshot is not None:
            self.signs.confirmed()
            self.notices.trouble_over()
            self.time.answered()

    @Slot(object)
    def _on_trouble(self, trouble: LedgerTrouble) -> None:
        words = words_for(trouble, seen=self._snapshot is not None)
        if self._snapshot is None:
            offers = self.first_steps.offers() if trouble.trouble in (Trouble.MISSING, Trouble.NO_FOLDER) else ()
            self.nothing.say(
                words.icon, words.headline, words.sentence, self.tr("Open another ledger..."), trouble.path, offers
            )
            self.pages.setCurrentWidget(self.nothing)
        else:
            self.notices.trouble(trouble.trouble, words)
        self.signs.troubled(trouble)

    @Slot(str)
    def report_failure(self, report: str) -> None:
        """Show that something unexpected went wrong, with the report at hand. The window stays."""
        self.notices.failure(report)
        if self._snapshot is None:
            self.nothing.say(
                "exhausted",
                self.tr("No picture yet"),
                self.tr("The ledger could not be read; it is tried again every few seconds."),
                self.tr("Open another ledger..."),
            )

    def _show(self, snapshot: Snapshot) -> None:
        if self._snapshot is None and not self._title_note:
            self.ledgers.remember()
        self._snapshot = snapshot
        self.time.shown(snapshot)
        seen = self.preferences.seen(snapshot)
        self.dashboard.show_picture(seen, max(self._now(), snapshot.as_of))
        self.signs.shown(seen)
        self.ranges.show_picture(seen)
        self.pages.setCurrentWidget(self.dashboard)
        self.actions_registry["export"].setEnabled(True)

    @Slot()
    def _on_look(self) -> None:
        if self._snapshot is not None:
            self._show(self._snapshot)

    # What the operator does

    @Slot(str)
    def open_ledger(self, path: str) -> None:
        """Show the ledger at ``path`` from now on; not when another window has it, which comes to the front instead."""
        if not self._claim(Path(path)):
            return
        self._snapshot = self._held_back = None
        self.time.shown(None)
        self._set_paused(False)
        self.notices.trouble_over()
        self._show_ledger(Path(path))
        self.feed.open(Path(path))

    @Slot(object)
    def _on_cause(self, reference: Reference) -> None:
        """Show what caused an alert: its provider, its rows, and the stretch of time that it is about."""
        if self._snapshot is None:
            return
        self.ranges.cover(reference.since, reference.until)
        self.dashboard.show_cause(reference)

    @Slot()
    def come_forward(self) -> None:
        """Show the window in front of all others."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    @Slot()
    def on_export(self) -> None:
        """Export the ledger that is shown."""
        if self._snapshot is not None:
            self.export.ask(self._snapshot)

    @Slot()
    def on_run_tests(self) -> None:
        """Choose a folder and run its tests."""
        dialog = QFileDialog(self, self.tr("Run the tests of a folder"), str(Path.cwd()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.start_run)
        dialog.open()

    @Slot(str)
    def start_run(self, folder: str) -> None:
        """Run the tests of ``folder``; the tab shows them even while there is no picture."""
        self.pages.setCurrentWidget(self.dashboard)
        self.dashboard.start_run(Path(folder))

    @Slot()
    def on_refresh(self) -> None:
        """Read a whole new picture."""
        self.feed.ask_now(fresh=True)

    @Slot()
    def on_pause(self) -> None:
        """Hold the picture still, or let it go on."""
        self._set_paused(not self.signs.paused)

    @Slot()
    def _on_resume(self) -> None:
        self._set_paused(False)

    def _set_paused(self, paused: bool) -> None:
        self.signs.paused = paused
        self.actions_registry.show_paused(paused)
        if paused:
            self.notices.paused(0)
        else:
            self.notices.resumed()
            held_back, self._held_back = self._held_back, None
            if held_back is not None:
                self._show(held_back)
        self.signs.show()

    @Slot()
    def on_all_providers(self) -> None:
        """Offer the burn-down of every budget."""
        self.dashboard.choose()

    @Slot()
    def on_reset_layout(self) -> None:
        """Put size and splitters back."""
        self._settings.forget_layout()
        self.resize(1280, 800)
        self.dashboard.reset_layout()

    @Slot()
    def on_quit(self) -> None:
        """Close the window."""
        self.close()

    @Slot(object)
    def _on_charts_asked(self, charts: ChartAsk) -> None:
        self.feed.ask_for(replace(self.feed.ask, charts=charts))

    @Slot(QAction)
    def _on_layout(self, action: QAction) -> None:
        self.dashboard.docks.lay(LayoutName(action.data()))

    @Slot(QAction)
    def _on_panel(self, action: QAction) -> None:
        self.pages.setCurrentWidget(self.dashboard)
        self.dashboard.docks.enter(action.data())

    # The window itself

    def _show_ledger(self, path: Path) -> None:
        note = f" ({self._title_note})" if self._title_note else ""
        self.setWindowTitle(f"{path.name}{note} - budgetmon")
        self.first_steps.ledger = self.ledgers.watched = path
        self.dashboard.runs.use(Place(path, self._config))
        self.orders.use(Place(path, self._config))
        self.export.use(Place(path, self._config))
        self.nothing.say(
            "ledger", self.tr("Opening the ledger"), self.tr("The first picture comes in a moment."), "", str(path)
        )
        self.pages.setCurrentWidget(self.nothing)
        self.actions_registry["export"].setEnabled(False)
        self.signs.opened(path)

    def _restore(self) -> None:
        self.resize(1280, 800)
        geometry = self._settings.layout("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
            if not self.isMaximized() and not self.isFullScreen():
                self.setGeometry(repaired(self.geometry(), screen_areas()))
        self.dashboard.restore_layout(self._settings)

    def focusNextPrevChild(self, next_one: bool) -> bool:
        blocks = (self.bar, self.notices.stack, self.nothing, *self.dashboard.docks.blocks())
        stop = next_stop(tab_stops(self, blocks), self.focusWidget(), forward=next_one)
        if stop is not None:
            focus(stop, forward=next_one)
        return stop is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space comes here only when the control in focus had no use for it.
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.on_pause()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.notices.stack.make_compact(event.size().height() < _LOW)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self.feed.relax(self.isMinimized())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.feed.relax(self.isMinimized())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.feed.relax(True)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.time.stop()
        self._settings.set_layout("geometry", self.saveGeometry())
        self.dashboard.save_layout(self._settings)
        self.dashboard.runs.shutdown()
        self.orders.shutdown()
        self.export.shutdown()
        self.feed.shutdown()
        self.alerting.shutdown()
        event.accept()
