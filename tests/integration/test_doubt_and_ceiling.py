"""What becomes of doubts when their windows are over, and of calls whose price nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from budgetmon import BudgetExceededError, UnpricedError, Usage, UsageTracker
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Hold, Subject
from budgetmon.core.rules.budgets import Budget, Unit
from budgetmon.core.rules.doubts import DoubtPolicy, InDoubt, OnDeath
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.monitor.reader import LedgerReader

DAY = 86_400_000
NOON = 1_772_366_400_000
RATES = Rates(per_call=7)


@pytest.mark.parametrize(
    ("policy", "spent", "in_doubt"), [(InDoubt.KEEP, 0, 7), (InDoubt.CHARGE, 7, 0), (InDoubt.RELEASE, 0, 0)]
)
def test_that_a_doubt_follows_the_policy_once_its_window_is_over(
    ledger_folder: Path, policy: InDoubt, spent: int, in_doubt: int
) -> None:
    now = [NOON]
    ledger = SqliteLedger(ledger_folder / "ledger.db", zone="UTC", power_safe=False, clock=lambda: now[0])
    ledger.doubt_policy = DoubtPolicy(OnDeath.IN_DOUBT, policy)
    ledger.register_budgets([Budget("day", 100, Unit.USD, Period(Per.DAY), "UTC")])
    held = ledger.hold(Subject("p", "m"), Usage(), RATES, 7)
    assert isinstance(held, Hold)
    ledger.put_in_doubt(held, RATES)
    for later in (0, DAY):
        now[0] = NOON + later
        ledger.sweep()
        rows = ledger._read(lambda db: db.execute("SELECT spent, in_doubt FROM budget_window").fetchall())
        assert rows == [(0, 7) if not later else (spent, in_doubt)]
    ledger.close()


def test_that_a_ceiling_is_set_aside_for_a_call_of_unknown_price_and_the_call_stays_unpriced(
    make_tracker: Callable[..., UsageTracker],
) -> None:
    tracker = make_tracker("unpriced: 0.50 USD\nbudgets: [{name: cap, limit: 1.20 USD, per: lifetime}]")
    with tracker.call("nobody-knows", provider="p") as first, tracker.call("nobody-knows", provider="p") as second:
        with pytest.raises(BudgetExceededError) as refusal, tracker.call("nobody-knows", provider="p"):
            pass
        assert (refusal.value.receipt.held, refusal.value.receipt.asked) == (10**9, 5 * 10**8)
        first.settle(Usage(input_tokens=5))
        second.settle(cost=0.25)
    with LedgerReader(tracker.db_path) as reader:
        totals = reader.snapshot().totals
    assert (totals.calls, totals.unpriced_calls, totals.cost, totals.held) == (2, 1, 250_000_000, 0)


@pytest.mark.parametrize("policy", ["refuse", "allow"])
def test_that_a_call_of_unknown_price_is_refused_or_flagged(make_tracker: Callable[..., UsageTracker], policy: str) -> None:
    tracker = make_tracker(f"unpriced: {policy}")
    if policy == "refuse":
        with pytest.raises(UnpricedError, match="nobody-knows"):
            tracker.call("nobody-knows", provider="p")
        return
    with tracker.call("nobody-knows", provider="p") as call:
        call.settle(Usage(input_tokens=5))
    assert tracker.get_usage_summary()["totals"]["unpriced_calls"] == 1
