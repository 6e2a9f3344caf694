"""The rules in force, as the ledger holds them: budgets, and providers that are paused.

The ledger and not the config is what admission goes by: a config is one way of writing budgets into it. So every process
enforces the same ones, and each write transaction looks at a revision number to learn that they have changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import apsw

from budgetmon.core.ledger import pause_log, windows
from budgetmon.core.ledger.names import run_number
from budgetmon.core.ledger.values import StoredBudget, amounts
from budgetmon.core.rules.budgets import Budget, OnExceed, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.usage import Usage

_COLUMNS = "id, name, unit, per, reset_day, length, zone, provider, model, tag, run, amount, on_exceed, warn_at, since"
# The position of budgets that stand in no config.
_AFTER_ALL = 1_000_000
# A week, in milliseconds: what is capped by itself and not by a runner takes no longer.
_LONGEST_CAP = 7 * 24 * 3_600_000


@dataclass(frozen=True, slots=True)
class Rules:
    """What admission goes by: the budgets in force, and the providers that an operator has paused."""

    budgets: tuple[StoredBudget, ...]
    paused: frozenset[str]


class RuleBook:
    """The rules of one ledger as this process knows them. Used inside transactions only, so under the writer's turn."""

    def __init__(self) -> None:
        self._revision: int | None = None
        self._rules = Rules((), frozenset())

    def current(self, db: apsw.Connection) -> Rules:
        """The rules in force at this transaction."""
        revision = db.execute("SELECT rules_rev FROM ledger").get
        if revision != self._revision:
            self._rules = Rules(read_budgets(db), frozenset(read_pauses(db)))
            self._revision = revision
        return self._rules


def read_pauses(db: apsw.Connection) -> dict[str, int]:
    """The paused providers, and since when."""
    rows: list[tuple[Any, ...]] = db.execute("SELECT provider, at FROM pause ORDER BY provider").fetchall()
    return dict(rows)


def pause(db: apsw.Connection, provider: str, who: str, now: int) -> bool:
    """Turns every new call to ``provider`` away, in every process. Whether that changes anything."""
    db.execute("INSERT OR IGNORE INTO pause (provider, at, who) VALUES (?, ?, ?)", (provider, now, who))
    changed = _changed(db)
    if changed:
        pause_log.begin(db, provider, who, now)
    return changed


def resume(db: apsw.Connection, provider: str, who: str, now: int) -> bool:
    """Ends a pause, by an order of ``who``. Whether there was one."""
    lifted: tuple[Any, ...] | None = db.execute("SELECT at, who FROM pause WHERE provider = ?", (provider,)).fetchone()
    db.execute("DELETE FROM pause WHERE provider = ?", (provider,))
    changed = _changed(db)
    if lifted is not None:
        at, paused_by = lifted
        pause_log.end(db, provider, at, paused_by, who, now)
    return changed


def _changed(db: apsw.Connection) -> bool:
    changed = db.changes() > 0
    if changed:
        _tell_everybody(db)
    return changed


def _tell_everybody(db: apsw.Connection) -> None:
    # Random, not counted up: a revision that was seen and then rolled back must never come again with other content.
    db.execute("UPDATE ledger SET rules_rev = random()")


def read_budgets(db: apsw.Connection) -> tuple[StoredBudget, ...]:
    """The budgets in force, in the order of the config; those of runs under way follow."""
    return _stored(db, "retired_at IS NULL")


def read_configured(db: apsw.Connection) -> tuple[StoredBudget, ...]:
    """The budgets in force that a config has registered, without those of runs."""
    return _stored(db, "retired_at IS NULL AND of_run IS NULL")


def _stored(db: apsw.Connection, condition: str) -> tuple[StoredBudget, ...]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM budget WHERE {condition} ORDER BY position, id")
    return tuple(StoredBudget(row[0], _budget(row), row[-1]) for row in rows)


def begin_for_run(db: apsw.Connection, run: int, budget: Budget, now: int) -> None:
    """Puts ``budget`` in force for as long as a run goes on. No config that is registered meanwhile takes it away."""
    _start(db, budget, _AFTER_ALL, now, of_run=run)  # a run that begins has no calls yet, so nothing to count
    _tell_everybody(db)


def cap_run(db: apsw.Connection, run: str, budget: Budget, now: int) -> int:
    """Puts ``budget`` in force beside those of the config, for a run that ends it itself. Returns its number."""
    db.execute(  # those of runs that were killed, which nobody ends
        "UPDATE budget SET retired_at = ?1 WHERE retired_at IS NULL AND of_run IN"
        " (SELECT id FROM run WHERE status IS NULL AND started_at < ?1 - ?2)",
        (now, _LONGEST_CAP),
    )
    number = run_number(db, run, now)
    stored = _start(db, budget, _AFTER_ALL, now, of_run=number)
    began = int(str(db.execute("SELECT started_at FROM run WHERE id = ?", (number,)).get))
    _count_journal(db, replace(stored, since=began))
    _tell_everybody(db)
    return stored.id


def end(db: apsw.Connection, budget: int, now: int) -> None:
    """Ends one budget; one that has ended already stays as it is."""
    db.execute("UPDATE budget SET retired_at = ? WHERE id = ? AND retired_at IS NULL", (now, budget))
    _changed(db)


def end_for_run(db: apsw.Connection, run: int, now: int) -> None:
    """Ends the budgets of a run, if it has any."""
    db.execute("UPDATE budget SET retired_at = ? WHERE of_run = ? AND retired_at IS NULL", (now, run))
    _changed(db)


def register(db: apsw.Connection, budgets: Sequence[Budget], now: int) -> None:
    """Makes ``budgets`` the ones in force beside those of runs; does nothing when they already are.

    A budget that only changes its limit, its thresholds or what it does when exceeded keeps its counters. One that
    counts something else than before is a new one: its window in force is counted from the journal.
    """
    in_force = {stored.budget.name: stored for stored in read_configured(db)}
    if [stored.budget for stored in in_force.values()] == list(budgets):
        return
    wanted = {budget.name: budget for budget in budgets}
    for name, stored in in_force.items():
        if name not in wanted or _counts_differently(stored.budget, wanted[name]):
            db.execute("UPDATE budget SET retired_at = ? WHERE id = ?", (now, stored.id))
    for position, budget in enumerate(budgets):
        kept = in_force.get(budget.name)
        if kept and not _counts_differently(kept.budget, budget):
            db.execute(
                "UPDATE budget SET amount = ?, on_exceed = ?, warn_at = ?, position = ? WHERE id = ?",
                (budget.limit, budget.on_exceed, json.dumps(budget.warn_at), position, kept.id),
            )
        else:
            _count_journal(db, _start(db, budget, position, now))
    _tell_everybody(db)


def _counts_differently(one: Budget, other: Budget) -> bool:
    return (one.unit, one.period, one.zone, one.scope) != (other.unit, other.period, other.zone, other.scope)


def _start(db: apsw.Connection, budget: Budget, position: int, now: int, of_run: int | None = None) -> StoredBudget:
    scope = budget.scope
    period = budget.period
    since = period.counted_since(now) if period.per is Per.ROLLING else budget.window_at(now).start
    db.execute(
        f"INSERT INTO budget ({_COLUMNS.removeprefix('id, ')}, position, of_run)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            budget.name,
            budget.unit,
            period.per,
            period.reset_day,
            period.length,
            budget.zone,
            scope.provider,
            scope.model,
            scope.tag,
            scope.run,
            budget.limit,
            budget.on_exceed,
            json.dumps(budget.warn_at),
            since,
            position,
            of_run,
        ),
    )
    return StoredBudget(db.last_insert_rowid(), budget, since)


def _count_journal(db: apsw.Connection, stored: StoredBudget) -> None:
    """Adds up what the journal already holds for a new budget."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT call.at, call.state, call.hold, call.cost, call.input, call.output, call.cached_input, call.cache_write,"
        " call.calls, model.provider, model.name, tag.name, run.name"
        " FROM call JOIN model ON model.id = call.model LEFT JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run"
        " LEFT JOIN source ON source.id = call.source"
        " WHERE call.at >= ? AND call.state <> ? AND coalesce(source.counted, 1)",
        (stored.since, CallState.RELEASED),
    ).fetchall()
    for at, state, hold, cost, *counts, provider, model, tag, run in rows:
        if not stored.budget.scope.matches(provider, model, tag, run):
            continue
        usage = Usage(*counts)
        window = windows.window_of(db, stored, at)
        unit = stored.budget.unit
        match CallState(state):
            case CallState.SETTLED:
                windows.add(db, stored, window, spent=amounts(cost or 0, usage).in_unit(unit))
            case CallState.HELD:
                windows.add(db, stored, window, held=amounts(hold, usage).in_unit(unit))
            case CallState.IN_DOUBT:
                windows.add(db, stored, window, in_doubt=amounts(hold, usage).in_unit(unit))


def _budget(row: tuple[Any, ...]) -> Budget:
    _, name, unit, per, reset_day, length, zone, provider, model, tag, run, amount, on_exceed, warn_at, _ = row
    return Budget(
        name=name,
        limit=amount,
        unit=Unit(unit),
        period=Period(Per(per), reset_day, length),
        zone=zone,
        scope=Scope(provider, model, tag, run),
        on_exceed=OnExceed(on_exceed),
        warn_at=tuple(json.loads(warn_at)),
    )
