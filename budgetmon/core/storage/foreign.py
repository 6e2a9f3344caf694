"""SQLite files of other programs, read from a private copy: the file itself is never opened as a database.

Opening it would write to it: a -wal beside it would be folded in, side files made or removed. So file and side files are
copied to a temporary folder, and SQLite sees the copy only.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import apsw

MAGIC = b"SQLite format 3\x00"

# What SQLite keeps beside a database and needs to read it right: committed pages, or pages to take back.
_SIDE_FILES = ("-wal", "-journal")
_TRIES = 5
_PAUSE_SECONDS = 0.2


class SourceError(ValueError):
    """What is to be imported cannot be used: one line that names the file and what is wrong with it."""

    def __init__(self, path: Path | str, problem: str) -> None:
        self.path = str(path)
        self.problem = problem
        super().__init__(f"{path}: {problem}")

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str]]:
        return type(self), (self.path, self.problem)


class ForeignDatabase:
    """The tables of a copied database. Used by one thread. Every method raises SourceError when the content is damaged."""

    def __init__(self, db: apsw.Connection, path: Path) -> None:
        self._db = db
        self._path = path

    def columns(self, table: str) -> tuple[str, ...]:
        """The names of a table's columns, in order; none when there is no such table."""
        return tuple(row[0] for row in self._select("SELECT name FROM pragma_table_info(?)", (table,)))

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return int(next(self._select(f"SELECT count(*) FROM {_quoted(table)}"))[0])

    def rows(self, table: str, columns: Sequence[str], order: str) -> Iterator[tuple[Any, ...]]:
        """The rows of a table as stored: int, float, str, bytes or None. ``order`` names the column to sort by."""
        return self._select(f"SELECT {', '.join(map(_quoted, columns))} FROM {_quoted(table)} ORDER BY {_quoted(order)}")

    def _select(self, sql: str, values: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
        with _problems(self._path):
            yield from self._db.execute(sql, values)


@contextmanager
def private_copy(path: Path) -> Iterator[ForeignDatabase]:
    """The database in ``path`` with what its -wal or -journal holds; the copy is removed at the end.

    Raises SourceError for a file that is no intact database or keeps changing while it is copied, OSError when it cannot
    be read or copied.
    """
    # Imported here: every worker imports the ledger, and hardly any reads a foreign file.
    import tempfile

    with tempfile.TemporaryDirectory(prefix="budgetmon-import-") as folder:
        copy = Path(folder) / "copy.db"
        _copy_unchanged(path, copy)
        with closing(_opened(copy, path)) as db:
            yield ForeignDatabase(db, path)


def _opened(copy: Path, path: Path) -> apsw.Connection:
    with _problems(path):
        db = apsw.Connection(str(copy))
        try:
            # The schema comes from a stranger: it may not call functions, and nothing may be written but recovery.
            db.execute("PRAGMA trusted_schema = OFF")
            finding = db.execute("PRAGMA integrity_check(1)").get
            if finding != "ok":
                raise SourceError(path, f"the database is damaged: {str(finding).splitlines()[-1]}")
            db.execute("PRAGMA query_only = ON")
        except BaseException:
            db.close()
            raise
        return db


def _copy_unchanged(path: Path, copy: Path) -> None:
    """Copies database and side files as they stood at one moment: again, when something wrote meanwhile."""
    import shutil

    for attempt in range(_TRIES):
        if attempt:
            time.sleep(_PAUSE_SECONDS)
        before = _marks(path)
        for suffix in ("", *_SIDE_FILES):
            target = _beside(copy, suffix)
            target.unlink(missing_ok=True)
            if not suffix or _beside(path, suffix).exists():
                shutil.copyfile(_beside(path, suffix), target)
        if _marks(path) == before:
            return
    raise SourceError(path, "another program keeps writing to it; stop that program and import again")


def _marks(path: Path) -> list[tuple[int, int, int] | None]:
    marks: list[tuple[int, int, int] | None] = []
    for suffix in ("", *_SIDE_FILES):
        try:
            status = _beside(path, suffix).stat()
        except FileNotFoundError:
            marks.append(None)
        else:
            marks.append((status.st_ino, status.st_size, status.st_mtime_ns))
    return marks


def regular_file(path: Path) -> Path:
    """The real place of ``path``, beside which its side files lie. Raises SourceError for a folder or a device, OSError."""
    place = path.resolve(strict=True)
    mode = place.stat().st_mode
    if stat.S_ISDIR(mode):
        raise SourceError(path, "this is a folder; name the file in it")
    if not stat.S_ISREG(mode):
        raise SourceError(path, "this is no regular file")
    return place


def has_side_file(path: Path) -> bool:
    """Whether a -wal or -journal with content lies beside ``path``: then even an empty file may be a database."""
    return any(mark is not None and mark[1] > 0 for mark in _marks(path)[1:])


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def _problems(path: Path) -> Iterator[None]:
    try:
        yield
    except apsw.NotADBError as error:
        raise SourceError(path, "this is not an SQLite database") from error
    except apsw.Error as error:
        raise SourceError(path, f"the database cannot be read: {error}") from error
    except UnicodeDecodeError as error:
        raise SourceError(path, "the database holds text that is not UTF-8") from error
