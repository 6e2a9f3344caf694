"""The one table view: sorts, copies as TSV, and keeps scroll and selection still while rows arrive."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QColor, QContextMenuEvent, QGuiApplication, QIcon, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from budgetmon.gui.state.formatting import dollars
from budgetmon.gui.state.number_style import style_in_force
from budgetmon.gui.state.rows_model import COPY_ROLE, ICON_ROLE, SORT_ROLE, TOKEN_ROLE, TONE_ROLE, Column, RowsModel
from budgetmon.gui.theme.icons import themed_pixmap
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone

ROW_HEIGHT = 28
_ICON = 15
_AROUND = 24  # pixels beside the words of a cell
_WIDEST = 2.0  # columns grow to at most this many times their own width
_Index = QModelIndex | QPersistentModelIndex


class _CellDelegate(QStyledItemDelegate):
    """Turns the names of tones and icons that a model gives into looks."""

    def __init__(self, themer: Themer, parent: QWidget) -> None:
        super().__init__(parent)
        self._themer = themer

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        super().initStyleOption(option, index)
        tone = index.data(TONE_ROLE)
        if tone is not None:
            colour = QColor(self._themer.tokens.of_tone(Tone(tone)))
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, colour)
        name = index.data(ICON_ROLE)
        if name is not None:
            self._give_icon(option, name, tone)

    def _give_icon(self, option: QStyleOptionViewItem, name: str, tone: str | None) -> None:
        colour = self._themer.tokens.of_tone(Tone(tone or Tone.MUTED))
        scale = option.widget.devicePixelRatioF()
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = QIcon(themed_pixmap(name, colour, _ICON, scale))
        option.decorationSize = QSize(_ICON, _ICON)


class Table(QTableView):
    """Shows a RowsModel, ``sortable`` when that holds all rows that there are.

    ``current_row`` is emitted with the row object under the cursor, or None.

    ``menu_filling`` carries a menu before it shows, the row object that it is for, and the filter token of the cell or None.
    ``row_activated`` is emitted with the one that was double-clicked or on which Return was pressed.
    """

    current_row = Signal(object)
    row_activated = Signal(object)
    menu_filling = Signal(object, object, object)

    def __init__(
        self, themer: Themer, model: RowsModel[Any], name: str, parent: QWidget | None = None, *, sortable: bool = True
    ) -> None:
        super().__init__(parent)
        self._source = model
        self._proxy = QSortFilterProxyModel(self)
        self._proxy.setSourceModel(model)
        self._proxy.setSortRole(SORT_ROLE)
        self._proxy.setDynamicSortFilter(True)
        self._anchor = QPersistentModelIndex()
        self._anchor_top = 0
        self._fitting = False
        self._widths_chosen = False
        self._style = style_in_force()
        self.setModel(self._proxy)
        self.setAccessibleName(name)
        self.setAccessibleDescription(self.tr("Arrows choose rows, Ctrl+C copies them, Shift+F10 shows what can be done"))
        self.setItemDelegate(_CellDelegate(themer, self))
        self._set_up_view()
        self._set_up_header(sortable)
        self._add_copy()
        self.activated.connect(self._on_activated)
        themer.changed.connect(self._redraw)

    def _set_up_view(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def _set_up_header(self, sortable: bool) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(30)
        self.setSortingEnabled(sortable)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionMoved.connect(self._on_section_moved)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_header_menu)
        self._fit_columns()

    def _add_copy(self) -> None:
        self._copy = QAction(self.tr("Copy rows"), self)
        self._copy.setShortcut(QKeySequence.StandardKey.Copy)
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self.copy_rows)
        self.addAction(self._copy)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Spread the columns over the width there is, until somebody chose widths."""
        self._style = style_in_force()
        if self._widths_chosen:
            return
        room = self.viewport().width() - 2
        columns = [replace(column, width=self._needed(column)) for column in self._source.columns]
        shown = shown_columns(columns, room)
        factor = max(1.0, min(_WIDEST, room / sum(columns[number].width for number in shown)))
        self._fitting = True
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            self.setColumnWidth(number, int(column.width * factor))
        self._fitting = False

    def _needed(self, column: Column[Any]) -> int:
        """How wide a column has to be for its title and for what has to be seen whole."""
        around = _AROUND + (_ICON + 6 if column.icon else 0)
        words = max((self.fontMetrics().horizontalAdvance(each) + around for each in column.whole), default=0)
        title = self.horizontalHeader().fontMetrics().horizontalAdvance(column.title) + _AROUND
        currency = self.fontMetrics().horizontalAdvance(dollars("")) - self.fontMetrics().horizontalAdvance("$")
        return max(column.width + max(0, currency if column.of_money else 0), title, words)

    @Slot(int, int, int)
    def _on_section_resized(self, section: int, old: int, new: int) -> None:
        self._widths_chosen = self._widths_chosen or not self._fitting

    def row_at(self, index: _Index) -> Any:
        """The row object at ``index`` of the view, or None."""
        return self._source.row(self._proxy.mapToSource(index))

    @Slot(int, int, int)
    def _on_section_moved(self, section: int, old: int, new: int) -> None:
        self._widths_chosen = True

    @Slot(QPoint)
    def _on_header_menu(self, where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, column in enumerate(self._source.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(number))
            action.setData(number)
        menu.addSeparator()
        menu.addAction(self.tr("Columns as at first"))
        menu.triggered.connect(self._on_column)
        menu.popup(self.horizontalHeader().mapToGlobal(where))

    @Slot(QAction)
    def _on_column(self, action: QAction) -> None:
        number = action.data()
        if number is None:
            self.forget_columns()
        elif action.isChecked() or self.horizontalHeader().hiddenSectionCount() < len(self._source.columns) - 1:
            self._widths_chosen = True
            self.setColumnHidden(number, not action.isChecked())

    def forget_columns(self) -> None:
        """Lay the columns as they lay at first: their order, their widths, and which are shown."""
        header = self.horizontalHeader()
        for number in range(len(self._source.columns)):
            header.moveSection(header.visualIndex(number), number)
        self._widths_chosen = False
        self._fit_columns()

    def columns_state(self) -> QByteArray:
        """What somebody made of the columns; empty as long as nobody did."""
        return self.horizontalHeader().saveState() if self._widths_chosen else QByteArray()

    def restore_columns(self, state: QByteArray) -> None:
        """Lay the columns as ``columns_state`` told; one of another number of columns counts as none."""
        header = self.horizontalHeader()
        self._fitting = True
        fits = header.restoreState(state) and header.count() == len(self._source.columns)
        self._fitting = False
        self._widths_chosen = fits
        if not fits:
            self.forget_columns()

    def is_at_top(self) -> bool:
        """Whether its first row is in view."""
        return self.verticalScrollBar().value() == 0

    def is_near_bottom(self) -> bool:
        """Whether fewer rows lie below the view than it shows."""
        bar = self.verticalScrollBar()
        return bar.maximum() - bar.value() <= self.viewport().height()

    def hold_still(self, *, even_at_top: bool = False) -> None:
        """Remember what stands at the top, before the model changes."""
        self._anchor = QPersistentModelIndex()
        if even_at_top or not self.is_at_top():
            top = self.indexAt(QPoint(0, 0))
            self._anchor = QPersistentModelIndex(top)
            self._anchor_top = self.rowViewportPosition(top.row())

    def settle(self) -> None:
        """Put what stood at the top back where it was. At the very top the newest rows show instead."""
        self.updateGeometries()
        if self._style != style_in_force():
            self._fit_columns()
        if self._anchor.isValid():
            moved = self.rowViewportPosition(self._anchor.row()) - self._anchor_top
            if moved:
                bar = self.verticalScrollBar()
                bar.setValue(bar.value() + moved)

    def places(self, keys: Collection[Hashable]) -> list[int]:
        """Where in the model the rows with these keys stand, those that it has."""
        return self._source.places(keys)

    def choose(self, keys: Collection[Hashable]) -> None:
        """Select the rows with these keys, as far as they are shown, and bring the first into view."""
        found = [self._proxy.mapFromSource(self._source.index(place, 0)) for place in self.places(keys)]
        self.clearSelection()
        if not found:
            return
        rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        first = min(found, key=QModelIndex.row)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        for index in found:
            self.selectionModel().select(index, rows)
        self.scrollTo(first)
        self.setFocus()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the mouse, or of the current one when it was asked for by key."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.fill_menu(menu, index)
        menu.popup(where)

    def fill_menu(self, menu: QMenu, index: _Index) -> None:
        """Put into ``menu`` what can be done with the cell at ``index`` and its row."""
        menu.addAction(self._copy)
        row = self.row_at(index)
        if row is not None:
            self.menu_filling.emit(menu, row, index.data(TOKEN_ROLE))

    @Slot()
    def copy_rows(self) -> None:
        """Put the selected rows, or all when none is selected, on the clipboard as TSV with headers."""
        QGuiApplication.clipboard().setText(self.as_tsv())

    def as_tsv(self) -> str:
        """The selected rows, or all, as tab-separated lines under a header."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()}) or range(self._proxy.rowCount())
        columns = range(self._proxy.columnCount())
        lines = [[column.title for column in self._source.columns]]
        lines += [[_cell(self._proxy.index(row, column).data(COPY_ROLE)) for column in columns] for row in rows]
        return "\n".join("\t".join(line) for line in lines) + "\n"

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 60)

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, previous: QModelIndex) -> None:
        self.current_row.emit(self.row_at(current))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.row_activated.emit(self.row_at(index))

    @Slot()
    def _redraw(self) -> None:
        self.viewport().update()


def shown_columns(columns: Sequence[Column[Any]], room: int) -> set[int]:
    """Which columns to show in ``room`` pixels: the optional ones only as far as they fit, in their order."""
    shown = {number for number, column in enumerate(columns) if not column.optional}
    used = sum(columns[number].width for number in shown)
    for number, column in enumerate(columns):
        if column.optional:
            used += column.width
            if used > room:
                break
            shown.add(number)
    return shown


def _cell(text: object) -> str:
    return " ".join(str(text).split()) if text is not None else ""
