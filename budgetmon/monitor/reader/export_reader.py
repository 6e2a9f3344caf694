"""One long, consistent read for an export: everything in one read transaction, the long tables as streams.

Writers go on meanwhile, and never wait for it. But SQLite cannot empty its log before the read ends, so the log grows by
what is written in that time. It belongs into a process of its own, not into the app.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import apsw

from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.monitor.export.source import Chosen, Hour, OrderError
from budgetmon.monitor.reader import call_sql, pauses, runs, sums, tables
from budgetmon.monitor.reader.brief import read_transaction
from budgetmon.monitor.reader.poll import LedgerReader
from budgetmon.monitor.snapshot import Ask, RefusalRow, Snapshot

_HOUR = 3_600_000
_LONGEST_SPAN = timedelta(days=36_500)


class ExportReader(LedgerReader):
    """Reads a ledger for exports. To be made, used and closed in one thread."""

    @contextmanager
    def source(self, chosen: Chosen) -> Iterator[LedgerSource]:
        """What is ``chosen``, as of now, for as long as the block lasts. Raises LedgerTrouble, and OrderError for
        a provider that the ledger does not know."""
        with self._troubles():
            db = self._connected()
            with read_transaction(db, math.inf):
                first = int(db.execute("SELECT coalesce(min(at), 0) FROM call").get)
                now = self._clock()
                since, until = chosen.since or first, chosen.until or now + 1
                span = min(_LONGEST_SPAN, timedelta(milliseconds=max(60_000, until - since)))
                ask = Ask(span=span, until=min(until, now), rows=0)
                _check_providers(db, chosen.providers)
                snapshot = _narrowed(self._picture(db, ask, chosen.since, chosen.until), chosen)
                snapshot = self._with_history(db, snapshot, chosen)
                yield LedgerSource(db, snapshot, chosen, call_sql.local_time(snapshot.ledger.zone, since, until))

    def _with_history(self, db: apsw.Connection, snapshot: Snapshot, chosen: Chosen) -> Snapshot:
        """The snapshot with every pause and run of the range, where that of a view has the newest."""
        schema, names = snapshot.ledger.schema, chosen.providers
        since, until = chosen.since or 0, FAR_FUTURE if chosen.until is None else chosen.until
        return replace(
            snapshot,
            pauses=tuple(row for row in pauses.read_pauses(db, schema, since, until) if not names or row.provider in names),
            runs=runs.read_runs_of_range(db, schema, self._liveness, since, until, names),
        )

    def copy(self, target: Path) -> None:
        """Writes the whole ledger, as of now, into the new file ``target``: a ledger like any other. Raises LedgerTrouble."""
        with self._troubles():
            db = self._connected()
            # To SQLite the new file is written over this connection, too.
            db.execute("PRAGMA query_only = OFF")
            try:
                db.execute("VACUUM INTO ?", (str(target),))
            finally:
                db.execute("PRAGMA query_only = ON")
            # The copy comes without a log; whoever writes to it later needs one.
            with closing(apsw.Connection(str(target))) as copy:
                copy.execute("PRAGMA journal_mode = WAL")


@dataclass(frozen=True, slots=True)
class LedgerSource:
    """An export's Source over an open read transaction."""

    _db: apsw.Connection
    snapshot: Snapshot
    chosen: Chosen
    _local: str

    @property
    def count_of_calls(self) -> int:
        """How many calls there are to export."""
        return self._count("call")

    @property
    def count_of_refusals(self) -> int:
        """How many refusals."""
        return self._count("refusal")

    def calls(self) -> Iterator[tuple[Any, ...]]:
        """The raw values of CALL_COLUMNS, newest first."""
        return self._calls(call_sql.raw_columns(self._local))

    def calls_as_csv(self) -> Iterator[str]:
        """The same calls as lines of a CSV file, without their ends."""
        return (line for (line,) in self._calls(call_sql.csv_line(self._local)))

    def calls_as_json(self) -> Iterator[str]:
        """The same calls as JSON objects."""
        return (line for (line,) in self._calls(call_sql.json_object(self._local)))

    def refusals(self) -> Iterator[RefusalRow]:
        """The refusals with their receipts, newest first."""
        return tables.refusals_where(self._db, *self._condition("refusal"))

    def hours(self) -> Iterator[Hour]:
        """What was billed, hour by hour, oldest first; a range is cut at whole hours."""
        where, values = call_sql.condition("hour", self.chosen.since, self.chosen.until, self.chosen.providers)
        rows: Iterator[Any] = iter(
            self._db.execute(
                "SELECT hour.at, provider, name, sum(calls), sum(units), sum(unpriced),"
                " sum(input + output + cached_input + cache_write), sum(cost)"
                " FROM (SELECT start AS at, * FROM rollup WHERE span = ?) AS hour JOIN model ON model.id = hour.model"
                f" WHERE {where} GROUP BY hour.at, model.id HAVING sum(calls) > 0 ORDER BY hour.at, provider, name",
                (_HOUR, *values),
            )
        )
        return (Hour(*row) for row in rows)

    def _calls(self, columns: str) -> Iterator[tuple[Any, ...]]:
        where, values = self._condition("call")
        return iter(self._db.execute(f"SELECT {columns} {call_sql.FROM} WHERE {where} ORDER BY call.id DESC", values))

    def _count(self, table: str) -> int:
        where, values = self._condition(table)
        joined = f"{table} JOIN model ON model.id = {table}.model" if self.chosen.providers else table
        return int(self._db.execute(f"SELECT count(*) FROM {joined} WHERE {where}", values).get)

    def _condition(self, table: str) -> tuple[str, tuple[object, ...]]:
        return call_sql.condition(table, self.chosen.since, self.chosen.until, self.chosen.providers)


def _check_providers(db: apsw.Connection, wanted: tuple[str, ...]) -> None:
    if wanted:
        known = [name for (name,) in db.execute("SELECT DISTINCT provider FROM model ORDER BY provider")]
        if missing := [name for name in wanted if name not in known]:
            there = f"it knows {', '.join(known)}" if known else "it knows none yet"
            raise OrderError(f"the ledger knows no provider {missing[0]!r}: {there}")


def _narrowed(snapshot: Snapshot, chosen: Chosen) -> Snapshot:
    """The snapshot with the chosen providers only; caches and workers belong to none and stay."""
    names = chosen.providers
    if not names:
        return snapshot
    models = tuple(model for model in snapshot.models if model.provider in names)
    budgets = tuple(budget for budget in snapshot.budgets if budget.scope.provider in names)
    part = snapshot.consumption
    buckets = replace(
        part,
        cost=_of(part.cost, names),
        calls=_of(part.calls, names),
        failed=_of(part.failed, names),
        tokens=_of(part.tokens, names),
        refused=_of(part.refused, names),
    )
    return replace(
        snapshot,
        totals=sums.add_up(models),
        models=models,
        providers=tuple(each for each in snapshot.providers if each.name in names),
        budgets=budgets,
        consumption=buckets,
    )


def _of(amounts: dict[str, tuple[int, ...]], names: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    return {name: per_bucket for name, per_bucket in amounts.items() if name in names}
