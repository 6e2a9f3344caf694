"""The journal: one row per call, from hold to settle, release or in doubt. Everything else can be rebuilt from it.

Each function is one piece of work inside a write transaction; together with the row it moves the counters of every
budget that counts the call, so that they agree at every commit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from budgetmon.core.ledger import rollups, windows
from budgetmon.core.ledger.names import SubjectIds
from budgetmon.core.ledger.values import Amounts, Charge, Hold, StoredBudget, Subject
from budgetmon.core.rules.admission import Receipt, fits
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.usage import Usage

_INSERT = (
    "INSERT INTO call (at, took, state, ok, model, worker, rates, tag, run, hold, cost,"
    " input, output, cached_input, cache_write, calls, credits)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_END = (
    "UPDATE call SET took = max(0, ? - at), state = ?, ok = ?, rates = ?, cost = ?,"
    " input = ?, output = ?, cached_input = ?, cache_write = ?, calls = ?, credits = ? WHERE id = ?"
)


@dataclass(frozen=True, slots=True)
class Posting:
    """One write under way: its transaction, the budgets in force, who writes, the numbers of the call's names, and when."""

    db: apsw.Connection
    budgets: Sequence[StoredBudget]
    worker: int
    ids: SubjectIds
    now: int


def matching(budgets: Sequence[StoredBudget], subject: Subject) -> list[StoredBudget]:
    """The budgets that count a call for ``subject``."""
    return [
        stored for stored in budgets if stored.budget.scope.matches(subject.provider, subject.model, subject.tag, subject.run)
    ]


def admit(posting: Posting, subject: Subject, usage: Usage, nanos: int) -> Hold | Receipt:
    """Sets the worst case aside in every matching budget, or in none: then stores and returns the receipt."""
    counted, at = windows.standings(posting.db, matching(posting.budgets, subject), posting.now)
    asked = Amounts(nanos, usage.calls, usage.tokens)
    refused = first_refusal(counted, subject, asked)
    if refused:
        standing, receipt = refused
        _store_refusal(posting, standing, receipt, at)
        return receipt
    posting.db.execute(
        _INSERT,
        (
            at,
            None,
            CallState.HELD,
            1,
            posting.ids.model,
            posting.worker,
            posting.ids.rates,
            posting.ids.tag,
            posting.ids.run,
            nanos,
            None,
            *_counts(usage),
        ),
    )
    hold = Hold(posting.db.last_insert_rowid(), at, subject, usage, nanos)
    for standing in counted:
        windows.add(posting.db, standing.stored, standing.window, held=asked)
    return hold


def first_refusal(
    counted: Sequence[windows.Standing], subject: Subject, asked: Amounts
) -> tuple[windows.Standing, Receipt] | None:
    """The first blocking budget without room for ``asked``, and its receipt; None when all have room."""
    for standing in counted:
        budget = standing.stored.budget
        amount = asked.in_unit(budget.unit)
        if budget.blocks and not fits(budget.limit, standing.position, amount):
            position = standing.position
            receipt = Receipt(
                budget=budget.name,
                unit=budget.unit,
                limit=budget.limit,
                window=standing.window,
                spent=position.spent,
                held=position.held,
                in_doubt=position.in_doubt,
                asked=amount,
                provider=subject.provider,
                model=subject.model,
                tag=subject.tag,
            )
            return standing, receipt
    return None


def settle(posting: Posting, hold: Hold, charge: Charge) -> CallState:
    """Books the actual cost of a held or doubtful call. The state before: SETTLED means that the first charge stands."""
    before = _state(posting.db, hold.id)
    if before is CallState.SETTLED:
        return before
    posting.db.execute(
        _END, (posting.now, CallState.SETTLED, charge.ok, posting.ids.rates, charge.cost, *_counts(charge.usage), hold.id)
    )
    _move(posting, hold, before, spent=charge.amounts)
    rollups.add_charge(posting.db, hold.at, posting.ids.model, posting.ids.run, charge)
    return before


def release(posting: Posting, hold: Hold) -> CallState:
    """Gives a hold back: the call was certainly not billed. The state before: SETTLED and RELEASED stay as they are."""
    before = _state(posting.db, hold.id)
    if before in (CallState.HELD, CallState.IN_DOUBT):
        posting.db.execute(_END, (posting.now, CallState.RELEASED, 0, posting.ids.rates, 0, *_counts(hold.usage), hold.id))
        _move(posting, hold, before)
    return before


def put_in_doubt(posting: Posting, hold: Hold) -> CallState:
    """Marks a held call whose outcome nobody knows: its hold goes on counting. The state before; others than HELD stay."""
    before = _state(posting.db, hold.id)
    if before is CallState.HELD:
        posting.db.execute(_END, (posting.now, CallState.IN_DOUBT, 0, posting.ids.rates, None, *_counts(hold.usage), hold.id))
        _move(posting, hold, before, in_doubt=hold.amounts)
    return before


def record(posting: Posting, subject: Subject, charge: Charge) -> int:
    """Books a call after the fact, whatever the budgets say. Its number."""
    counted, at = windows.standings(posting.db, matching(posting.budgets, subject), posting.now)
    posting.db.execute(
        _INSERT,
        (
            at,
            0,
            CallState.SETTLED,
            charge.ok,
            posting.ids.model,
            posting.worker,
            posting.ids.rates,
            posting.ids.tag,
            posting.ids.run,
            0,
            charge.cost,
            *_counts(charge.usage),
        ),
    )
    number = posting.db.last_insert_rowid()
    for standing in counted:
        windows.add(posting.db, standing.stored, standing.window, spent=charge.amounts)
    rollups.add_charge(posting.db, at, posting.ids.model, posting.ids.run, charge)
    return number


def _state(db: apsw.Connection, call: int) -> CallState:
    return CallState(db.execute("SELECT state FROM call WHERE id = ?", (call,)).get)


def _move(
    posting: Posting,
    hold: Hold,
    before: CallState,
    *,
    spent: Amounts = windows.NOTHING,
    in_doubt: Amounts = windows.NOTHING,
) -> None:
    """Takes the hold out of the counter it stood in and adds what became of it, in the window in which it was made."""
    for stored in matching(posting.budgets, hold.subject):
        windows.add(
            posting.db,
            stored,
            windows.window_of(posting.db, stored, hold.at),
            spent=spent,
            in_doubt=in_doubt,
            taken_from_held=hold.amounts if before is CallState.HELD else windows.NOTHING,
            taken_from_doubt=hold.amounts if before is CallState.IN_DOUBT else windows.NOTHING,
        )


def _store_refusal(posting: Posting, standing: windows.Standing, receipt: Receipt, at: int) -> None:
    posting.db.execute(
        "INSERT INTO refusal (at, model, worker, tag, run, budget, window_start, window_end,"
        " amount, spent, held, in_doubt, asked) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            at,
            posting.ids.model,
            posting.worker,
            posting.ids.tag,
            posting.ids.run,
            standing.stored.id,
            receipt.window.start,
            receipt.window.end,
            receipt.limit,
            receipt.spent,
            receipt.held,
            receipt.in_doubt,
            receipt.asked,
        ),
    )
    rollups.add_refusal(posting.db, at, posting.ids.model, posting.ids.run)


def _counts(usage: Usage) -> tuple[int, int, int, int, int, int]:
    return (
        usage.input_tokens,
        usage.output_tokens,
        usage.cached_input_tokens,
        usage.cache_write_tokens,
        usage.calls,
        usage.credits,
    )
