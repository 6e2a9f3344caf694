"""A budget for one piece of work alone: ``--budget`` of the verbs that spend."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import typer

from budgetmon.core.config.quantities import parse_limit
from budgetmon.core.config.values import Config
from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.budgets import Budget, Scope
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.runs import RUN_VARIABLE
from budgetmon.core.tracker import UsageTracker


def run_name(verb: str) -> str:
    """The run that the calls of this process and its children belong to: the runner's, else one of this ``verb``'s own."""
    return os.environ.setdefault(RUN_VARIABLE, f"{verb} {datetime.now(UTC):%Y-%m-%d %H:%M:%S.%f}")


@contextmanager
def capped(settings: Config, limit: str | None, verb: str) -> Iterator[None]:
    """A budget for this run alone, for as long as the block lasts, whoever registers which config meanwhile.

    Opens the ledger, so that it is made and its budgets are in force before the first worker starts.
    """
    run = run_name(verb)
    cap = None if limit is None else _cap(run, limit, settings.zone)
    with UsageTracker(config=settings):
        number = None
        if cap is not None:
            with opened(settings) as ledger:
                number = ledger.cap_run(run, cap)
    try:
        yield
    finally:
        if number is not None:
            with opened(settings) as ledger:
                ledger.lift_cap(number)


def _cap(run: str, limit: str, zone: str) -> Budget:
    try:
        amount, unit = parse_limit(limit)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--budget") from None
    return Budget(run, amount, unit, Period(Per.LIFETIME), zone, Scope(run=run), warn_at=(50, 80, 95))
