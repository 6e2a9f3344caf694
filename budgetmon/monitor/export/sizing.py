"""How much an export will be, before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.monitor.export.formats import Format, Order, check
from budgetmon.monitor.export.page.contents import MOST_ROWS
from budgetmon.monitor.reader.export_reader import ExportReader

# Bytes that a call takes, about, with names of ordinary length.
_PER_CALL = {
    Format.CSV: 145,
    Format.JSON: 385,
    Format.JSONL: 400,
    Format.XLSX: 120,
    Format.HTML: 900,
    Format.PDF: 110,
    Format.PARQUET: 20,
}
_PER_ZIPPED_CALL = 25
_PER_HOUR = 430
_BEFORE = {Format.HTML: 60_000, Format.PDF: 60_000, Format.PARQUET: 25_000, Format.XLSX: 15_000}
_BESIDE = 5_000  # the small tables


@dataclass(frozen=True, slots=True)
class Size:
    """What an export would hold: rows of the long tables, ``cost`` in nanos, ``size`` in bytes, about."""

    calls: int
    refusals: int
    cost: int
    size: int


def size_of(order: Order) -> Size:
    """The size of ``order``; nothing is written. Raises LedgerTrouble and OrderError."""
    check(order)
    with ExportReader(order.ledger) as reader, reader.source(order.chosen) as source:
        calls, refusals = source.count_of_calls, source.count_of_refusals
        match order.format:
            case Format.SQLITE:
                size = order.ledger.stat().st_size
            case Format.FOCUS:
                size = sum(1 for _ in source.hours()) * _PER_HOUR
            case Format.HTML | Format.PDF:
                size = _about(order, min(calls, MOST_ROWS) + min(refusals, MOST_ROWS))
            case _:
                size = _about(order, calls + refusals)
        return Size(calls, refusals, source.snapshot.totals.cost, size)


def _about(order: Order, rows: int) -> int:
    zipped = order.format is Format.CSV and order.target.suffix == ".zip"
    return _BEFORE.get(order.format, _BESIDE) + rows * (_PER_ZIPPED_CALL if zipped else _PER_CALL[order.format])
