"""Write transactions: queued over all processes, and joined when threads of one process write at the same moment."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar

import apsw

from budgetmon.core.storage.errors import LedgerAccessError, LedgerBusyError, LedgerReplacedError, mapped
from budgetmon.core.storage.files import LedgerFiles, identity
from budgetmon.core.storage.gate import Gate
from budgetmon.core.storage.pool import ConnectionPool

T = TypeVar("T")


class _Job(Generic[T]):
    """One caller's work and what became of it."""

    __slots__ = ("done", "error", "result", "work")

    def __init__(self, work: Callable[[apsw.Connection], T]) -> None:
        self.work = work
        self.done = False
        self.result: T | None = None
        self.error: BaseException | None = None


class Stamps(Protocol):
    """Numbers on transactions, so that one whose COMMIT failed can be asked whether it took place after all."""

    def stamp(self, db: apsw.Connection, batch: int, results: Sequence[object]) -> None:
        """Writes the number into the transaction under way."""

    def landed(self, db: apsw.Connection, batch: int) -> bool:
        """Whether the transaction of that number is in the file."""


class Writer:
    """Runs pieces of work inside ``BEGIN IMMEDIATE`` transactions. Safe between threads, and when a signal interrupts.

    While one thread commits, others line up; the next in turn takes everything that waits into one transaction, so that
    a slow disk is waited for once. Each piece of work sees those before it, and one that fails takes only itself back.
    """

    def __init__(self, files: LedgerFiles, pool: ConnectionPool, stamps: Stamps, patience: float) -> None:
        self._files = files
        self._pool = pool
        self._stamps = stamps
        self._patience = patience
        self._batch = 0
        self._identity: tuple[int, int] | None = None
        self._gate = Gate(files.gate)
        self._reset()

    def _reset(self) -> None:
        self._turn = threading.Lock()
        # Threads that write, or wait to. Adding and taking away are single steps of the interpreter.
        self._at_work: set[int] = set()
        self._waiting: deque[_Job[Any]] = deque()

    def run(self, work: Callable[[apsw.Connection], T]) -> T:
        """The result of ``work``, committed. Raises what it raises, with its writes rolled back, or a LedgerError.

        ``work`` runs while every other writer waits: nothing but SQL belongs in it.
        """
        job = _Job(work)
        me = threading.get_ident()
        try:
            self._at_work.add(me)
            self._waiting.append(job)
            with self._turn:
                if not job.done:
                    self._lead(job)
        except BaseException:
            # Interrupted: nobody may run the work any more. If somebody has done so already, it counts as done.
            job.done = True
            raise
        finally:
            self._at_work.discard(me)
        if isinstance(job.error, apsw.Error):
            raise mapped(job.error, self._files.database) from job.error
        if job.error is not None:
            raise job.error
        return job.result  # type: ignore[return-value]  # set by _lead whenever error is not

    @property
    def is_at_work_here(self) -> bool:
        """Whether this thread is inside ``run`` or holds the writer at rest: running anything more would wait for itself."""
        return threading.get_ident() in self._at_work

    def alone(self, work: Callable[[], T]) -> T:
        """The result of ``work``, which opens a connection of its own, while no other writer of the ledger is at work."""
        with self._turn:
            try:
                self._enter()
                return work()
            finally:
                self._gate.leave()

    def rest(self) -> None:
        """Before a fork or close: waits for the transaction under way and starts no other until ``wake``."""
        self._at_work.add(threading.get_ident())
        self._turn.acquire()

    def wake(self) -> None:
        """Goes on after ``rest``."""
        self._turn.release()
        self._at_work.discard(threading.get_ident())

    def forget(self) -> None:
        """In a forked child: drops the parent's queue and its descriptor of the gate. Batches count anew: a new worker."""
        self._gate.forget()
        self._batch = 0
        self._reset()

    def close(self) -> None:
        """Closes the gate."""
        self._gate.close()

    def _lead(self, own: _Job[Any]) -> None:
        """Runs ``own`` and what waits. The queue is a hint: a job that is not done when its thread's turn comes is run then,
        so an interrupt of this thread loses nothing of the others'."""
        jobs = [own]
        while self._waiting:
            job = self._waiting.popleft()
            if job is not own and not job.done:
                jobs.append(job)
        try:
            with self._pool.borrow() as db:
                self._transact(db, jobs)
        except Exception as error:
            for job in jobs:
                job.error = error
        _mark(jobs, done=True)

    def _transact(self, db: apsw.Connection, jobs: list[_Job[Any]]) -> None:
        try:
            self._enter()
            self._check_identity()
            try:
                db.execute("BEGIN IMMEDIATE")
                if len(jobs) == 1:
                    jobs[0].result = jobs[0].work(db)
                else:
                    for job in jobs:
                        _run_apart(db, job)
                self._stamps.stamp(db, self._batch + 1, [job.result for job in jobs if job.error is None])
                self._batch += 1
                # Before COMMIT, not after it: an interrupt that comes with its return would have others run theirs again.
                _mark(jobs, done=True)
                self._commit(db)
            except BaseException:
                if _roll_back(db):
                    _mark(jobs, done=False)
                raise
        finally:
            # Nothing of Python's runs before the kernel has the gate back, so no signal can come in between.
            self._gate.leave()

    def _enter(self) -> None:
        try:
            entered = self._gate.enter(time.monotonic() + self._patience)
        except OSError as error:
            problem = f"{self._files.gate.name} cannot be opened ({error.strerror})"
            raise LedgerAccessError(
                self._files.database, f"{problem}; check owner and mode of the ledger's files and of their folder."
            ) from error
        if not entered:
            raise LedgerBusyError(self._files.database)

    def _commit(self, db: apsw.Connection) -> None:
        """Commits. When the disk fails at that moment, asks the file whether the transaction took place."""
        try:
            db.execute("COMMIT")
        except (apsw.FullError, apsw.BusyError):
            raise
        except apsw.Error:
            _roll_back(db)
            if not self._landed():
                raise

    def _landed(self) -> bool:
        """Whether the last transaction is in the file, asked over a new connection: the old one is not to be trusted."""
        self._pool.discard()
        with self._pool.borrow() as fresh:
            return self._stamps.landed(fresh, self._batch)

    def _check_identity(self) -> None:
        """A deleted or replaced file would take every write with an ok and keep none."""
        there = identity(self._files.database)
        if self._identity is None:
            self._identity = there
        if there is None or there != self._identity:
            raise LedgerReplacedError(self._files.database)


def _mark(jobs: Sequence[_Job[Any]], *, done: bool) -> None:
    for job in jobs:
        job.done = done


def _roll_back(db: apsw.Connection) -> bool:
    """Takes back what is under way; whether anything was."""
    # A full disk, for one, has rolled back by itself; a second ROLLBACK would hide the cause.
    try:
        under_way = db.in_transaction
    except apsw.ConnectionClosedError:  # as after a COMMIT of which nobody knew what became of it
        return False
    if under_way:
        db.execute("ROLLBACK")
    return under_way


def _run_apart(db: apsw.Connection, job: _Job[Any]) -> None:
    """Runs one of several pieces of work so that its failure takes back its own writes only."""
    job.error = None
    db.execute("SAVEPOINT piece")
    try:
        job.result = job.work(db)
    except Exception as error:
        if not db.in_transaction:  # the whole transaction is gone (disk full, for one): everybody must hear of it
            raise
        db.execute("ROLLBACK TO piece")
        job.error = error
    db.execute("RELEASE piece")
