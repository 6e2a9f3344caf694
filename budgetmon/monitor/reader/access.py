"""Getting at a ledger's file read-only, and the words for every way in which that fails."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from budgetmon.core.ledger import schema
from budgetmon.core.storage.connection import open_reader
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
from budgetmon.monitor.snapshot import LedgerTrouble, Trouble

BUSY_MS = 200

_TROUBLES: tuple[tuple[type[LedgerError], Trouble, str], ...] = (
    (NewerSchemaError, Trouble.NEWER, "Upgrade budgetmon to look at it; nothing was changed."),
    (NotALedgerError, Trouble.NOT_A_LEDGER, "Choose another file; this one was left as it is."),
    (LedgerDamagedError, Trouble.DAMAGED, "Restore it from a copy; it was left as it is."),
    (LedgerBusyError, Trouble.LOCKED, "Another program keeps it locked; this view tries again by itself."),
    (
        LedgerAccessError,
        Trouble.UNREADABLE,
        "Check owner and mode of the file, of its -wal and -shm files, and of their folder.",
    ),
)


def open_ledger(path: Path) -> apsw.Connection:
    """A read-only connection to a file that is there. Raises LedgerTrouble; never creates or changes a file of the owner's."""
    try:
        _check_file(path)
        return open_reader(path, busy_ms=BUSY_MS)
    except OSError as error:
        raise out_of_reach(path, error) from error
    except apsw.Error as error:
        raise trouble_of(error, path) from error


def out_of_reach(path: Path, error: OSError) -> LedgerTrouble:
    """The trouble when not even the folder lets this user look."""
    return LedgerTrouble(Trouble.UNREADABLE, str(path), f"{error.strerror}: check the modes of the file and of its folders.")


def _check_file(path: Path) -> None:
    """Refuses what can be told to be no ledger without opening it."""
    if not path.exists():
        raise LedgerTrouble(Trouble.MISSING, str(path), "It appears here by itself as soon as the first call is recorded.")
    if path.is_dir():
        raise LedgerTrouble(Trouble.NOT_A_LEDGER, str(path), "This is a folder; choose the ledger's file in it.")
    if path.stat().st_size == 0:
        raise LedgerTrouble(Trouble.NOT_A_LEDGER, str(path), "The file is empty; it fills when the first call is recorded.")
    _refuse_to_leave_side_files(path)


def check(db: apsw.Connection, path: Path) -> int:
    """The ledger's schema version. Raises LedgerTrouble when this is no ledger, or a newer one."""
    try:
        return schema.check(db, path)
    except LedgerError as error:
        raise _named(error, path) from error


def trouble_of(error: apsw.Error, path: Path) -> LedgerTrouble:
    """The trouble behind one of SQLite's errors."""
    if isinstance(error, apsw.SQLError):
        return LedgerTrouble(Trouble.NOT_A_LEDGER, str(path), f"Its tables are not those of a ledger ({error}).")
    return _named(mapped(error, path), path)


def _named(error: LedgerError, path: Path) -> LedgerTrouble:
    for kind, trouble, advice in _TROUBLES:
        if isinstance(error, kind):
            return LedgerTrouble(trouble, str(path), advice)
    return LedgerTrouble(Trouble.UNREADABLE, str(path), f"{error}.")


def _refuse_to_leave_side_files(path: Path) -> None:
    """Under another user id SQLite would make the missing -wal and -shm ours, and their owner could then write no more."""
    files = LedgerFiles(path)
    if os.geteuid() in (0, path.stat().st_uid) or (files.wal.exists() and files.shm.exists()):
        return
    raise LedgerTrouble(
        Trouble.NEEDS_OWNER, str(path), "Another user owns it and no writer is connected; it opens when a writer starts."
    )
