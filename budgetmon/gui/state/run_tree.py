"""The results of a test run as a tree: file, class (where there is one), test. Fills while the run goes on."""

from __future__ import annotations

import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from budgetmon.gui.state.formatting import count, decimal
from budgetmon.gui.state.run_words import run_word
from budgetmon.runs.events import Outcome, TestFinished
from budgetmon.runs.summary import RunState

AnyIndex = QModelIndex | QPersistentModelIndex

STATUS_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1  # one of the words below, or of Outcome; of a group, its worst

RUNNING = "running"
WAITING = "waiting"
NOT_RUN = "not run"

# The worst first: a group shows the worst of its tests.
_WORST_FIRST: Final[tuple[str, ...]] = (
    Outcome.CRASHED.value,
    Outcome.ERROR.value,
    Outcome.FAILED.value,
    RUNNING,
    Outcome.XPASSED.value,
    NOT_RUN,
    Outcome.PASSED.value,
    Outcome.XFAILED.value,
    Outcome.SKIPPED.value,
    WAITING,
)
_BAD = frozenset(outcome.value for outcome in Outcome if outcome.bad)


# A view that shows all of 20,000 tests needs half a second to follow a new order: not more often than this while tests run.
_REORDER_S = 0.5
_REORDER_S_PER_NODE = 0.0002

# So many tests are added in a time that nobody notices.
_SLICE = 1_000


class Column(IntEnum):
    """The columns, in their order."""

    TEST = 0
    OUTCOME = 1
    SECONDS = 2


def header(column: Column) -> str:
    """The title of a column."""
    return {Column.TEST: _tr("Test"), Column.OUTCOME: _tr("Outcome"), Column.SECONDS: _tr("Seconds")}[column]


class _Node:
    """A file, a class or a test. ``number`` is its place in the list of all nodes, which is the order of collection."""

    __slots__ = ("children", "id", "label", "number", "parent", "row", "seconds", "status", "tally")

    def __init__(self, number: int, label: str, parent: _Node | None, id: str = "") -> None:
        self.number = number
        self.label = label
        self.parent = parent
        self.id = id
        self.row = 0
        self.children: list[_Node] = []
        self.status = WAITING
        self.seconds: float | None = None
        self.tally: Counter[str] = Counter()  # statuses of all tests below

    @property
    def bad(self) -> bool:
        return any(self.tally[status] for status in _BAD) if self.children else self.status in _BAD


class RunTree(QAbstractItemModel):
    """Shows a RunState. Give it each new state with ``show``; it works out what is new in time proportional to that.

    ``clear`` starts a new run. GUI thread only.
    """

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._failed_first = False
        self._reset()

    def _reset(self) -> None:
        self._root = _Node(0, "", None)
        self._nodes = [self._root]
        self._groups: dict[tuple[str, ...], _Node] = {}
        self._tests: dict[str, _Node] = {}
        self._ahead: Iterator[str] = iter(())
        self._shown = RunState()
        self._out_of_order = False
        self._next_reorder = 0.0

    # What the panel asks for

    def clear(self) -> None:
        """Forget everything: a new run begins."""
        self.beginResetModel()
        self._reset()
        self.endResetModel()

    def show(self, state: RunState, *, at_once: bool = True) -> None:
        """Show ``state``, a later one of the same run. Unless ``at_once``, many new tests come with ``catch_up``."""
        before, self._shown = self._shown, state
        results = _new_results(before, state)
        if state.ids is not before.ids:
            self._ahead = iter(state.ids)
        if at_once or state.end is not None:
            self._add(self._ahead)
        else:
            self.catch_up()
        self._add(result.id for result in results)
        self._add(state.running)
        changed = [self._change(result.id, result.outcome.value, _seconds_of(result)) for result in results]
        changed += [self._change(id, RUNNING, None) for id in state.running if id not in before.running]
        if state.end is not None and before.end is None:
            pending = [id for id, node in self._tests.items() if node.status in (RUNNING, WAITING)]
            changed += [self._change(id, NOT_RUN, None) for id in pending]
        self._announce(changed)
        self._out_of_order |= self._failed_first and any(result.outcome.bad for result in results)
        if self._out_of_order and (state.end is not None or self._clock() >= self._next_reorder):
            self._reorder()

    def catch_up(self) -> bool:
        """Add some of the tests that are not there yet. Whether there were any: then call it again, a little later."""
        some = tuple(itertools.islice(self._ahead, _SLICE))
        self._add(some)
        return bool(some)

    def start_over(self) -> None:
        """Make views and proxies read everything anew."""
        self.beginResetModel()
        self.endResetModel()

    @property
    def failed_first(self) -> bool:
        """Whether files and tests with failures come before the others; else all are in the order of collection."""
        return self._failed_first

    def set_failed_first(self, on: bool) -> None:
        """Change the order. Selection and expansion stay."""
        if on != self._failed_first:
            self._failed_first = on
            self._reorder()

    def index_of(self, id: str) -> QModelIndex:
        """The index of the test ``id``; invalid when there is none."""
        node = self._tests.get(id)
        return self._index(node) if node else QModelIndex()

    def id_of(self, index: AnyIndex) -> str:
        """The id of a test; empty for a group. Not a role: on its way through Qt an id would lose its lone surrogates."""
        return self._node(index).id

    def ids_at(self, index: AnyIndex) -> list[str]:
        """The id of a test, or the ids of all tests in a group."""
        ids: list[str] = []
        ahead = [self._node(index)]
        while ahead:
            node = ahead.pop()
            ahead += reversed(node.children)
            if node.id:
                ids.append(node.id)
        return ids

    def index_of_number(self, number: int) -> QModelIndex:
        """The index whose ``internalId`` is ``number``, which stays the same for as long as the run is shown."""
        return self._index(self._nodes[number])

    def accepts(self, row: int, parent: AnyIndex, statuses: frozenset[str]) -> bool:
        """Whether the row is a test with one of ``statuses``, or a group that has one."""
        node = self._node(parent).children[row]
        if node.children:
            return any(node.tally[status] for status in statuses)
        return node.status in statuses

    # Growing and changing

    def _add(self, ids: Iterable[str]) -> None:
        """Insert what is not there yet, with one signal for each group that grows."""
        grown: dict[int, list[_Node]] = {}
        known = len(self._nodes)
        for id in ids:
            if id not in self._tests:
                self._tests[id] = self._made(id, known, grown)
        for number, children in grown.items():
            parent = self._nodes[number]
            first = len(parent.children)
            self.beginInsertRows(self._index(parent), first, first + len(children) - 1)
            for row, child in enumerate(children, first):
                child.row = row
            parent.children += children
            self.endInsertRows()

    def _made(self, id: str, known: int, grown: dict[int, list[_Node]]) -> _Node:
        *groups, label = _path(id)
        parent = self._root
        for depth in range(len(groups)):
            key = tuple(groups[: depth + 1])
            if key not in self._groups:
                self._groups[key] = self._append(parent, groups[depth], "", known, grown)
            parent = self._groups[key]
        node = self._append(parent, label, id, known, grown)
        self._count(node, node.status, 1)
        return node

    def _append(self, parent: _Node, label: str, id: str, known: int, grown: dict[int, list[_Node]]) -> _Node:
        node = _Node(len(self._nodes), label, parent, id)
        self._nodes.append(node)
        if parent.number < known:  # the view knows the parent already: its rows come with a signal
            grown.setdefault(parent.number, []).append(node)
        else:
            node.row = len(parent.children)
            parent.children.append(node)
        return node

    def _change(self, id: str, status: str, seconds: float | None) -> _Node:
        node = self._tests[id]
        self._count(node, node.status, -1)
        self._count(node, status, 1)
        longer = (seconds or 0.0) - (node.seconds or 0.0)
        node.status, node.seconds = status, seconds
        group = node.parent
        while group is not None and seconds is not None:
            group.seconds = (group.seconds or 0.0) + longer
            group = group.parent
        return node

    def _count(self, node: _Node, status: str, by: int) -> None:
        group = node.parent
        while group is not None:
            group.tally[status] += by
            group = group.parent

    def _announce(self, changed: Iterable[_Node]) -> None:
        """One dataChanged for each parent, over the span of its changed rows."""
        spans: dict[int, tuple[int, int]] = {}
        for changed_node in changed:
            node: _Node = changed_node
            while node.parent is not None:
                first, last = spans.get(node.parent.number, (node.row, node.row))
                spans[node.parent.number] = min(first, node.row), max(last, node.row)
                node = node.parent
        for number, (first, last) in spans.items():
            children = self._nodes[number].children
            self.dataChanged.emit(self._index(children[first]), self._index(children[last], max(Column)))

    def _reorder(self) -> None:
        self._out_of_order = False
        self._next_reorder = self._clock() + max(_REORDER_S, len(self._nodes) * _REORDER_S_PER_NODE)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        for parent in (self._root, *self._groups.values()):
            parent.children.sort(key=self._place)
            for row, child in enumerate(parent.children):
                child.row = row
        after = [self._index(self._nodes[index.internalId()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _place(self, node: _Node) -> tuple[bool, int]:
        return self._failed_first and not node.bad, node.number

    # QAbstractItemModel

    def _node(self, index: AnyIndex) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def _index(self, node: _Node, column: int = 0) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, column, node.number)

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's own default
        """The index of a child."""
        children = self._node(parent).children if parent.column() <= 0 else []
        if 0 <= row < len(children) and 0 <= column < len(Column):
            return self.createIndex(row, column, children[row].number)
        return QModelIndex()

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]  # QObject.parent() is the other overload
        """The index of the group that holds ``index``."""
        parent = self._node(index).parent
        return self._index(parent) if parent else QModelIndex()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """The number of children."""
        return len(self._node(parent).children) if parent.column() <= 0 else 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """The same for all."""
        return len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and section in tuple(Column):
            return header(Column(section))
        return None

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Texts and STATUS_ROLE."""
        if not index.isValid():
            return None
        node, column = self._node(index), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(node, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(_text(node, each) for each in Column) if column == Column.TEST else _text(node, column)
            case Qt.ItemDataRole.ToolTipRole:
                return shown(node.id or node.label) if column == Column.TEST else _text(node, column)
            case Qt.ItemDataRole.TextAlignmentRole if column == Column.SECONDS:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return _status(node) if role == STATUS_ROLE else None


def shown(text: str) -> str:
    """``text`` in one line that any widget can show: control characters and lone surrogates as escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def _path(id: str) -> tuple[str, ...]:
    """File, classes joined with dots if any, and name; what follows the first bracket belongs to the name."""
    file, separator, rest = id.partition("::")
    if not separator:
        return file, _tr("(whole file)")
    head, bracket, parameters = rest.partition("[")
    *classes, name = head.split("::")
    middle = (".".join(classes),) if classes else ()
    return (file, *middle, name + bracket + parameters)


def _new_results(before: RunState, state: RunState) -> list[TestFinished]:
    """Results are in the order of arrival, so what is new is at the end."""
    new: list[TestFinished] = []
    for id in reversed(state.results):
        if before.results.get(id) is state.results[id]:
            break
        new.append(state.results[id])
    return new[::-1]


def _seconds_of(result: TestFinished) -> float | None:
    """None for what is no test, and for a test that crashed: nobody knows how long it took."""
    return None if "::" not in result.id or result.outcome is Outcome.CRASHED else result.seconds


def _status(node: _Node) -> str:
    if not node.children:
        return node.status
    worst = next((status for status in _WORST_FIRST if node.tally[status]), WAITING)
    # Between two tests of a file nothing runs for an instant; that must not look like the end.
    return RUNNING if node.tally[WAITING] and worst not in (*_BAD, WAITING) else worst


def _text(node: _Node, column: int) -> str:
    match column:
        case Column.TEST:
            return shown(node.label)
        case Column.OUTCOME if node.children:
            return ", ".join(f"{count(node.tally[status])} {run_word(status)}" for status in _WORST_FIRST if node.tally[status])
        case Column.OUTCOME:
            return run_word(node.status)
        case _:
            return "" if node.seconds is None else decimal(node.seconds, 2)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunTree", text)
