"""The ledger in one SQLite file: every operation is one write transaction, atomic over all processes and threads."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import apsw

from budgetmon.core.ledger import (
    admission,
    cache_rollups,
    imports,
    journal,
    pause_log,
    rule_book,
    schema,
    sweep,
    totals,
    upkeep,
    windows,
    workers,
)
from budgetmon.core.ledger.admission import Refusal, Request
from budgetmon.core.ledger.imports import ImportedCall, ImportOutcome, ImportSource
from budgetmon.core.ledger.journal import Posting
from budgetmon.core.ledger.names import Names, SubjectIds, interning
from budgetmon.core.ledger.rule_book import RuleBook, Rules
from budgetmon.core.ledger.totals import Sums
from budgetmon.core.ledger.values import Admission, CacheCounts, Charge, Hold, Paused, Subject, amounts
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.doubts import DoubtPolicy, InDoubt
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage import forking
from budgetmon.core.storage.connection import open_reader, open_writer
from budgetmon.core.storage.errors import (
    LedgerAccessError,
    LedgerError,
    LedgerFullError,
    NetworkFileSystemError,
    NotALedgerError,
    ledger_errors,
)
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.core.storage.filesystem import has_room, network_type
from budgetmon.core.storage.liveness import Liveness
from budgetmon.core.storage.pool import ConnectionPool
from budgetmon.core.storage.writer import Writer

T = TypeVar("T")

_log = logging.getLogger(__name__)

PATIENCE_SECONDS = 30.0
SWEEP_EVERY_SECONDS = 1.0


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
        self._writer = Writer(self._files, self._pool, self, patience)
        self._liveness = Liveness(self._files.alive)
        self._names = Names()
        self._book = RuleBook()
        self._enlisting = threading.Lock()
        self._enlisting_here = 0  # the thread that enlists this process just now
        self._worker: int | None = None
        self._swept_at = -SWEEP_EVERY_SECONDS
        self.doubt_policy = DoubtPolicy()
        self._prepare()
        forking.join(self, forking.Rest.LEDGER)

    @property
    def path(self) -> Path:
        """The database file."""
        return self._files.database

    @property
    def is_writing_here(self) -> bool:
        """Whether this thread is inside a write or a read of this ledger, so that a write would wait for ever, or fail."""
        here = self._enlisting_here == threading.get_ident()
        return here or self._writer.is_at_work_here or self._pool.is_lent_here

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
        """The budgets that every process goes by, in the order of the config; those of runs under way follow."""
        return tuple(stored.budget for stored in self._read(rule_book.read_budgets))

    def register_budgets(self, budgets: Sequence[Budget]) -> None:
        """Makes ``budgets`` the ones in force for every process."""
        now = self._clock()
        configured = self._read(rule_book.read_configured)
        if [stored.budget for stored in configured] != list(budgets):
            self._writer.run(lambda db: rule_book.register(db, budgets, now))

    def cap_run(self, run: str, budget: Budget) -> int:
        """Puts ``budget`` in force beside those of the config, until ``lift_cap``. Returns its number."""
        now = self._clock()
        return self._writer.run(lambda db: rule_book.cap_run(db, run, budget, now))

    def lift_cap(self, number: int) -> None:
        """Ends what ``cap_run`` began."""
        now = self._clock()
        self._writer.run(lambda db: rule_book.end(db, number, now))

    # -- calls ------------------------------------------------------------------------------------------------------

    def hold(self, subject: Subject, usage: Usage, rates: Rates, nanos: int) -> Hold | Receipt | Paused:
        """Sets ``nanos`` aside for a call, or returns the stored receipt of its refusal."""
        return self.hold_first([(Request(subject, usage, nanos), rates)]).outcome

    def hold_first(self, candidates: Sequence[tuple[Request, Rates]]) -> Admission:
        """Admits the first of ``candidates`` that fits, all tried in one transaction; else the first one's refusal."""
        numbered = [(request, self._ids(request.subject, rates)) for request, rates in candidates]
        worker = self._enlisted()
        now = self._clock()

        def work(db: apsw.Connection) -> Admission:
            rules = self._book.current(db)
            self._sweep_now_and_then(db, rules, worker, now)
            refusals: list[tuple[Posting, Refusal]] = []
            for place, (request, ids) in enumerate(numbered):
                posting = Posting(db, rules, worker, ids, now)
                outcome = admission.admit(posting, request, lambda: self._sweep(db, rules, worker, now) > 0)
                if isinstance(outcome, Hold):
                    return Admission(place, outcome)
                refusals.append((posting, outcome))
            posting, refusal = refusals[0]
            admission.store_refusal(posting, refusal, numbered[0][0].nanos)
            return Admission(0, refusal.receipt)

        return self._writer.run(work)

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
        return self._post(subject, charge.rates, lambda posting: journal.record(posting, subject, charge)).id

    def import_calls(self, source: ImportSource, calls: Iterable[ImportedCall]) -> ImportOutcome:
        """Books the calls of another tool that the ledger does not have yet, all of them or none. Raises SourceError.

        All calls are read before the one transaction begins, so that no writer waits for the source.
        """
        read = tuple(calls)
        return self.as_worker(lambda db, worker, now: imports.book(db, self._book.current(db), worker, now, source, read))

    def resolve(self, call: int, verdict: InDoubt) -> CallState | None:
        """Ends a call in doubt: charged what was held, or released. The state before; None when there is no such call."""
        return self.as_worker(lambda db, worker, now: sweep.resolve(db, self._book.current(db), worker, now, call, verdict))

    def sweep(self) -> int:
        """Gives up the holds of dead workers now, instead of at the next admission. How many calls that were."""
        return self.as_worker(lambda db, worker, now: self._sweep(db, self._book.current(db), worker, now))

    def advise(self, subject: Subject, usage: Usage, nanos: int) -> Receipt | Paused | None:
        """The refusal that a call would get now, or None when it would be admitted. Reads only; binds nobody."""
        now = self._clock()
        asked = amounts(nanos, usage)

        def read(db: apsw.Connection) -> Receipt | Paused | None:
            if subject.provider in rule_book.read_pauses(db):
                return Paused(subject.provider, subject.model)
            counted, _ = windows.standings(db, journal.matching(rule_book.read_budgets(db), subject), now)
            short = admission.first_short(counted, asked)
            return admission.receipt(db, short, subject, asked) if short else None

        return self._read(read)

    def totals(self) -> tuple[dict[tuple[str, str], Sums], dict[date, Sums]]:
        """Sums over all time per (provider, model), and per day in the configuration's zone, at one moment."""
        return self._read(lambda db: (totals.by_model(db), totals.by_day(db, self._zone)))

    # -- providers --------------------------------------------------------------------------------------------------

    def pause(self, provider: str) -> bool:
        """Turns every new call to ``provider`` away, in every process at its next call. Whether that changes anything."""
        now = self._clock()
        who = pause_log.operator()
        return self._writer.run(lambda db: rule_book.pause(db, provider, who, now))

    def resume(self, provider: str) -> bool:
        """Ends a pause. Whether there was one."""
        now = self._clock()
        who = pause_log.operator()
        return self._writer.run(lambda db: rule_book.resume(db, provider, who, now))

    # -- upkeep -----------------------------------------------------------------------------------------------------

    def upkeep(self, retention: timedelta | None) -> bool:
        """One short step of pruning. Whether more is left to do."""
        now = self._clock()
        keep = None if retention is None else retention // timedelta(milliseconds=1)
        return self._writer.run(lambda db: upkeep.step(db, self._book.current(db), now, keep))

    # -- caches -----------------------------------------------------------------------------------------------------

    def add_cache_counts(self, counts: Iterable[CacheCounts], run: str | None = None) -> None:
        """Adds what this process's caches counted since their last report, on behalf of ``run`` if it has one."""
        batch = tuple(counts)
        worker = self._enlisted()
        now = self._clock()
        self._writer.run(lambda db: cache_rollups.add(db, worker, batch, now, run))

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

            self._sign_off(work)
        # Descriptors close while no write is under way, and so while no other thread forks.
        self._writer.rest()
        try:
            self._pool.rest()
            self._liveness.close()
            self._writer.close()
            self._pool.wake()
        finally:
            self._writer.wake()

    def _sign_off(self, work: Callable[[apsw.Connection], None]) -> None:
        try:
            self._writer.run(work)
        except LedgerError as error:
            # The lock goes with the process all the same; only the time of leaving stays unknown.
            _log.warning("could not sign off from the ledger: %s", error)

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

    def stamp(self, db: apsw.Connection, batch: int, results: Sequence[object]) -> None:
        """Notes the number of the transaction under way in this worker's row. Called by the writer."""
        if self._worker is not None:
            calls = sum(isinstance(result, Hold) or (isinstance(result, Admission) and result.admitted) for result in results)
            workers.stamp(db, self._worker, batch, self._clock(), calls, self._pool.counts())

    def landed(self, db: apsw.Connection, batch: int) -> bool:
        """Whether a transaction of this worker is in the file. Called by the writer when a COMMIT failed."""
        return self._worker is not None and workers.last_batch(db, self._worker) == batch

    def as_worker(self, work: Callable[[apsw.Connection, int, int], T]) -> T:
        """The result of ``work(db, worker, now)`` in one write transaction; for what has a module of its own."""
        worker = self._enlisted()
        now = self._clock()
        return self._writer.run(lambda db: work(db, worker, now))

    def is_alive(self, worker: int) -> bool:
        """Whether another worker's process lives. To be asked inside a transaction."""
        return self._liveness.is_alive(worker)

    @property
    def zone(self) -> str:
        """The time zone of the configuration."""
        return self._zone

    def _post(self, subject: Subject, rates: Rates, work: Callable[[Posting], T]) -> T:
        """Runs one write of the journal."""
        ids = self._ids(subject, rates)
        worker = self._enlisted()
        now = self._clock()
        return self._writer.run(lambda db: work(Posting(db, self._book.current(db), worker, ids, now)))

    def _sweep_now_and_then(self, db: apsw.Connection, rules: Rules, worker: int, now: int) -> None:
        if time.monotonic() - self._swept_at >= SWEEP_EVERY_SECONDS:
            self._sweep(db, rules, worker, now)

    def _sweep(self, db: apsw.Connection, rules: Rules, worker: int, now: int) -> int:
        self._swept_at = time.monotonic()
        return sweep.sweep(db, rules, worker, now, self.doubt_policy, self._liveness.is_alive)

    def _read(self, query: Callable[[apsw.Connection], T]) -> T:
        """The result of ``query`` in one read transaction, which sees one state of the ledger."""
        with ledger_errors(self.path), self._pool.borrow() as db:
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
                self._enlisting_here = threading.get_ident()
                try:
                    self._worker = self._writer.run(self._enlisting_at(self._clock()))
                except BaseException:
                    self._liveness.close()
                    raise
                finally:
                    self._enlisting_here = 0
            return self._worker

    def _enlisting_at(self, now: int) -> Callable[[apsw.Connection], int]:
        def work(db: apsw.Connection) -> int:
            number = workers.enlist(db, now)
            self._liveness.claim(number)
            return number

        return work

    def _connect(self) -> apsw.Connection:
        return open_writer(self._files.database, power_safe=self._power_safe, busy_ms=int(self._patience * 1000))

    def _prepare(self) -> None:
        """Creates the ledger if the file is new, otherwise checks that it is one, before anything else touches it."""
        try:
            self._files.database.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerAccessError(self.path, f"its folder cannot be made: {error.strerror}") from error
        if self.path.is_dir():
            raise NotALedgerError(self.path, "this is a folder; name the file of the ledger.")
        if kind := network_type(self._files.database):
            raise NetworkFileSystemError(self.path, f"it lies on a network file system ({kind}); choose a local disk.")
        if not has_room(self._files.database.parent):
            raise LedgerFullError(self.path)
        self._writer.alone(self._open_or_create)

    def _open_or_create(self) -> None:
        """Looks before it writes: a file that is something else, or newer, is left as it is, its log included."""
        with ledger_errors(self.path):
            version = self._version_of_the_file()
            if version >= schema.SCHEMA_VERSION:
                return
            with closing(self._connect()) as db:
                if not version:
                    db.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
                    db.execute("PRAGMA journal_mode = WAL")
                # apsw's own context manager: all of it, or nothing.
                with db:
                    if version:
                        schema.upgrade(db, version)
                    else:
                        schema.create(db, self._clock(), self._zone, "power" if self._power_safe else "process")

    def _version_of_the_file(self) -> int:
        """The schema of the ledger that is there; 0 when there is nothing yet."""
        there = self._files.database
        if not there.exists() or not there.stat().st_size:
            return 0
        try:
            with closing(open_reader(there, busy_ms=int(self._patience * 1000))) as db:
                return 0 if schema.is_empty(db) else schema.check(db, there)
        except (apsw.ReadOnlyError, apsw.CantOpenError):
            # A writer was killed in the middle: only a connection that may write can bring the file to rest.
            with closing(self._connect()) as db:
                return 0 if schema.is_empty(db) else schema.check(db, there)
