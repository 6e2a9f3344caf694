"""A budget for one piece of work alone, on a ledger that others use as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetmon import BudgetExceededError, Usage, UsageTracker
from budgetmon.cli.caps import capped
from budgetmon.core.rules.runs import RUN_VARIABLE

CONFIG = "models: {m: {provider: p, per_call: 0.05}}\nbudgets: [{name: day, limit: 5 USD, per: day}]\n"


def spend(tracker: UsageTracker) -> int:
    """How many of ten calls are admitted."""
    for done in range(10):
        try:
            with tracker.call("m") as call:
                call.settle(Usage())
        except BudgetExceededError:
            return done
    return 10


def names(tracker: UsageTracker) -> list[str]:
    return [budget.name for budget in tracker.budgets]


def test_that_a_cap_holds_whoever_comes_and_whatever_else_is_capped(
    make_tracker: Callable[..., UsageTracker], ledger_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker(CONFIG)
    monkeypatch.setenv(RUN_VARIABLE, "scan one")
    with capped(tracker.config, "0.10 USD", "scan"):
        with UsageTracker(ledger_folder / "budget.yaml"):
            pass  # a worker of somebody else registers the same config
        monkeypatch.setenv(RUN_VARIABLE, "scan two")
        with capped(tracker.config, "0.15 USD", "scan"):
            assert names(tracker) == ["day", "scan one", "scan two"]
            assert spend(tracker) == 3
        monkeypatch.setenv(RUN_VARIABLE, "scan one")
        assert spend(tracker) == 2
    assert names(tracker) == ["day"]


def test_that_a_second_cap_of_a_run_counts_what_the_run_has_spent(
    make_tracker: Callable[..., UsageTracker], monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker(CONFIG)
    monkeypatch.setenv(RUN_VARIABLE, "nightly")
    with capped(tracker.config, "0.10 USD", "scan"):
        assert spend(tracker) == 2
    with capped(tracker.config, "0.15 USD", "scan"):
        assert spend(tracker) == 1
