"""The ledger in one SQLite file: every operation is one write transaction, atomic over all processes and threads."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TypeVar

import apsw

from budgetmon.core.ledger import budget_book, cache_rollups, journal, schema, totals, windows, workers
from budgetmon.core.ledger.names import Names, SubjectIds, interning
from budgetmon.core.ledger.totals import Sums
from budgetmon.core.ledger.values import CacheCounts, Charge, Hold, Subject, amounts
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage import forking
from budgetmon.core.storage.connection import open_writer
from budgetmon.core.storage.errors import LedgerAccessError, ledger_errors
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.core.storage.liveness import Liveness
from budgetmon.core.storage.pool import ConnectionPool
from budgetmon.core.storage.writer import Writer

T = TypeVar("T")

PATIENCE_SECONDS = 30.0


def wall_clock() -> int:
    """UTC milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class SqliteLedger:
    """One process's access to one ledger. Safe between threads and after a fork, where the child is a worker of its own.

    Opening creates the file when there is none. Every method raises LedgerError when the file cannot do what is asked;
    then nothing of the operation is in it.
    """

    def __init__(
        self,
        path: Path,
        *,
        zone: str,
        power_safe: bool,
        clock: Callable[[], int] = wall_clock,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._files = LedgerFiles(path)
        self._zone = zone
        self._power_safe = power_safe
        self._clock = clock
        self._patience = patience
        self._pool = ConnectionPool(self._connect, path.name)
        self._writer = Writer(self._files, self._pool, patience)
        self._liveness = Liveness(self._files.alive)
        self._names = Names()
        self._book = budget_book.BudgetBook()
        self._enlisting = threading.Lock()
        self._worker: int | None = None
        self._prepare()
        forking.join(self, forking.Rest.LEDGER)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._files.database

    def require_power_safety(self) -> None:
        """From now on every acknowledged write survives a power cut, whatever was asked for at first."""
        if not self._power_safe:
            self._power_safe = True
            self._writer.rest()
            self._pool.rest()
            self._pool.wake()
            self._writer.wake()

    # -- budgets ----------------------------------------------------------------------------------------------------

    def budgets_in_force(self) -> tuple[Budget, ...]:
        """The budgets that every process goes by, in the order of the config."""
        return tuple(stored.budget for stored in self._read(budget_book.read_budgets))

    def register_budgets(self, budgets: Sequence[Budget]) -> None:
        """Makes ``budgets`` the ones in force for every process."""
        now = self._clock()
        if self.budgets_in_force() != tuple(budgets):
            self._writer.run(lambda db: budget_book.register(db, budgets, now))

    # -- calls ------------------------------------------------------------------------------------------------------

    def hold(self, subject: Subject, usage: Usage, rates: Rates, nanos: int) -> Hold | Receipt:
        """Sets ``nanos`` aside for a call, or returns the stored receipt of its refusal."""
        return self._post(subject, rates, lambda posting: journal.admit(posting, subject, usage, nanos), new_calls=1)

    def settle(self, hold: Hold, charge: Charge) -> CallState:
        """Books what a call did cost. Returns the state before; when that is SETTLED, the first charge stands."""
        return self._post(hold.subject, charge.rates, lambda posting: journal.settle(posting, hold, charge))

    def release(self, hold: Hold, rates: Rates) -> CallState:
        """Gives a hold back. Returns the state before; SETTLED and RELEASED are left as they are."""
        return self._post(hold.subject, rates, lambda posting: journal.release(posting, hold))

    def put_in_doubt(self, hold: Hold, rates: Rates) -> CallState:
        """Marks a call whose outcome nobody knows. Returns the state before; others than HELD are left as they are."""
        return self._post(hold.subject, rates, lambda posting: journal.put_in_doubt(posting, hold))

    def record(self, subject: Subject, charge: Charge) -> int:
        """Books a call after the fact. Returns its number."""
        return self._post(subject, charge.rates, lambda posting: journal.record(posting, subject, charge), new_calls=1)

    def advise(self, subject: Subject, usage: Usage, nanos: int) -> Receipt | None:
        """The receipt that a call would get now, or None when it would be admitted. Reads only; binds nobody."""
        now = self._clock()

        def read(db: apsw.Connection) -> list[windows.Standing]:
            return windows.standings(db, journal.matching(budget_book.read_budgets(db), subject), now)[0]

        refused = journal.first_refusal(self._read(read), subject, amounts(nanos, usage))
        return refused[1] if refused else None

    def totals_by_model(self) -> dict[tuple[str, str], Sums]:
        """Sums over all time per (provider, model)."""
        return self._read(totals.by_model)

    def totals_by_day(self) -> dict[date, Sums]:
        """Sums per day in the zone of this process's configuration."""
        return self._read(lambda db: totals.by_day(db, self._zone))

    # -- caches -----------------------------------------------------------------------------------------------------

    def add_cache_counts(self, counts: Iterable[CacheCounts]) -> None:
        """Adds what this process's caches counted since their last report."""
        batch = tuple(counts)
        worker = self._enlisted()
        now = self._clock()

        def work(db: apsw.Connection) -> None:
            cache_rollups.add(db, worker, batch, now)
            workers.note_write(db, worker, now, 0, self._pool.counts())

        self._writer.run(work)

    # -- life -------------------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Signs this worker off and closes every connection. The ledger may be used again; it then enlists anew."""
        with self._enlisting:
            worker, self._worker = self._worker, None
        if worker is not None:
            now = self._clock()

            def work(db: apsw.Connection) -> None:
                workers.leave(db, worker, now, self._pool.counts())
                cache_rollups.drop_instances(db, worker)

            try:
                self._writer.run(work)
            finally:
                self._liveness.close()
        self._writer.rest()
        self._pool.rest()
        self._writer.close()
        self._pool.wake()
        self._writer.wake()

    def before_fork(self) -> None:
        """Waits for the write under way and closes every connection: none may cross a fork."""
        self._enlisting.acquire()
        self._writer.rest()
        self._pool.rest()

    def after_fork_in_parent(self) -> None:
        """Goes on; connections open again on demand."""
        self._pool.wake()
        self._writer.wake()
        self._enlisting.release()

    def after_fork_in_child(self) -> None:
        """Becomes a process of its own: no worker yet, nothing open."""
        self._liveness.close()
        self._writer.forget()
        self._pool.forget()
        self._enlisting = threading.Lock()
        self._worker = None

    def _post(self, subject: Subject, rates: Rates, work: Callable[[journal.Posting], T], *, new_calls: int = 0) -> T:
        """Runs one write of the journal, and keeps this worker's row up to date in the same transaction."""
        ids = self._ids(subject, rates)
        worker = self._enlisted()
        now = self._clock()

        def transaction(db: apsw.Connection) -> T:
            outcome = work(journal.Posting(db, self._book.current(db), worker, ids, now))
            added = 0 if isinstance(outcome, Receipt) else new_calls
            workers.note_write(db, worker, now, added, self._pool.counts())
            return outcome

        return self._writer.run(transaction)

    def _read(self, query: Callable[[apsw.Connection], T]) -> T:
        """The result of ``query`` in one read transaction, which sees one state of the ledger."""
        with self._pool.borrow() as db, ledger_errors(self.path):
            db.execute("BEGIN")
            try:
                return query(db)
            finally:
                db.execute("ROLLBACK")

    def _ids(self, subject: Subject, rates: Rates) -> SubjectIds:
        ids = self._names.known(subject, rates)
        if ids is None:
            ids = self._writer.run(interning(subject, rates, self._clock()))
            self._names.remember(subject, rates, ids)
        return ids

    def _enlisted(self) -> int:
        """This process's number as a worker; its claim to be alive is in place before its row is committed."""
        if self._worker is not None:
            return self._worker
        with self._enlisting:
            if self._worker is None:
                now = self._clock()

                def work(db: apsw.Connection) -> int:
                    number = workers.enlist(db, now)
                    self._liveness.claim(number)
                    return number

                try:
                    self._worker = self._writer.run(work)
                except BaseException:
                    self._liveness.close()
                    raise
            return self._worker

    def _connect(self) -> apsw.Connection:
        return open_writer(self._files.database, power_safe=self._power_safe, busy_ms=int(self._patience * 1000))

    def _prepare(self) -> None:
        """Creates the ledger if the file is new, otherwise checks that it is one, before anything else touches it."""
        try:
            self._files.database.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerAccessError(self.path, f"its folder cannot be made: {error.strerror}") from error
        self._writer.alone(self._open_or_create)

    def _open_or_create(self) -> None:
        with ledger_errors(self.path), closing(self._connect()) as db:
            if not schema.is_empty(db):
                schema.check(db, self.path)
                return
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("BEGIN IMMEDIATE")
            schema.create(db, self._clock(), self._zone, "power" if self._power_safe else "process")
            db.execute("COMMIT")
