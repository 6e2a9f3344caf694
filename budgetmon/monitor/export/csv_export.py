"""A Snapshot as a folder of CSV files (RFC 4180, UTF-8), one per table.

``totals.csv`` (one row), ``providers.csv``, ``models.csv``, ``budgets.csv``, ``caches.csv``, ``calls.csv``, ``refusals.csv``,
``workers.csv`` and ``consumption.csv``: each is there with its header, even without rows. Columns are those of the JSON
export. Money is decimal text in USD, exact to the nano; what is not known is an empty field; truth is ``true`` or ``false``.

A spreadsheet runs text that looks like a formula. So text that starts with ``= + - @``, TAB or CR has an apostrophe before
it. Numbers stay numbers, negative ones too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from budgetmon.core.rules.money import decimal_text
from budgetmon.monitor.export.columns import (
    BUDGET_DETAILS,
    BUDGETS,
    CACHES,
    CALLS,
    CONSUMPTION,
    MODELS,
    PROVIDERS,
    REFUSALS,
    TOTALS,
    WORKERS,
    Cell,
    Columns,
    Row,
    Usd,
    consumption_rows,
    moment,
)
from budgetmon.monitor.export.landing import land_folder
from budgetmon.monitor.snapshot import Snapshot

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_csv(snapshot: Snapshot, folder: Path, *, overwrite: bool = False) -> Path:
    """Writes ``snapshot`` to the new folder ``folder``, whole or not at all, and returns it.

    Raises FileExistsError when there is something at ``folder`` already. With ``overwrite`` an earlier export is replaced, but
    only that: a folder that holds anything else raises FileExistsError all the same, and what is no folder
    NotADirectoryError. OSError when it cannot be written. Nothing is left behind then.
    """
    land_folder(folder, csv_files(snapshot), overwrite=overwrite)
    return folder


def csv_files(snapshot: Snapshot) -> dict[str, bytes]:
    """The content of each file by its name."""
    totals = {
        "as_of": lambda _: moment(snapshot.as_of),
        "ledger": lambda _: snapshot.ledger.path,
        **TOTALS,
    }
    return {
        "totals.csv": table(totals, [snapshot.totals]),
        "providers.csv": table(PROVIDERS, snapshot.providers),
        "models.csv": table(MODELS, snapshot.models),
        "budgets.csv": table({**BUDGETS, **BUDGET_DETAILS}, snapshot.budgets),
        "caches.csv": table(CACHES, snapshot.caches),
        "calls.csv": table(CALLS, snapshot.calls),
        "refusals.csv": table(REFUSALS, snapshot.refusals),
        "workers.csv": table(WORKERS, snapshot.workers),
        "consumption.csv": table(CONSUMPTION, consumption_rows(snapshot.consumption)),
    }


def table(columns: Columns[Row], rows: Iterable[Row]) -> bytes:
    """One CSV file: a header line, then one record per row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([field(get(row)) for get in columns.values()])
    return text.getvalue().encode(errors="backslashreplace")


def field(cell: Cell) -> str:
    """A cell as the text of a field, before quoting."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case Usd(nanos):
            return decimal_text(nanos)
        case str():
            return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
        case _:
            return repr(cell)
