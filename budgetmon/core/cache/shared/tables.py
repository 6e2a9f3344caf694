"""The tables of a shared cache, and all SQL on them. Each function runs inside the caller's transaction.

Whatever it holds can be loaded again, so a file of another version is refused, never migrated. ``payees`` came later, and
programs that do not know it read and write past it: what it says counts only where it adds up to ``cost``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import apsw

from budgetmon.core.cache.shared.boot_clock import BootClock, Deadline, Moment
from budgetmon.core.cache.worth import Worth

APPLICATION_ID = 0x6267_6D63  # "bgmc"
VERSION = 1

# What an entry takes beside key and value, roughly: its rows and their places in three indexes.
OVERHEAD_BYTES = 120
_EVICTED_AT_ONCE = 32
_FAILURES_KEPT = 1000

_TABLES = """
CREATE TABLE total (only INTEGER PRIMARY KEY CHECK (only = 1), bytes INTEGER NOT NULL, tick INTEGER NOT NULL) STRICT;
INSERT INTO total VALUES (1, 0, 0);
CREATE TABLE entry (
  id           INTEGER PRIMARY KEY,
  key          BLOB NOT NULL UNIQUE,
  form         INTEGER NOT NULL,
  bytes        INTEGER NOT NULL,
  used         INTEGER NOT NULL,
  cost         INTEGER NOT NULL,
  boot         TEXT,
  expires      INTEGER,
  expires_wall INTEGER,
  payees       TEXT
) STRICT;
CREATE INDEX entry_used ON entry (used);
CREATE INDEX entry_expires ON entry (boot, expires) WHERE boot IS NOT NULL;
CREATE TABLE content (id INTEGER PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE load (id INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE failure (load INTEGER PRIMARY KEY, error TEXT NOT NULL) STRICT;
"""


# A tuple, which is made in a third of the time: there is one for every hit.
class Found(NamedTuple):
    """A live entry. ``left`` is its time to live in milliseconds, None for ever."""

    id: int
    form: int
    value: bytes
    worth: Worth | None
    left: int | None


@dataclass(frozen=True, slots=True)
class New:
    """A value to be stored."""

    key: bytes
    form: int
    value: bytes
    worth: Worth | None
    deadline: Deadline | None

    @property
    def size(self) -> int:
        """What it takes of the cache's bytes."""
        return len(self.key) + len(self.value) + OVERHEAD_BYTES


def create(db: apsw.Connection) -> None:
    """Makes the tables in an empty database."""
    db.execute(_TABLES)


def complete(db: apsw.Connection) -> None:
    """Adds what a file of an earlier program lacks."""
    if not db.execute("SELECT count(*) FROM pragma_table_info('entry') WHERE name = 'payees'").get:
        db.execute("ALTER TABLE entry ADD COLUMN payees TEXT")


def find(db: apsw.Connection, key: bytes, clock: BootClock) -> Found | bool:
    """The entry of ``key``; False when there is none, True when there is one that has expired."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT entry.id, form, value, cost, payees, boot, expires, expires_wall"
        " FROM entry JOIN content ON content.id = entry.id WHERE key = ?",
        (key,),
    ).fetchall()
    if not rows:
        return False
    number, form, value, cost, payees, boot, expires, expires_wall = rows[0]
    left = None if boot is None else Deadline(boot, expires, expires_wall).remaining(clock.now())
    if left is not None and left <= 0:
        return True
    return Found(number, form, value, _worth(cost, payees), left)


def store(db: apsw.Connection, new: New, most: int, now: Moment) -> tuple[int, int]:
    """Stores a value, and makes room for it: how many expired entries and how many live ones had to go."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT id, bytes, boot, expires, expires_wall FROM entry WHERE key = ?", (new.key,)
    ).fetchall()
    number, replaced, *old_deadline = rows[0] if rows else (None, 0, None)
    sums: list[tuple[Any, ...]] = db.execute(
        "UPDATE total SET bytes = bytes + ?, tick = tick + 1 RETURNING bytes, tick", (new.size - replaced,)
    ).fetchall()
    total, tick = sums[0]
    expired = int(old_deadline[0] is not None and Deadline(*old_deadline).remaining(now) <= 0)
    evicted = 0
    deadline = (None,) * 3 if new.deadline is None else (new.deadline.boot, new.deadline.since_boot, new.deadline.wall)
    worth = new.worth
    cost = 0 if worth is None else worth.nanos
    payees = None if worth is None else json.dumps(dict(worth.parts()), ensure_ascii=False, separators=(",", ":"))
    values = (new.form, new.size, tick, cost, payees, *deadline)
    if number is None:
        db.execute(
            "INSERT INTO entry (form, bytes, used, cost, payees, boot, expires, expires_wall, key)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, new.key),
        )
        db.execute("INSERT INTO content (id, value) VALUES (last_insert_rowid(), ?)", (new.value,))
    else:
        db.execute(
            "UPDATE entry SET form = ?, bytes = ?, used = ?, cost = ?, payees = ?, boot = ?, expires = ?, expires_wall = ?"
            " WHERE id = ?",
            (*values, number),
        )
        db.execute("UPDATE content SET value = ? WHERE id = ?", (new.value, number))
    while total > most and (gone := _drop_expired(db, now)):
        expired += gone
        total = _total(db)
    while total > most:
        evicted += _evict(db, total - most)
        total = _total(db)
    return expired, evicted


def touch(db: apsw.Connection, used: list[int]) -> None:
    """Notes entries as used, in that order."""
    tick = int(str(db.execute("SELECT tick FROM total").get))
    db.executemany("UPDATE entry SET used = ? WHERE id = ?", [(tick + place, number) for place, number in enumerate(used, 1)])
    db.execute("UPDATE total SET tick = tick + ?", (len(used),))


def remove(db: apsw.Connection, key: bytes) -> bool:
    """Drops the entry of ``key``. Whether there was one."""
    rows: list[tuple[Any, ...]] = db.execute("SELECT id, bytes FROM entry WHERE key = ?", (key,)).fetchall()
    _drop(db, rows)
    return bool(rows)


def clear(db: apsw.Connection) -> None:
    """Drops every entry; loads under way go on."""
    db.execute("DELETE FROM entry; DELETE FROM content; UPDATE total SET bytes = 0")


def sizes(db: apsw.Connection) -> tuple[int, int]:
    """Entries and bytes, expired ones included."""
    return int(str(db.execute("SELECT count(*) FROM entry").get)), _total(db)


def drop_expired_of_other_boots(db: apsw.Connection, now: Moment) -> None:
    """At opening: what expired before the reboot, as far as the wall clock can tell."""
    rows = db.execute(
        "SELECT id, bytes FROM entry WHERE boot IS NOT NULL AND boot <> ? AND expires_wall <= ?", (now.boot, now.wall)
    ).fetchall()
    _drop(db, rows)


def loader_of(db: apsw.Connection, key: bytes) -> int | None:
    """The number of the load of ``key`` that is noted, whether or not its loader lives."""
    number: Any = db.execute("SELECT id FROM load WHERE key = ?", (key,)).get
    return None if number is None else int(number)


def begin_load(db: apsw.Connection, key: bytes) -> int:
    """Notes a load and returns its number, which is never used again."""
    db.execute("INSERT INTO load (key) VALUES (?)", (key,))
    return db.last_insert_rowid()


def end_load(db: apsw.Connection, load: int, error: str | None = None) -> None:
    """Forgets a load; the error of a failed one is kept for those who wait for it."""
    db.execute("DELETE FROM load WHERE id = ?", (load,))
    if error is not None:
        db.execute("INSERT OR REPLACE INTO failure (load, error) VALUES (?, ?)", (load, error))
        db.execute("DELETE FROM failure WHERE load < ?", (load - _FAILURES_KEPT,))


def failure_of(db: apsw.Connection, load: int) -> str | None:
    """What a load failed with; None when it did not."""
    error: Any = db.execute("SELECT error FROM failure WHERE load = ?", (load,)).get
    return None if error is None else str(error)


@lru_cache(maxsize=4096)
def _worth(cost: int, payees: str | None) -> Worth | None:
    """What an entry has cost. Of one that a program without ``payees`` replaced, nobody knows whom it paid."""
    if payees is not None:
        parts: dict[str, int] = json.loads(payees)
        if sum(parts.values()) == cost:
            return Worth.of(parts)
    return Worth(cost) if cost else None


def _total(db: apsw.Connection) -> int:
    return int(str(db.execute("SELECT bytes FROM total").get))


def _drop_expired(db: apsw.Connection, now: Moment) -> int:
    rows = db.execute(
        "SELECT id, bytes FROM entry WHERE boot = ? AND expires <= ? ORDER BY expires LIMIT ?",
        (now.boot, now.since_boot, _EVICTED_AT_ONCE),
    ).fetchall()
    _drop(db, rows)
    return len(rows)


def _evict(db: apsw.Connection, excess: int) -> int:
    oldest: list[tuple[Any, ...]] = db.execute(
        "SELECT id, bytes FROM entry ORDER BY used LIMIT ?", (_EVICTED_AT_ONCE,)
    ).fetchall()
    gone: list[tuple[Any, ...]] = []
    for row in oldest:
        if excess <= 0:
            break
        gone.append(row)
        excess -= row[1]
    _drop(db, gone)
    return len(gone)


def _drop(db: apsw.Connection, rows: list[tuple[Any, ...]]) -> None:
    for number, size in rows:
        db.execute("DELETE FROM content WHERE id = ?", (number,))
        db.execute("DELETE FROM entry WHERE id = ?", (number,))
        db.execute("UPDATE total SET bytes = bytes - ?", (size,))
