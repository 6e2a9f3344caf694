"""How one run is shown: progress, counts, the tree of results, and beside it details, output, changes and history."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.state.formatting import count, counted, money
from budgetmon.gui.state.run_history_model import RunHistoryModel, hit_rate_words
from budgetmon.gui.state.run_tree import NOT_RUN, RUNNING, WAITING
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.run_comparison import RunComparison
from budgetmon.gui.widgets.run_counts import RunCounts
from budgetmon.gui.widgets.run_details import RunDetails
from budgetmon.gui.widgets.run_output import RunOutput
from budgetmon.gui.widgets.run_progress import RunProgress
from budgetmon.gui.widgets.run_results import RunResults
from budgetmon.monitor.snapshot import RunRow
from budgetmon.runs.summary import RunState

_WIDE_PIXELS = 820


class RunView(QWidget):
    """Shows RunStates. ``location_activated`` carries file and line (0 when unknown) of a test that was double-clicked."""

    location_activated = Signal(str, int)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = RunState()
        self.progress, self.results = RunProgress(), RunResults()
        self.output, self.comparison = RunOutput(), RunComparison()
        self._counts, self._details = RunCounts(), RunDetails()
        nothing = ("run", self.tr("No earlier runs"), self.tr("Each run of a profile or a folder is kept here with its cost."))
        self.history = TablePanel(themer, RunHistoryModel(), self.tr("Earlier runs"), nothing)
        self._tabs = QTabWidget()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()
        self._add_failure_keys()

    def clear(self, state: RunState) -> None:
        """Show ``state``, the beginning of another run."""
        self.results.clear()
        self._counts.clear_choice()
        self._details.clear()
        self.comparison.clear()
        self.output.follow(None)
        self._tabs.setCurrentWidget(self._details)
        self.progress.show_elapsed(0)
        self.show_state(state)

    def show_state(self, state: RunState, *, cancelling: bool = False) -> None:
        """Show ``state``, a later one of the same run."""
        self._state = state
        self.results.show_state(state)
        self._counts.show_counts(state.counts)
        self.progress.show_state(state, cancelling=cancelling)
        self._show_details(self.results.current_id)

    def show_end(self) -> None:
        """The run is over: go to what matters first."""
        self.output.refresh()
        if not self.results.current_id and self._state.bad:
            self.results.go_to_failure(1)
        if not self._state.results:  # why there is nothing stands in the output
            self._tabs.setCurrentWidget(self.output)

    def show_spent(self, row: RunRow | None) -> None:
        """Show what the run has cost by now."""
        if row is None or not (row.calls or row.refused):
            self.progress.show_spent("")
            return
        words = [counted(row.calls, "call"), money(row.cost)]
        words += [self.tr("{number} refused").format(number=count(row.refused))] if row.refused else []
        words += [self.tr("hit rate {rate}").format(rate=hit_rate_words(row))] if row.hit_rate is not None else []
        self.progress.show_spent("  ·  ".join(words))

    def show_anew(self) -> None:
        """Show all that ``show_state`` does not: numbers are written in another way."""
        self.comparison.show_anew()
        self.output.read_anew()
        self.results.viewport().update()

    def refresh_output(self) -> None:
        """Read what was printed, while somebody looks."""
        if self.output.isVisible():
            self.output.refresh()

    def open_page(self, page: QWidget) -> None:
        """Bring the output, the changes or the history to the front."""
        self._tabs.setCurrentWidget(page)

    def set_failed_first(self, on: bool) -> None:
        """Show failed tests before the others."""
        self.results.tree.set_failed_first(on)

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

    @Slot(object)
    def _on_chosen_outcomes(self, outcomes: frozenset[str]) -> None:
        self.results.filter(outcomes)

    @Slot(object)
    def _on_test_activated(self, id: str) -> None:
        known = self._state.results.get(id) or self._state.running.get(id)
        if known is not None:
            self.location_activated.emit(known.file, known.line or 0)

    @Slot(object)
    def _on_change_activated(self, id: str) -> None:
        self.results.choose(id)
        self._tabs.setCurrentWidget(self._details)

    @Slot(int)
    def _on_tab(self, _: int) -> None:
        if self._tabs.currentWidget() is self.output:
            self.output.refresh()

    @Slot()
    def _on_next_failure(self) -> None:
        self.results.go_to_failure(1)

    @Slot()
    def _on_previous_failure(self) -> None:
        self.results.go_to_failure(-1)

    def _lay_out(self) -> None:
        self._tabs.setDocumentMode(True)
        for page, title in (
            (self._details, self.tr("Details")),
            (self.output, self.tr("Output")),
            (self.comparison, self.tr("Changes")),
            (self.history, self.tr("History")),
        ):
            self._tabs.addTab(page, title)
        self._tabs.setAccessibleName(self.tr("Details of the selected test, output of the run, changes, history"))
        self._splitter.addWidget(self.results)
        self._splitter.addWidget(self._tabs)
        self._splitter.setStretchFactor(0, 5)
        self._splitter.setStretchFactor(1, 6)
        self._splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.progress)
        layout.addWidget(self._counts)
        layout.addWidget(self._splitter, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details below the tree where there is no room beside it, as in a dock."""
        super().resizeEvent(event)
        wide = event.size().width() >= _WIDE_PIXELS
        self._splitter.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _connect(self) -> None:
        self._counts.chosen.connect(self._on_chosen_outcomes)
        self.results.test_chosen.connect(self._show_details)
        self.results.test_activated.connect(self._on_test_activated)
        self.comparison.test_activated.connect(self._on_change_activated)
        self._tabs.currentChanged.connect(self._on_tab)

    def _add_failure_keys(self) -> None:
        following, previous = QAction(self.tr("Next failure"), self), QAction(self.tr("Previous failure"), self)
        for action, keys in ((following, "F8"), (previous, "Shift+F8")):
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(action)
        following.triggered.connect(self._on_next_failure)
        previous.triggered.connect(self._on_previous_failure)
