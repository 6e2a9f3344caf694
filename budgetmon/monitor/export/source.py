"""What an export is made from: one consistent read of a ledger, its long tables as streams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from budgetmon.monitor.export.cells import Kind
from budgetmon.monitor.snapshot import RefusalRow, Snapshot

# The columns of the table of calls. ``at_local`` is text in the ledger's zone.
CALL_COLUMNS: dict[str, Kind] = {
    "id": Kind.COUNT,
    "at": Kind.MOMENT,
    "at_local": Kind.TEXT,
    "took_ms": Kind.COUNT,
    "state": Kind.TEXT,
    "ok": Kind.TRUTH,
    "provider": Kind.TEXT,
    "model": Kind.TEXT,
    "tag": Kind.TEXT,
    "run": Kind.TEXT,
    "worker": Kind.COUNT,
    "input_tokens": Kind.COUNT,
    "output_tokens": Kind.COUNT,
    "cached_input_tokens": Kind.COUNT,
    "cache_write_tokens": Kind.COUNT,
    "calls": Kind.COUNT,
    "credits": Kind.COUNT,
    "hold": Kind.USD,
    "cost": Kind.USD,
    "overrun": Kind.USD,
    "source": Kind.TEXT,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a ledger is exported: calls and refusals made in ``[since, until)`` (UTC milliseconds, None for no end), of
    ``providers``, or of all when it is empty."""

    since: int | None = None
    until: int | None = None
    providers: tuple[str, ...] = ()

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self == Chosen()


class OrderError(ValueError):
    """What was asked for cannot be exported; the text says why, and what can."""


@dataclass(frozen=True, slots=True)
class Hour:
    """What one model took in one hour: the unit of a bill. ``start`` is UTC milliseconds, ``cost`` nanos."""

    start: int
    provider: str
    model: str
    calls: int
    units: int
    unpriced: int
    tokens: int
    cost: int


class Source(Protocol):
    """All parts come from one moment. The streams are read newest first, one at a time."""

    @property
    def snapshot(self) -> Snapshot:
        """The sums and the small tables, pauses and runs of the chosen range whole; its own tables of calls and refusals
        are empty."""

    @property
    def chosen(self) -> Chosen:
        """What of the ledger this is."""

    @property
    def count_of_calls(self) -> int:
        """How many calls there are to export."""

    @property
    def count_of_refusals(self) -> int:
        """How many refusals."""

    def calls(self) -> Iterator[tuple[Any, ...]]:
        """The raw values of CALL_COLUMNS."""

    def calls_as_csv(self) -> Iterator[str]:
        """The same calls as lines of a CSV file, without their ends."""

    def calls_as_json(self) -> Iterator[str]:
        """The same calls as JSON objects."""

    def refusals(self) -> Iterator[RefusalRow]:
        """The refusals with their receipts."""

    def hours(self) -> Iterator[Hour]:
        """What was billed, hour by hour, oldest first."""
