"""Admission: what fits goes ahead, what does not is refused whole, with a receipt that adds up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from integration.ledger_view import budget, picture

from budgetmon import BudgetExceededError, UnpricedError, Usage, UsageTracker
from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.snapshot import BudgetState

MakeTracker = Callable[..., UsageTracker]

# One token costs one nano, one call of "fee" a tenth of a dollar.
MODELS = """\
models:
  token: {provider: p, input_per_mtok: 0.001, output_per_mtok: 0.001}
  fee: {provider: p, per_call: 0.1}
  other: {provider: q, per_call: 0.1}
"""


def tokens(count: int) -> Usage:
    return Usage(input_tokens=count)


def spend(tracker: UsageTracker, model: str = "fee", usage: Usage | None = None, tag: str | None = None) -> None:
    with tracker.call(model, estimate=usage, tag=tag) as call:
        call.settle(usage or Usage())


def test_that_the_last_nano_of_a_limit_may_be_spent(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 0.000001 USD, per: month}]")
    spend(tracker, "token", tokens(999))
    spend(tracker, "token", tokens(1))
    with pytest.raises(BudgetExceededError), tracker.call("token", estimate=tokens(1)):
        pytest.fail("one nano above the limit was admitted")
    assert budget(tracker, "b").spent == 1_000
    assert budget(tracker, "b").state is BudgetState.EXHAUSTED


def test_that_a_hold_that_fits_exactly_is_admitted_and_one_nano_more_is_not(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 0.000001 USD, per: month}]")
    with pytest.raises(BudgetExceededError), tracker.call("token", estimate=tokens(1_001)):
        pytest.fail("one nano above the limit was admitted")
    assert budget(tracker, "b").held == 0  # not shrunk to what is left either
    with tracker.call("token", estimate=tokens(1_000)) as call:
        assert budget(tracker, "b").held == 1_000
        call.settle(tokens(1_000))


def test_that_what_is_held_and_in_doubt_is_not_free(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 10 tokens, per: day}]")
    spend(tracker, "token", tokens(2))
    with tracker.call("token", estimate=tokens(3)):
        pass  # in doubt
    with tracker.call("token", estimate=tokens(4)) as held:
        with pytest.raises(BudgetExceededError) as caught, tracker.call("token", estimate=tokens(2)):
            pass
        receipt = caught.value.receipt
        assert (receipt.unit, receipt.limit, receipt.asked) == (Unit.TOKENS, 10, 2)
        assert (receipt.spent, receipt.in_doubt, receipt.held, receipt.free) == (2, 3, 4, 1)
        spend(tracker, "token", tokens(1))
        held.release()
    spend(tracker, "token", tokens(4))


def test_that_a_receipt_says_who_asked(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: all of it, limit: 0 USD, per: lifetime}]")
    with pytest.raises(BudgetExceededError) as caught, tracker.call("fee", tag="AAPL"):
        pass
    receipt = caught.value.receipt
    assert (receipt.provider, receipt.model, receipt.tag) == ("p", "fee", "AAPL")
    assert "all of it" in str(caught.value)
    assert "asked 0.1 USD" in str(caught.value)


@pytest.mark.parametrize(("per", "frees"), [("month", "-01T00:00:00.000Z"), ("lifetime", "never")])
def test_that_a_receipt_says_when_it_frees(per: str, frees: str, make_tracker: MakeTracker) -> None:
    tracker = make_tracker(f"{MODELS}budgets: [{{name: b, limit: 1 calls, per: {per}}}]")
    spend(tracker)
    with pytest.raises(BudgetExceededError) as caught, tracker.call("fee"):
        pass
    assert budget(tracker, "b").window == caught.value.receipt.window
    assert frees in str(caught.value)


def test_that_refusals_are_stored_with_their_arithmetic(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 1 calls, per: day}]")
    spend(tracker)
    receipts = []
    for _ in range(3):
        with pytest.raises(BudgetExceededError) as caught, tracker.call("fee", tag="MSFT"):
            pass
        receipts.append(caught.value.receipt)
    refusals = picture(tracker).refusals
    assert [row.budget for row in refusals] == ["b"] * 3
    assert {(row.provider, row.model, row.tag, row.unit, row.asked, row.free) for row in refusals} == {
        ("p", "fee", "MSFT", Unit.CALLS, 1, 0)
    }
    assert "limit 1 calls - spent 1 calls" in refusals[0].receipt
    assert tracker.get_usage_summary()["totals"]["refused"] == 3
    assert tracker.get_usage_summary()["totals"]["calls"] == 1


def test_that_every_matching_budget_counts_a_call_and_no_other_does(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(
        MODELS
        + """
budgets:
  - {name: everything, limit: 9 USD, per: month}
  - {name: provider, provider: p, limit: 9 USD, per: day}
  - {name: model, model: fee, limit: 9 calls, per: week}
  - {name: tag, tag: AAPL, limit: 9 calls, per: lifetime}
  - {name: other tag, tag: MSFT, limit: 9 calls, per: day}
  - {name: other provider, provider: q, limit: 9 calls, per: day}
"""
    )
    spend(tracker, tag="AAPL")
    spent = {status.name: status.spent for status in picture(tracker).budgets}
    cents = 100_000_000
    assert spent == {"everything": cents, "provider": cents, "model": 1, "tag": 1, "other tag": 0, "other provider": 0}


@pytest.mark.parametrize("tightest", [0, 1, 2])
def test_that_a_call_is_held_in_every_budget_or_in_none(tightest: int, make_tracker: MakeTracker) -> None:
    limits = ["9 calls"] * 3
    limits[tightest] = "0 calls"
    lines = "\n".join(f"  - {{name: b{number}, limit: {limit}, per: day}}" for number, limit in enumerate(limits))
    tracker = make_tracker(f"{MODELS}budgets:\n{lines}\n")
    with pytest.raises(BudgetExceededError) as caught, tracker.call("fee"):
        pass
    assert caught.value.receipt.budget == f"b{tightest}"
    seen = picture(tracker)
    assert all(status.spent == status.held == status.in_doubt == 0 for status in seen.budgets)
    assert seen.calls == ()


def test_that_a_budget_that_warns_admits(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: w, limit: 1 calls, per: day, on_exceed: warn, warn_at: [50%]}]")
    for _ in range(3):
        spend(tracker)
    assert tracker.can_make_call("fee")
    status = budget(tracker, "w")
    assert (status.spent, status.remaining, status.state) == (3, 0, BudgetState.EXHAUSTED)
    assert picture(tracker).refusals == ()


def test_that_a_budget_that_blocks_does_so_beside_one_that_warns(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(
        MODELS + "budgets: [{name: w, limit: 0 calls, per: day, on_exceed: warn}, {name: b, limit: 1 calls, per: day}]"
    )
    spend(tracker)
    with pytest.raises(BudgetExceededError) as caught, tracker.call("fee"):
        pass
    assert caught.value.receipt.budget == "b"


def test_that_limits_in_calls_count_calls_and_limits_in_tokens_every_token(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: c, limit: 100 calls, per: day}, {name: t, limit: 100 tokens, per: day}]")
    usage = Usage(input_tokens=1, output_tokens=2, cached_input_tokens=3, cache_write_tokens=4, calls=5)
    tracker.record("token", usage)
    assert (budget(tracker, "c").spent, budget(tracker, "t").spent) == (5, 10)


def test_that_a_limit_of_zero_still_lets_free_calls_through(make_tracker: MakeTracker) -> None:
    tracker = make_tracker("models: {free: {provider: p, per_call: 0}}\nbudgets: [{name: b, limit: 0 USD, per: day}]")
    spend(tracker, "free")
    assert len(picture(tracker).calls) == 1


def test_that_an_unknown_price_is_refused_by_default(make_tracker: MakeTracker) -> None:
    tracker = make_tracker("models: {m: {provider: p, input_per_mtok: 1}}")
    with pytest.raises(UnpricedError, match="mystery"), tracker.call("mystery", estimate=tokens(1)):
        pass
    with pytest.raises(UnpricedError), tracker.call("mystery"):
        pass
    with pytest.raises(UnpricedError), tracker.call("m", estimate=Usage(output_tokens=1)):
        pass
    assert not tracker.can_make_call("mystery")
    assert picture(tracker).calls == ()


def test_that_an_unknown_price_may_be_allowed_and_is_never_taken_for_zero(make_tracker: MakeTracker) -> None:
    tracker = make_tracker("unpriced: allow")
    with tracker.call("mystery", estimate=tokens(5)) as call:
        call.settle(tokens(5))
    tracker.record("mystery", tokens(7))
    seen = picture(tracker)
    assert [row.cost for row in seen.calls] == [None, None]
    assert seen.totals.unpriced_calls == 2
    assert tracker.get_usage_summary()["totals"]["unpriced_calls"] == 2


def test_that_a_bare_call_to_an_unknown_model_is_unpriced_too(make_tracker: MakeTracker) -> None:
    tracker = make_tracker("unpriced: allow")
    with tracker.call("mystery") as call:
        call.settle(Usage())
    tracker.record("mystery")
    assert [row.cost for row in picture(tracker).calls] == [None, None]


def test_that_a_named_cost_prices_an_unknown_model(make_tracker: MakeTracker) -> None:
    tracker = make_tracker("unpriced: allow")
    with tracker.call("mystery") as call:
        call.settle(cost=0.25)
    assert picture(tracker).calls[0].cost == 250_000_000
    assert picture(tracker).totals.unpriced_calls == 0


def test_that_an_overrun_is_recorded_and_closes_the_budget(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 10 tokens, per: day}]")
    with tracker.call("token", estimate=tokens(10)) as call:
        call.settle(tokens(25))
    status = budget(tracker, "b")
    assert (status.spent, status.held, status.remaining) == (25, 0, 0)
    (row,) = picture(tracker).calls
    assert (row.hold, row.cost, row.overrun) == (10, 25, 15)
    with pytest.raises(BudgetExceededError) as caught, tracker.call("token", estimate=tokens(1)):
        pass
    assert caught.value.receipt.free == 0


def test_that_what_is_recorded_after_the_fact_is_never_refused(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 1 calls, per: day}]")
    for _ in range(3):
        tracker.record("fee")
    assert budget(tracker, "b").spent == 3
    assert {row.state for row in picture(tracker).calls} == {CallState.SETTLED}


def test_that_advice_agrees_with_admission_and_changes_nothing(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: b, limit: 10 tokens, per: day}]")
    assert tracker.can_make_call("token", estimate=tokens(10))
    decision = tracker.can_make_call("token", estimate=tokens(11))
    assert not decision
    assert decision.receipt is not None
    assert decision.receipt.free == 10
    assert str(decision.receipt) == decision.reason
    seen = picture(tracker)
    assert (seen.calls, seen.refusals, seen.totals.refused) == ((), (), 0)


def test_that_the_cascade_names_the_first_model_that_fits(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(
        MODELS
        + "budgets: [{name: p, provider: p, limit: 1 calls, per: day}, {name: q, provider: q, limit: 1 calls, per: day}]\n"
        "cascade: [fee, token, other]"
    )
    assert tracker.get_available_model("fee") == ("fee", "p")
    spend(tracker)
    assert tracker.get_available_model("fee") == ("other", "q")
    spend(tracker, "other")
    with pytest.raises(BudgetExceededError) as caught:
        tracker.get_available_model("fee")
    assert (caught.value.receipt.model, caught.value.receipt.budget) == ("fee", "p")


def test_that_a_run_named_by_the_environment_is_charged(make_tracker: MakeTracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETMON_RUN", "nightly")
    tracker = make_tracker(MODELS + "budgets: [{name: b, run: nightly, limit: 1 calls, per: lifetime}]")
    spend(tracker)
    assert picture(tracker).calls[0].run == "nightly"
    with pytest.raises(BudgetExceededError), tracker.call("fee"):
        pass
    monkeypatch.delenv("BUDGETMON_RUN")
    spend(tracker)
