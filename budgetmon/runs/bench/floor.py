"""The raw floor: the SQL of one call and nothing else, on one kept connection, without gate, rules or names.

The statements are not written down here. They are recorded once from a tracker at work, so that the floor is always that
of the ledger as it is.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from budgetmon.core.ledger.sqlite_ledger import PATIENCE_SECONDS
from budgetmon.core.storage.connection import open_writer
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.ground import hold_and_settle

_RECORDED_PAIRS = 5
_COMMIT = "COMMIT"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement as it was executed. ``clocks`` are the places of its values that were the time of day;
    ``names_call`` marks one whose last value is the call's number."""

    sql: str
    values: tuple[Any, ...]
    clocks: tuple[int, ...] = ()
    names_call: bool = False

    @property
    def starts_call(self) -> bool:
        """Whether it inserts the call."""
        return self.sql.startswith("INSERT INTO call ")


@dataclass(frozen=True, slots=True)
class RecordedPair:
    """The statements of a hold and of its settlement, transactions included."""

    hold: tuple[Statement, ...]
    settle: tuple[Statement, ...]


def record_pair(tracker: UsageTracker) -> RecordedPair:
    """The statements of one call of ``tracker``, which must be warm: its names known, its windows there."""
    shortest: list[tuple[str, tuple[Any, ...]]] = []
    since = _now()
    for _ in range(_RECORDED_PAIRS):
        executed = _executed_by_one_pair(tracker)
        # Now and then a pair also sweeps or looks after the file; the shortest one did neither.
        if not shortest or len(executed) < len(shortest):
            shortest = executed
    return paired([_statement(sql, values, since, _now()) for sql, values in shortest])


def paired(statements: Sequence[Statement]) -> RecordedPair:
    """Cuts the statements of a call at the first COMMIT. Raises ValueError unless there are two transactions."""
    ends = [place for place, statement in enumerate(statements) if statement.sql == _COMMIT]
    if len(ends) != 2:
        raise ValueError(f"a call takes two transactions, not {len(ends)}")
    return RecordedPair(tuple(statements[: ends[0] + 1]), tuple(statements[ends[0] + 1 :]))


class Floor:
    """Replays a recorded pair with fresh values. For one thread."""

    def __init__(self, path: Path, pair: RecordedPair, *, power_safe: bool) -> None:
        self._db = open_writer(path, power_safe=power_safe, busy_ms=int(PATIENCE_SECONDS * 1000))
        self._pair = pair
        self._call = 0

    def hold(self) -> None:
        """The statements of a hold. Raises apsw.Error."""
        self._replay(self._pair.hold)

    def settle(self) -> None:
        """The statements of a settlement. Raises apsw.Error."""
        self._replay(self._pair.settle)

    def seconds_of_pairs(self, pairs: int) -> float:
        """Seconds that ``pairs`` holds and settlements take."""
        began = perf_counter()
        for _ in range(pairs):
            self.hold()
            self.settle()
        return perf_counter() - began

    def close(self) -> None:
        """Closes the connection."""
        self._db.close()

    def _replay(self, statements: tuple[Statement, ...]) -> None:
        db = self._db
        now = _now()
        for statement in statements:
            values = statement.values
            if statement.clocks:
                values = tuple(now if place in statement.clocks else value for place, value in enumerate(values))
            if statement.names_call:
                values = (*values[:-1], self._call)
            # One row is all that any of them gives; a statement that was not read to its end would keep COMMIT waiting.
            db.execute(statement.sql, values).fetchall()
            if statement.starts_call:
                self._call = db.last_insert_rowid()


def _executed_by_one_pair(tracker: UsageTracker) -> list[tuple[str, tuple[Any, ...]]]:
    executed: list[tuple[str, tuple[Any, ...]]] = []

    def note(_cursor: object, sql: str, values: Any) -> bool:
        executed.append((sql, tuple(values or ())))
        return True

    # The only look inside: the connection of this thread, which the tracker's own writes go through.
    pool = tracker._ledger._pool
    with pool.borrow() as db:
        db.exec_trace = note
    try:
        hold_and_settle(tracker)
    finally:
        with pool.borrow() as db:
            db.exec_trace = None
    return executed


def _statement(sql: str, values: tuple[Any, ...], since: int, until: int) -> Statement:
    clocks = tuple(place for place, value in enumerate(values) if type(value) is int and since <= value <= until)
    return Statement(sql, values, clocks, names_call=" call " in sql and sql.endswith("WHERE id = ?"))


def _now() -> int:
    return time.time_ns() // 1_000_000
