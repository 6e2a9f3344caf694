"""Getting at a ledger's file read-only, and the words for every way in which that fails."""

from __future__ import annotations

import errno
from pathlib import Path

import apsw

from budgetmon.core.ledger import schema
from budgetmon.core.storage.connection import open_at_rest, open_reader
from budgetmon.core.storage.errors import (
    LedgerAccessError,
    LedgerBusyError,
    LedgerDamagedError,
    LedgerError,
    NewerSchemaError,
    NotALedgerError,
    mapped,
)
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.monitor.reader import permission
from budgetmon.monitor.reader.at_rest import Rest, is_owned_by_another, log_without_index, rest_of
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

BUSY_MS = 200

_TROUBLES: tuple[tuple[type[LedgerError], Trouble, str], ...] = (
    (NewerSchemaError, Trouble.NEWER, "Upgrade budgetmon to look at it; nothing was changed."),
    (NotALedgerError, Trouble.NOT_A_LEDGER, "Choose another file; this one was left as it is."),
    (LedgerDamagedError, Trouble.DAMAGED, "Stop the workers and restore it from a copy; it was left as it is."),
    (LedgerBusyError, Trouble.LOCKED, "Another program keeps it locked; this view tries again by itself."),
)
# What a disk or a share answers that went away under its files.
_DISK_ERRORS = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ENOTCONN, errno.EHOSTDOWN)
_DISK_WORDS = "Reading it fails with an input/output error: check that its disk is connected. This view tries again by itself."


def open_ledger(files: LedgerFiles) -> tuple[apsw.Connection, Rest | None]:
    """A read-only connection to a file that is there, and how the file rests when it is opened at rest.

    Raises LedgerTrouble; never creates or changes a file of the owner's.
    """
    path = files.database
    try:
        _check_file(path)
        rest = rest_of(files)
        if rest is not None:
            return open_at_rest(path), rest
        _refuse_to_make_an_index(files)
        return open_reader(path, busy_ms=BUSY_MS), None
    except OSError as error:
        raise out_of_reach(files, error) from error
    except apsw.Error as error:
        raise trouble_of(error, files) from error


def has_moved(files: LedgerFiles, rest: Rest) -> bool:
    """Whether something was written since the ledger rested like this, so that what was read at rest does not count."""
    try:
        return rest_of(files) != rest
    except OSError:
        return True


def out_of_reach(files: LedgerFiles, error: OSError) -> LedgerTrouble:
    """The trouble when not even the folder lets this user look, or its disk is gone."""
    path = str(files.database)
    if error.errno in _DISK_ERRORS:
        return LedgerTrouble(Trouble.DISK, path, _DISK_WORDS)
    if isinstance(error, PermissionError):
        return LedgerTrouble(Trouble.UNREADABLE, path, permission.obstacle(files))
    return LedgerTrouble(Trouble.UNREADABLE, path, f"{error.strerror}: check the path and its folders.")


def _check_file(path: Path) -> None:
    """Refuses what can be told to be no ledger without opening it. Raises OSError."""
    if not path.exists():
        if not path.parent.exists():
            folder = f"{path.parent} is not there; if it lies on another disk, connect that. It is read as soon as it is there."
            raise LedgerTrouble(Trouble.NO_FOLDER, str(path), folder)
        raise LedgerTrouble(Trouble.MISSING, str(path), "It appears here by itself as soon as the first call is recorded.")
    if path.is_dir():
        raise LedgerTrouble(Trouble.NOT_A_LEDGER, str(path), "This is a folder; choose the ledger's file in it.")
    if not path.is_file():
        raise LedgerTrouble(Trouble.NOT_A_LEDGER, str(path), "This is no regular file; choose the ledger's file.")
    if path.stat().st_size == 0:
        raise LedgerTrouble(Trouble.NOT_A_LEDGER, str(path), "The file is empty; it fills when the first call is recorded.")


def _refuse_to_make_an_index(files: LedgerFiles) -> None:
    """Under another user id SQLite would make the missing -shm ours, and the owner could then write no more."""
    if not log_without_index(files) or not is_owned_by_another(files.database):
        return
    raise LedgerTrouble(
        Trouble.NEEDS_RECOVERY,
        str(files.database),
        f"Its last writer was killed, and {files.shm.name} is missing; it opens as soon as its owner writes or reads it again.",
    )


def busy_at_rest(files: LedgerFiles) -> LedgerTrouble:
    """The trouble when a ledger without a log changes each time that it is read."""
    return LedgerTrouble(
        Trouble.NEEDS_OWNER, str(files.database), "It is being replaced or copied just now; it opens when a writer starts."
    )


def check(db: apsw.Connection, files: LedgerFiles) -> int:
    """The ledger's schema version. Raises LedgerTrouble when this is no ledger, or a newer one."""
    try:
        return schema.check(db, files.database)
    except LedgerError as error:
        raise _named(error, files) from error


def trouble_of(error: apsw.Error, files: LedgerFiles) -> LedgerTrouble:
    """The trouble behind one of SQLite's errors."""
    path = str(files.database)
    if isinstance(error, apsw.SQLError):
        return LedgerTrouble(Trouble.NOT_A_LEDGER, path, f"Its tables are not those of a ledger ({error}).")
    if isinstance(error, apsw.IOError):
        return LedgerTrouble(Trouble.DISK, path, _DISK_WORDS)
    if isinstance(error, apsw.InterruptError):
        return LedgerTrouble(Trouble.SLOW, path, "Reading was broken off so as not to hold up the writers; it is tried again.")
    return _named(mapped(error, files.database), files)


def _named(error: LedgerError, files: LedgerFiles) -> LedgerTrouble:
    path = str(files.database)
    if isinstance(error, LedgerAccessError):
        return LedgerTrouble(Trouble.UNREADABLE, path, permission.obstacle(files))
    for kind, trouble, advice in _TROUBLES:
        if isinstance(error, kind):
            return LedgerTrouble(trouble, path, advice)
    return LedgerTrouble(Trouble.UNREADABLE, path, f"{error}.")
