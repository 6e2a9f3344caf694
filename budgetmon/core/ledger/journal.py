"""The journal: one row per call, from hold to settle, release or in doubt. Everything else can be rebuilt from it.

Each function is one piece of work inside a write transaction; together with the row it moves the counters of every
budget that counts the call, so that they agree at every commit.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import apsw

from budgetmon.core.ledger import rollups, windows
from budgetmon.core.ledger.names import SubjectIds
from budgetmon.core.ledger.rule_book import Rules
from budgetmon.core.ledger.values import Amounts, Charge, Hold, StoredBudget, Subject
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.usage import Usage


class Row(NamedTuple):
    """One call as it is stored, but for its number and its checksum. Integers and None only."""

    at: int
    took: int | None
    state: int
    ok: int
    model: int
    worker: int
    rates: int
    tag: int | None
    run: int | None
    hold: int
    cost: int | None
    input: int
    output: int
    cached_input: int
    cache_write: int
    calls: int
    credits: int
    source: int | None = None

    @property
    def usage(self) -> Usage:
        """What the call used; while it is open, what it was expected to use at most."""
        return Usage(self.input, self.output, self.cached_input, self.cache_write, self.calls, self.credits)


_COLUMNS = ", ".join(Row._fields)
_INSERT = f"INSERT INTO call ({_COLUMNS}, crc) VALUES ({', '.join('?' * len(Row._fields))}, ?)"
# What the end of a call changes. Naming the rest, too, would rewrite the index of times at each settlement.
_ENDING = ("took", "state", "ok", "rates", "cost", "input", "output", "cached_input", "cache_write", "calls", "credits")
_ENDING_OF = itemgetter(*(Row._fields.index(column) for column in _ENDING))
_UPDATE = f"UPDATE call SET {', '.join(f'{column} = ?' for column in _ENDING)}, crc = ? WHERE id = ?"
_SELECT = f"SELECT {_COLUMNS} FROM call WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Posting:
    """One write under way: its transaction, the rules in force, who writes, the numbers of the call's names, and when."""

    db: apsw.Connection
    rules: Rules
    worker: int
    ids: SubjectIds
    now: int


def checksum(row: tuple[int | None, ...]) -> int:
    """What is stored beside a row, so that damage that SQLite does not notice is noticed."""
    return zlib.crc32(repr(tuple(row)).encode())


def matching(budgets: Sequence[StoredBudget], subject: Subject) -> list[StoredBudget]:
    """The budgets that count a call for ``subject``."""
    return [
        stored for stored in budgets if stored.budget.scope.matches(subject.provider, subject.model, subject.tag, subject.run)
    ]


def place_hold(
    posting: Posting, counted: Sequence[windows.Standing], at: int, subject: Subject, usage: Usage, nanos: int
) -> Hold:
    """Sets the worst case aside in every budget that counts the call. They must have room for it."""
    row = _row(posting, at, None, CallState.HELD, usage, ok=True, hold=nanos, cost=None)
    number = _insert(posting.db, row)
    hold = Hold(number, at, subject, usage, nanos, {standing.stored.id: standing.window for standing in counted})
    held = hold.amounts
    for standing in counted:
        stored = standing.stored
        windows.add(posting.db, stored, standing.window, held=held.in_unit(stored.budget.unit))
    return hold


def settle(posting: Posting, hold: Hold, charge: Charge) -> CallState:
    """Books the actual cost of a call. The state before: SETTLED means that the first charge stands.

    A settlement that comes after others gave the call up, because its worker was thought dead, corrects them.
    """
    row = _read(posting.db, hold.id)
    before = CallState(row.state)
    if before is CallState.SETTLED:
        return before
    usage = charge.usage
    ended = _ended(row, posting.now, CallState.SETTLED, charge.ok, charge.cost)._replace(
        rates=posting.ids.rates,
        input=usage.input_tokens,
        output=usage.output_tokens,
        cached_input=usage.cached_input_tokens,
        cache_write=usage.cache_write_tokens,
        calls=usage.calls,
        credits=usage.credits,
    )
    _update(posting.db, hold.id, ended)
    _move(posting, hold, before, spent=charge.amounts)
    rollups.add_charge(posting.db, hold.at, row.model, row.run, charge)
    return before


def release(posting: Posting, hold: Hold) -> CallState:
    """Gives a hold back: the call was certainly not billed. The state before: SETTLED and RELEASED stay as they are."""
    row = _read(posting.db, hold.id)
    before = CallState(row.state)
    if before in (CallState.HELD, CallState.IN_DOUBT):
        _update(posting.db, hold.id, _ended(row, posting.now, CallState.RELEASED, ok=False, cost=0))
        _move(posting, hold, before)
    return before


def put_in_doubt(posting: Posting, hold: Hold) -> CallState:
    """Marks a held call whose outcome nobody knows: its hold goes on counting. The state before; others than HELD stay."""
    row = _read(posting.db, hold.id)
    before = CallState(row.state)
    if before is CallState.HELD:
        _update(posting.db, hold.id, _ended(row, posting.now, CallState.IN_DOUBT, ok=False, cost=None))
        _move(posting, hold, before, in_doubt=hold.amounts)
    return before


def record(posting: Posting, subject: Subject, charge: Charge) -> Hold:
    """Books a call after the fact, whatever the budgets say: a call with nothing set aside."""
    counted, at = windows.standings(posting.db, matching(posting.rules.budgets, subject), posting.now)
    row = _row(posting, at, 0, CallState.SETTLED, charge.usage, ok=charge.ok, hold=0, cost=charge.cost)
    number = _insert(posting.db, row)
    hold = Hold(number, at, subject, charge.usage, 0, {standing.stored.id: standing.window for standing in counted})
    _move(posting, hold, CallState.SETTLED, spent=charge.amounts)
    rollups.add_charge(posting.db, at, row.model, row.run, charge)
    return hold


def _move(
    posting: Posting, hold: Hold, before: CallState, *, spent: Amounts | None = None, in_doubt: Amounts | None = None
) -> None:
    """Takes a call out of the counter it stood in and puts it where it belongs now, in the window in which it was made."""
    db = posting.db
    held = hold.amounts
    for stored in matching(posting.rules.budgets, hold.subject):
        unit = stored.budget.unit
        window = hold.windows.get(stored.id) or windows.window_of(db, stored, hold.at)
        was = held.in_unit(unit)
        spends = spent.in_unit(unit) if spent else 0
        doubts = in_doubt.in_unit(unit) if in_doubt else 0
        total = windows.add(
            db,
            stored,
            window,
            spent=spends,
            held=-was if before is CallState.HELD else 0,
            in_doubt=doubts - was if before is CallState.IN_DOUBT else doubts,
        )
        if spends and stored.budget.warn_at:
            windows.note_crossings(db, stored, window, spends, total, posting.now)


def find(db: apsw.Connection, call: int) -> tuple[Hold, SubjectIds, CallState] | None:
    """A call as its own worker knew it, for those who end it in its place; None when there is none of that number."""
    names: tuple[Any, ...] | None = db.execute(
        "SELECT provider, model.name, tag.name, run.name FROM call JOIN model ON model.id = call.model"
        " LEFT JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run WHERE call.id = ?",
        (call,),
    ).fetchone()
    if names is None:
        return None
    row = _read(db, call)
    hold = Hold(call, row.at, Subject(*names), row.usage, row.hold, {})
    return hold, SubjectIds(row.model, row.tag, row.run, row.rates), CallState(row.state)


def _row(
    posting: Posting, at: int, took: int | None, state: CallState, usage: Usage, *, ok: bool, hold: int, cost: int | None
) -> Row:
    ids = posting.ids
    return Row(
        at,
        took,
        int(state),
        int(ok),
        ids.model,
        posting.worker,
        ids.rates,
        ids.tag,
        ids.run,
        hold,
        cost,
        usage.input_tokens,
        usage.output_tokens,
        usage.cached_input_tokens,
        usage.cache_write_tokens,
        usage.calls,
        usage.credits,
    )


def _ended(row: Row, now: int, state: CallState, ok: bool, cost: int | None) -> Row:
    return row._replace(took=max(0, now - row.at), state=int(state), ok=int(ok), cost=cost)


def _insert(db: apsw.Connection, row: Row) -> int:
    db.execute(_INSERT, (*row, checksum(row)))
    return db.last_insert_rowid()


def _update(db: apsw.Connection, call: int, row: Row) -> None:
    db.execute(_UPDATE, (*_ENDING_OF(row), checksum(row), call))


def _read(db: apsw.Connection, call: int) -> Row:
    found: tuple[Any, ...] | None = db.execute(_SELECT, (call,)).fetchone()
    if found is None:
        raise LookupError(f"there is no call {call} in this ledger any more")
    return Row(*found)
