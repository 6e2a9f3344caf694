"""Numbers for names: models, tags, runs, rates and caches are stored once, and rows refer to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass

import apsw

from budgetmon.core.ledger.values import Subject
from budgetmon.core.rules.prices import Rates

_RATES_COLUMNS = "input, output, cached_input, cache_write, per_call, per_credit, source"


@dataclass(frozen=True, slots=True)
class SubjectIds:
    """The numbers of a subject's names and of the rates that it is charged at."""

    model: int
    tag: int | None
    run: int | None
    rates: int


class Names:
    """Looks numbers up and gives new ones. Remembers only what is committed, so that a rollback cannot leave a wrong one.

    Safe between threads: entries are only ever added, and two that add the same one add the same value.
    """

    def __init__(self) -> None:
        self._models: dict[tuple[str, str], int] = {}
        self._tags: dict[str, int] = {}
        self._runs: dict[str, int] = {}
        self._rates: dict[Rates, int] = {}

    def known(self, subject: Subject, rates: Rates) -> SubjectIds | None:
        """The numbers if all are remembered; otherwise ``intern`` in a transaction of its own finds or makes them."""
        model = self._models.get((subject.provider, subject.model))
        rate = self._rates.get(rates)
        tag = None if subject.tag is None else self._tags.get(subject.tag)
        run = None if subject.run is None else self._runs.get(subject.run)
        if model is None or rate is None or (tag is None) != (subject.tag is None) or (run is None) != (subject.run is None):
            return None
        return SubjectIds(model, tag, run, rate)

    def remember(self, subject: Subject, rates: Rates, ids: SubjectIds) -> None:
        """To be called once the transaction that interned is committed."""
        self._models[subject.provider, subject.model] = ids.model
        self._rates[rates] = ids.rates
        if subject.tag is not None and ids.tag is not None:
            self._tags[subject.tag] = ids.tag
        if subject.run is not None and ids.run is not None:
            self._runs[subject.run] = ids.run


def interning(subject: Subject, rates: Rates, now: int) -> Callable[[apsw.Connection], SubjectIds]:
    """A piece of work that finds or makes all numbers of a subject."""

    def work(db: apsw.Connection) -> SubjectIds:
        return SubjectIds(
            model=_number(db, "model", {"provider": subject.provider, "name": subject.model}),
            tag=None if subject.tag is None else _number(db, "tag", {"name": subject.tag}),
            run=None if subject.run is None else run_number(db, subject.run, now),
            rates=_rates_number(db, rates),
        )

    return work


def cache_number(db: apsw.Connection, name: str) -> int:
    """The number of a named cache."""
    return _number(db, "cache", {"name": name})


def run_number(db: apsw.Connection, name: str, now: int) -> int:
    """The number of a run; one that nobody has started by a profile begins here."""
    return _number(db, "run", {"name": name}, {"started_at": now})


def _number(db: apsw.Connection, table: str, key: dict[str, str], more: dict[str, int] | None = None) -> int:
    where = " AND ".join(f"{column} = ?" for column in key)
    row = db.execute(f"SELECT id FROM {table} WHERE {where}", tuple(key.values())).fetchone()
    if row:
        return int(row[0])
    values = {**key, **(more or {})}
    db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))
    return db.last_insert_rowid()


def _rates_number(db: apsw.Connection, rates: Rates) -> int:
    values = astuple(rates)
    where = " AND ".join(f"{column.strip()} IS ?" for column in _RATES_COLUMNS.split(","))
    row = db.execute(f"SELECT id FROM rates WHERE {where}", values).fetchone()
    if row:
        return int(row[0])
    db.execute(f"INSERT INTO rates ({_RATES_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    return db.last_insert_rowid()
