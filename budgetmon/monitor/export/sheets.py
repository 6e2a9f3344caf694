"""The tables of an export, the same in every format: each column's name and kind, and its rows as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from budgetmon.monitor.export import columns
from budgetmon.monitor.export.cells import Cell, Kind, as_cell, moment
from budgetmon.monitor.export.columns import Columns, Row, consumption_rows
from budgetmon.monitor.export.source import CALL_COLUMNS, Source

Moved = Callable[[int], None]
T = TypeVar("T")

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. ``raw`` gives its rows, each value of the kind that its column has. A long one can also come as the very
    lines of a file, ``csv_lines`` or ``json_lines``."""

    name: str
    columns: dict[str, Kind]
    raw: Callable[[], Iterator[tuple[Any, ...]]]
    csv_lines: Callable[[], Iterator[str]] | None = None
    json_lines: Callable[[], Iterator[str]] | None = None

    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows as cells."""
        kinds = tuple(self.columns.values())
        for row in self.raw():
            yield tuple(map(as_cell, kinds, row))


def sheets_of(source: Source) -> tuple[Sheet, ...]:
    """Every table of ``source``, the small ones first."""
    snapshot = source.snapshot
    totals: Columns[Any] = {
        "as_of": lambda _: moment(snapshot.as_of),
        "ledger": lambda _: snapshot.ledger.path,
        **columns.TOTALS,
    }
    return (
        _sheet("totals", totals, [snapshot.totals]),
        _sheet("providers", columns.PROVIDERS, snapshot.providers),
        _sheet("models", columns.MODELS, snapshot.models),
        _sheet("budgets", {**columns.BUDGETS, **columns.BUDGET_DETAILS}, snapshot.budgets),
        _sheet("caches", columns.CACHES, snapshot.caches),
        _sheet("workers", columns.WORKERS, snapshot.workers),
        _sheet("pauses", columns.PAUSES, snapshot.pauses),
        _sheet("runs", {**columns.RUNS, **columns.RUN_COUNTS}, snapshot.runs),
        _sheet("consumption", columns.CONSUMPTION, tuple(consumption_rows(snapshot.consumption))),
        Sheet("refusals", _all_cells(columns.REFUSALS), lambda: _rows(columns.REFUSALS, source.refusals())),
        Sheet("calls", CALL_COLUMNS, source.calls, source.calls_as_csv, source.calls_as_json),
    )


def rows_of(source: Source) -> int:
    """How many rows the long tables have: what progress is measured by."""
    return source.count_of_calls + source.count_of_refusals


def counted(rows: Iterable[Any], moved: Moved) -> Iterator[Any]:
    """The rows, with ``moved`` told how many have passed, now and then."""
    for batch in batches(rows):
        yield from batch
        moved(len(batch))


def batches(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows in lists of some thousands."""
    stream = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _sheet(name: str, of: Columns[Row], rows: Iterable[Row]) -> Sheet:
    return Sheet(name, _all_cells(of), lambda: _rows(of, rows))


def _all_cells(of: Columns[Row]) -> dict[str, Kind]:
    return dict.fromkeys(of, Kind.CELL)


def _rows(of: Columns[Row], rows: Iterable[Row]) -> Iterator[tuple[Cell, ...]]:
    fills = tuple(of.values())
    for row in rows:
        yield tuple(fill(row) for fill in fills)
