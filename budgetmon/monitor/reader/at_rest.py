"""What the ledger's files tell without being opened: whether it rests, whether it changed, and whose it is.

At rest nobody has it open, and all that was committed stands in the one file. To read that through a log, SQLite would make
-wal and -shm beside it: files that nobody asked for, and under another user id files that its owner could then not write. So
it is read as something that does not change, in one short read that counts only if the files are the same after it.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

from budgetmon.core.storage.files import LedgerFiles

# Longer than any tick of a local file system's clock.
_TICK_NS = 100_000_000


@dataclass(frozen=True, slots=True)
class Rest:
    """What tells one state of a resting ledger from another."""

    device: int
    inode: int
    size: int
    modified_ns: int
    changed_ns: int


def rest_of(files: LedgerFiles) -> Rest | None:
    """How the ledger rests; None while it does not, that is while a log or a journal lies beside it. Raises OSError.

    A log that is empty holds nothing. Where its index is missing, too, nobody has it open.
    """
    database = files.database.stat()
    if _size(files.journal) is not None:
        return None
    log = _size(files.wal)
    if log is not None and (log > 0 or _size(files.shm) is not None):
        return None
    return Rest(database.st_dev, database.st_ino, database.st_size, database.st_mtime_ns, database.st_ctime_ns)


def marks_of(files: LedgerFiles) -> tuple[int, ...]:
    """What changes with each commit, for those who may not write the index: to them SQLite calls everything new each time.

    Two commits may come within one tick of the file system's clock, so soon after one the marks are never the same twice.
    """
    now = time.time_ns()
    marks = (*_mark(files.database), *_mark(files.wal))
    return (now,) if now - max(marks[0], marks[2]) < _TICK_NS else marks


def _mark(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, -1
    return status.st_mtime_ns, status.st_size


def log_without_index(files: LedgerFiles) -> bool:
    """Whether a writer that was killed left commits which must be recovered, and the index for that is missing."""
    return bool(_size(files.wal)) and _size(files.shm) is None


def is_owned_by_another(path: Path) -> bool:
    """Whether the files that SQLite would make beside ``path`` could lock its owner out. Raises OSError."""
    return os.geteuid() not in (0, path.stat().st_uid)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
