"""What can go wrong with a ledger's file, each with a name of its own and a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw


class LedgerError(Exception):
    """The ledger cannot do what was asked. Nothing of the failed write is in it."""

    advice = "See the cause below."

    def __init__(self, path: Path | str, detail: str = "") -> None:
        self.path = str(path)
        self.detail = detail
        super().__init__(f"{self.path}: {detail or self.advice}")

    def __reduce__(self) -> tuple[type[LedgerError], tuple[str, str]]:
        return type(self), (self.path, self.detail)


class LedgerMissingError(LedgerError):
    """There is no file."""

    advice = "no ledger here; `budgetmon init` makes one, and so does the first call of a tracker."


class LedgerBusyError(LedgerError):
    """Another writer kept the ledger for longer than the time limit."""

    advice = "another process kept the ledger locked past the time limit; find out whether a writer is stopped, then try again."


class LedgerFullError(LedgerError):
    """No space is left."""

    advice = "the disk is full; the write was rolled back. Free some space and try again."


class LedgerDamagedError(LedgerError):
    """The file's content is not what SQLite wrote."""

    advice = "the file is damaged and was left as it is; restore it from a copy."


class NotALedgerError(LedgerError):
    """The file is something else."""

    advice = "this is not a budgetmon ledger; it was left as it is. Choose another path."


class NewerSchemaError(LedgerError):
    """A newer budgetmon wrote the file."""

    advice = "written by a newer budgetmon; upgrade this one. The file was left as it is."


class LedgerAccessError(LedgerError):
    """The operating system does not let this user read or write the file."""

    advice = (
        "this user may not write here; check owner and mode of the ledger, of its -wal and -shm files, and of their folder."
    )


class LedgerReplacedError(LedgerError):
    """The file was deleted or replaced while this process had it open."""

    advice = "the ledger was deleted or replaced while in use; nothing more is written to it. Restart this program."


class NetworkFileSystemError(LedgerError):
    """The file lies where SQLite's locks and shared memory do not work."""

    advice = "a ledger cannot live on a network file system; choose a path on a local disk."


_BY_CODE: dict[int, type[LedgerError]] = {
    apsw.SQLITE_BUSY: LedgerBusyError,
    apsw.SQLITE_LOCKED: LedgerBusyError,
    apsw.SQLITE_FULL: LedgerFullError,
    apsw.SQLITE_CORRUPT: LedgerDamagedError,
    apsw.SQLITE_NOTADB: NotALedgerError,
    apsw.SQLITE_READONLY: LedgerAccessError,
    apsw.SQLITE_PERM: LedgerAccessError,
    apsw.SQLITE_AUTH: LedgerAccessError,
    apsw.SQLITE_CANTOPEN: LedgerAccessError,
}


def mapped(error: apsw.Error, path: Path) -> LedgerError:
    """The ledger error for one of SQLite's, told apart by code and never by text."""
    code = int(getattr(error, "result", 0)) & 0xFF
    kind = _BY_CODE.get(code)
    if kind is None:
        return LedgerError(path, f"the ledger could not be used: {error}")
    return kind(path)


@contextmanager
def ledger_errors(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into ours; the cause stays attached."""
    try:
        yield
    except apsw.Error as error:
        raise mapped(error, path) from error
