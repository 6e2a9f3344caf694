"""SharedStore: one process's access to the file of a shared cache, over the one SQLite engine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import TypeVar

import apsw

from budgetmon.core.cache.shared import tables
from budgetmon.core.cache.shared.boot_clock import BootClock
from budgetmon.core.cache.shared.load_locks import LoadLocks
from budgetmon.core.cache.shared.tables import Found, New
from budgetmon.core.storage import forking
from budgetmon.core.storage.connection import open_writer
from budgetmon.core.storage.errors import LedgerAccessError, NetworkFileSystemError, NotALedgerError, ledger_errors, mapped
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.core.storage.filesystem import network_type
from budgetmon.core.storage.pool import ConnectionPool
from budgetmon.core.storage.writer import Writer

T = TypeVar("T")

PATIENCE_SECONDS = 30.0
# Hits are noted in memory and written with the next write; this many at most.
_TOUCHES = 512
# Per connection, as it fills: values are what is read all day, and the usual two MiB hold few of them.
_PAGE_CACHE_KIB = 16 * 1024


class Turn(Enum):
    """What a process finds that wants to load a key."""

    MINE = "mine"  # it is to load
    THEIRS = "theirs"  # another process loads
    TAKEN_OVER = "taken over"  # it is to load, since the process that did has died


class SharedStore:
    """Reads without any lock of its own; writes queue at the file's gate. Safe between threads and after a fork.

    Raises LedgerError for what the file cannot do.
    """

    def __init__(self, path: Path, max_bytes: int, clock: BootClock) -> None:
        self._files = LedgerFiles(path)
        self._max_bytes = max_bytes
        self._clock = clock
        self._pool = ConnectionPool(self._connect, path.name)
        self._writer = Writer(self._files, self._pool, self, PATIENCE_SECONDS)
        self._locks = LoadLocks(self._files.alive)
        self._touched: dict[int, None] = {}
        self._touching = threading.Lock()
        self._prepare()
        forking.join(self, forking.Rest.LEDGER)

    @property
    def path(self) -> Path:
        """The file."""
        return self._files.database

    def find(self, key: bytes) -> Found | bool:
        """The entry of ``key``, which counts as used; False when there is none, True when it has expired."""
        found = self._read(lambda db: tables.find(db, key, self._clock))
        if isinstance(found, Found):
            self._touch(found.id)
        return found

    def peek(self, key: bytes) -> bool:
        """Whether there is a live entry. Not a use."""
        return isinstance(self._read(lambda db: tables.find(db, key, self._clock)), Found)

    def store(self, new: New, load: int | None = None) -> tuple[int, int]:
        """Stores a value, the outcome of ``load`` if given. How many entries expired, and how many live ones were evicted."""
        touched = self._take_touches()

        def work(db: apsw.Connection) -> tuple[int, int]:
            if touched:
                tables.touch(db, touched)
            gone = (0, 0)
            if new.size <= self._max_bytes:
                gone = tables.store(db, new, self._max_bytes, self._clock.now())
            else:
                tables.remove(db, new.key)
            if load is not None:
                tables.end_load(db, load)
            return gone

        gone = self._writer.run(work)
        if load is not None:
            self._locks.resign(load)
        return gone

    def remove(self, key: bytes) -> bool:
        """Drops the entry of ``key``. Whether there was one."""
        return self._writer.run(lambda db: tables.remove(db, key))

    def clear(self) -> None:
        """Drops every entry."""
        self._writer.run(tables.clear)

    def sizes(self) -> tuple[int, int]:
        """Entries and bytes now."""
        return self._read(tables.sizes)

    def begin_load(self, key: bytes) -> Found | tuple[Turn, int]:
        """The entry, if there is one by now; else whose turn it is to load, and the number of the load."""

        claimed: list[int] = []

        def work(db: apsw.Connection) -> Found | tuple[Turn, int]:
            found = tables.find(db, key, self._clock)
            if isinstance(found, Found):
                return found
            other = tables.loader_of(db, key)
            if other is not None:
                if self._locks.is_alive(other):
                    return Turn.THEIRS, other
                tables.end_load(db, other)
            load = tables.begin_load(db, key)
            # Before the commit: nobody may see the load unguarded.
            self._locks.claim(load)
            claimed.append(load)
            return (Turn.MINE if other is None else Turn.TAKEN_OVER), load

        try:
            return self._writer.run(work)
        except BaseException:
            # Nothing of it is in the file, or nobody is left to run it.
            for load in claimed:
                self._locks.resign(load)
            raise

    def wait_for(self, load: int) -> str | None:
        """Sleeps until another process's load has ended, whatever became of it. The error it left, if any."""
        self._locks.wait(load)
        return self._read(lambda db: tables.failure_of(db, load))

    def end_load(self, load: int, error: str | None = None) -> None:
        """Ends a load of this process that brought nothing."""
        try:
            self._writer.run(lambda db: tables.end_load(db, load, error))
        finally:
            self._locks.resign(load)

    def close(self) -> None:
        """Writes what is left and closes every connection. The store may be used again."""
        touched = self._take_touches()
        if touched:
            self._writer.run(lambda db: tables.touch(db, touched))
        self._writer.rest()
        try:
            self._pool.rest()
            self._writer.close()
            self._pool.wake()
        finally:
            self._writer.wake()

    def before_fork(self) -> None:
        """Waits for the write under way and closes every connection: none may cross a fork."""
        self._touching.acquire()
        self._writer.rest()
        self._pool.rest()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._pool.wake()
        self._writer.wake()
        self._touching.release()

    def after_fork_in_child(self) -> None:
        """Leaves the parent's claims to the parent, and opens everything anew."""
        self._locks.close()
        self._locks.open()
        self._writer.forget()
        self._pool.forget()
        self._touching = threading.Lock()
        self._touched = {}

    def stamp(self, db: apsw.Connection, batch: int, results: Sequence[object]) -> None:
        """Nothing to note: a write that may or may not have taken place does no harm to a cache. Called by the writer."""

    def landed(self, db: apsw.Connection, batch: int) -> bool:  # noqa: ARG002  # the writer's question
        """Not known, so no. Called by the writer when a COMMIT failed."""
        return False

    def _touch(self, number: int) -> None:
        with self._touching:
            self._touched.pop(number, None)
            self._touched[number] = None
            full = len(self._touched) >= _TOUCHES
        if full and (touched := self._take_touches()):
            self._writer.run(lambda db: tables.touch(db, touched))

    def _take_touches(self) -> list[int]:
        with self._touching:
            touched, self._touched = list(self._touched), {}
        return touched

    def _read(self, query: Callable[[apsw.Connection], T]) -> T:
        try:
            with self._pool.borrow() as db:
                return query(db)
        except apsw.Error as error:
            raise mapped(error, self.path) from error

    def _connect(self) -> apsw.Connection:
        db = open_writer(self.path, power_safe=False, busy_ms=int(PATIENCE_SECONDS * 1000))
        db.execute(f"PRAGMA cache_size = -{_PAGE_CACHE_KIB}")
        return db

    def _prepare(self) -> None:
        if kind := network_type(self.path):
            raise NetworkFileSystemError(self.path, f"it lies on a network file system ({kind}); choose a local disk.")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._locks.open()
        except OSError as error:
            raise LedgerAccessError(self.path, f"it cannot be made here: {error.strerror}") from error
        self._writer.alone(self._open_or_create)

    def _open_or_create(self) -> None:
        with ledger_errors(self.path), closing(self._connect()) as db:
            fresh = not db.execute("PRAGMA schema_version").get
            if not fresh and db.execute("PRAGMA application_id").get != tables.APPLICATION_ID:
                raise NotALedgerError(self.path, "this is not a shared cache; it was left as it is. Choose another path.")
            if not fresh and db.execute("PRAGMA user_version").get != tables.VERSION:
                raise NotALedgerError(self.path, "another version wrote this cache; delete the file, or choose another path.")
            if fresh:
                db.execute("PRAGMA journal_mode = WAL")
            with db:
                if fresh:
                    tables.create(db)
                else:
                    tables.drop_expired_of_other_boots(db, self._clock.now())
