"""A ledger and a clock under the test's control."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from gui.snapshots import NOW, rich_snapshot

from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.monitor.call_details import CallDetails
from budgetmon.monitor.filters import Field
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.snapshot import Ask, Snapshot
from budgetmon.monitor.trouble import LedgerTrouble, Trouble


def trouble(kind: Trouble) -> LedgerTrouble:
    """Trouble of one kind with advice of its own."""
    return LedgerTrouble(kind, "/srv/desk/ledger.db", f"Advice about {kind.name.lower()}.")


@dataclass
class FakeClock:
    """Wall clock and monotonic clock that stand still until told otherwise."""

    wall: int = NOW + 900
    seconds: float = 1000.0

    def now(self) -> int:
        return self.wall

    def monotonic(self) -> float:
        return self.seconds

    def pass_seconds(self, seconds: float) -> None:
        self.wall += round(seconds * 1000)
        self.seconds += seconds


@dataclass
class FakeLedger:
    """Answers polls with ``snapshot`` once per change, or raises ``problem``. Counts what the feed does to it."""

    snapshot: Snapshot = field(default_factory=rich_snapshot)
    problem: Exception | None = None
    problem_of_close: Exception | None = None
    opened: int = 0
    closed: int = 0
    polls: int = 0
    in_flight: int = 0
    most_in_flight: int = 0
    asks: list[Ask] = field(default_factory=list)
    page_asks: list[PageAsk] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    threads: set[int] = field(default_factory=set)
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.gate.set()

    def open(self, path: Path) -> FakeReader:
        self.threads.add(threading.get_ident())
        self.paths.append(path)
        self.opened += 1
        return FakeReader(self)


class FakeReader:
    """What FakeLedger.open returns."""

    def __init__(self, ledger: FakeLedger) -> None:
        self._ledger = ledger
        self._told: tuple[Ask, Snapshot] | None = None

    def poll(self, ask: Ask) -> Snapshot | None:
        ledger = self._ledger
        ledger.in_flight += 1
        ledger.most_in_flight = max(ledger.most_in_flight, ledger.in_flight)
        ledger.threads.add(threading.get_ident())
        ledger.polls += 1
        ledger.asks.append(ask)
        try:
            assert ledger.gate.wait(10)
            if ledger.problem is not None:
                raise ledger.problem
            told = (ask, ledger.snapshot)
            if told == self._told:
                return None
            self._told = told
            return ledger.snapshot
        finally:
            ledger.in_flight -= 1

    def page(self, ask: PageAsk) -> Page:
        """The rows of the snapshot, nearest to what was asked for; a filter by number is all that it understands."""
        ledger = self._ledger
        ledger.in_flight += 1
        ledger.most_in_flight = max(ledger.most_in_flight, ledger.in_flight)
        ledger.threads.add(threading.get_ident())
        ledger.page_asks.append(ask)
        try:
            assert ledger.gate.wait(10)
            if ledger.problem is not None:
                raise ledger.problem
            return page_of(ledger.snapshot, ask)
        finally:
            ledger.in_flight -= 1

    def call(self, number: int) -> CallDetails | None:
        snapshot = self._ledger.snapshot
        row = next((row for row in snapshot.calls if row.id == number), None)
        if row is None:
            return None
        usage = Usage(row.input_tokens, row.output_tokens, row.cached_input_tokens)
        worker = next((worker for worker in snapshot.workers if worker.id == row.worker), None)
        return CallDetails(row, usage, Rates(input=150_000_000, output=600_000_000), worker)

    def close(self) -> None:
        self._ledger.threads.add(threading.get_ident())
        self._ledger.closed += 1
        if self._ledger.problem_of_close is not None:
            raise self._ledger.problem_of_close


def page_of(snapshot: Snapshot, ask: PageAsk) -> Page:
    """What a ledger with this snapshot would answer."""
    every = snapshot.calls if ask.listing is Listing.CALLS else snapshot.refusals
    numbers = {term.value for term in ask.only.of(Field.ID)}
    passing = [row for row in every if not numbers or row.id in numbers]
    again = tuple(row for row in every if row.id in ask.again)
    if ask.after is not None:
        ahead = [row for row in passing if row.id > ask.after]
        rows = ahead[-ask.rows :]
    else:
        ahead = [row for row in passing if ask.before is None or row.id < ask.before]
        rows = ahead[: ask.rows]
    newest = every[0].id if every else 0
    if len(rows) == len(ahead):
        return Page(ask, tuple(rows), again=again, newest=newest)
    last = rows[0] if ask.after is not None else rows[-1]
    return Page(ask, tuple(rows), False, last.id, last.at, again, newest)
