"""A ledger with a long history, made in minutes: for benchmarks, and for whoever wants to see the app with much to show.

Rows are written in bulk; counters and rollups are then computed from them, so that ``budgetmon verify`` finds nothing.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from budgetmon.core.config.values import Config, Durability, ModelConfig
from budgetmon.core.ledger import journal, rollups, rule_book, schema, windows
from budgetmon.core.ledger.names import SubjectIds, interning
from budgetmon.core.ledger.values import Amounts, StoredBudget, Subject
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import NANOS_PER_USD
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.connection import open_writer
from budgetmon.core.tracker import UsageTracker

DAY = 86_400_000
HOUR = 3_600_000
MINUTE = 60_000

_FINE_HOURS = 3
_ROWS_PER_COMMIT = 200_000
_KINDS_OF_CALL = 4_096
_TAGS = 24
_FAILED_SHARE = 0.02
_MODELS_PER_PROVIDER = 2
_COLUMNS = ", ".join((*journal.Row._fields, "crc"))
_MARKS = ", ".join("?" * (len(journal.Row._fields) + 1))


@dataclass(frozen=True, slots=True)
class History:
    """What to make: ``calls`` over the last ``days``, made by ``workers`` that have ended, to ``models``.

    ``recent`` of them lie in the last hour, evenly, whatever the number of calls: two ledgers that differ only in
    ``calls`` have the same present. ``until`` is UTC milliseconds; the same ``seed`` makes the same calls.
    """

    calls: int
    days: int = 30
    models: int = 6
    workers: int = 8
    recent: int = 2_000
    until: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    seed: int = 1

    def __post_init__(self) -> None:
        if min(self.calls, self.days, self.models, self.workers) < 1 or not 0 <= self.recent <= self.calls:
            raise ValueError("a history needs at least one call, day, model and worker, and recent calls are among all calls")

    @property
    def since(self) -> int:
        """When it begins."""
        return self.until - self.days * DAY


def model_name(number: int) -> str:
    """The name of a generated model, counted from 0."""
    return f"model-{number + 1}"


def provider_name(number: int) -> str:
    """Who is paid for that model."""
    return f"provider-{number // _MODELS_PER_PROVIDER + 1}"


def history_config(database: Path, models: int) -> Config:
    """What a generated ledger goes with: prices of its models, a monthly budget per provider and two over all."""
    providers = sorted({provider_name(number) for number in range(models)})
    limit = 1_000_000_000 * NANOS_PER_USD
    return Config(
        database=database,
        zone="UTC",
        durability=Durability.PROCESS,
        models={model_name(number): ModelConfig(provider_name(number), _rates(number)) for number in range(models)},
        budgets=(
            *(Budget(f"{name} month", limit, Unit.USD, Period(Per.MONTH), "UTC", Scope(provider=name)) for name in providers),
            Budget("calls day", 1_000_000_000_000, Unit.CALLS, Period(Per.DAY), "UTC"),
            Budget("everything", limit, Unit.USD, Period(Per.MONTH), "UTC"),
        ),
    )


def generate(database: Path, history: History) -> Config:
    """Makes the ledger and returns the configuration that it goes with. The file must not exist yet.

    Takes some ten seconds per million calls. Raises FileExistsError and LedgerError.
    """
    if database.exists():
        raise FileExistsError(17, "a ledger is generated into a new file only", str(database))
    config = history_config(database, history.models)
    with UsageTracker(config=config):
        pass
    with closing(_Load(database, history)) as load:
        load.run()
    return config


class _Load:
    """One ledger being filled. Nobody else uses the file yet."""

    def __init__(self, database: Path, history: History) -> None:
        # A power cut while it is made costs a generated file, so nothing waits for the disk.
        self._db = open_writer(database, power_safe=False, busy_ms=0)
        self._db.execute("PRAGMA synchronous = OFF")
        self._history = history
        self._random = Random(history.seed)

    def close(self) -> None:
        """Closes the file, all of it in the database and none in the log."""
        self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._db.close()

    def run(self) -> None:
        """Fills the file."""
        db = self._db
        index = str(db.execute("SELECT sql FROM sqlite_schema WHERE name = 'call_at'").get)
        db.execute("DROP INDEX call_at")
        with db:
            workers = self._enlist()
            kinds = self._kinds(workers)
        self._journal(kinds)
        db.execute(index)
        with db:
            self._roll_up()
            self._count_in_windows()

    def _enlist(self) -> list[int]:
        history = self._history
        numbers: list[int] = []
        for number in range(history.workers):
            calls = history.calls // history.workers + (number < history.calls % history.workers)
            self._db.execute(
                "INSERT INTO worker (pid, host, command, engine, started_at, last_write_at, ended_at, calls)"
                " VALUES (?, 'generated', 'generate', 'generated', ?, ?, ?, ?)",
                (1_000 + number, history.since, history.until, history.until, calls),
            )
            numbers.append(self._db.last_insert_rowid())
        return numbers

    def _kinds(self, workers: list[int]) -> list[journal.Row]:
        """Calls to choose from, made at 0. Their workers come in turn."""
        return [self._kind(workers[number % len(workers)]) for number in range(_KINDS_OF_CALL * len(workers))]

    def _kind(self, worker: int) -> journal.Row:
        random = self._random
        number = random.randrange(self._history.models)
        rates = _rates(number)
        ids = self._ids(number, random.randrange(_TAGS + 1), rates)
        usage = Usage(input_tokens=int(random.lognormvariate(7, 0.9)), output_tokens=int(random.lognormvariate(5.8, 0.8)))
        cost = rates.cost(usage)
        return journal.Row(
            at=0,
            took=int(random.lognormvariate(7.3, 0.7)),
            state=int(CallState.SETTLED),
            ok=int(random.random() >= _FAILED_SHARE),
            model=ids.model,
            worker=worker,
            rates=ids.rates,
            tag=ids.tag,
            run=None,
            hold=2 * (cost or 0),
            cost=cost,
            input=usage.input_tokens,
            output=usage.output_tokens,
            cached_input=0,
            cache_write=0,
            calls=usage.calls,
            credits=0,
        )

    def _ids(self, number: int, tag: int, rates: Rates) -> SubjectIds:
        subject = Subject(provider_name(number), model_name(number), f"tag-{tag}" if tag else None)
        return interning(subject, rates, self._history.since)(self._db)

    def _journal(self, kinds: list[journal.Row]) -> None:
        rows = self._rows(kinds)
        left = self._history.calls
        while left > 0:
            batch = min(left, _ROWS_PER_COMMIT)
            with self._db:
                self._db.executemany(f"INSERT INTO call ({_COLUMNS}) VALUES ({_MARKS})", islice(rows, batch))
            left -= batch

    def _rows(self, kinds: list[journal.Row]) -> Iterator[tuple[Any, ...]]:
        checksum = journal.checksum
        for kind, at in zip(cycle(kinds), self._instants(), strict=False):
            row = (at, *kind[1:])
            yield (*row, checksum(row))

    def _instants(self) -> Iterator[int]:
        history = self._history
        last_hour = history.until - HOUR
        old = history.calls - history.recent
        for number in range(old):
            yield history.since + number * (last_hour - history.since) // old
        for number in range(history.recent):
            yield last_hour + number * HOUR // history.recent

    def _roll_up(self) -> None:
        history = self._history
        sums = (
            "count(*), sum(NOT ok), 0, sum(cost IS NULL), sum(coalesce(cost, 0)), sum(input), sum(output), sum(cached_input),"
            " sum(cache_write), sum(calls)"
        )
        add = f"INSERT INTO rollup (span, start, model, run, {', '.join(rollups.COLUMNS)})"
        fine_since = history.until - history.until % HOUR - _FINE_HOURS * HOUR
        for span in sorted(schema.SPANS):
            if 0 < span <= MINUTE:
                since = fine_since if span < MINUTE else 0
                self._db.execute(
                    f"{add} SELECT ?1, at - at % ?1 AS start, model, 0, {sums} FROM call WHERE at >= ?2 GROUP BY start, model",
                    (span, since),
                )
        self._db.execute("UPDATE ledger SET fine_from = max(fine_from, ?)", (fine_since,))
        folded = ", ".join(f"sum({column})" for column in rollups.COLUMNS)
        for span in schema.SPANS:
            if span == schema.ALL_TIME or span > MINUTE:
                start = f"start - start % {span}" if span else "0"
                self._db.execute(
                    f"{add} SELECT {span}, {start} AS bucket, model, 0, {folded} FROM rollup WHERE span = {MINUTE}"
                    " GROUP BY bucket, model"
                )

    def _count_in_windows(self) -> None:
        """The budgets' windows are days and months in UTC, so whole hours make them up."""
        hours: list[tuple[Any, ...]] = self._db.execute(
            "SELECT provider, name, start, sum(cost), sum(units), sum(input + output + cached_input + cache_write)"
            " FROM rollup JOIN model ON model.id = model WHERE span = ? GROUP BY model.id, start",
            (HOUR,),
        ).fetchall()
        for stored in rule_book.read_budgets(self._db):
            self._count(stored, hours)

    def _count(self, stored: StoredBudget, hours: list[tuple[Any, ...]]) -> None:
        budget = stored.budget
        self._db.execute("UPDATE budget SET since = ? WHERE id = ?", (budget.window_at(self._history.since).start, stored.id))
        for provider, model, start, *spent in hours:
            if budget.scope.matches(provider, model, None, None):
                windows.add(self._db, stored, budget.window_at(start), spent=Amounts(*spent).in_unit(budget.unit))


def _rates(number: int) -> Rates:
    usd = NANOS_PER_USD
    return Rates(input=(number + 1) * usd, output=(number + 1) * 4 * usd, per_call=usd // 1_000, source="generated")
