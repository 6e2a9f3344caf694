"""The formats of an export by name: what each writes, and how its file is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from budgetmon.monitor.export.csv_export import export_csv
from budgetmon.monitor.export.focus_export import export_focus
from budgetmon.monitor.export.html_export import export_html
from budgetmon.monitor.export.json_export import export_json, export_jsonl
from budgetmon.monitor.export.parquet_export import export_parquet
from budgetmon.monitor.export.sheets import Moved, rows_of
from budgetmon.monitor.export.source import Chosen, OrderError
from budgetmon.monitor.export.sqlite_export import export_sqlite
from budgetmon.monitor.export.xlsx_export import export_xlsx
from budgetmon.monitor.reader.export_reader import ExportReader


class Format(StrEnum):
    """What can be written. CSV and Parquet are folders of tables; CSV is one file where the name ends in .zip."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"
    SQLITE = "sqlite"
    PARQUET = "parquet"
    FOCUS = "focus"


Writer = Callable[..., None]

# PDF is drawn by what only the app has; whoever wants it brings its writer.
WRITERS: Mapping[Format, Writer] = {
    Format.CSV: export_csv,
    Format.JSON: export_json,
    Format.JSONL: export_jsonl,
    Format.XLSX: export_xlsx,
    Format.HTML: export_html,
    Format.PARQUET: export_parquet,
    Format.FOCUS: export_focus,
}
ENDINGS = {
    Format.CSV: "",
    Format.JSON: ".json",
    Format.JSONL: ".jsonl",
    Format.XLSX: ".xlsx",
    Format.HTML: ".html",
    Format.PDF: ".pdf",
    Format.SQLITE: ".db",
    Format.PARQUET: "",
    Format.FOCUS: ".csv",
}


@dataclass(frozen=True, slots=True)
class Order:
    """One export: what of which ledger goes where, and as what."""

    ledger: Path
    target: Path
    format: Format
    chosen: Chosen = field(default_factory=Chosen)
    overwrite: bool = False


def check(order: Order) -> None:
    """Raises OrderError when there is no such export."""
    if order.format is Format.SQLITE and not order.chosen.is_all:
        raise OrderError("sqlite is always the whole ledger: leave out --since, --until and --provider")


def export(
    order: Order,
    *,
    begun: Callable[[int], None] = lambda _: None,
    moved: Moved = lambda _: None,
    writers: Mapping[Format, Writer] = WRITERS,
) -> None:
    """Carries out ``order``: one consistent read, written whole or not at all.

    ``begun`` hears how many rows there are, ``moved`` of each step. Raises LedgerTrouble, OSError, FileExistsError,
    MissingError and OrderError.
    """
    check(order)
    with ExportReader(order.ledger) as reader:
        if order.format is Format.SQLITE:
            export_sqlite(reader, order.target, overwrite=order.overwrite)
            return
        with reader.source(order.chosen) as source:
            begun(rows_of(source))
            writers[order.format](source, order.target, overwrite=order.overwrite, moved=moved)
