"""A table model over immutable rows that changes as little as it can, so that scroll and selection stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from budgetmon.gui.state.formatting import local
from budgetmon.gui.state.number_style import style_in_force

Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex

SORT_ROLE = Qt.ItemDataRole.UserRole
TONE_ROLE = Qt.ItemDataRole.UserRole + 1
ICON_ROLE = Qt.ItemDataRole.UserRole + 2
COPY_ROLE = Qt.ItemDataRole.UserRole + 3
TOKEN_ROLE = Qt.ItemDataRole.UserRole + 4


@dataclass(frozen=True, slots=True)
class Clock:
    """What turns stored times into words: the ledger's zone, and now in UTC milliseconds."""

    zone: str = "UTC"
    now: int = 0


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column: its title and how a row fills it. ``tone`` and ``icon`` are names; the view turns them into looks.

    ``sort`` gives the value to sort by, ``copy`` the text for the clipboard; both default to what is shown.
    ``token`` is the filter that picks the rows with the same value. An ``optional`` column is left out where the others
    need the room. ``width`` is in pixels; it grows where the title, or one of the words that have to be seen ``whole``, needs
    more in the language in force, and where an amount ``of_money`` has more than a sign beside it.
    """

    title: str
    text: Callable[[Row, Clock], str]
    width: int = 90
    numeric: bool = False
    tip: Callable[[Row, Clock], str] | None = None
    tone: Callable[[Row], str | None] | None = None
    icon: Callable[[Row], str | None] | None = None
    sort: Callable[[Row], Any] | None = None
    copy: Callable[[Row, Clock], str] | None = None
    token: Callable[[Row], str] | None = None
    explained: str = ""
    optional: bool = False
    whole: tuple[str, ...] = ()
    of_money: bool = False


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows told apart by ``key``. GUI thread only."""

    def __init__(self, columns: Sequence[Column[Row]], key: Callable[[Row], Hashable], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[Row] = []
        self._clock = Clock()
        self._words = (self._clock.zone, _day(self._clock), style_in_force())  # what all texts hang on

    def show(self, rows: Sequence[Row], clock: Clock) -> None:
        """Show ``rows`` in this order. Only what differs is announced: removed, inserted and changed rows."""
        words, self._clock = (clock.zone, _day(clock), style_in_force()), clock
        stale_words, self._words = words != self._words, words
        if not self._merge(rows):
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
        elif stale_words and self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def row(self, index: _Index) -> Row | None:
        """The row at ``index``, None for an invalid one."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def places(self, keys: Collection[Hashable]) -> list[int]:
        """Where the rows with these keys stand."""
        wanted = set(keys)
        return [place for place, row in enumerate(self._rows) if self._key(row) in wanted]

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index)
        if row is None:
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(row, self._clock)
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row, self._clock) if column.tip else None
            case _:
                return self._own_role(row, column, role)

    def _own_role(self, row: Row, column: Column[Row], role: int) -> Any:
        if role == SORT_ROLE:
            return column.sort(row) if column.sort else column.text(row, self._clock)
        if role == TONE_ROLE:
            return column.tone(row) if column.tone else None
        if role == ICON_ROLE:
            return column.icon(row) if column.icon else None
        if role == TOKEN_ROLE:
            return column.token(row) if column.token else None
        if role == COPY_ROLE:
            return (column.copy or column.text)(row, self._clock)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.title
            case Qt.ItemDataRole.ToolTipRole:
                return column.explained or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if column.numeric else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _merge(self, rows: Sequence[Row]) -> bool:
        """Bring the rows up to date step by step. False when kept rows changed places, which no insertion expresses."""
        wanted = {self._key(row) for row in rows}
        kept = [self._key(row) for row in self._rows if self._key(row) in wanted]
        known = set(kept)
        if kept != [key for key in map(self._key, rows) if key in known]:
            return False
        self._remove_all_but(wanted)
        self._insert_and_change(rows)
        return True

    def _remove_all_but(self, wanted: set[Hashable]) -> None:
        last = len(self._rows) - 1
        while last >= 0:
            if self._key(self._rows[last]) in wanted:
                last -= 1
                continue
            first = last
            while first > 0 and self._key(self._rows[first - 1]) not in wanted:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
            last = first - 1

    def _insert_and_change(self, rows: Sequence[Row]) -> None:
        at = 0
        while at < len(rows):
            if at < len(self._rows) and self._key(self._rows[at]) == self._key(rows[at]):
                if self._rows[at] != rows[at]:
                    self._rows[at] = rows[at]
                    self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
                at += 1
                continue
            following = self._key(self._rows[at]) if at < len(self._rows) else None
            end = at
            while end < len(rows) and (following is None or self._key(rows[end]) != following):
                end += 1
            self.beginInsertRows(QModelIndex(), at, end - 1)
            self._rows[at:at] = rows[at:end]
            self.endInsertRows()
            at = end


def _day(clock: Clock) -> date:
    return local(clock.now, clock.zone).date()
