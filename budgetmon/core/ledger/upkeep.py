"""Keeping the ledger small: fine rollups go after hours; calls, refusals and pauses after the retention that was configured.
Totals stay.

One step is one short transaction; whoever has a moment takes the next. What leaves the journal is remembered in sums, so
that the books can still be proved.
"""

from __future__ import annotations

from typing import Any

import apsw

from budgetmon.core.ledger import journal, pause_log, rollups
from budgetmon.core.ledger.rule_book import Rules
from budgetmon.core.ledger.values import Amounts, StoredBudget, Subject
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Per

HOUR = 3_600_000
FINE_SPAN = 5_000
KEEP_FINE_FOR = 3 * HOUR
ROWS_PER_STEP = 1_000


def step(db: apsw.Connection, rules: Rules, now: int, retention: int | None) -> bool:
    """Does a little of what is due. Whether more is left. ``retention`` is in milliseconds, None for ever."""
    more = _drop_fine_rollups(db, now)
    pause_log.close_forgotten(db, now)
    if retention is not None:
        more |= _prune_journal(db, rules, now, retention)
    return more


def _drop_fine_rollups(db: apsw.Connection, now: int) -> bool:
    """Drops an hour's worth at most. Charts that look further back read minutes."""
    cut = now - KEEP_FINE_FOR
    cut -= cut % HOUR
    more = False
    for table in ("rollup", "cache_rollup", "cache_provider_rollup"):
        oldest = db.execute(f"SELECT min(start) FROM {table} WHERE span = ?", (FINE_SPAN,)).get
        if isinstance(oldest, int) and oldest < cut:
            until = min(cut, oldest + HOUR)
            db.execute(f"DELETE FROM {table} WHERE span = ? AND start < ?", (FINE_SPAN, until))
            more |= until < cut
            # From here on the fine rollups are whole; a call that settles late may still add to what was before.
            db.execute("UPDATE ledger SET fine_from = max(fine_from, ?)", (until,))
    return more


def _prune_journal(db: apsw.Connection, rules: Rules, now: int, retention: int) -> bool:
    horizon = _horizon(rules, now, retention)
    more = pause_log.prune(db, horizon, ROWS_PER_STEP)
    calls: list[tuple[Any, ...]] = db.execute(
        "SELECT call.id, at, state, ok, call.model, call.run, cost, input, output, cached_input, cache_write, calls,"
        " provider, model.name, tag.name, run.name, coalesce(source.counted, 1)"
        " FROM call INDEXED BY call_at JOIN model ON model.id = call.model LEFT JOIN tag ON tag.id = call.tag"
        " LEFT JOIN run ON run.id = call.run LEFT JOIN source ON source.id = call.source"
        " WHERE at < ? AND state IN (1, 2) ORDER BY at LIMIT ?",
        (horizon, ROWS_PER_STEP),
    ).fetchall()
    refusals: list[tuple[Any, ...]] = db.execute(
        "SELECT id, model, run FROM refusal WHERE at < ? ORDER BY id LIMIT ?", (horizon, ROWS_PER_STEP)
    ).fetchall()
    if not calls and not refusals:
        return more
    db.execute("UPDATE ledger SET pruned_to = max(pruned_to, ?)", (horizon,))
    for call in calls:
        _remember(db, rules, call)
    for _, model, run in refusals:
        rollups.remember_pruned(db, model, run, {"refused": 1})
    db.executemany("DELETE FROM call WHERE id = ?", [(row[0],) for row in calls])
    db.executemany("DELETE FROM refusal WHERE id = ?", [(row[0],) for row in refusals])
    return more or len(calls) == ROWS_PER_STEP or len(refusals) == ROWS_PER_STEP


def _horizon(rules: Rules, now: int, retention: int) -> int:
    """Calls made before this may go: none that a budget still counts, but for lifetimes, and whole hours only."""
    horizon = now - retention
    for stored in rules.budgets:
        period = stored.budget.period
        if period.per is Per.ROLLING:
            horizon = min(horizon, period.counted_since(now))
        elif period.per is not Per.LIFETIME:
            horizon = min(horizon, stored.budget.window_at(now).start)
    return horizon - horizon % HOUR


def _remember(db: apsw.Connection, rules: Rules, call: tuple[Any, ...]) -> None:
    _, at, state, ok, model, run, cost, *counts, provider, name, tag, run_name, counted = call
    if CallState(state) is not CallState.SETTLED:
        return
    tokens_in, tokens_out, cached, written, units = counts
    sums = {
        "calls": 1,
        "failed": 0 if ok else 1,
        "unpriced": 1 if cost is None else 0,
        "cost": cost or 0,
        "input": tokens_in,
        "output": tokens_out,
        "cached_input": cached,
        "cache_write": written,
        "units": units,
    }
    rollups.remember_pruned(db, model, run, sums)
    if counted:
        amounts = Amounts(cost or 0, units, tokens_in + tokens_out + cached + written)
        for stored in journal.matching(rules.budgets, Subject(provider, name, tag, run_name)):
            _remember_in_window(db, stored, at, amounts)


def _remember_in_window(db: apsw.Connection, stored: StoredBudget, at: int, amounts: Amounts) -> None:
    if at >= stored.since:
        db.execute(
            "UPDATE budget_window SET pruned = pruned + ? WHERE budget = ? AND start <= ? AND end > ?",
            (amounts.in_unit(stored.budget.unit), stored.id, at, at),
        )
