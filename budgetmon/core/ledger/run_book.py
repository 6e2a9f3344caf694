"""The runs of one ledger, written by their runner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from budgetmon.core.ledger import runs
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.rules.runs import RunEnd, RunOrder, RunProgress, RunResult


@dataclass(frozen=True, slots=True)
class BegunRun:
    """A run's number, the name that attributes calls to it, and the folder for its files, which nobody has made yet."""

    id: int
    name: str
    files: str


class RunBook:
    """Each method is one write transaction of the runner's process. Raises LedgerError; safe between threads."""

    def __init__(self, ledger: SqliteLedger) -> None:
        self._ledger = ledger

    def begin(self, order: RunOrder) -> BegunRun:
        """Adds a run and puts its budget in force. Runs whose runner died are ended first."""
        self.reap()
        return BegunRun(*self._ledger.as_worker(lambda db, worker, now: runs.begin(db, worker, order, self._ledger.zone, now)))

    def add(self, run: int, results: Sequence[RunResult], progress: RunProgress) -> None:
        """Adds what a run has told since the last time."""
        self._ledger.as_worker(lambda db, _worker, _now: runs.add_results(db, run, results, progress))

    def finish(self, run: int, end: RunEnd) -> None:
        """Ends a run and its budget. One that has ended already stays as it is."""
        self._ledger.as_worker(lambda db, _worker, now: runs.finish(db, run, end, now))

    def reap(self) -> int:
        """Ends the runs whose runner died without a word. How many those were."""
        return self._ledger.as_worker(lambda db, worker, _now: runs.reap(db, worker, self._ledger.is_alive))

    def forget_old_results(self, profile: str) -> tuple[str, ...]:
        """Drops the single results of a profile's older runs; returns the folders whose files may go with them."""
        return self._ledger.as_worker(lambda db, _worker, _now: runs.forget_old_results(db, profile))
