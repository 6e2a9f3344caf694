"""All that a ledger knows of one call."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.monitor.snapshot import CallRow, WorkerRow


@dataclass(frozen=True, slots=True)
class Source:
    """Where an imported call was read from, and how far that can be trusted."""

    kind: str
    name: str
    trust: str
    imported_at: int


@dataclass(frozen=True, slots=True)
class CallDetails:
    """One call with the rates that it is charged at, the process that made it, and its source when it was imported.

    While the call is open, ``usage`` is what it was expected to use at most.
    """

    row: CallRow
    usage: Usage
    rates: Rates
    worker: WorkerRow | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class DetailsAsk:
    """Which call a view wants to know all about, by its number."""

    call: int
