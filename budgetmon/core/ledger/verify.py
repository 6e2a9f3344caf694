"""Proves the books: recomputes every counter and rollup from the journal and names each that differs. Reads only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from budgetmon.core.ledger import cache_rollups, journal, rollups, rule_book, schema
from budgetmon.core.ledger.values import StoredBudget, amounts
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.connection import open_reader
from budgetmon.core.storage.errors import LedgerMissingError, ledger_errors

BUSY_MS = 5_000


@dataclass(frozen=True, slots=True)
class Breach:
    """One place where the books do not add up. ``where`` names row and column."""

    where: str
    stored: object
    computed: object

    def __str__(self) -> str:
        return f"{self.where}: the ledger says {self.stored}, its journal adds up to {self.computed}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was checked, and every breach found."""

    calls: int
    refusals: int
    counters: int
    breaches: tuple[Breach, ...]

    @property
    def holds(self) -> bool:
        """Whether the books add up to the nano."""
        return not self.breaches


def verify(path: Path) -> Verdict:
    """Checks the ledger at ``path`` in one read transaction. Raises LedgerError when it cannot be read."""
    if not path.exists():
        raise LedgerMissingError(path)
    with ledger_errors(path):
        db = open_reader(path, busy_ms=BUSY_MS)
        try:
            db.execute("BEGIN")
            return _verify(db, schema.check(db, path))
        finally:
            db.close()


def _verify(db: apsw.Connection, version: int) -> Verdict:
    budgets = rule_book.read_budgets(db)
    windows = _StoredWindows(db)
    pruned_to, fine_from = db.execute("SELECT pruned_to, fine_from FROM ledger").get
    damaged: list[Breach] = []
    counters: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    buckets: Counter[tuple[object, ...]] = Counter()
    calls = 0
    for row in _journal(db):
        calls += 1
        if row["crc"] != row["computed_crc"]:
            damaged.append(Breach(f"checksum of call {row['id']}", row["crc"], row["computed_crc"]))
        _count_in_windows(row, budgets, windows, counters)
        if row["state"] is CallState.SETTLED:
            _count_in_rollups(row, buckets)
    refusals = 0
    for at, model, run in db.execute("SELECT at, model, coalesce(run, 0) FROM refusal"):
        refusals += 1
        _add(buckets, int(str(at)), (model, run), {"refused": 1})
    breaches = [
        *_integrity(db),
        *damaged,
        *_compare_windows(windows, budgets, counters),
        *_compare_cache_rollups(db, version),
        *_compare_rollups(db, buckets, {5_000: max(pruned_to, fine_from), 60_000: pruned_to, 3_600_000: pruned_to}),
    ]
    return Verdict(calls, refusals, len(counters) + len(buckets), tuple(breaches))


def _journal(db: apsw.Connection) -> Iterator[dict[str, Any]]:
    columns = ", ".join(f"call.{column}" for column in journal.Row._fields)
    rows = db.execute(
        f"SELECT call.id, call.crc, provider, model.name, tag.name, run.name, coalesce(source.counted, 1), {columns}"
        " FROM call JOIN model ON model.id = call.model LEFT JOIN tag ON tag.id = call.tag"
        " LEFT JOIN run ON run.id = call.run LEFT JOIN source ON source.id = call.source"
    )
    for number, crc, provider, name, tag, run, counted, *values in rows:
        row: Any = journal.Row(*values)
        yield {
            "id": number,
            "crc": crc,
            "computed_crc": journal.checksum(row),
            "at": row.at,
            "state": CallState(row.state),
            "ok": row.ok,
            "model": row.model,
            "run": row.run or rollups.NO_RUN,
            "hold": row.hold,
            "cost": row.cost,
            "usage": row.usage,
            "subject": (provider, name, tag, run),
            "counted": counted,
        }


class _StoredWindows:
    """The counters as they stand, found by budget and instant."""

    def __init__(self, db: apsw.Connection) -> None:
        # What was pruned from the journal is taken off: the rest must be in it.
        self.rows: dict[tuple[int, int], tuple[int, int, int]] = {}
        self._per_budget: dict[int, list[Window]] = defaultdict(list)
        found: list[tuple[Any, ...]] = db.execute(
            "SELECT budget, start, end, spent - pruned, held, in_doubt FROM budget_window ORDER BY budget, start"
        ).fetchall()
        for budget, start, end, *counters in found:
            self.rows[budget, start] = (counters[0], counters[1], counters[2])
            self._per_budget[budget].append(Window(start, end))

    def start_of(self, stored: StoredBudget, at: int) -> int:
        """The start of the window in which an instant counts."""
        for window in reversed(self._per_budget[stored.id]):
            if at in window:
                return window.start
        return stored.budget.window_at(at).start


def _count_in_windows(
    row: dict[str, Any],
    budgets: tuple[StoredBudget, ...],
    windows: _StoredWindows,
    counters: dict[tuple[int, int], list[int]],
) -> None:
    if row["state"] is CallState.RELEASED or not row["counted"]:
        return
    for stored in budgets:
        if row["at"] < stored.since or not stored.budget.scope.matches(*row["subject"]):
            continue
        counter = counters[stored.id, windows.start_of(stored, row["at"])]
        unit = stored.budget.unit
        match row["state"]:
            case CallState.SETTLED:
                counter[0] += amounts(row["cost"] or 0, row["usage"]).in_unit(unit)
            case CallState.HELD:
                counter[1] += amounts(row["hold"], row["usage"]).in_unit(unit)
            case _:
                counter[2] += amounts(row["hold"], row["usage"]).in_unit(unit)


def _count_in_rollups(row: dict[str, Any], buckets: Counter[tuple[object, ...]]) -> None:
    usage: Usage = row["usage"]
    counted = {
        "calls": 1,
        "failed": 0 if row["ok"] else 1,
        "unpriced": 1 if row["cost"] is None else 0,
        "cost": row["cost"] or 0,
        "input": usage.input_tokens,
        "output": usage.output_tokens,
        "cached_input": usage.cached_input_tokens,
        "cache_write": usage.cache_write_tokens,
        "units": usage.calls,
    }
    _add(buckets, row["at"], (row["model"], row["run"]), counted)


def _add(buckets: Counter[tuple[object, ...]], at: int, key: tuple[object, object], counted: dict[str, int]) -> None:
    for span in schema.SPANS:
        start = at - at % span if span else 0
        for column, amount in counted.items():
            buckets[span, start, *key, column] += amount


def _integrity(db: apsw.Connection) -> Iterator[Breach]:
    for (finding,) in db.execute("PRAGMA integrity_check"):
        if finding != "ok":
            yield Breach("the file", finding, "ok")


def _compare_windows(
    windows: _StoredWindows, budgets: tuple[StoredBudget, ...], counters: dict[tuple[int, int], list[int]]
) -> Iterator[Breach]:
    by_id = {stored.id: stored for stored in budgets}
    for key in sorted(windows.rows.keys() | counters.keys()):
        stored = by_id.get(key[0])
        if stored is None or key[1] < stored.since:  # of a budget no longer in force
            continue
        there = windows.rows.get(key, (0, 0, 0))
        for name, said, computed in zip(("spent", "held", "in doubt"), there, counters.get(key, [0, 0, 0]), strict=True):
            if said != computed:
                yield Breach(f"budget '{stored.budget.name}', window from {key[1]}, {name}", said, computed)


def _compare_rollups(db: apsw.Connection, buckets: Counter[tuple[object, ...]], whole_from: dict[int, int]) -> Iterator[Breach]:
    """Over all time the rollups are the journal and what was pruned; of single buckets, those count that must be whole."""
    stored: dict[tuple[object, ...], int] = defaultdict(int)
    for row in db.execute(f"SELECT span, start, model, run, {', '.join(rollups.COLUMNS)} FROM rollup"):
        span, start = int(str(row[0])), int(str(row[1]))
        sign = -1 if span == schema.PRUNED else 1
        for column, value in zip(rollups.COLUMNS, row[4:], strict=True):
            stored[max(span, schema.ALL_TIME), start, row[2], row[3], column] += sign * int(str(value))
    for key in stored.keys() | buckets.keys():
        if int(str(key[1])) >= whole_from.get(int(str(key[0])), 0) and stored.get(key, 0) != buckets.get(key, 0):
            where = "rollup of {} ms from {}, model {}, run {}, {}".format(*key)
            yield Breach(where, stored.get(key, 0), buckets.get(key, 0))


def _compare_cache_rollups(db: apsw.Connection, version: int) -> Iterator[Breach]:
    """Hits have no journal, but the sums over all time must be those of the hours, which are never dropped."""
    yield from _compare_with_hours(db, "cache_rollup", ("cache",), cache_rollups.COLUMNS)
    if version >= cache_rollups.PROVIDERS_SINCE_SCHEMA:
        yield from _compare_with_hours(db, "cache_provider_rollup", ("cache", "provider"), cache_rollups.PROVIDER_COLUMNS)
        yield from _compare_with_providers(db)


def _compare_with_hours(db: apsw.Connection, table: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> Iterator[Breach]:
    names = ", ".join(keys)
    query = f"SELECT {names}, {', '.join(f'sum({column})' for column in columns)} FROM {table} WHERE span = ? GROUP BY {names}"
    in_all, in_hours = (
        {tuple(row[: len(keys)]): row[len(keys) :] for row in db.execute(query, (span,)).fetchall()}
        for span in (schema.ALL_TIME, 3_600_000)
    )
    nothing = (0,) * len(columns)
    for key in in_all.keys() | in_hours.keys():
        for column, said, computed in zip(columns, in_all.get(key, nothing), in_hours.get(key, nothing), strict=True):
            if said != computed:
                yield Breach(f"counts of cache {' with provider '.join(map(str, key))} over all time, {column}", said, computed)


def _compare_with_providers(db: apsw.Connection) -> Iterator[Breach]:
    """No provider can have been paid by more loads than there were, nor all of them more than was paid in all."""
    limits = {"max(part.hits)": "hits", "max(part.loads)": "priced", "sum(part.paid)": "paid", "sum(part.saved)": "saved"}
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT whole.cache, {', '.join(limits)}, {', '.join(f'whole.{column}' for column in limits.values())}"
        " FROM cache_provider_rollup AS part JOIN cache_rollup AS whole USING (span, start, cache)"
        f" WHERE span = {schema.ALL_TIME} GROUP BY whole.cache"
    ).fetchall()
    for cache, *figures in rows:
        for column, part, whole in zip(limits.values(), figures[: len(limits)], figures[len(limits) :], strict=True):
            if part > whole:
                yield Breach(f"counts of cache {cache} by provider, {column}", part, whole)
