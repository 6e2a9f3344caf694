"""What the charts ask for beyond the ordinary picture: other stacks, latencies, ranges in the past, one budget closely."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest

from budgetmon import BudgetExceededError, Usage, UsageTracker
from budgetmon.core.rules.budgets import Unit
from budgetmon.monitor.reader import LedgerReader, calls_of_range
from budgetmon.monitor.snapshot import MODEL_MARK, Ask, ChartAsk, Snapshot, Stack

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models:
  m: {provider: p, input_per_mtok: 1000, output_per_mtok: 1000, per_call: 0.001}
  n: {provider: q, per_call: 0.25}
budgets:
  - {name: usd, limit: 1 USD, per: day, warn_at: [50%, 80%]}
  - {name: tagged, tag: AAPL, limit: 1000 tokens, per: lifetime}
"""


@pytest.fixture
def tracker(make_tracker: MakeTracker) -> UsageTracker:
    return make_tracker(CONFIG)


@pytest.fixture
def reader(tracker: UsageTracker) -> Iterator[LedgerReader]:
    with LedgerReader(tracker.db_path) as reader:
        yield reader


def look(reader: LedgerReader, **charts: object) -> Snapshot:
    return reader.snapshot(Ask(charts=ChartAsk(**charts)))  # type: ignore[arg-type]


def spend(tracker: UsageTracker) -> None:
    tracker.record("m", Usage(input_tokens=10, output_tokens=20), tag="AAPL")
    tracker.record("m", Usage(input_tokens=30), tag="MSFT", ok=False)
    tracker.record("n")


def test_that_an_ordinary_picture_reads_none_of_it(tracker: UsageTracker, reader: LedgerReader) -> None:
    spend(tracker)
    snapshot = reader.snapshot()
    assert (snapshot.stacked, snapshot.latencies, snapshot.close_up) == (None, None, None)


@pytest.mark.parametrize(
    ("stack", "calls"),
    [
        (Stack.MODEL, {f"p{MODEL_MARK}m": 2, f"q{MODEL_MARK}n": 1}),
        (Stack.TAG, {"": 1, "AAPL": 1, "MSFT": 1}),
        (Stack.RUN, {"": 3}),
    ],
)
def test_that_every_stack_adds_up_to_the_same_total(
    tracker: UsageTracker, reader: LedgerReader, stack: Stack, calls: dict[str, int]
) -> None:
    spend(tracker)
    snapshot = look(reader, stack=stack)
    assert snapshot.stacked is not None
    assert {name: sum(values) for name, values in snapshot.stacked.calls.items()} == calls
    assert sum(map(sum, snapshot.stacked.cost.values())) == sum(map(sum, snapshot.consumption.cost.values())) > 0
    assert sum(map(sum, snapshot.stacked.failed.values())) == 1
    assert snapshot.stacked.complete_from is None


def test_that_a_focus_leaves_the_other_providers_out(tracker: UsageTracker, reader: LedgerReader) -> None:
    spend(tracker)
    for stack, names in ((Stack.RUN, {""}), (Stack.MODEL, {f"p{MODEL_MARK}m"}), (Stack.TAG, {"AAPL", "MSFT"})):
        snapshot = look(reader, stack=stack, focus="p")
        assert snapshot.stacked is not None
        assert set(snapshot.stacked.calls) == names
    assert set(snapshot.consumption.calls) == {"p", "q"}


def test_that_more_calls_than_are_read_are_said_to_be_missing(
    tracker: UsageTracker, reader: LedgerReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls_of_range, "MOST_CALLS", 3)
    spend(tracker)
    spend(tracker)
    by_tag, latency = look(reader, stack=Stack.TAG), look(reader, stack=Stack.TAG, latency=True)
    assert by_tag.stacked is not None
    assert latency.latencies is not None
    newest = sorted((call.at for call in by_tag.calls), reverse=True)
    assert by_tag.stacked.complete_from == newest[3] == latency.latencies.complete_from
    assert latency.stacked is None, "one reading of the journal at a time"


def test_that_latencies_are_those_of_the_calls(tracker: UsageTracker, reader: LedgerReader) -> None:
    with tracker.call("m") as call:
        call.settle(Usage(input_tokens=1))
    snapshot = look(reader, latency=True)
    assert snapshot.latencies is not None
    took = snapshot.calls[0].took
    assert [value for value in snapshot.latencies.typical["p"] if value is not None] == [took]
    assert "q" not in snapshot.latencies.slow


def test_that_a_range_in_the_past_leaves_the_present_out(tracker: UsageTracker, reader: LedgerReader) -> None:
    spend(tracker)
    now = reader.snapshot().as_of
    hour = timedelta(hours=1)
    assert sum(reader.snapshot(Ask(span=hour, until=now + 60_000)).consumption.calls["p"]) == 2
    past = reader.snapshot(Ask(span=hour, until=now - 6 * 3_600_000)).consumption
    assert past.calls == {}
    assert past.starts[-1] < now - 6 * 3_600_000 <= past.starts[-1] + past.width


def test_that_a_close_up_has_every_unit_what_is_open_and_what_happened(tracker: UsageTracker, reader: LedgerReader) -> None:
    tracker.record("m", Usage(input_tokens=600), tag="AAPL")
    with tracker.call("n"), suppress(BudgetExceededError):
        close = look(reader, budget="usd").close_up
        assert close is not None
        assert {unit: close.by_unit[unit].total[-1] for unit in Unit} == {
            Unit.USD: 601_000_000,
            Unit.CALLS: 1,
            Unit.TOKENS: 600,
        }
        assert close.held.total[-1] == 250_000_000
        assert close.in_doubt.total == ()
        assert [crossing.share for crossing in close.crossings] == [50]
        with tracker.call("n", estimate=Usage(calls=2)):
            pass
    close = look(reader, budget="usd").close_up
    assert close is not None
    assert sum(count for _, count in close.refused) == 1
    assert (close.held.total, close.in_doubt.total[-1:]) == ((), (250_000_000,))  # the block ended without a word


def test_that_unpriced_calls_are_counted_and_not_priced(tracker: UsageTracker, reader: LedgerReader) -> None:
    tracker.record("m", Usage(input_tokens=30))
    tracker.record("unheard-of", provider="p")
    close = look(reader, budget="usd").close_up
    assert close is not None
    assert close.unpriced.total[-1:] == (1,)


def test_that_a_tag_is_looked_at_closely_out_of_its_calls(tracker: UsageTracker, reader: LedgerReader) -> None:
    spend(tracker)
    close = look(reader, budget="tagged").close_up
    assert close is not None
    assert close.by_unit[Unit.TOKENS].total[-1] == 30
    assert close.by_unit[Unit.CALLS].total[-1] == 1


def test_that_a_budget_that_is_gone_has_no_close_up(reader: LedgerReader) -> None:
    assert look(reader, budget="no such").close_up is None
