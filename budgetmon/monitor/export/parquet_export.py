"""An export as a folder of Parquet files, one per table: money as decimal(38, 9), instants as milliseconds in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from budgetmon.core.rules.money import to_decimal
from budgetmon.monitor.export.cells import Cell, Kind, Moment, Usd
from budgetmon.monitor.export.landing import landing_folder
from budgetmon.monitor.export.needs import needed
from budgetmon.monitor.export.sheets import Moved, Sheet, counted, sheets_of
from budgetmon.monitor.export.source import Source

_BATCH = 50_000


def export_parquet(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes ``source`` to the new folder ``target``, whole or not at all.

    Raises FileExistsError, OSError and MissingError.
    """
    needed("pyarrow", "parquet")
    sheets = {f"{sheet.name}.parquet": sheet for sheet in sheets_of(source)}
    with landing_folder(target, sheets, overwrite=overwrite) as folder:
        for name, sheet in sheets.items():
            with folder.open(name) as file:
                _write(sheet, file, moved)


def _write(sheet: Sheet, file: BinaryIO, moved: Moved) -> None:
    pa, pq = needed("pyarrow", "parquet"), needed("pyarrow.parquet", "parquet")
    rows = counted(sheet.cells(), moved)
    batch = list(islice(rows, _BATCH))
    # The kinds of a short table are those of its cells, and it comes in one batch.
    schema = pa.schema([(name, _type(pa, kind, batch, place)) for place, (name, kind) in enumerate(sheet.columns.items())])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch:
            arrays = [
                pa.array([_value(row[place], field.type) for row in batch], field.type) for place, field in enumerate(schema)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            batch = list(islice(rows, _BATCH))


def _type(pa: Any, kind: Kind, rows: Sequence[tuple[Cell, ...]], place: int) -> Any:
    match kind:
        case Kind.COUNT:
            return pa.int64()
        case Kind.TEXT:
            return pa.string()
        case Kind.TRUTH:
            return pa.bool_()
        case Kind.USD:
            return pa.decimal128(38, 9)
        case Kind.MOMENT:
            return pa.timestamp("ms", "UTC")
    return _type_of_cells(pa, (row[place] for row in rows))


def _type_of_cells(pa: Any, cells: Iterable[Cell]) -> Any:
    """The narrowest type that holds all of them. Amounts of budgets in USD and in calls share a column."""
    kinds = {type(cell) for cell in cells if cell is not None}
    if Usd in kinds:
        return pa.decimal128(38, 9)
    for kind, found in ((str, pa.string()), (Moment, pa.timestamp("ms", "UTC")), (float, pa.float64()), (int, pa.int64())):
        if kind in kinds:
            return found
    return pa.bool_() if bool in kinds else pa.string()


def _value(cell: Cell, into: Any) -> Any:
    match cell:
        case Usd(nanos):
            return to_decimal(nanos)
        case Moment(at):
            return at
        case bool() | None:
            return cell
        case int():
            return float(cell) if str(into) == "double" else cell
        case str():
            return cell.encode(errors="replace").decode()
    return cell
