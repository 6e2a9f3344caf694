"""Workers: one row per process that writes, alive for as long as the kernel says so."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import apsw

from budgetmon.core.storage.pool import ConnectionCounts


def enlist(db: apsw.Connection, now: int) -> int:
    """Adds this process and returns its number."""
    db.execute(
        "INSERT INTO worker (pid, host, command, engine, started_at, last_write_at) VALUES (?, ?, ?, ?, ?, ?)",
        (os.getpid(), socket.gethostname(), Path(sys.argv[0] or sys.executable).name, apsw.sqlite_lib_version(), now, now),
    )
    return db.last_insert_rowid()


def stamp(db: apsw.Connection, worker: int, batch: int, now: int, calls: int, connections: ConnectionCounts) -> None:
    """Notes the worker's newest transaction. The number tells after an unclear COMMIT whether it took place."""
    db.execute(
        "UPDATE worker SET batch = ?, last_write_at = ?, calls = calls + ?, opened = ?, closed = ? WHERE id = ?",
        (batch, now, calls, connections.opened, connections.closed, worker),
    )


def last_batch(db: apsw.Connection, worker: int) -> int:
    """The number of the worker's newest transaction that took place."""
    return int(str(db.execute("SELECT batch FROM worker WHERE id = ?", (worker,)).get or 0))


def leave(db: apsw.Connection, worker: int, now: int, connections: ConnectionCounts) -> None:
    """Notes that the worker ended by itself. Its own connections are closed right after this write."""
    db.execute(
        "UPDATE worker SET ended_at = ?, opened = ?, closed = ? WHERE id = ?",
        (now, connections.opened, connections.opened, worker),
    )
