"""The life of a call: one hold, one end, whatever happens in between."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from decimal import Decimal

import pytest
from integration.ledger_view import budget, picture

from budgetmon import NotBilledError, Usage, UsageTracker
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.refusals import CallStateError

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models:
  m: {provider: p, input_per_mtok: 1000, output_per_mtok: 1000}
  fee: {provider: p, per_call: 0.25}
budgets:
  - {name: usd, limit: 5 USD, per: day}
  - {name: calls, limit: 100 calls, per: month}
"""
HOLD = Usage(input_tokens=1_000)  # one dollar
DOLLAR = 1_000_000_000


@pytest.fixture
def tracker(make_tracker: MakeTracker) -> UsageTracker:
    return make_tracker(CONFIG)


def standing(tracker: UsageTracker) -> tuple[int, int, int]:
    status = budget(tracker, "usd")
    return status.spent, status.held, status.in_doubt


def only_state(tracker: UsageTracker) -> CallState:
    (row,) = picture(tracker).calls
    return row.state


def test_that_a_hold_is_in_place_while_the_block_runs(tracker: UsageTracker) -> None:
    call = tracker.call("m", estimate=HOLD, tag="AAPL")
    assert picture(tracker).calls == ()
    with call:
        assert standing(tracker) == (0, DOLLAR, 0)
        assert (call.state, call.model, call.provider) == (CallState.HELD, "m", "p")
        call.settle(Usage(input_tokens=300, output_tokens=100))
        assert standing(tracker) == (400_000_000, 0, 0)
    (row,) = picture(tracker).calls
    assert (row.id, row.state, row.hold, row.cost, row.ok) == (call.id, CallState.SETTLED, DOLLAR, 400_000_000, True)
    assert (row.input_tokens, row.output_tokens, row.tag) == (300, 100, "AAPL")
    assert row.took is not None
    assert row.took >= 0


def test_that_settling_again_changes_nothing(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        call.settle(Usage(input_tokens=300))
        call.settle(Usage(input_tokens=900))
        call.settle(cost=Decimal("4.5"))
    assert standing(tracker) == (300_000_000, 0, 0)
    assert tracker.get_usage_summary()["totals"]["calls"] == 1


def test_that_releasing_gives_everything_back_and_again_changes_nothing(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        call.release()
        call.release()
    assert standing(tracker) == (0, 0, 0)
    assert budget(tracker, "calls").spent == 0
    assert only_state(tracker) is CallState.RELEASED
    assert tracker.get_usage_summary()["totals"]["calls"] == 0


def test_that_a_call_ends_in_one_state(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as released:
        released.release()
        with pytest.raises(CallStateError):
            released.settle(HOLD)
    with tracker.call("m", estimate=HOLD) as settled:
        settled.settle(Usage(input_tokens=1))
        with pytest.raises(CallStateError):
            settled.release()
    assert standing(tracker) == (1_000_000, 0, 0)


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError("nobody there"), NotBilledError("429"), socket.gaierror(-2, "no such host")]
)
def test_that_what_was_never_sent_is_released(error: Exception, tracker: UsageTracker) -> None:
    with pytest.raises(type(error)), tracker.call("m", estimate=HOLD):
        raise error
    assert only_state(tracker) is CallState.RELEASED
    assert standing(tracker) == (0, 0, 0)


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError("read"),
        ConnectionResetError(),
        ConnectionError(),
        ValueError("bad json"),
        KeyboardInterrupt(),
        SystemExit(1),
    ],
    ids=lambda error: type(error).__name__,
)
def test_that_what_may_have_been_billed_is_in_doubt_and_counts(error: BaseException, tracker: UsageTracker) -> None:
    with pytest.raises(type(error)), tracker.call("m", estimate=HOLD):
        raise error
    assert only_state(tracker) is CallState.IN_DOUBT
    assert standing(tracker) == (0, 0, DOLLAR)
    assert budget(tracker, "calls").in_doubt == 1


def test_that_a_block_that_ends_without_a_word_leaves_the_call_in_doubt(
    tracker: UsageTracker, caplog: pytest.LogCaptureFixture
) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        pass
    assert call.state is CallState.IN_DOUBT
    assert standing(tracker) == (0, 0, DOLLAR)
    assert "without settle or release" in caplog.text


def test_that_the_truth_corrects_a_doubt(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as billed:
        pass
    with tracker.call("m", estimate=HOLD) as free:
        pass
    billed.settle(Usage(input_tokens=250))
    free.release()
    assert standing(tracker) == (250_000_000, 0, 0)
    assert [row.state for row in picture(tracker).calls] == [CallState.RELEASED, CallState.SETTLED]


def test_that_an_error_after_settling_changes_nothing(tracker: UsageTracker) -> None:
    with pytest.raises(ValueError, match="later"), tracker.call("m", estimate=HOLD) as call:
        call.settle(HOLD)
        raise ValueError("later")
    assert standing(tracker) == (DOLLAR, 0, 0)


def test_that_a_cost_that_was_billed_beats_the_price_book(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        call.settle(Usage(input_tokens=10), cost=Decimal("0.0042"))
    with tracker.call("fee") as call:
        call.settle(cost=0)
    assert standing(tracker) == (4_200_000, 0, 0)


def test_that_a_failed_call_that_cost_money_is_counted_as_failed(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        call.settle(Usage(input_tokens=10), ok=False)
    totals = tracker.get_usage_summary()["totals"]
    assert (totals["calls"], totals["ok"], totals["failed"]) == (1, 0, 1)
    assert standing(tracker) == (10_000_000, 0, 0)


def test_that_settling_needs_something_to_settle_with(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        with pytest.raises(ValueError, match="usage"):
            call.settle()
        call.release()


def test_that_a_call_without_a_hold_cannot_be_ended(tracker: UsageTracker) -> None:
    call = tracker.call("m", estimate=HOLD)
    for end in (lambda: call.settle(HOLD), call.release, lambda: call.id):
        with pytest.raises(CallStateError):
            end()
    assert picture(tracker).calls == ()


def test_that_a_call_is_entered_once(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        with pytest.raises(CallStateError), call:
            pytest.fail("one call took two holds")
        call.settle(HOLD)
    assert standing(tracker) == (DOLLAR, 0, 0)


def test_that_calls_work_with_async_code(tracker: UsageTracker) -> None:
    async def one(number: int) -> None:
        async with tracker.call("m", estimate=Usage(input_tokens=10)) as call:
            await asyncio.sleep(0.001)
            if number % 3 == 0:
                raise NotBilledError("refused by the provider")
            call.settle(Usage(input_tokens=number))

    async def many() -> list[BaseException | None]:
        return await asyncio.gather(*(one(number) for number in range(12)), return_exceptions=True)

    outcomes = asyncio.run(many())
    assert sum(isinstance(outcome, NotBilledError) for outcome in outcomes) == 4
    assert standing(tracker) == (sum(n for n in range(12) if n % 3) * 1_000_000, 0, 0)


def test_that_a_cancelled_call_is_in_doubt(tracker: UsageTracker) -> None:
    async def cancelled() -> None:
        async with tracker.call("m", estimate=HOLD):
            await asyncio.sleep(30)

    async def main() -> None:
        task = asyncio.create_task(cancelled())
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(main())
    assert only_state(tracker) is CallState.IN_DOUBT


def test_that_a_call_outlives_its_tracker(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    with tracker.call("m", estimate=HOLD) as call:
        tracker.close()
        call.settle(Usage(input_tokens=1))
    assert standing(tracker) == (1_000_000, 0, 0)
