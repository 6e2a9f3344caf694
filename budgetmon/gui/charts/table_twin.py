"""The table that stands where a chart was, with the same figures."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from budgetmon.gui.charts.sheet import Sheet, SheetRow
from budgetmon.gui.state.rows_model import Clock, Column, RowsModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.table import Table

_FIRST_WIDTH = 130
_WIDTH = 104
_WORDY_WIDTH = 300


class TableTwin(QWidget):
    """Shows a sheet. A sheet with other columns gets a table of its own; one with the same only changes its rows."""

    def __init__(self, themer: Themer, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer, self._name = themer, name
        self._titles: tuple[str, ...] = ()
        self._model: RowsModel[SheetRow] | None = None
        self.table: Table | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def show_sheet(self, sheet: Sheet) -> None:
        """Show ``sheet``; scroll and selection stay where they are while the columns do."""
        if sheet.titles != self._titles or self._model is None or self.table is None:
            self._replace(sheet)
        else:
            self.table.hold_still()
            self._model.show(sheet.rows, Clock())
            self.table.settle()

    def _replace(self, sheet: Sheet) -> None:
        old, self._titles = self.table, sheet.titles
        columns = [_column(title, number, wordy=number in sheet.wordy) for number, title in enumerate(sheet.titles)]
        model: RowsModel[SheetRow] = RowsModel(columns, _key, self)
        self._model = model
        self.table = Table(self._themer, model, self.tr("{chart}, table").format(chart=self._name), self)
        self._layout.addWidget(self.table)
        model.show(sheet.rows, Clock())
        if old is not None:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()


def _key(row: SheetRow) -> int:
    return row.key


def _column(title: str, number: int, *, wordy: bool) -> Column[SheetRow]:
    width = _WORDY_WIDTH if wordy else _WIDTH
    return Column(
        title,
        _text(number),
        width if number else _FIRST_WIDTH,
        numeric=number > 0 and not wordy,
        tip=_text(number) if wordy else None,
        sort=_order(number),
        copy=_raw(number),
    )


def _text(number: int) -> Callable[[SheetRow, Clock], str]:
    return lambda row, _: row.cells[number].text


def _raw(number: int) -> Callable[[SheetRow, Clock], str]:
    return lambda row, _: row.cells[number].raw


def _order(number: int) -> Callable[[SheetRow], float]:
    return lambda row: row.cells[number].order
