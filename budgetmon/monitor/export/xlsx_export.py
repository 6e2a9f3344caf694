"""An export as an XLSX workbook: a summary, then a sheet per table with typed cells, a frozen header and a filter.

Money is a number in USD. A spreadsheet's numbers have fifteen digits, so that every amount below 1,000,000 USD is there to
the nano; a larger one with more digits is written as text, which is exact. Instants are UTC. Text is never a formula. A
sheet ends at 1,048,576 rows; the table goes on in the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import SEEK_SET
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from budgetmon.core.rules.money import to_decimal
from budgetmon.monitor.export.cells import Cell, Moment, Usd
from budgetmon.monitor.export.columns import TOTALS, record
from budgetmon.monitor.export.landing import landing_file
from budgetmon.monitor.export.needs import needed
from budgetmon.monitor.export.sheets import Moved, Sheet, counted, sheets_of
from budgetmon.monitor.export.source import Source

MOST_ROWS = 1_048_575  # below the header
_LONGEST_TEXT = 32_767
_DIGITS = 10**15
_WIDTHS = {Usd: 14, Moment: 21, str: 20}


def export_xlsx(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes ``source`` to the workbook ``target``, whole or not at all. Raises FileExistsError, OSError and MissingError."""
    xlsxwriter = needed("xlsxwriter", "xlsx")
    with (
        landing_file(target, overwrite=overwrite) as file,
        TemporaryDirectory(prefix="budgetmon-xlsx-") as scratch,
        closing(_Sink(file)) as sink,
        closing(_Book(xlsxwriter, sink, scratch)) as book,
    ):
        book.summarise(source)
        for sheet in sheets_of(source)[1:]:
            book.add(sheet, moved)
        book.finish()


class _Sink:
    """Passes on what the library's archive writes, until it is closed. After an error that archive is only ended when it is
    collected, and would complain then that the file is gone: its last words go nowhere."""

    def __init__(self, file: BinaryIO) -> None:
        self._file: BinaryIO | None = file
        self._place = 0

    def write(self, content: bytes) -> int:
        if self._file is not None:
            self._file.write(content)
        self._place += len(content)
        return len(content)

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        assert whence == SEEK_SET, "an archive that is written goes to places that it knows"
        self._place = offset if self._file is None else self._file.seek(offset)
        return self._place

    def tell(self) -> int:
        return self._place

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        self._file = None


class _Book:
    """A workbook that is written row by row, by way of files in ``scratch``, and never held in memory."""

    def __init__(self, xlsxwriter: Any, file: _Sink, scratch: str) -> None:
        self._book = xlsxwriter.Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": scratch,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._title = self._book.add_format({"bold": True, "font_size": 16})
        self._money = self._book.add_format({"num_format": "#,##0.00#######"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})

    def summarise(self, source: Source) -> None:
        """The first sheet: which ledger, when, and its totals."""
        snapshot = source.snapshot
        sheet = self._book.add_worksheet("Summary")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 44)
        sheet.write_string(0, 0, "budgetmon", self._title)
        facts: dict[str, Cell] = {
            "ledger": snapshot.ledger.path,
            "as of (UTC)": Moment(snapshot.as_of),
            "zone": snapshot.ledger.zone,
            **record(TOTALS, snapshot.totals),
        }
        for row, (name, cell) in enumerate(facts.items(), 2):
            sheet.write_string(row, 0, name, self._head)
            self._write(sheet, row, 1, cell)

    def add(self, table: Sheet, moved: Moved) -> None:
        """A table, on as many sheets as it takes."""
        rows = counted(table.cells(), moved)
        number = 1
        while True:
            first = next(rows, None)
            if first is None and number > 1:
                return
            name = table.name.capitalize() + (f" {number}" if number > 1 else "")
            self._fill(name, table, iter(()) if first is None else chain([first], islice(rows, MOST_ROWS - 1)))
            number += 1

    def finish(self) -> None:
        """Puts the workbook together."""
        self._book.close()

    def close(self) -> None:
        """Lets go of the files under way, of which a finished workbook has none."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh is not None:
                sheet.row_data_fh.close()

    def _fill(self, name: str, table: Sheet, rows: Iterator[tuple[Cell, ...]]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        first = next(rows, None)
        for column, header in enumerate(table.columns):
            cell = None if first is None else first[column]
            sheet.set_column(column, column, max(len(header) + 3, _WIDTHS.get(type(cell), 12)))
        for column, header in enumerate(table.columns):
            sheet.write_string(0, column, header, self._head)
        place = 0
        for place, row in enumerate(rows if first is None else chain([first], rows), 1):  # used below
            for column, cell in enumerate(row):
                self._write(sheet, place, column, cell)
        sheet.autofilter(0, 0, place, len(table.columns) - 1)

    def _write(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        match cell:
            case None:
                pass
            case bool():
                sheet.write_boolean(row, column, cell)
            case Usd(nanos):
                if abs(nanos) < _DIGITS:
                    sheet.write_number(row, column, to_decimal(nanos), self._money)
                else:
                    sheet.write_string(row, column, str(cell))
            case Moment(at):
                sheet.write_datetime(row, column, datetime.fromtimestamp(at / 1000, UTC).replace(tzinfo=None), self._moment)
            case str():
                # A cell takes so much, and no character below the space but these.
                kept = "".join(char for char in cell[:_LONGEST_TEXT] if char >= " " or char in "\t\n\r")
                sheet.write_string(row, column, kept.encode(errors="replace").decode())
            case _:
                sheet.write_number(row, column, cell)
