"""Admission: may a call go ahead? Checks every matching budget and sets the worst case aside, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import apsw

from budgetmon.core.ledger import journal, rollups, windows
from budgetmon.core.ledger.journal import Posting
from budgetmon.core.ledger.values import Amounts, Hold, Paused, Subject, amounts
from budgetmon.core.rules.admission import Holder, Receipt, fits
from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.usage import Usage

# A receipt names the largest holders, not all of them.
_MOST_HOLDERS = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What a call asks for: at most ``nanos`` for ``usage``."""

    subject: Subject
    usage: Usage
    nanos: int

    @property
    def asked(self) -> Amounts:
        """What is to be set aside, in every unit."""
        return amounts(self.nanos, self.usage)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal under way: the standing of the budget that has no room, None when the provider is paused."""

    standing: windows.Standing | None
    receipt: Receipt | Paused


def admit(posting: Posting, request: Request, sweep: Callable[[], bool]) -> Hold | Refusal:
    """Places the hold, or says why not; stores nothing about a refusal.

    ``sweep`` gives up the holds of dead workers and says whether there were any: before a refusal it is asked to, and
    the answer may change.
    """
    outcome = _try(posting, request)
    if isinstance(outcome, Refusal) and outcome.standing and sweep():
        outcome = _try(posting, request)
    return outcome


def _try(posting: Posting, request: Request) -> Hold | Refusal:
    subject = request.subject
    if subject.provider in posting.rules.paused:
        return Refusal(None, Paused(subject.provider, subject.model))
    counted, at = windows.standings(posting.db, journal.matching(posting.rules.budgets, subject), posting.now)
    short = first_short(counted, request.asked)
    if short is None:
        return journal.place_hold(posting, counted, at, subject, request.usage, request.nanos)
    return Refusal(short, receipt(posting.db, short, subject, request.asked))


def first_short(counted: Sequence[windows.Standing], asked: Amounts) -> windows.Standing | None:
    """The first blocking budget without room for ``asked``; None when all have room."""
    for standing in counted:
        budget = standing.stored.budget
        if budget.blocks and not fits(budget.limit, standing.position, asked.in_unit(budget.unit)):
            return standing
    return None


def receipt(db: apsw.Connection, short: windows.Standing, subject: Subject, asked: Amounts) -> Receipt:
    """The arithmetic of a budget that has no room for ``asked``."""
    budget, position = short.stored.budget, short.position
    amount = asked.in_unit(budget.unit)
    return Receipt(
        budget=budget.name,
        unit=budget.unit,
        limit=budget.limit,
        window=short.window,
        spent=position.spent,
        held=position.held,
        in_doubt=position.in_doubt,
        asked=amount,
        provider=subject.provider,
        model=subject.model,
        tag=subject.tag,
        frees_at=windows.frees_at(db, short, amount),
        holders=_holders(db, short) if position.held else (),
    )


def store_refusal(posting: Posting, refusal: Refusal, asked: int) -> None:
    """Keeps the receipt. Of a refusal by a pause, ``asked`` nanos are all there is to keep."""
    ids, short = posting.ids, refusal.standing
    kept: tuple[object, ...] = (None, posting.now, posting.now, 0, 0, 0, 0, asked, None, None)
    if short is not None and isinstance(refusal.receipt, Receipt):
        paper = refusal.receipt
        kept = (
            short.stored.id,
            paper.window.start,
            paper.window.end,
            paper.limit,
            paper.spent,
            paper.held,
            paper.in_doubt,
            paper.asked,
            paper.frees_at,
            json.dumps([astuple(holder) for holder in paper.holders]) if paper.holders else None,
        )
    at = max(posting.now, short.window.start) if short is not None else posting.now
    posting.db.execute(
        "INSERT INTO refusal (at, model, worker, tag, run, budget, window_start, window_end,"
        " amount, spent, held, in_doubt, asked, frees_at, holders)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (at, ids.model, posting.worker, ids.tag, ids.run, *kept),
    )
    rollups.add_refusal(posting.db, at, ids.model, ids.run)


def _holders(db: apsw.Connection, short: windows.Standing) -> tuple[Holder, ...]:
    """Who holds most of the budget now."""
    budget = short.stored.budget
    amount = {Unit.USD: "hold", Unit.CALLS: "call.calls", Unit.TOKENS: "input + output + cached_input + cache_write"}
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT worker.id, pid, sum({amount[budget.unit]}) AS amount FROM call INDEXED BY call_open"
        " JOIN worker ON worker.id = call.worker JOIN model ON model.id = call.model"
        " LEFT JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run"
        " WHERE state = 0 AND state IN (0, 3) AND model.provider = coalesce(?1, model.provider)"
        " AND model.name = coalesce(?2, model.name) AND tag.name IS coalesce(?3, tag.name)"
        " AND run.name IS coalesce(?4, run.name) GROUP BY worker.id ORDER BY amount DESC LIMIT ?5",
        (*astuple(budget.scope), _MOST_HOLDERS),
    ).fetchall()
    return tuple(Holder(*row) for row in rows)
