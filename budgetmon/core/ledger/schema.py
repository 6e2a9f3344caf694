"""The tables of a ledger, and the check that a file is one.

Times are UTC milliseconds, money is nanos, everything is an integer or text. The journal (``call``, ``refusal``) is the
truth; ``budget_window`` and ``rollup`` can be rebuilt from it, but for what was pruned: they remember that part in
``budget_window.pruned`` and in the rollups of span ``PRUNED``. A refusal without a budget is one by a paused provider.
Names are stored once and rows refer to them by number, which keeps a call below 120 bytes.
"""

from __future__ import annotations

from pathlib import Path

import apsw

from budgetmon.core.storage.errors import NewerSchemaError, NotALedgerError

APPLICATION_ID = 0x6267_6D6E  # "bgmn"
SCHEMA_VERSION = 1

# Of new ledgers. A call touches a few rows on each of some ten pages, and each page goes to the log whole, checksummed:
# small pages cost a hold and its settlement a tenth less processor time than SQLite's usual 4096, and less room.
PAGE_SIZE = 1024

# Widths of the rollups' buckets in milliseconds. 0 is the one bucket that holds all time.
ALL_TIME = 0
SPANS = (ALL_TIME, 5_000, 60_000, 3_600_000)
# What the journal no longer holds, in the same sums.
PRUNED = -1

_TABLES = """
CREATE TABLE ledger (
  only        INTEGER PRIMARY KEY CHECK (only = 1),
  created_at  INTEGER NOT NULL,
  zone        TEXT NOT NULL,
  durability  TEXT NOT NULL,
  rules_rev   INTEGER NOT NULL DEFAULT 0,
  pruned_to   INTEGER NOT NULL DEFAULT 0,
  fine_from   INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE model (id INTEGER PRIMARY KEY, provider TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (provider, name)) STRICT;
CREATE TABLE tag   (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE run   (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL) STRICT;

CREATE TABLE rates (
  id INTEGER PRIMARY KEY,
  input INTEGER, output INTEGER, cached_input INTEGER, cache_write INTEGER,
  per_call INTEGER, per_credit INTEGER, source TEXT NOT NULL
) STRICT;

CREATE TABLE worker (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  pid           INTEGER NOT NULL,
  host          TEXT NOT NULL,
  command       TEXT NOT NULL,
  engine        TEXT NOT NULL,
  started_at    INTEGER NOT NULL,
  last_write_at INTEGER NOT NULL,
  ended_at      INTEGER,
  batch         INTEGER NOT NULL DEFAULT 0,
  calls         INTEGER NOT NULL DEFAULT 0,
  opened        INTEGER NOT NULL DEFAULT 0,
  closed        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pause (provider TEXT PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE source (
  id          INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL,
  trust       TEXT NOT NULL,
  counted     INTEGER NOT NULL,
  imported_at INTEGER NOT NULL,
  UNIQUE (kind, name)
) STRICT;
CREATE TABLE imported (
  kind TEXT NOT NULL,
  key  TEXT NOT NULL,
  call INTEGER NOT NULL,
  PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE budget (
  id         INTEGER PRIMARY KEY,
  name       TEXT NOT NULL,
  unit       TEXT NOT NULL,
  per        TEXT NOT NULL,
  reset_day  INTEGER NOT NULL,
  length     INTEGER NOT NULL,
  zone       TEXT NOT NULL,
  provider   TEXT,
  model      TEXT,
  tag        TEXT,
  run        TEXT,
  amount     INTEGER NOT NULL,
  on_exceed  TEXT NOT NULL,
  warn_at    TEXT NOT NULL,
  position   INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  retired_at INTEGER
) STRICT;

CREATE TABLE budget_window (
  budget   INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  end      INTEGER NOT NULL,
  spent    INTEGER NOT NULL,
  held     INTEGER NOT NULL,
  in_doubt INTEGER NOT NULL,
  pruned   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (budget, start)
) STRICT, WITHOUT ROWID;

CREATE TABLE crossing (
  budget       INTEGER NOT NULL,
  window_start INTEGER NOT NULL,
  share        INTEGER NOT NULL,
  at           INTEGER NOT NULL,
  spent        INTEGER NOT NULL,
  amount       INTEGER NOT NULL,
  PRIMARY KEY (budget, window_start, share)
) STRICT, WITHOUT ROWID;

CREATE TABLE call (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  took         INTEGER,
  state        INTEGER NOT NULL,
  ok           INTEGER NOT NULL,
  model        INTEGER NOT NULL,
  worker       INTEGER NOT NULL,
  rates        INTEGER NOT NULL,
  tag          INTEGER,
  run          INTEGER,
  hold         INTEGER NOT NULL,
  cost         INTEGER,
  input        INTEGER NOT NULL,
  output       INTEGER NOT NULL,
  cached_input INTEGER NOT NULL,
  cache_write  INTEGER NOT NULL,
  calls        INTEGER NOT NULL,
  credits      INTEGER NOT NULL,
  source       INTEGER,
  crc          INTEGER NOT NULL
) STRICT;
CREATE INDEX call_at ON call (at);
CREATE INDEX call_open ON call (state, worker) WHERE state IN (0, 3);

CREATE TABLE refusal (
  id           INTEGER PRIMARY KEY,
  at           INTEGER NOT NULL,
  model        INTEGER NOT NULL,
  worker       INTEGER NOT NULL,
  tag          INTEGER,
  run          INTEGER,
  budget       INTEGER,
  window_start INTEGER NOT NULL,
  window_end   INTEGER NOT NULL,
  amount       INTEGER NOT NULL,
  spent        INTEGER NOT NULL,
  held         INTEGER NOT NULL,
  in_doubt     INTEGER NOT NULL,
  asked        INTEGER NOT NULL,
  frees_at     INTEGER,
  holders      TEXT
) STRICT;

CREATE TABLE rollup (
  span         INTEGER NOT NULL,
  start        INTEGER NOT NULL,
  model        INTEGER NOT NULL,
  run          INTEGER NOT NULL,
  calls        INTEGER NOT NULL DEFAULT 0,
  failed       INTEGER NOT NULL DEFAULT 0,
  refused      INTEGER NOT NULL DEFAULT 0,
  unpriced     INTEGER NOT NULL DEFAULT 0,
  cost         INTEGER NOT NULL DEFAULT 0,
  input        INTEGER NOT NULL DEFAULT 0,
  output       INTEGER NOT NULL DEFAULT 0,
  cached_input INTEGER NOT NULL DEFAULT 0,
  cache_write  INTEGER NOT NULL DEFAULT 0,
  units        INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (span, start, model, run)
) STRICT, WITHOUT ROWID;

CREATE TABLE cache (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE cache_rollup (
  span          INTEGER NOT NULL,
  start         INTEGER NOT NULL,
  cache         INTEGER NOT NULL,
  hits          INTEGER NOT NULL,
  misses        INTEGER NOT NULL,
  expired       INTEGER NOT NULL,
  evictions     INTEGER NOT NULL,
  loads         INTEGER NOT NULL,
  load_failures INTEGER NOT NULL,
  load_us       INTEGER NOT NULL,
  priced        INTEGER NOT NULL,
  paid          INTEGER NOT NULL,
  saved         INTEGER NOT NULL,
  lost_evicted  INTEGER NOT NULL,
  lost_expired  INTEGER NOT NULL,
  PRIMARY KEY (span, start, cache)
) STRICT, WITHOUT ROWID;

CREATE TABLE cache_instance (
  cache    INTEGER NOT NULL,
  worker   INTEGER NOT NULL,
  number   INTEGER NOT NULL,
  size     INTEGER NOT NULL,
  max_size INTEGER NOT NULL,
  PRIMARY KEY (cache, worker, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE cache_curve (
  cache   INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  lookups INTEGER NOT NULL,
  curve   TEXT NOT NULL
) STRICT;
"""


def create(db: apsw.Connection, now: int, zone: str, durability: str) -> None:
    """Writes the tables into an empty database, inside the caller's transaction."""
    db.execute(_TABLES)
    db.execute("INSERT INTO ledger (only, created_at, zone, durability) VALUES (1, ?, ?, ?)", (now, zone, durability))
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


# What leads from each schema to the next. Additive only within a major version, so that older readers go on reading.
MIGRATIONS: dict[int, str] = {}


def upgrade(db: apsw.Connection, version: int) -> None:
    """Brings a ledger of an older ``version`` up to date, inside the caller's transaction: whole or not at all."""
    for step in range(version, SCHEMA_VERSION):
        db.execute(MIGRATIONS[step])
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def is_empty(db: apsw.Connection) -> bool:
    """Whether the file holds nothing at all yet, not even another program's mark."""
    return not any(db.execute(f"PRAGMA {name}").get for name in ("schema_version", "application_id", "user_version"))


def check(db: apsw.Connection, path: Path) -> int:
    """The schema version of the ledger. Raises NotALedgerError or NewerSchemaError; writes nothing.

    Inside a transaction, what follows reads the same file that was checked.
    """
    if db.execute("PRAGMA application_id").get != APPLICATION_ID:
        raise NotALedgerError(path)
    version = int(db.execute("PRAGMA user_version").get)
    if version > SCHEMA_VERSION:
        raise NewerSchemaError(
            path, f"schema {version} is newer than {SCHEMA_VERSION}; upgrade budgetmon. Nothing was changed."
        )
    return version
