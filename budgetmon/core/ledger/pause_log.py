"""Every pause as history: who paused a provider and when, who resumed it and when.

Admission goes by table ``pause``, which holds the pauses in force and which programs that do not know this log write, too.
So an entry lasts only while ``pause`` has its provider and its instant. One that an older program lifted stays open here: the
next pause of the provider, or the next upkeep, closes it with nobody in ``ended_by``, which says that ``ended_at`` is merely
the latest moment at which it can have ended. One that an older program began comes in whole when it is lifted.
"""

from __future__ import annotations

import os

import apsw

_LASTS = "EXISTS (SELECT 1 FROM pause WHERE pause.provider = pause_log.provider AND pause.at = pause_log.at)"


def begin(db: apsw.Connection, provider: str, who: str, now: int) -> None:
    """Adds a pause that begins."""
    close_forgotten(db, now)
    db.execute("INSERT INTO pause_log (provider, at, who) VALUES (?, ?, ?)", (provider, now, who))


def end(db: apsw.Connection, provider: str, at: int, who: str, by: str, now: int) -> None:
    """Ends the pause that ``who`` began at ``at``. A clock that went back makes it end when it began, not before."""
    ended_at = max(at, now)
    db.execute(
        "UPDATE pause_log SET ended_at = ?, ended_by = ? WHERE provider = ? AND at = ? AND ended_at IS NULL",
        (ended_at, by, provider, at),
    )
    if not db.changes():
        db.execute(
            "INSERT INTO pause_log (provider, at, who, ended_at, ended_by) VALUES (?, ?, ?, ?, ?)",
            (provider, at, who, ended_at, by),
        )


def close_forgotten(db: apsw.Connection, now: int) -> None:
    """Closes the entries whose pause is over though nobody wrote that down: at the latest now."""
    db.execute(f"UPDATE pause_log SET ended_at = max(at, ?) WHERE ended_at IS NULL AND NOT {_LASTS}", (now,))


def prune(db: apsw.Connection, horizon: int, rows: int) -> bool:
    """Drops at most ``rows`` entries that ended before ``horizon``. Whether more may be left."""
    db.execute(
        "DELETE FROM pause_log WHERE id IN (SELECT id FROM pause_log WHERE ended_at < ? ORDER BY ended_at LIMIT ?)",
        (horizon, rows),
    )
    return db.changes() == rows


def operator() -> str:
    """The name of who runs this process, as a ledger can hold it; the number where the system knows no name."""
    import getpass  # for an operator's orders only: no worker that imports the core needs it

    try:
        name = getpass.getuser()
    except (ImportError, KeyError, OSError):
        name = f"uid {os.getuid()}" if hasattr(os, "getuid") else f"pid {os.getpid()}"
    # What the environment says may be no UTF-8, and many tools stop reading at NUL.
    return name.encode("utf-8", "backslashreplace").decode().replace("\0", "\\x00")
