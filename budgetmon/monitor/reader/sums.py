"""Totals of providers and models, and where each budget stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import apsw

from budgetmon.core.ledger import rule_book, totals, windows
from budgetmon.core.ledger.cache_rollups import PROVIDERS_SINCE_SCHEMA
from budgetmon.core.ledger.totals import Sums
from budgetmon.core.rules.calls import CallState
from budgetmon.monitor import pace
from budgetmon.monitor.reader import history
from budgetmon.monitor.reader.past_steps import PastSteps
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus, NamedTotals, Totals
from budgetmon.monitor.spared import Spared

Key = tuple[str, str]


def read_models(db: apsw.Connection, since: int | None = None, until: int | None = None) -> tuple[NamedTotals, ...]:
    """Totals per model, over all time or a range; what is held and in doubt is that of now."""
    sums = totals.by_model(db, since, until)
    pending = _pending(db)
    return tuple(
        NamedTotals(model, provider, _totals(sums.get((provider, model), Sums()), pending.get((provider, model), {})))
        for provider, model in sorted(sums.keys() | pending.keys())
    )


def read_spared(db: apsw.Connection, schema: int, since: int | None = None, until: int | None = None) -> dict[str, Spared]:
    """What caches spared each provider, over the same time as ``read_models``; nothing is known of older ledgers."""
    if schema < PROVIDERS_SINCE_SCHEMA:
        return {}
    found = totals.by_provider_of_caches(db, since, until)
    return {name: Spared(one.hits, one.loads, one.paid, one.saved) for name, one in found.items()}


def providers_of(
    models: tuple[NamedTotals, ...], budgets: tuple[BudgetStatus, ...], spared: Mapping[str, Spared]
) -> tuple[NamedTotals, ...]:
    """Totals per provider; those that only a budget or a cache names are there with nothing spent."""
    names = {model.provider for model in models} | {b.scope.provider for b in budgets if b.scope.provider} | spared.keys()
    return tuple(
        NamedTotals(
            name,
            name,
            add_up(tuple(model for model in models if model.provider == name)),
            spared.get(name, Spared()),
        )
        for name in sorted(names)
    )


def add_up(parts: tuple[NamedTotals, ...]) -> Totals:
    """The sum of ``parts``."""
    columns = Totals.__dataclass_fields__
    return Totals(**{name: sum(getattr(part.totals, name) for part in parts) for name in columns})


def read_budgets(db: apsw.Connection, now: int, past: PastSteps) -> tuple[BudgetStatus, ...]:
    """Every budget in force, in the order of the config."""
    standings, _ = windows.standings(db, rule_book.read_budgets(db), now)
    return tuple(_status(db, standing, now, past) for standing in standings)


def _status(db: apsw.Connection, standing: windows.Standing, now: int, past: PastSteps) -> BudgetStatus:
    budget, position = standing.stored.budget, standing.position
    window = budget.period.view(standing.window, now)
    remaining = max(0, budget.limit - position.committed)
    burn_down = history.burn_down(db, budget, window, position.spent, now, past)
    return BudgetStatus(
        name=budget.name,
        scope=budget.scope,
        unit=budget.unit,
        limit=budget.limit,
        per=str(budget.period),
        on_exceed=budget.on_exceed,
        warn_at=budget.warn_at,
        window=window,
        spent=position.spent,
        held=position.held,
        in_doubt=position.in_doubt,
        remaining=remaining,
        state=_state(position.committed, budget.limit, budget.warn_at),
        pace=pace.pace_of(burn_down, window, remaining, now),
        burn_down=burn_down,
    )


def _state(committed: int, limit: int, warn_at: tuple[int, ...]) -> BudgetState:
    if committed >= limit:
        return BudgetState.EXHAUSTED
    if warn_at and committed * 100 >= limit * warn_at[0]:
        return BudgetState.WARNING
    return BudgetState.OK


def _pending(db: apsw.Connection) -> dict[Key, dict[CallState, int]]:
    """Nanos held and in doubt per model: few rows, found through the index of open calls."""
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT provider, name, state, sum(hold) FROM call INDEXED BY call_open JOIN model ON model.id = call.model"
        " WHERE state IN (0, 3) GROUP BY model.id, state"
    ).fetchall()
    pending: dict[Key, dict[CallState, int]] = {}
    for provider, model, state, nanos in rows:
        pending.setdefault((provider, model), {})[CallState(state)] = nanos
    return pending


def _totals(sums: Sums, pending: Mapping[CallState, int]) -> Totals:
    return Totals(
        calls=sums.calls,
        ok=sums.ok,
        failed=sums.failed,
        refused=sums.refused,
        input_tokens=sums.input_tokens,
        output_tokens=sums.output_tokens,
        cost=sums.cost,
        held=pending.get(CallState.HELD, 0),
        in_doubt=pending.get(CallState.IN_DOUBT, 0),
        unpriced_calls=sums.unpriced,
    )
