"""Test runs: start pytest in a folder, watch each result as it happens, look into failures."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from budgetmon.gui.process.run_process import RunProcess
from budgetmon.gui.state.run_tree import NOT_RUN, RUNNING, WAITING
from budgetmon.gui.widgets.run_bar import RunBar
from budgetmon.gui.widgets.run_counts import RunCounts
from budgetmon.gui.widgets.run_details import RunDetails
from budgetmon.gui.widgets.run_empty import RunEmpty
from budgetmon.gui.widgets.run_output import RunOutput
from budgetmon.gui.widgets.run_progress import RunProgress
from budgetmon.gui.widgets.run_results import RunResults
from budgetmon.runs.events import EndReason, Event, EventDecodeError, ProcessEnd
from budgetmon.runs.pytest_command import NoPytestError, pytest_command
from budgetmon.runs.summary import RunState, close, fold

_CLOCK_MS = 200
_WIDE_PIXELS = 820


class RunsPanel(QWidget):
    """Runs the tests of one folder at a time.

    ``run_started`` carries the folder as a Path, ``run_finished`` the final RunState. ``location_activated`` carries file and
    line (0 when unknown) of a test that was double-clicked. Call ``shutdown`` before the window closes.
    """

    run_started = Signal(object)
    run_finished = Signal(object)
    location_activated = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder: Path | None = None
        self._scratch: Path | None = None
        self._state = RunState()
        self._cancelling = False
        self._clock = QElapsedTimer()
        self._process = RunProcess(self)
        self._process.received.connect(self._on_received)
        self._process.ended.connect(self._on_ended)
        self._ticks = QTimer(self, interval=_CLOCK_MS)
        self._ticks.timeout.connect(self._on_tick)
        self._bar = RunBar(self)
        self._progress = RunProgress()
        self._counts = RunCounts()
        self._results = RunResults()
        self._details = RunDetails()
        self._output = RunOutput()
        self._tabs = QTabWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self._add_failure_keys()

    # What the window calls

    @property
    def running(self) -> bool:
        """Whether a run goes on."""
        return self._process.running

    @property
    def state(self) -> RunState:
        """The run that is shown, the last one after its end."""
        return self._state

    def start(self, folder: Path, *, time_limit: timedelta | None = None) -> None:
        """Run all tests of ``folder``. Nothing happens while another run goes on."""
        self._start(folder, (), time_limit)

    def cancel(self) -> None:
        """End the run and everything that it started; returns at once, ``run_finished`` follows."""
        if self.running and not self._cancelling:
            self._cancelling = True
            self._process.cancel()
            self._show()

    def shutdown(self) -> None:
        """End a run that goes on, wait for that (three seconds at most), and remove its files."""
        self._process.shutdown()
        self._ticks.stop()
        self._remove_scratch()

    # Running

    def _start(self, folder: Path, only: tuple[str, ...], time_limit: timedelta | None = None) -> None:
        if self.running:
            return
        self._begin(folder)
        try:
            self._scratch = Path(tempfile.mkdtemp(prefix="budgetmon-run-"))
            command = pytest_command(folder, self._scratch, only=only)
        except (NoPytestError, OSError) as error:
            self._on_ended(ProcessEnd(EndReason.NOT_STARTED, detail=str(error)))
            return
        self._output.follow(command.output_path)
        self._process.start(command, time_limit)
        self._show()

    def _begin(self, folder: Path) -> None:
        self._remove_scratch()
        self._folder = folder
        self._state = RunState()
        self._cancelling = False
        self._results.clear()
        self._counts.clear_choice()
        self._details.clear()
        self._output.follow(None)
        self._tabs.setCurrentIndex(0)
        self._pages.setCurrentIndex(1)
        self._clock.start()
        self._ticks.start()
        self._show()
        self.run_started.emit(folder)

    def _remove_scratch(self) -> None:
        if self._scratch is not None:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = None

    @Slot(object)
    def _on_received(self, events: list[Event | EventDecodeError]) -> None:
        self._state = fold(self._state, events)
        self._show()

    @Slot(object)
    def _on_ended(self, end: ProcessEnd) -> None:
        self._ticks.stop()
        self._state = close(self._state, end)
        self._cancelling = False
        self._show()
        self._on_tick()
        self._output.refresh()
        if not self._results.current_id and self._state.bad:
            self._results.go_to_failure(1)
        if not self._state.results:  # why there is nothing stands in the output
            self._tabs.setCurrentWidget(self._output)
        self.run_finished.emit(self._state)

    @Slot()
    def _on_tick(self) -> None:
        self._progress.show_elapsed(self._clock.elapsed() / 1000)
        if self._output.isVisible():
            self._output.refresh()

    # Showing

    def _show(self) -> None:
        state = self._state
        self._results.show_state(state)
        self._counts.show_counts(state.counts)
        self._progress.show_state(state, cancelling=self._cancelling)
        self._bar.show_state(self._folder, running=self.running, any_bad=bool(state.bad), cancelling=self._cancelling)
        self._show_details(self._results.current_id)

    @Slot(object)
    def _show_details(self, id: str) -> None:
        if not id:
            self._details.clear()
            return
        result = self._state.results.get(id)
        self._details.show_test(id, result.outcome.value if result else self._status_without_result(id), result)

    def _status_without_result(self, id: str) -> str:
        if id in self._state.running:
            return RUNNING
        return WAITING if self._state.end is None else NOT_RUN

    # What the user does

    @Slot()
    def _on_run(self) -> None:
        if self._folder is not None:
            self.start(self._folder)

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel()

    @Slot()
    def _on_rerun_failed(self) -> None:
        if self._folder is not None and self._state.bad:
            self._start(self._folder, self._state.bad)

    @Slot()
    def _on_choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Run the tests of a folder", str(self._folder or Path.cwd()))
        if chosen:
            self.start(Path(chosen))

    @Slot(bool)
    def _on_failed_first(self, on: bool) -> None:
        self._results.tree.set_failed_first(on)

    @Slot(object)
    def _on_chosen_outcomes(self, outcomes: frozenset[str]) -> None:
        self._results.filter(outcomes)

    @Slot(object)
    def _on_test_activated(self, id: str) -> None:
        known = self._state.results.get(id) or self._state.running.get(id)
        if known is not None:
            self.location_activated.emit(known.file, known.line or 0)

    @Slot(int)
    def _on_tab(self, _: int) -> None:
        if self._tabs.currentWidget() is self._output:
            self._output.refresh()

    @Slot()
    def _on_next_failure(self) -> None:
        self._results.go_to_failure(1)

    @Slot()
    def _on_previous_failure(self) -> None:
        self._results.go_to_failure(-1)

    # Making

    def _lay_out(self) -> None:
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._details, "Details")
        self._tabs.addTab(self._output, "Output")
        self._tabs.setAccessibleName("Details of the selected test, output of the run")
        self._splitter.addWidget(self._results)
        self._splitter.addWidget(self._tabs)
        self._splitter.setStretchFactor(0, 5)
        self._splitter.setStretchFactor(1, 6)
        self._splitter.setChildrenCollapsible(False)
        results = QWidget()
        below = QVBoxLayout(results)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(8)
        below.addWidget(self._progress)
        below.addWidget(self._counts)
        below.addWidget(self._splitter, 1)
        self._pages.addWidget(RunEmpty(self._bar.choose_folder))
        self._pages.addWidget(results)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self._bar)
        layout.addWidget(self._pages, 1)
        self.setAccessibleName("Test runs")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details below the tree where there is no room beside it, as in a dock."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PIXELS
        self._splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _connect(self) -> None:
        self._bar.run.triggered.connect(self._on_run)
        self._bar.cancel.triggered.connect(self._on_cancel)
        self._bar.rerun_failed.triggered.connect(self._on_rerun_failed)
        self._bar.choose_folder.triggered.connect(self._on_choose_folder)
        self._bar.failed_first.toggled.connect(self._on_failed_first)
        self._counts.chosen.connect(self._on_chosen_outcomes)
        self._results.test_chosen.connect(self._show_details)
        self._results.test_activated.connect(self._on_test_activated)
        self._tabs.currentChanged.connect(self._on_tab)

    def _add_failure_keys(self) -> None:
        following, previous = QAction("Next failure", self), QAction("Previous failure", self)
        for action, keys in ((following, "F8"), (previous, "Shift+F8")):
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        following.triggered.connect(self._on_next_failure)
        previous.triggered.connect(self._on_previous_failure)
