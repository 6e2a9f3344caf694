"""Which file or folder keeps this user from reading a ledger, and the command with which its owner opens it."""

from __future__ import annotations

import os
import pwd
import shlex
import stat
from pathlib import Path

from budgetmon.core.storage.files import LedgerFiles


def obstacle(files: LedgerFiles) -> str:
    """One sentence that names the obstacle and the fix; a general one when it cannot be told."""
    for folder in reversed(files.database.absolute().parents):
        if not _may(folder, os.X_OK):
            return _words(folder, "enter the folder", "x")
    for file in (files.database, files.wal, files.shm):
        if _is_there(file) and not _may(file, os.R_OK):
            return _words(file, "read", "r")
    return "Check owner and mode of the file, of its -wal and -shm files, and of their folder."


def _words(path: Path, what: str, right: str) -> str:
    try:
        status = path.stat()
    except OSError:
        return f"You ({_name(os.geteuid())}) may not {what} {path}; ask its owner."
    mode = stat.filemode(status.st_mode)
    return (
        f"You ({_name(os.geteuid())}) may not {what} {path}: it belongs to {_name(status.st_uid)} and its mode is {mode}."
        f" Its owner opens it to all with `chmod o+{right} {shlex.quote(str(path))}`."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _may(path: Path, right: int) -> bool:
    return os.access(path, right, effective_ids=True)


def _is_there(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True
