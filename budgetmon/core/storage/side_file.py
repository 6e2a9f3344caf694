"""SideFile: a database of its own next to a ledger, such as a history, over the same engine: pool, queue of writers, forks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import apsw

from budgetmon.core.storage import forking
from budgetmon.core.storage.connection import open_writer
from budgetmon.core.storage.errors import LedgerAccessError, NetworkFileSystemError, NotALedgerError, ledger_errors, mapped
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.core.storage.filesystem import network_type
from budgetmon.core.storage.pool import ConnectionPool
from budgetmon.core.storage.writer import Writer

T = TypeVar("T")

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Layout:
    """What is in a file of this kind, and how it is kept. ``name`` is what people call it.

    ``create`` makes the tables of a new file, and ``reopen``, if any, is run on one that is there, each in a transaction.
    ``power_safe`` writes survive a power cut, others the crash of any process. Each connection gets ``cache_kib`` of memory.
    """

    name: str
    application_id: int
    version: int
    create: Callable[[apsw.Connection], None]
    reopen: Callable[[apsw.Connection], None] = lambda _: None
    power_safe: bool = True
    cache_kib: int = 2 * 1024


class SideFile:
    """One process's access to a file with ``layout``, made when it is missing. Safe between threads and after a fork.

    Each thread has its own connection; writes are queued over all processes, and one that returned is in the file.
    Raises LedgerError for a file that is something else, or cannot be used; nothing is written to it then.
    """

    def __init__(self, path: Path, layout: Layout) -> None:
        self._files = LedgerFiles(path)
        self._layout = layout
        self._pool = ConnectionPool(self._connect, path.name)
        self._writer = Writer(self._files, self._pool, self, PATIENCE_SECONDS)
        self._prepare()
        forking.join(self, forking.Rest.LEDGER)

    @property
    def path(self) -> Path:
        """The file."""
        return self._files.database

    def read(self, query: Callable[[apsw.Connection], T]) -> T:
        """The result of ``query`` on this thread's connection."""
        try:
            with self._pool.borrow() as db:
                return query(db)
        except apsw.Error as error:
            raise mapped(error, self.path) from error

    def write(self, work: Callable[[apsw.Connection], T]) -> T:
        """The result of ``work``, committed; or an error, and nothing of it is in the file."""
        return self._writer.run(work)

    def close(self) -> None:
        """Closes every connection. The file may be used again; closing twice is harmless."""
        self.before_fork()
        try:
            self._writer.close()
        finally:
            self.after_fork_in_parent()

    def before_fork(self) -> None:
        """Waits for the write under way and closes every connection: none may cross a fork."""
        self._writer.rest()
        self._pool.rest()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._pool.wake()
        self._writer.wake()

    def after_fork_in_child(self) -> None:
        """Opens everything anew."""
        self._writer.forget()
        self._pool.forget()

    def stamp(self, db: apsw.Connection, batch: int, results: Sequence[object]) -> None:
        """Nothing to note: whoever is told that a write failed may write the same again. Called by the writer."""

    def landed(self, db: apsw.Connection, batch: int) -> bool:  # noqa: ARG002  # the writer's question
        """Not known, so no. Called by the writer when a COMMIT failed."""
        return False

    def _connect(self) -> apsw.Connection:
        db = open_writer(self.path, power_safe=self._layout.power_safe, busy_ms=int(PATIENCE_SECONDS * 1000))
        db.execute(f"PRAGMA cache_size = -{self._layout.cache_kib}")
        return db

    def _prepare(self) -> None:
        if kind := network_type(self.path):
            raise NetworkFileSystemError(self.path, f"it lies on a network file system ({kind}); choose a local disk.")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerAccessError(self.path, f"its folder cannot be made: {error.strerror}") from error
        self._writer.alone(self._open_or_create)

    def _open_or_create(self) -> None:
        layout = self._layout
        with ledger_errors(self.path), closing(self._connect()) as db:
            fresh = not db.execute("PRAGMA schema_version").get
            if not fresh and db.execute("PRAGMA application_id").get != layout.application_id:
                raise NotALedgerError(self.path, f"this is no {layout.name}; it was left as it is. Choose another path.")
            if not fresh and db.execute("PRAGMA user_version").get != layout.version:
                raise NotALedgerError(self.path, f"another version wrote this {layout.name}; choose another path.")
            if fresh:
                db.execute("PRAGMA journal_mode = WAL")
            with db:
                if not fresh:
                    layout.reopen(db)
                    return
                layout.create(db)
                db.execute(f"PRAGMA application_id = {layout.application_id}")
                db.execute(f"PRAGMA user_version = {layout.version}")
