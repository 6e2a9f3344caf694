"""Giving up what nobody will end any more: holds of dead workers, and doubts whose windows are over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw

from budgetmon.core.ledger import journal, windows
from budgetmon.core.ledger.journal import Posting
from budgetmon.core.ledger.rule_book import Rules
from budgetmon.core.ledger.values import Charge, Hold
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.doubts import DoubtPolicy, InDoubt, OnDeath
from budgetmon.core.rules.prices import UNPRICED

# A sweep must not hold up the others; what is left waits for the next one.
_MOST_AT_ONCE = 500


def sweep(
    db: apsw.Connection,
    rules: Rules,
    worker: int,
    now: int,
    policy: DoubtPolicy,
    is_alive: Callable[[int], bool],
) -> int:
    """Ends the holds of workers that died and, by policy, old doubts. How many calls that were.

    Live workers' holds are never touched, however slow the call: ``is_alive`` asks the kernel.
    """
    done = 0
    for owner in _holding(db):
        if owner == worker or is_alive(owner):
            continue
        for call in _calls(db, CallState.HELD, owner):
            _give_up(db, rules, worker, now, call, release=policy.on_death is OnDeath.RELEASE)
            done += 1
    if policy.after_window is not InDoubt.KEEP:
        done += _resolve_old(db, rules, worker, now, policy.after_window)
    return done


def resolve(db: apsw.Connection, rules: Rules, worker: int, now: int, call: int, verdict: InDoubt) -> CallState | None:
    """Ends one call in doubt by an operator's word: charged what was held, or released. None when there is no such call.

    The state before; others than IN_DOUBT are left as they are.
    """
    found = journal.find(db, call)
    if found is None:
        return None
    hold, ids, state = found
    if state is CallState.IN_DOUBT:
        _end(Posting(db, rules, worker, ids, now), hold, verdict)
    return state


def _holding(db: apsw.Connection) -> list[int]:
    """Workers that hold money: found in the index of open calls, without reading any call."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT DISTINCT worker FROM call INDEXED BY call_open WHERE state = 0 AND state IN (0, 3)"
    ).fetchall()
    return [row[0] for row in rows]


def _calls(db: apsw.Connection, state: CallState, owner: int | None = None) -> list[int]:
    where = "" if owner is None else f" AND worker = {owner:d}"
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT id FROM call INDEXED BY call_open WHERE state = ? AND state IN (0, 3){where} LIMIT ?",
        (int(state), _MOST_AT_ONCE),
    ).fetchall()
    return [row[0] for row in rows]


def _give_up(db: apsw.Connection, rules: Rules, worker: int, now: int, call: int, *, release: bool) -> None:
    found = journal.find(db, call)
    if found is None:
        return
    hold, ids, _ = found
    posting = Posting(db, rules, worker, ids, now)
    if release:
        journal.release(posting, hold)
    else:
        journal.put_in_doubt(posting, hold)


def _resolve_old(db: apsw.Connection, rules: Rules, worker: int, now: int, verdict: InDoubt) -> int:
    done = 0
    for call in _calls(db, CallState.IN_DOUBT):
        found = journal.find(db, call)
        if found is None:
            continue
        hold, ids, _ = found
        counting = journal.matching(rules.budgets, hold.subject)
        if counting and all(windows.is_over(db, stored, hold.at, now) for stored in counting):
            _end(Posting(db, rules, worker, ids, now), hold, verdict)
            done += 1
    return done


def _end(posting: Posting, hold: Hold, verdict: InDoubt) -> None:
    if verdict is InDoubt.RELEASE:
        journal.release(posting, hold)
    else:
        journal.settle(posting, hold, Charge(hold.usage, hold.nanos, UNPRICED, ok=False))
