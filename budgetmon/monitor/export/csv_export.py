"""An export as a folder of CSV files (RFC 4180, UTF-8), one per table, or as one zip file of them.

Each file is there with its header, even without rows. Columns are those of the JSON export. Money is decimal text in USD,
exact to the nano; instants are ISO 8601; what is not known is an empty field; truth is ``true`` or ``false``.

A spreadsheet runs text that looks like a formula. So text that starts with ``= + - @``, TAB or CR has an apostrophe before
it. Numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from budgetmon.monitor.export.cells import Cell, Moment, Usd
from budgetmon.monitor.export.landing import landing_file, landing_folder
from budgetmon.monitor.export.sheets import Moved, Sheet, batches, counted, sheets_of
from budgetmon.monitor.export.source import Source

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_csv(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes ``source`` to the new folder ``target``, or to a zip file if its name ends so; whole or not at all.

    With ``overwrite`` an earlier export is replaced, but only that. Raises FileExistsError and OSError.
    """
    sheets = {f"{sheet.name}.csv": sheet for sheet in sheets_of(source)}
    if target.suffix == ".zip":
        with landing_file(target, overwrite=overwrite) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, sheet in sheets.items():
                with archive.open(name, "w", force_zip64=True) as part:
                    write_csv(sheet, part, moved)  # type: ignore[arg-type]  # it writes bytes, and that is all that is asked
        return
    with landing_folder(target, sheets, overwrite=overwrite) as folder:
        for name, sheet in sheets.items():
            with folder.open(name) as opened:
                write_csv(sheet, opened, moved)


def write_csv(sheet: Sheet, file: BinaryIO, moved: Moved) -> None:
    """One table: a header line, then one record per row."""
    with text_into(file) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(sheet.columns)
        if sheet.csv_lines is None:
            writer.writerows(tuple(map(field, row)) for row in counted(sheet.cells(), moved))
            return
        for batch in batches(sheet.csv_lines()):
            text.write("\r\n".join(batch) + "\r\n")
            moved(len(batch))


@contextmanager
def text_into(file: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """``file`` for text in UTF-8; half characters, as odd paths may hold them, are escaped. Does not close it."""
    text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="", write_through=False)
    try:
        yield text
        text.flush()
    finally:
        text.detach()


def field(cell: Cell) -> str:
    """A cell as the text of a field, before quoting."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Usd() | Moment():
            return str(cell)
        case str():
            return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
        case _:
            return repr(cell)
