"""Calls that another tool recorded, booked whole or not at all, and each of them once.

A call is told from others by a key that its importer makes of what the source stored. The key of every imported call
stays in the ledger, so that a second import of the same file, of a grown one or of a copy elsewhere adds only what is new,
also after the call itself was pruned. Budgets count the calls of a source that is ``counted``.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import add, attrgetter
from typing import Any, NamedTuple

import apsw

from budgetmon.core.ledger import journal, rollups, schema, windows
from budgetmon.core.ledger.journal import Row
from budgetmon.core.ledger.names import SubjectIds, interning
from budgetmon.core.ledger.rule_book import Rules
from budgetmon.core.ledger.upkeep import FINE_SPAN
from budgetmon.core.ledger.values import StoredBudget, Subject, amounts
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window, iso_utc
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.foreign import SourceError

IMPORTED = Rates(source="imported")
_SETTLED = int(CallState.SETTLED)

_COLUMNS = ("id", *Row._fields, "crc")
_INSERT_CALL = f"INSERT INTO call ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_ADD_TO_ROLLUP = (
    f"INSERT INTO rollup (span, start, model, run, {', '.join(rollups.COLUMNS)})"
    f" VALUES ({', '.join('?' * (4 + len(rollups.COLUMNS)))}) ON CONFLICT (span, start, model, run) DO UPDATE SET "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in rollups.COLUMNS)
)


@dataclass(frozen=True, slots=True)
class ImportSource:
    """Where imported calls come from. ``kind`` is the tool, ``name`` the file; ``trust`` says where its costs come from.

    ``counted``: whether budgets count its calls.
    """

    kind: str
    name: str
    trust: str
    counted: bool


class ImportedCall(NamedTuple):
    """One call of another tool, made at ``at`` (UTC milliseconds) for ``cost`` nanos, None when nobody knows.

    ``key`` tells it from every other call of that tool, in all files. ``rates`` are those that ``cost`` was computed at;
    ``IMPORTED`` where the tool itself named it.
    """

    key: str
    at: int
    subject: Subject
    usage: Usage
    cost: int | None
    ok: bool = True
    rates: Rates = IMPORTED


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import did: the calls that it added, and how many the ledger had already."""

    added: tuple[ImportedCall, ...]
    known: int


def book(
    db: apsw.Connection, rules: Rules, worker: int, now: int, source: ImportSource, calls: Sequence[ImportedCall]
) -> ImportOutcome:
    """Adds the calls that the ledger does not have yet: rows, keys, rollups, and the counters of budgets.

    One piece of work inside a write transaction. Raises SourceError for calls that may not be counted as was asked.
    """
    new = _unknown(db, source.kind, calls)
    if not new:
        return ImportOutcome((), len(calls))
    if source.counted:
        _refuse_future(source, new, now)
    _insert(db, worker, source.kind, _source_number(db, source, now), new, now)
    if source.counted:
        for stored in rules.budgets:
            _count(db, stored, new, now)
    return ImportOutcome(tuple(new), len(calls) - len(new))


def _unknown(db: apsw.Connection, kind: str, calls: Iterable[ImportedCall]) -> list[ImportedCall]:
    """The calls whose keys are new, in the order of time."""
    fresh: dict[str, ImportedCall] = {}
    for call in calls:
        fresh.setdefault(call.key, call)
    for (key,) in db.execute(
        "SELECT key FROM imported WHERE kind = ? AND key IN (SELECT value FROM json_each(?))", (kind, json.dumps([*fresh]))
    ).fetchall():
        del fresh[str(key)]
    return sorted(fresh.values(), key=attrgetter("at"))


def _refuse_future(source: ImportSource, calls: Sequence[ImportedCall], now: int) -> None:
    """A window of the future that is already in use would take every call from now on: windows never step back."""
    if calls[-1].at > now:
        raise SourceError(
            source.name,
            f"holds a call made at {iso_utc(calls[-1].at)}, which is in the future: name the zone of its times with --zone,"
            " check this machine's clock, or keep its calls out of the budgets with --no-count",
        )


def _source_number(db: apsw.Connection, source: ImportSource, now: int) -> int:
    row = db.execute("SELECT id, counted FROM source WHERE kind = ? AND name = ?", (source.kind, source.name)).fetchone()
    if row is None:
        db.execute(
            "INSERT INTO source (kind, name, trust, counted, imported_at) VALUES (?, ?, ?, ?, ?)",
            (source.kind, source.name, source.trust, source.counted, now),
        )
        return db.last_insert_rowid()
    if bool(row[1]) != source.counted:
        option = "--count" if row[1] else "--no-count"
        raise SourceError(source.name, f"was imported with {option} before: import the rest of its calls with {option} too")
    return int(row[0])


def _insert(db: apsw.Connection, worker: int, kind: str, source: int, calls: Sequence[ImportedCall], now: int) -> None:
    """Writes journal rows, keys and rollups."""
    names: dict[tuple[Subject, Rates], SubjectIds] = {}
    # Most calls share the few objects that they name, and identity is found faster than equality.
    same: dict[tuple[int, int], SubjectIds] = {}
    buckets = _Buckets(db)
    first = int(str(db.execute("SELECT coalesce(max(id), 0) + 1 FROM call").get))
    rows: list[tuple[Any, ...]] = []
    for number, call in enumerate(calls, first):
        ids = same.get((id(call.subject), id(call.rates)))
        if ids is None:
            ids = names.get((call.subject, call.rates))
            if ids is None:
                ids = names[call.subject, call.rates] = interning(call.subject, call.rates, now)(db)
            same[id(call.subject), id(call.rates)] = ids
        row = _row(call, ids, worker, source)
        rows.append((number, *row, journal.checksum(row)))
        buckets.add(row)
    db.executemany(_INSERT_CALL, rows)
    db.executemany(
        "INSERT INTO imported (kind, key, call) VALUES (?, ?, ?)",
        [(kind, call.key, number) for number, call in enumerate(calls, first)],
    )
    db.executemany(_ADD_TO_ROLLUP, buckets.rows())


def _row(call: ImportedCall, ids: SubjectIds, worker: int, source: int) -> Row:
    usage = call.usage
    return Row(
        at=call.at,
        took=None,
        state=_SETTLED,
        ok=int(call.ok),
        model=ids.model,
        worker=worker,
        rates=ids.rates,
        tag=ids.tag,
        run=ids.run,
        hold=0,
        cost=call.cost,
        input=usage.input_tokens,
        output=usage.output_tokens,
        cached_input=usage.cached_input_tokens,
        cache_write=usage.cache_write_tokens,
        calls=usage.calls,
        credits=usage.credits,
        source=source,
    )


class _Buckets:
    """The rollups of many calls, summed up before they are written: in the finest buckets first, then those in wider ones."""

    def __init__(self, db: apsw.Connection) -> None:
        self._sums: dict[tuple[int, int, int], list[int]] = {}
        self._fine_from = int(str(db.execute("SELECT fine_from FROM ledger").get))

    def add(self, row: Row) -> None:
        counts = [
            1,
            0 if row.ok else 1,
            0,
            1 if row.cost is None else 0,
            row.cost or 0,
            row.input,
            row.output,
            row.cached_input,
            row.cache_write,
            row.calls,
        ]
        _add_to(self._sums, (row.at - row.at % FINE_SPAN, row.model, row.run or rollups.NO_RUN), counts)

    def rows(self) -> Iterator[tuple[int, ...]]:
        """A row for each bucket of each width that is kept."""
        for span in schema.SPANS:
            wider: dict[tuple[int, int, int], list[int]] = {}
            for (start, model, run), sums in self._sums.items():
                if span == FINE_SPAN and start < self._fine_from:
                    continue
                _add_to(wider, (0 if span == schema.ALL_TIME else start - start % span, model, run), sums)
            for key, sums in sorted(wider.items()):
                yield (span, *key, *sums)


def _add_to(sums: dict[tuple[int, int, int], list[int]], key: tuple[int, int, int], counts: list[int]) -> None:
    before = sums.get(key)
    sums[key] = counts if before is None else list(map(add, before, counts))


def _count(db: apsw.Connection, stored: StoredBudget, calls: Sequence[ImportedCall], now: int) -> None:
    """Adds the calls to the windows of one budget, one write per window."""
    spent: dict[Window, int] = defaultdict(int)
    window = Window(0, 0)
    for call in calls[bisect_right(calls, stored.since - 1, key=attrgetter("at")) :]:
        subject = call.subject
        if not stored.budget.scope.matches(subject.provider, subject.model, subject.tag, subject.run):
            continue
        if call.at not in window:
            window = windows.window_of(db, stored, call.at)
        spent[window] += amounts(call.cost or 0, call.usage).in_unit(stored.budget.unit)
    for window, amount in spent.items():
        total = windows.add(db, stored, window, spent=amount)
        if amount and stored.budget.warn_at:
            windows.note_crossings(db, stored, window, amount, total, now)
