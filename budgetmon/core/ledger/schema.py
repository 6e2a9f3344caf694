"""The tables of a ledger, and the check that a file is one.

Times are UTC milliseconds, money is nanos, everything is an integer or text. The journal (``call``, ``refusal``) is the
truth; ``budget_window`` and ``rollup`` can be rebuilt from it, but for what was pruned: they remember that part in
``budget_window.pruned`` and in the rollups of span ``PRUNED``. A refusal without a budget is one by a paused provider.
Names are stored once and rows refer to them by number, which keeps a call below 120 bytes.

``user_version`` is the major version: a file with a higher one is refused. ``ledger.schema`` counts the additions within it,
which programs that do not know them read and write past.
"""

from __future__ import annotations

from pathlib import Path

import apsw

from budgetmon.core.storage.errors import NewerSchemaError, NotALedgerError

APPLICATION_ID = 0x6267_6D6E  # "bgmn"
MAJOR_VERSION = 1
SCHEMA_VERSION = 3

# Of new ledgers. A call touches a few rows on each of some ten pages, and each page goes to the log whole, checksummed:
# small pages cost a hold and its settlement a tenth less processor time than SQLite's usual 4096, and less room.
PAGE_SIZE = 1024

# Widths of the rollups' buckets in milliseconds. 0 is the one bucket that holds all time.
ALL_TIME = 0
SPANS = (ALL_TIME, 5_000, 60_000, 3_600_000)
# What the journal no longer holds, in the same sums.
PRUNED = -1

# A run that the runner started has a profile; one that only calls name has nothing but its name. ``counts`` maps outcomes
# to numbers, ``exit_code`` is negative for a signal, ``files`` is the folder with the run's whole output. No name may be one
# of ``call``'s: programs that do not know these columns join the two.
_RUN_COLUMNS = (
    "profile TEXT",
    "kind TEXT",
    "status TEXT",
    "runner INTEGER",
    "ended_at INTEGER",
    "exit_code INTEGER",
    "total INTEGER",
    "counts TEXT",
    "budget INTEGER",
    "time_limit INTEGER",
    "folder TEXT",
    "args TEXT",
    "files TEXT",
    "detail TEXT",
)

_RUN_TABLES = """
CREATE TABLE run_result (
  id       INTEGER PRIMARY KEY,
  run      INTEGER NOT NULL,
  test     TEXT NOT NULL,
  outcome  TEXT NOT NULL,
  phase    TEXT NOT NULL,
  took_us  INTEGER NOT NULL,
  message  TEXT NOT NULL,
  longrepr TEXT,
  file     TEXT NOT NULL,
  line     INTEGER,
  UNIQUE (run, test)
) STRICT;

CREATE TABLE run_cache (
  run    INTEGER NOT NULL,
  cache  INTEGER NOT NULL,
  hits   INTEGER NOT NULL,
  misses INTEGER NOT NULL,
  saved  INTEGER NOT NULL,
  PRIMARY KEY (run, cache)
) STRICT, WITHOUT ROWID;

CREATE INDEX rollup_by_run ON rollup (run) WHERE span = 0 AND run > 0;
"""

# ``ended_at`` without ``ended_by``: over by then, but nobody wrote down when and by whom.
_PAUSE_TABLES = """
CREATE TABLE pause_log (
  id       INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  at       INTEGER NOT NULL,
  who      TEXT NOT NULL,
  ended_at INTEGER,
  ended_by TEXT
) STRICT;
CREATE INDEX pause_log_end ON pause_log (ended_at);
"""

_CACHE_PROVIDER_TABLES = """
CREATE TABLE cache_provider_rollup (
  span     INTEGER NOT NULL,
  start    INTEGER NOT NULL,
  cache    INTEGER NOT NULL,
  provider TEXT NOT NULL,
  hits     INTEGER NOT NULL,
  loads    INTEGER NOT NULL,
  paid     INTEGER NOT NULL,
  saved    INTEGER NOT NULL,
  PRIMARY KEY (span, start, cache, provider)
) STRICT, WITHOUT ROWID;
"""

_TABLES = f"""
CREATE TABLE ledger (
  only        INTEGER PRIMARY KEY CHECK (only = 1),
  created_at  INTEGER NOT NULL,
  zone        TEXT NOT NULL,
  durability  TEXT NOT NULL,
  rules_rev   INTEGER NOT NULL DEFAULT 0,
  pruned_to   INTEGER NOT NULL DEFAULT 0,
  fine_from   INTEGER NOT NULL DEFAULT 0,
  schema      INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE model (id INTEGER PRIMARY KEY, provider TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (provider, name)) STRICT;
CREATE TABLE tag   (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE run (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, started_at INTEGER NOT NULL, {", ".join(_RUN_COLUMNS)}
) STRICT;

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
  retired_at INTEGER,
  of_run     INTEGER
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
{_RUN_TABLES}
{_PAUSE_TABLES}
{_CACHE_PROVIDER_TABLES}
"""


def create(db: apsw.Connection, now: int, zone: str, durability: str) -> None:
    """Writes the tables into an empty database, inside the caller's transaction."""
    db.execute(_TABLES)
    db.execute(
        "INSERT INTO ledger (only, created_at, zone, durability, schema) VALUES (1, ?, ?, ?, ?)",
        (now, zone, durability, SCHEMA_VERSION),
    )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {MAJOR_VERSION}")


# What leads from each schema to the next. Additive only within a major version, so that older programs go on.
MIGRATIONS: dict[int, str] = {
    1: "ALTER TABLE ledger ADD COLUMN schema INTEGER NOT NULL DEFAULT 1;"
    + "".join(f"ALTER TABLE run ADD COLUMN {column};" for column in _RUN_COLUMNS)
    + "ALTER TABLE budget ADD COLUMN of_run INTEGER;"
    + _RUN_TABLES,
    2: _PAUSE_TABLES
    + "INSERT INTO pause_log (provider, at, who) SELECT provider, at, who FROM pause;"
    + _CACHE_PROVIDER_TABLES,
}


def upgrade(db: apsw.Connection, version: int) -> None:
    """Brings a ledger of an older ``version`` up to date, inside the caller's transaction: whole or not at all."""
    for step in range(version, SCHEMA_VERSION):
        db.execute(MIGRATIONS[step])
    db.execute("UPDATE ledger SET schema = ?", (SCHEMA_VERSION,))


def is_empty(db: apsw.Connection) -> bool:
    """Whether the file holds nothing at all yet, not even another program's mark."""
    return not any(db.execute(f"PRAGMA {name}").get for name in ("schema_version", "application_id", "user_version"))


def check(db: apsw.Connection, path: Path) -> int:
    """The schema version of the ledger, which may be above ours. Raises NotALedgerError or NewerSchemaError; writes nothing.

    Inside a transaction, what follows reads the same file that was checked.
    """
    if db.execute("PRAGMA application_id").get != APPLICATION_ID:
        raise NotALedgerError(path)
    major = int(db.execute("PRAGMA user_version").get)
    if major > MAJOR_VERSION:
        raise NewerSchemaError(path, f"schema {major} is newer than {MAJOR_VERSION}; upgrade budgetmon. Nothing was changed.")
    counted = db.execute("SELECT count(*) FROM pragma_table_info('ledger') WHERE name = 'schema'").get
    return int(str(db.execute("SELECT schema FROM ledger").get or 1)) if counted else 1
