"""SharedStore: one process's access to the file of a shared cache, over the one SQLite engine."""

from __future__ import annotations

import threading
from enum import Enum
from pathlib import Path

import apsw

from budgetmon.core.cache.shared import tables
from budgetmon.core.cache.shared.boot_clock import BootClock
from budgetmon.core.cache.shared.load_locks import LoadLocks
from budgetmon.core.cache.shared.tables import Found, New
from budgetmon.core.storage import forking
from budgetmon.core.storage.errors import LedgerAccessError
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.core.storage.side_file import Layout, SideFile

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
        self._max_bytes = max_bytes
        self._clock = clock
        self._file = SideFile(path, _layout(clock))
        self._locks = LoadLocks(LedgerFiles(path).alive)
        self._touched: dict[int, None] = {}
        self._touching = threading.Lock()
        try:
            self._locks.open()
        except OSError as error:
            raise LedgerAccessError(path, f"it cannot be made here: {error.strerror}") from error
        forking.join(self, forking.Rest.LEDGER)

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    def find(self, key: bytes) -> Found | bool:
        """The entry of ``key``, which counts as used; False when there is none, True when it has expired."""
        found = self._file.read(lambda db: tables.find(db, key, self._clock))
        if isinstance(found, Found):
            self._touch(found.id)
        return found

    def peek(self, key: bytes) -> bool:
        """Whether there is a live entry. Not a use."""
        return isinstance(self._file.read(lambda db: tables.find(db, key, self._clock)), Found)

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

        gone = self._file.write(work)
        if load is not None:
            self._locks.resign(load)
        return gone

    def remove(self, key: bytes) -> bool:
        """Drops the entry of ``key``. Whether there was one."""
        return self._file.write(lambda db: tables.remove(db, key))

    def clear(self) -> None:
        """Drops every entry."""
        self._file.write(tables.clear)

    def sizes(self) -> tuple[int, int]:
        """Entries and bytes now."""
        return self._file.read(tables.sizes)

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
            return self._file.write(work)
        except BaseException:
            # Nothing of it is in the file, or nobody is left to run it.
            for load in claimed:
                self._locks.resign(load)
            raise

    def wait_for(self, load: int) -> str | None:
        """Sleeps until another process's load has ended, whatever became of it. The error it left, if any."""
        self._locks.wait(load)
        return self._file.read(lambda db: tables.failure_of(db, load))

    def end_load(self, load: int, error: str | None = None) -> None:
        """Ends a load of this process that brought nothing."""
        try:
            self._file.write(lambda db: tables.end_load(db, load, error))
        finally:
            self._locks.resign(load)

    def close(self) -> None:
        """Writes what is left and closes every connection. The store may be used again."""
        touched = self._take_touches()
        if touched:
            self._file.write(lambda db: tables.touch(db, touched))
        self._file.close()

    def before_fork(self) -> None:
        """Lets no use be noted; the file comes to rest by itself."""
        self._touching.acquire()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._touching.release()

    def after_fork_in_child(self) -> None:
        """Leaves the parent's claims to the parent."""
        self._locks.close()
        self._locks.open()
        self._touching = threading.Lock()
        self._touched = {}

    def _touch(self, number: int) -> None:
        with self._touching:
            self._touched.pop(number, None)
            self._touched[number] = None
            full = len(self._touched) >= _TOUCHES
        if full and (touched := self._take_touches()):
            self._file.write(lambda db: tables.touch(db, touched))

    def _take_touches(self) -> list[int]:
        with self._touching:
            touched, self._touched = list(self._touched), {}
        return touched


def _layout(clock: BootClock) -> Layout:
    return Layout(
        "shared cache",
        tables.APPLICATION_ID,
        tables.VERSION,
        tables.create,
        reopen=lambda db: _reopen(db, clock),
        # Whatever it holds can be loaded again.
        power_safe=False,
        cache_kib=_PAGE_CACHE_KIB,
    )


def _reopen(db: apsw.Connection, clock: BootClock) -> None:
    tables.complete(db)
    tables.drop_expired_of_other_boots(db, clock.now())
