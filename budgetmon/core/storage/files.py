"""The ledger's file and its side files. Only storage opens any of them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LedgerFiles:
    """Names of a ledger's files. The gate orders writers; the alive file tells who lives.

    Neither is the database itself: closing any descriptor of a file drops every POSIX lock that the process holds on it,
    and SQLite's locks are of that kind.
    """

    database: Path

    @property
    def gate(self) -> Path:
        """Writers queue on it."""
        return self._beside("-gate")

    @property
    def alive(self) -> Path:
        """Each worker holds a lock on one byte of it for as long as it lives."""
        return self._beside("-alive")

    @property
    def wal(self) -> Path:
        """SQLite's write-ahead log."""
        return self._beside("-wal")

    @property
    def shm(self) -> Path:
        """SQLite's index of the write-ahead log."""
        return self._beside("-shm")

    @property
    def journal(self) -> Path:
        """SQLite's rollback journal: there while a file that is not in WAL mode is written."""
        return self._beside("-journal")

    def _beside(self, suffix: str) -> Path:
        return self.database.with_name(self.database.name + suffix)


def identity(path: Path) -> tuple[int, int] | None:
    """Device and inode of ``path``, which tell whether it is still the same file; None when it is gone."""
    try:
        status = os.stat(path)  # noqa: PTH116  # a third cheaper than Path.stat, and every write asks
    except FileNotFoundError:
        return None
    return status.st_dev, status.st_ino
