"""Opening one connection the one right way."""

from __future__ import annotations

import ctypes
from pathlib import Path

import apsw

WAL_LIMIT_BYTES = 8 * 1024 * 1024


def engine_version() -> str:
    """The version of the SQLite library that this process uses."""
    return apsw.sqlite_lib_version()


def open_writer(path: Path, *, power_safe: bool, busy_ms: int) -> apsw.Connection:
    """A connection that may write. Creates the file (not its folder) when there is none.

    ``power_safe`` syncs at every commit, so that acknowledged writes survive a power cut; without it they survive the
    crash of any process. ``busy_ms`` bounds the wait for SQLite's own lock. Raises apsw.Error.
    """
    db = apsw.Connection(str(path))
    try:
        db.set_busy_timeout(busy_ms)
        _plan_once(db)
        _keep_side_files(db)
        db.execute(f"PRAGMA synchronous = {'FULL' if power_safe else 'NORMAL'}")
        db.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        db.close()
        raise
    return db


def open_reader(path: Path, *, busy_ms: int) -> apsw.Connection:
    """A connection that cannot write: opened read-only, and told so. Raises apsw.Error."""
    db = _told_not_to_write(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY))
    db.set_busy_timeout(busy_ms)
    return db


def open_at_rest(path: Path) -> apsw.Connection:
    """A connection to a file that nobody writes, which takes no lock and makes no file beside it. Raises apsw.Error.

    It sees no log, and no change: what it read counts only if nothing was written from before it opened until after.
    """
    uri = f"{path.absolute().as_uri()}?immutable=1"
    return _told_not_to_write(apsw.Connection(uri, flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI))


def _told_not_to_write(db: apsw.Connection) -> apsw.Connection:
    try:
        _plan_once(db)
        db.execute("PRAGMA query_only = ON")
        db.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        db.close()
        raise
    return db


def _plan_once(db: apsw.Connection) -> None:
    """Plans a statement for whatever values it is given. Else SQLite plans many of them anew for each set of values, in the
    hope of statistics that there are not: several microseconds each time."""
    db.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)


def _keep_side_files(db: apsw.Connection) -> None:
    """Leaves -wal and -shm in place at close: without them, a monitor under another user id cannot read the ledger."""
    on = ctypes.c_int(1)
    db.file_control("main", apsw.SQLITE_FCNTL_PERSIST_WAL, ctypes.addressof(on))
