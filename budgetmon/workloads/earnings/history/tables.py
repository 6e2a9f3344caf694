"""The table of implied volatilities, and all SQL on it. Days are stored as ordinals of the proleptic calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import apsw

from budgetmon.core.storage.side_file import Layout
from budgetmon.workloads.earnings.history.arithmetic import DayIV


def _create(db: apsw.Connection) -> None:
    db.execute(
        "CREATE TABLE iv (ticker TEXT NOT NULL, day INTEGER NOT NULL, iv REAL NOT NULL CHECK (iv > 0),"
        " PRIMARY KEY (ticker, day)) STRICT, WITHOUT ROWID"
    )


LAYOUT = Layout("IV history", 0x6267_6976, 1, _create)  # "bgiv"


def put(db: apsw.Connection, rows: Iterable[tuple[str, date, float]]) -> None:
    """Stores each row; a later one of the same ticker and day replaces an earlier one."""
    db.executemany(
        "INSERT INTO iv (ticker, day, iv) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET iv = excluded.iv",
        [(ticker, day.toordinal(), iv) for ticker, day, iv in rows],
    )


def between(db: apsw.Connection, ticker: str, first: date, last: date) -> list[DayIV]:
    """The days of ``ticker`` from ``first`` to ``last``, both included, in order."""
    rows = db.execute(
        "SELECT day, iv FROM iv WHERE ticker = ? AND day BETWEEN ? AND ? ORDER BY day",
        (ticker, first.toordinal(), last.toordinal()),
    )
    return [_day(row) for row in rows]


def last_day(db: apsw.Connection, ticker: str) -> date | None:
    """The last day of ``ticker``, if it has any."""
    day: Any = db.execute("SELECT max(day) FROM iv WHERE ticker = ?", (ticker,)).get
    return None if day is None else date.fromordinal(day)


def tickers(db: apsw.Connection) -> tuple[str, ...]:
    """Every ticker with a history, in order."""
    return tuple(str(row[0]) for row in db.execute("SELECT DISTINCT ticker FROM iv ORDER BY ticker"))


def drop_before(db: apsw.Connection, day: date) -> int:
    """Drops what is older than ``day``; how many rows that were."""
    db.execute("DELETE FROM iv WHERE day < ?", (day.toordinal(),))
    return db.changes()


def _day(row: tuple[Any, ...]) -> DayIV:
    return DayIV(date.fromordinal(row[0]), row[1])
