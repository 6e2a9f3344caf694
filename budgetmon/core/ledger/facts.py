"""What can be said of a ledger from outside, to check its claims against: its file, its counters, which calls are in it.

Reads only, each function over a connection of its own. Raises LedgerError when the file cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import apsw

from budgetmon.core.ledger import schema
from budgetmon.core.rules.admission import Position
from budgetmon.core.storage.connection import engine_version, open_reader
from budgetmon.core.storage.errors import LedgerMissingError, ledger_errors

T = TypeVar("T")

_BUSY_MS = 5_000


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file as SQLite sees it. ``loose`` names the tables that are not STRICT; ``integrity`` is "ok" or what is wrong."""

    engine: str
    journal_mode: str
    schema: int
    loose: tuple[str, ...]
    integrity: str


def of_file(path: Path) -> FileFacts:
    """How the ledger's file is made."""

    def read(db: apsw.Connection) -> FileFacts:
        loose = db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict")
        return FileFacts(
            engine=engine_version(),
            journal_mode=str(db.execute("PRAGMA journal_mode").get),
            schema=schema.check(db, path),
            loose=tuple(str(name) for (name,) in loose if not str(name).startswith("sqlite_")),
            integrity=str(db.execute("PRAGMA integrity_check(1)").get),
        )

    return _read(path, read)


def positions(path: Path) -> dict[str, Position]:
    """Spent, held and in doubt of each budget in force, summed over its windows."""
    return _read(
        path,
        lambda db: {
            str(name): Position(spent, held, in_doubt)
            for name, spent, held, in_doubt in _rows(
                db,
                "SELECT name, coalesce(sum(spent), 0), coalesce(sum(held), 0), coalesce(sum(in_doubt), 0) FROM budget"
                " LEFT JOIN budget_window ON budget_window.budget = budget.id WHERE retired_at IS NULL GROUP BY budget.id",
            )
        },
    )


def missing_calls(path: Path, numbers: Iterable[int]) -> set[int]:
    """Those of ``numbers`` that are no call of the ledger."""
    there = _read(path, lambda db: {number for (number,) in _rows(db, "SELECT id FROM call")})
    return set(numbers) - there


def refusals(path: Path) -> int:
    """How many refusals are stored."""
    return _read(path, lambda db: int(_rows(db, "SELECT count(*) FROM refusal")[0][0]))


def cache_lookups(path: Path) -> dict[str, tuple[int, int]]:
    """Hits and misses of each named cache, over all processes and all time."""
    return _read(
        path,
        lambda db: {
            str(name): (hits, misses)
            for name, hits, misses in _rows(
                db,
                "SELECT name, sum(hits), sum(misses) FROM cache_rollup JOIN cache ON cache.id = cache_rollup.cache"
                f" WHERE span = {schema.ALL_TIME} GROUP BY name",
            )
        },
    )


def _read(path: Path, query: Callable[[apsw.Connection], T]) -> T:
    if not path.exists():
        raise LedgerMissingError(path)
    with ledger_errors(path), closing(open_reader(path, busy_ms=_BUSY_MS)) as db:
        db.execute("BEGIN")
        return query(db)


def _rows(db: apsw.Connection, sql: str) -> list[tuple[Any, ...]]:
    return db.execute(sql).fetchall()
