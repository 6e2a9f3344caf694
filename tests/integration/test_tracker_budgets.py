"""Changed budgets: what a budget has counted survives a new limit, and a new scope counts the journal anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from integration.ledger_view import budget, picture

from budgetmon import BudgetExceededError, Usage, UsageTracker

MakeTracker = Callable[..., UsageTracker]

MODELS = """\
models:
  a: {provider: p, per_call: 1}
  b: {provider: q, per_call: 2}
"""
USD = 1_000_000_000


def with_budget(make_tracker: MakeTracker, *lines: str) -> UsageTracker:
    return make_tracker(MODELS + "budgets:\n" + "".join(f"  - {{{line}}}\n" for line in lines))


def test_that_a_new_limit_keeps_what_was_counted(make_tracker: MakeTracker) -> None:
    tracker = with_budget(make_tracker, "name: x, limit: 5 USD, per: day")
    tracker.record("a")
    with tracker.call("a"):
        pass
    with tracker.call("b") as call:
        tracker = with_budget(make_tracker, "name: x, limit: 4 USD, per: day, warn_at: [50%]")
        status = budget(tracker, "x")
        assert (status.limit, status.spent, status.in_doubt, status.held) == (4 * USD, USD, USD, 2 * USD)
        with pytest.raises(BudgetExceededError), tracker.call("a"):
            pass
        call.release()
    with_budget(make_tracker, "name: x, limit: 5 USD, per: day")
    assert budget(tracker, "x").spent == USD


def test_that_a_changed_limit_reaches_trackers_that_are_open(make_tracker: MakeTracker) -> None:
    older = with_budget(make_tracker, "name: x, limit: 5 calls, per: day")
    older.record("a")
    with_budget(make_tracker, "name: x, limit: 1 calls, per: day")
    with pytest.raises(BudgetExceededError) as caught, older.call("a"):
        pass
    assert caught.value.receipt.limit == 1


def test_that_a_new_scope_counts_the_journal_anew(make_tracker: MakeTracker) -> None:
    tracker = with_budget(make_tracker, "name: x, limit: 50 USD, per: day")
    tracker.record("a", tag="AAPL")
    tracker.record("b", tag="AAPL")
    tracker.record("b")
    with tracker.call("b", tag="AAPL"):
        pass
    with tracker.call("b") as released:
        released.release()
    with tracker.call("b") as call:
        for scope, spent, in_doubt, held in (
            ("", 5, 2, 2),
            ("provider: q, ", 4, 2, 2),
            ("provider: p, ", 1, 0, 0),
            ("tag: AAPL, ", 3, 2, 0),
            ("model: b, tag: AAPL, ", 2, 2, 0),
            ("run: nightly, ", 0, 0, 0),
        ):
            tracker = with_budget(make_tracker, f"name: x, {scope}limit: 50 USD, per: day")
            status = budget(tracker, "x")
            assert (status.spent, status.in_doubt, status.held) == (spent * USD, in_doubt * USD, held * USD)
        tracker = with_budget(make_tracker, "name: x, limit: 50 USD, per: day")
        call.settle(Usage())
    status = budget(tracker, "x")
    assert (status.spent, status.held) == (7 * USD, 0)


def test_that_a_new_unit_counts_the_journal_anew(make_tracker: MakeTracker) -> None:
    tracker = with_budget(make_tracker, "name: x, limit: 50 USD, per: day")
    tracker.record("a", Usage(input_tokens=5, calls=3))
    assert budget(with_budget(make_tracker, "name: x, limit: 50 calls, per: day"), "x").spent == 3
    assert budget(with_budget(make_tracker, "name: x, limit: 50 tokens, per: lifetime"), "x").spent == 5


def test_that_a_budget_that_is_new_counts_what_came_before_it(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS)
    tracker.record("a")
    tracker = with_budget(make_tracker, "name: x, limit: 1 USD, per: lifetime")
    with pytest.raises(BudgetExceededError), tracker.call("a"):
        pass


def test_that_a_budget_that_is_gone_no_longer_refuses(make_tracker: MakeTracker) -> None:
    tracker = with_budget(make_tracker, "name: x, limit: 0 USD, per: day", "name: y, limit: 9 USD, per: day")
    with pytest.raises(BudgetExceededError), tracker.call("a"):
        pass
    tracker = with_budget(make_tracker, "name: y, limit: 9 USD, per: day")
    with tracker.call("a") as call:
        call.settle(Usage())
    assert [status.name for status in picture(tracker).budgets] == ["y"]
    assert picture(tracker).refusals[0].budget == "x"  # what it refused stays on record


def test_that_budgets_stand_in_the_order_of_the_config(make_tracker: MakeTracker) -> None:
    lines = [f"name: {name}, limit: 9 USD, per: day" for name in "cab"]
    assert [one.name for one in picture(with_budget(make_tracker, *lines)).budgets] == ["c", "a", "b"]
    tracker = with_budget(make_tracker, *reversed(lines))
    assert [one.name for one in picture(tracker).budgets] == ["b", "a", "c"]
    assert tracker.budgets == tracker.config.budgets


def test_that_a_tracker_without_a_config_goes_by_the_ledgers_budgets(make_tracker: MakeTracker) -> None:
    tracker = with_budget(make_tracker, "name: x, limit: 0 calls, per: day")
    from budgetmon.core.config.loader import default_config

    with UsageTracker(config=default_config(tracker.db_path)) as bare:
        assert [one.name for one in bare.budgets] == ["x"]
        bare.record("whatever", cost=1)
    assert [one.name for one in picture(tracker).budgets] == ["x"]
