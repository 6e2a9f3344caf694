"""Test runs: start what the config or a folder offers, watch each result as it happens, look into failures, compare."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from budgetmon.core.rules.runs import RunKind, RunStatus
from budgetmon.gui.panels.run_view import RunView
from budgetmon.gui.process.command import Place, Question
from budgetmon.gui.process.event_follower import EventFollower
from budgetmon.gui.process.run_log import RunLog
from budgetmon.gui.process.runner_process import Begun, RunnerProcess
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.state.run_subject import RunSubject
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.run_bar import BarState, RunBar
from budgetmon.gui.widgets.run_empty import RunEmpty
from budgetmon.monitor.snapshot import RunRow
from budgetmon.runs.events import Event, EventDecodeError
from budgetmon.runs.summary import RunState, fold, remaining_seconds

_CLOCK_MS = 200


class RunsPanel(QWidget):
    """Shows one run at a time: one that it started, or one of the history.

    ``run_started`` carries the RunSubject, ``run_finished`` the final RunState. ``location_activated`` carries file and line (0
    when unknown) of a test that was double-clicked. Nothing is written here: the runner is a child. Call ``shutdown`` before
    the window closes.
    """

    run_started = Signal(object)
    run_finished = Signal(object)
    location_activated = Signal(str, int)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place = Place()
        self._subject = RunSubject()
        self._profiles: dict[str, Mapping[str, Any]] = {}
        self._rows: dict[int, RunRow] = {}
        self._number: int | None = None
        self._state = RunState()
        self._cancelling = False
        self._clock = QElapsedTimer()
        self._testing_from: int | None = None
        self._own_files = tempfile.TemporaryDirectory(prefix="budgetmon-run-")
        self._process = RunnerProcess(self)
        self._follower = EventFollower(self)
        self._listing, self._comparing, self._ordering = Question(self), Question(self), Question(self)
        self._log = RunLog(self)
        self._ticks = QTimer(self, interval=_CLOCK_MS)
        self._bar = RunBar(self)
        self._view = RunView(themer)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    # What the window calls

    @property
    def running(self) -> bool:
        """Whether a run that this panel started goes on."""
        return self._process.running

    @property
    def state(self) -> RunState:
        """The run that is shown, the last one after its end."""
        return self._state

    def use(self, place: Place) -> None:
        """Run and list on this ledger and config from now on."""
        if place != self._place:
            self._place = place
            if self.isVisible():
                self._ask_for_profiles()

    def show_runs(self, rows: Sequence[RunRow], clock: Clock) -> None:
        """Show the runs of a picture: the history, and what the run that is shown has spent by now."""
        kept = [row for row in rows if row.profile is not None]
        self._rows = {row.id: row for row in kept}
        self._view.history.show_rows(kept, clock)
        if kept and self._pages.currentIndex() == 0:
            self._pages.setCurrentIndex(1)
            self._view.open_page(self._view.history)
        row = self._row()
        self._view.show_spent(row)
        if row is not None and row.status is not RunStatus.RUNNING:
            self._follower.note_death()

    @Slot()
    def show_anew(self) -> None:
        """Show the same run again: numbers are written in another way."""
        if self._clock.isValid() or self._number is not None:
            self._view.show_anew()
            self._view.show_spent(self._row())
            self._show()

    def start(self, folder: Path) -> None:
        """Run all tests of ``folder``. Nothing happens while another run goes on."""
        self._start(RunSubject.of_folder(folder))

    @Slot(str)
    def start_profile(self, name: str) -> None:
        """Run the profile ``name``. Nothing happens while another run goes on."""
        profile = self._profiles.get(name)
        self._start(RunSubject(name, RunKind(profile["kind"]) if profile else RunKind.PYTEST))

    @Slot(object)
    def show_run(self, row: RunRow) -> None:
        """Show a run of the history, and follow it if it goes on. Nothing happens while our own run goes on."""
        if self.running:
            return
        self._begin(RunSubject.of_row(row, self._profiles))
        self._number = row.id
        self._clock.invalidate()
        self._ticks.stop()
        self._view.progress.show_elapsed((row.took_ms or 0) / 1000)
        self._view.show_spent(row)
        if row.files is None:
            self._view.comparison.clear(self.tr("The results of this run are no longer kept."))
            self._view.open_page(self._view.comparison)
            return
        self._take_files(Path(row.files))
        self._follower.follow(Path(row.files), living=row.status is RunStatus.RUNNING)
        self._show()

    @Slot()
    def cancel(self) -> None:
        """End the run and everything that it started; returns at once, ``run_finished`` follows."""
        if self._cancelling or not self._goes_on():
            return
        self._cancelling = True
        if self.running:
            self._process.cancel()
        else:
            self._ordering.ask(["run", "cancel", str(self._number), *self._place.options()])
        self._show()

    def shutdown(self) -> None:
        """End a run that goes on, wait for that (a few seconds at most), and remove what was only for it."""
        self._process.shutdown()
        self._follower.stop()
        for question in (self._listing, self._comparing, self._ordering):
            question.shutdown()
        self._log.shutdown()
        self._ticks.stop()
        self._own_files.cleanup()

    # Running

    def _start(self, subject: RunSubject, only: Sequence[str] = ()) -> None:
        if self.running:
            return
        self._begin(subject)
        arguments = [*subject.arguments(), *self._place.options()]
        if only:
            path = Path(self._own_files.name) / "only.json"
            path.write_text(json.dumps(list(only)), encoding="ascii")
            arguments += ["--only", str(path)]
        self._process.start(arguments)
        self._show()
        self.run_started.emit(subject)

    def _begin(self, subject: RunSubject) -> None:
        self._follower.stop()
        self._subject = subject
        self._number = None
        self._state = RunState(kind=subject.kind)
        self._cancelling = False
        self._testing_from = None
        self._log.of(None)
        self._view.clear(self._state)
        self._view.show_spent(None)
        self._pages.setCurrentIndex(1)
        self._clock.start()
        self._ticks.start()
        self._show()

    def _take_files(self, files: Path) -> None:
        self._log.of(files)
        self._view.output.follow(self._log.path)

    @Slot(object)
    def _on_begun(self, begun: Begun) -> None:
        self._number = begun.id
        self._take_files(begun.files)
        self._show()

    @Slot(object)
    def _on_received(self, events: list[Event | EventDecodeError]) -> None:
        self._state = fold(self._state, events)
        if self._testing_from is None and self._state.total is not None and self._clock.isValid():
            self._testing_from = self._clock.elapsed()
        self._show()

    @Slot()
    def _on_ended(self) -> None:
        self._on_tick()
        self._ticks.stop()
        self._cancelling = False
        self._show()
        self._view.show_end()
        if self._number is not None:
            self._comparing.ask(["run", "compare", str(self._number), "--json", *self._place.options()])
        self.run_finished.emit(self._state)

    @Slot()
    def _on_tick(self) -> None:
        if self._clock.isValid():
            elapsed = self._clock.elapsed()
            testing = 0 if self._testing_from is None else elapsed - self._testing_from
            self._view.progress.show_elapsed(elapsed / 1000, remaining_seconds(self._state, testing / 1000))
        self._view.refresh_output()

    # Showing

    def _goes_on(self) -> bool:
        """Whether the run that is shown goes on, whoever started it."""
        row = self._row()
        elsewhere = self._follower.following and row is not None and row.status is RunStatus.RUNNING
        return self.running or elsewhere

    def _row(self) -> RunRow | None:
        return None if self._number is None else self._rows.get(self._number)

    def _show(self) -> None:
        self._view.show_state(self._state, cancelling=self._cancelling)
        self._show_bar()

    @Slot()
    def _show_bar(self) -> None:
        of_tests = self._subject.kind is RunKind.PYTEST
        self._bar.show_state(
            BarState(
                subject=self._subject.name,
                running=self._goes_on(),
                cancelling=self._cancelling,
                any_bad=of_tests and bool(self._state.bad),
                selected=of_tests and self._view.results.selectionModel().hasSelection(),
                logged=self._log.path is not None,
                reported=self._state.end is not None and self._log.report is not None,
            )
        )

    # Answers of the command line

    def _ask_for_profiles(self) -> None:
        if self._place.ledger is not None:
            self._listing.ask(["run", "list", "--json", *self._place.options()])

    @Slot(object)
    def _on_profiles(self, document: Mapping[str, Any]) -> None:
        self._profiles = {profile["name"]: profile for profile in document["profiles"]}
        self._bar.show_profiles(document["profiles"])

    @Slot(str)
    def _on_no_profiles(self, problem: str) -> None:
        self._profiles = {}
        self._bar.show_profiles((), problem)

    @Slot(object)
    def _on_compared(self, document: Mapping[str, Any]) -> None:
        if document["run"]["id"] == self._number:
            self._view.comparison.show_document(document)

    # What the user does

    @Slot()
    def _on_run(self) -> None:
        self._ask_for_profiles()  # the config may have changed; the menu fills when the answer comes
        self._bar.open_profiles()

    @Slot()
    def _on_rerun_all(self) -> None:
        self._start(self._subject)

    @Slot()
    def _on_rerun_failed(self) -> None:
        if self._state.bad:
            self._start(self._subject, self._state.bad)

    @Slot()
    def _on_rerun_one(self) -> None:
        chosen = self._view.results.selected_ids()
        if chosen:
            self._start(self._subject, chosen)

    @Slot()
    def _on_choose_folder(self) -> None:
        before = str(self._subject.folder or Path.cwd())
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Run the tests of a folder"), before)
        if chosen:
            self.start(Path(chosen))

    @Slot()
    def _on_save_log(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Save the log of the run"), f"run-{self._number}.txt")
        if chosen:
            self._log.save_as(Path(chosen))

    @Slot()
    def _on_open_report(self) -> None:
        if self._log.report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log.report)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_for_profiles()

    # Making

    def _lay_out(self) -> None:
        self._pages.addWidget(RunEmpty(self._bar.run))
        self._pages.addWidget(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self._bar)
        layout.addWidget(self._pages, 1)
        self.setAccessibleName(self.tr("Test runs"))

    def _connect(self) -> None:
        self._process.begun.connect(self._on_begun)
        for source in (self._process, self._follower):
            source.received.connect(self._on_received)
            source.ended.connect(self._on_ended)
        self._listing.answered.connect(self._on_profiles)
        self._listing.failed.connect(self._on_no_profiles)
        self._comparing.answered.connect(self._on_compared)
        self._ticks.timeout.connect(self._on_tick)
        self._view.location_activated.connect(self.location_activated)
        self._view.results.selectionModel().selectionChanged.connect(self._show_bar)
        self._view.history.table.row_activated.connect(self.show_run)
        bar = self._bar
        bar.profile_chosen.connect(self.start_profile)
        bar.run.triggered.connect(self._on_run)
        bar.cancel.triggered.connect(self.cancel)
        bar.rerun_all.triggered.connect(self._on_rerun_all)
        bar.rerun_failed.triggered.connect(self._on_rerun_failed)
        bar.rerun_one.triggered.connect(self._on_rerun_one)
        bar.choose_folder.triggered.connect(self._on_choose_folder)
        bar.open_report.triggered.connect(self._on_open_report)
        bar.save_log.triggered.connect(self._on_save_log)
        bar.copy_log.triggered.connect(self._log.to_clipboard)
        bar.failed_first.toggled.connect(self._view.set_failed_first)
