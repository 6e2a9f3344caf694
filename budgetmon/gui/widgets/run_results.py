"""The tree of results with its keyboard: next failure, copy, open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from budgetmon.gui.state.run_filter import RunFilter
from budgetmon.gui.state.run_tree import STATUS_ROLE, Column, RunTree, header
from budgetmon.gui.widgets.run_outcome_delegate import RunOutcomeDelegate
from budgetmon.runs.events import Outcome
from budgetmon.runs.summary import RunState, Verdict

_EXPANDED_AT_ONCE = 200  # tests: up to here a new tree is shown open
_ROWS_OPENED_FOR_FAILURES = 400  # until then files and classes open by themselves when something in them fails
_NARROW_PIXELS = 380
_BAD = frozenset(str(outcome) for outcome in Outcome if outcome.bad)


class RunResults(QTreeView):
    """Shows RunStates. ``test_chosen`` carries the id under the cursor, empty for a file or class.

    ``test_activated`` carries the id that was double-clicked or on which Return was pressed. Both are ``str``, carried as they
    are: as Qt strings they would lose lone surrogates.
    """

    test_chosen = Signal(object)
    test_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tree = RunTree(self)
        self._filter = RunFilter(self.tree, self)
        self._opened: set[int] = set()
        self._open_unfiltered: list[int] = []
        self._bad_seen = 0
        self._rows_opened = 0
        self._total: int | None = None
        self._slices = QTimer(self, singleShot=True, interval=0)
        self._slices.timeout.connect(self._catch_up)
        self.setModel(self._filter)
        self.setItemDelegate(RunOutcomeDelegate(self))
        self.setAccessibleName(self.tr("Results by file and test"))
        self.setAccessibleDescription(self.tr("Arrows choose a test, Enter opens it in the editor"))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setExpandsOnDoubleClick(True)
        self._arrange_columns()
        self.activated.connect(self._on_activated)

    def _arrange_columns(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(Column.TEST, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(Column.OUTCOME, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(Column.SECONDS, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(Column.SECONDS, 76)
        self._give_names_room(narrow=False)

    def _give_names_room(self, *, narrow: bool) -> None:
        self.header().resizeSection(Column.OUTCOME, 84 if narrow else 150)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow view the names of tests get most of the room. Widths that somebody chose last until that changes."""
        super().resizeEvent(event)
        narrow, was_narrow = (size.width() < _NARROW_PIXELS for size in (event.size(), event.oldSize()))
        if narrow != was_narrow or not event.oldSize().isValid():
            self._give_names_room(narrow=narrow)

    def clear(self) -> None:
        """Empty the tree for a new run."""
        self._opened.clear()
        self._open_unfiltered.clear()
        self._bad_seen = self._rows_opened = 0
        self._slices.stop()
        self._total = None
        self.tree.clear()

    def show_state(self, state: RunState) -> None:
        """Show ``state``. Groups with a new failure open once; what the user closes then stays closed."""
        if state.verdict is Verdict.COLLECTING:
            return  # what is found while collecting comes after the tests that were collected, however it arrives
        self.tree.show(state, at_once=False)
        self._catch_up()
        if state.total != self._total:
            self._total = state.total
            if state.total is not None and state.total <= _EXPANDED_AT_ONCE:
                self.expandAll()
        bad = sum(count for outcome, count in state.counts.items() if outcome.bad)
        if bad > self._bad_seen and self._rows_opened < _ROWS_OPENED_FOR_FAILURES:
            self._open_groups_of(state.bad[self._bad_seen :])
        self._bad_seen = bad

    @Slot()
    def _catch_up(self) -> None:
        """Thousands of tests come in slices, so that the window stays free."""
        if self.tree.catch_up():
            self._slices.start()

    def _open_groups_of(self, ids: Iterable[str]) -> None:
        for id in ids:
            group = self._filter.mapFromSource(self.tree.index_of(id)).parent()
            while group.isValid():
                number = self._number(group)
                if number not in self._opened and self._rows_opened < _ROWS_OPENED_FOR_FAILURES:
                    self._opened.add(number)
                    self._rows_opened += self._filter.rowCount(group)
                    self.expand(group)
                group = group.parent()

    def _number(self, index: QModelIndex) -> int:
        return int(self._filter.mapToSource(index).internalId())

    def filter(self, statuses: Iterable[str]) -> None:
        """Show only tests with these statuses, all when empty. The current test stays current if it is let through."""
        current = self.current_id
        if not self._filter.statuses:
            self._open_unfiltered = [self._number(index) for index in self._groups() if self.isExpanded(index)]
        self._filter.choose(statuses)
        if self._filter.statuses and self._rows_below_groups() <= _EXPANDED_AT_ONCE:
            self.expandAll()
        if not self._filter.statuses:
            for number in self._open_unfiltered:
                self.expand(self._filter.mapFromSource(self.tree.index_of_number(number)))
        self.choose(current)
        self.test_chosen.emit(self.current_id)  # a reset loses the current test without saying so

    def _groups(self) -> Iterator[QModelIndex]:
        for row in range(self._filter.rowCount()):
            file = self._filter.index(row, 0)
            yield file
            yield from (child for child in self._children(file) if self._filter.hasChildren(child))

    def _children(self, parent: QModelIndex) -> Iterator[QModelIndex]:
        return (self._filter.index(row, 0, parent) for row in range(self._filter.rowCount(parent)))

    def _tests(self) -> Iterator[QModelIndex]:
        """All tests that are let through, in the order shown."""
        for row in range(self._filter.rowCount()):
            for child in self._children(self._filter.index(row, 0)):
                if self._id(child):
                    yield child
                else:
                    yield from self._children(child)

    def _rows_below_groups(self) -> int:
        return sum(self._filter.rowCount(group) for group in self._groups())

    @property
    def current_id(self) -> str:
        """The id of the current test; empty for none, or for a file or class."""
        return self._id(self.currentIndex())

    def _id(self, index: QModelIndex) -> str:
        return self.tree.id_of(self._filter.mapToSource(index))

    def selected_ids(self) -> tuple[str, ...]:
        """The tests that are selected, with all that is in selected files and classes."""
        rows = map(self._filter.mapToSource, self.selectionModel().selectedRows())
        return tuple(dict.fromkeys(id for row in rows for id in self.tree.ids_at(row)))

    def choose(self, id: str) -> None:
        """Make the test ``id`` current, if it is let through."""
        index = self._filter.mapFromSource(self.tree.index_of(id))
        if index.isValid():
            # Not setCurrentIndex(): with Shift held down, as for the previous failure, that would extend the selection.
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
            self.scrollTo(index)

    def go_to_failure(self, step: int) -> None:
        """Make the next failed test current, or the one before with ``step`` -1. Goes round at the end."""
        tests = [(self._id(index), index.data(STATUS_ROLE) in _BAD) for index in self._tests()]
        if step < 0:
            tests.reverse()
        at = next((place for place, (id, _) in enumerate(tests) if id == self.current_id), -1)
        following = tests[at + 1 :] + tests[: at + 1]
        self.choose(next((id for id, bad in following if bad), ""))

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.test_chosen.emit(self.current_id)

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        id = self._id(index)
        if id:
            self.test_activated.emit(id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selected_rows())
            return
        super().keyPressEvent(event)

    def selected_rows(self) -> str:
        """The selected rows as tab-separated lines under their headers: id (or name of a group), outcome, seconds."""
        lines = ["\t".join(header(column) for column in Column)]
        for index in self.selectionModel().selectedRows():
            cells = [index.siblingAtColumn(column).data() for column in (Column.OUTCOME, Column.SECONDS)]
            lines.append("\t".join([index.data(Qt.ItemDataRole.ToolTipRole), *cells]))
        return "\n".join(lines)
