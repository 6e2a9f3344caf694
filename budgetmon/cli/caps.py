"""A budget for one piece of work alone: ``--budget`` of the verbs that spend."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import typer

from budgetmon.core.config.quantities import parse_limit
from budgetmon.core.config.values import Config
from budgetmon.core.rules.budgets import Budget, Scope
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.runs import RUN_VARIABLE
from budgetmon.core.tracker import UsageTracker


def run_name(verb: str) -> str:
    """The run that the calls of this process and its children belong to: the runner's, else one of this ``verb``'s own."""
    return os.environ.setdefault(RUN_VARIABLE, f"{verb} {datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}")


def capped(settings: Config, limit: str | None, verb: str) -> Config:
    """The config with a budget for this run alone. The caps of the verb's earlier runs go, so that they do not pile up.

    Opens the ledger, so that it is made and its budgets are in force before the first worker starts.
    """
    run = run_name(verb)
    with UsageTracker(config=settings) as tracker:
        others = tuple(budget for budget in tracker.budgets if not _is_cap(budget, verb))
    if limit is None:
        return settings
    try:
        amount, unit = parse_limit(limit)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--budget") from None
    cap = Budget(run, amount, unit, Period(Per.LIFETIME), settings.zone, Scope(run=run), warn_at=(50, 80, 95))
    return replace(settings, budgets=(*others, cap))


def _is_cap(budget: Budget, verb: str) -> bool:
    """Whether it is the cap of an earlier run of ``verb``, or that of a runner, which begins and ends it by itself."""
    run = budget.scope.run
    return run is not None and ((budget.name == run and run.startswith(f"{verb} ")) or budget.name == f"run {run}")
