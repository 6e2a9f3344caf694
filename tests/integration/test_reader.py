"""The reader: one consistent picture, nothing read when nothing is new, and nothing ever written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from integration.ledger_view import picture

from budgetmon import BudgetExceededError, Usage, UsageTracker
from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, BudgetState, Snapshot

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models:
  m: {provider: p, input_per_mtok: 1000, output_per_mtok: 1000, per_call: 0.001}
  n: {provider: q, per_call: 0.25}
budgets:
  - {name: usd, limit: 5 USD, per: day, warn_at: [50%, 80%]}
  - {name: q calls, provider: q, limit: 3 calls, per: month}
  - {name: tagged, tag: AAPL, limit: 1000 tokens, per: lifetime}
"""


@pytest.fixture
def tracker(make_tracker: MakeTracker) -> UsageTracker:
    return make_tracker(CONFIG)


@pytest.fixture
def reader(tracker: UsageTracker) -> Iterator[LedgerReader]:
    with LedgerReader(tracker.db_path) as reader:
        yield reader


def fresh(reader: LedgerReader, ask: Ask) -> Snapshot:
    snapshot = reader.poll(ask)
    assert snapshot is not None
    return snapshot


def files(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}


def test_that_a_poll_answers_once_and_then_only_when_something_was_written(tracker: UsageTracker, reader: LedgerReader) -> None:
    ask = Ask()
    assert fresh(reader, ask).totals.calls == 0
    assert reader.poll(ask) is None
    assert reader.poll(Ask()) is None  # an equal ask is the same ask
    tracker.record("m")
    assert fresh(reader, ask).totals.calls == 1
    assert reader.poll(ask) is None


def test_that_another_ask_is_answered_though_nothing_is_new(tracker: UsageTracker, reader: LedgerReader) -> None:
    tracker.record("m")
    fresh(reader, Ask())
    assert fresh(reader, Ask(span=timedelta(days=1))).ask == Ask(span=timedelta(days=1))
    assert reader.poll(Ask(span=timedelta(days=1))) is None


def test_that_a_snapshot_is_one_read_in_any_case(tracker: UsageTracker, reader: LedgerReader) -> None:
    assert reader.snapshot().totals.calls == 0
    assert reader.snapshot().totals.calls == 0
    tracker.record("m")
    assert reader.snapshot().totals.calls == 1


def test_that_reading_creates_and_changes_no_file(tracker: UsageTracker, ledger_folder: Path) -> None:
    tracker.record("m")
    before = files(ledger_folder)
    for _ in range(3):
        with LedgerReader(tracker.db_path) as reader:
            reader.poll(Ask())
            reader.snapshot()
    after = files(ledger_folder)
    for seen in (before, after):
        seen.pop("ledger.db-shm")  # readers leave their marks there
    assert after == before


def test_that_reading_a_ledger_at_rest_creates_no_file(tracker: UsageTracker, ledger_folder: Path) -> None:
    tracker.record("m")
    tracker.close()
    before = files(ledger_folder)
    assert picture(tracker).totals.calls == 1
    after = files(ledger_folder)
    for seen in (before, after):
        seen.pop("ledger.db-shm", None)
    assert after == before


def test_that_the_snapshot_shows_every_call_as_it_is(tracker: UsageTracker, reader: LedgerReader) -> None:
    usage = Usage(input_tokens=10, output_tokens=20, cached_input_tokens=30, cache_write_tokens=40)
    number = tracker.record("m", usage, tag="AAPL", ok=False)
    with tracker.call("n") as held:
        first, second = fresh(reader, Ask()).calls
        held.release()
    assert (first.id, first.state, first.provider, first.model, first.cost) == (held.id, CallState.HELD, "q", "n", None)
    assert first.hold == 250_000_000
    assert (second.id, second.state, second.tag, second.ok) == (number, CallState.SETTLED, "AAPL", False)
    assert (second.input_tokens, second.output_tokens, second.cached_input_tokens, second.calls) == (10, 20, 30, 1)
    assert (second.cost, second.overrun) == (101_000_000, 0)
    assert second.at <= first.at <= time.time_ns() // 1_000_000


def test_that_tables_hold_the_newest_rows_first(tracker: UsageTracker, reader: LedgerReader) -> None:
    numbers = [tracker.record("m") for _ in range(7)]
    assert [row.id for row in fresh(reader, Ask(rows=3)).calls] == numbers[:-4:-1]
    assert fresh(reader, Ask(rows=0)).calls == ()


def test_that_totals_are_those_of_the_summary(tracker: UsageTracker, reader: LedgerReader) -> None:
    for number in range(30):
        tracker.record("mn"[number % 2], Usage(input_tokens=number, output_tokens=2), ok=number % 7 != 0, tag="AAPL")
    with pytest.raises(BudgetExceededError), tracker.call("n"):
        pass
    summary = tracker.get_usage_summary()
    snapshot = fresh(reader, Ask())
    expected = {**summary["totals"], "cost": int(summary["totals"]["cost"] * 10**9)}
    assert {key: getattr(snapshot.totals, key) for key in expected} == expected
    for parts in (snapshot.providers, snapshot.models):
        for column in (*expected, "held", "in_doubt"):
            assert sum(getattr(part.totals, column) for part in parts) == getattr(snapshot.totals, column)


def test_that_budgets_show_where_they_stand(tracker: UsageTracker, reader: LedgerReader) -> None:
    usd, calls, tagged = fresh(reader, Ask()).budgets
    assert (usd.state, usd.remaining, usd.warn_at) == (BudgetState.OK, 5_000_000_000, (50, 80))
    tracker.record("m", Usage(input_tokens=2_499))
    assert fresh(reader, Ask()).budgets[0].state is BudgetState.WARNING
    with tracker.call("m", estimate=Usage(input_tokens=2_499)) as call:
        usd = fresh(reader, Ask()).budgets[0]
        assert (usd.state, usd.remaining, usd.held) == (BudgetState.EXHAUSTED, 0, 2_500_000_000)
        call.release()
    for _ in range(4):
        tracker.record("n", Usage(input_tokens=250), tag="AAPL", cost=0)
    _, calls, tagged = fresh(reader, Ask()).budgets
    assert (calls.spent, calls.remaining, calls.state) == (4, 0, BudgetState.EXHAUSTED)
    assert (tagged.spent, tagged.state) == (1_000, BudgetState.EXHAUSTED)


def test_that_a_burn_down_ends_at_what_is_spent(tracker: UsageTracker, reader: LedgerReader) -> None:
    for number in range(5):
        tracker.record("m", Usage(input_tokens=100 + number), tag="AAPL" if number % 2 else None)
        tracker.record("n")
    for status in fresh(reader, Ask()).budgets:
        assert status.burn_down.total[-1] == status.spent
        assert all(status.window.start - 1 <= at < status.window.end for at in status.burn_down.at)


def test_that_consumption_adds_up_to_what_was_consumed(tracker: UsageTracker, reader: LedgerReader) -> None:
    for number in range(6):
        tracker.record("m", Usage(input_tokens=10, output_tokens=number), ok=number != 3)
    snapshot = fresh(reader, Ask(span=timedelta(minutes=5)))
    buckets = snapshot.consumption
    assert sum(buckets.cost["p"]) == snapshot.totals.cost
    assert sum(buckets.calls["p"]) == 6
    assert sum(buckets.failed["p"]) == 1
    assert sum(buckets.tokens["p"]) == 75
    assert all(len(column) == len(buckets.starts) for column in buckets.cost.values())


def test_that_totals_can_be_narrowed_to_a_range(tracker: UsageTracker, reader: LedgerReader) -> None:
    tracker.record("m")
    minute = 60_000
    now = time.time_ns() // 1_000_000
    assert reader.snapshot(since=now - 5 * minute).totals.calls == 1
    assert reader.snapshot(since=now - 5 * minute, until=now + 2 * minute).totals.calls == 1
    assert reader.snapshot(since=now + 2 * minute).totals.calls == 0
    assert reader.snapshot(until=now - 5 * minute).totals.calls == 0


def test_that_windows_move_on_though_nobody_writes(tracker: UsageTracker) -> None:
    now = [time.time_ns() // 1_000_000]
    tracker.record("m")
    with LedgerReader(tracker.db_path, clock=lambda: now[0]) as reader:
        today = reader.snapshot().budgets[0]
        now[0] += 24 * 3_600_000
        tomorrow = reader.snapshot().budgets[0]
    assert today.spent > 0
    assert tomorrow.window.start == today.window.end
    assert tomorrow.spent == 0


def test_that_the_ledger_says_what_it_is(tracker: UsageTracker, reader: LedgerReader) -> None:
    tracker.record("m")
    info = fresh(reader, Ask()).ledger
    assert info.path == str(tracker.db_path)
    assert (info.zone, info.durability) == ("UTC", "process")
    assert info.wal_bytes > 0


def test_that_workers_show_who_writes(tracker: UsageTracker, reader: LedgerReader) -> None:
    tracker.record("m")
    tracker.record("m")
    (worker,) = fresh(reader, Ask()).workers
    assert (worker.alive, worker.calls, worker.held) == (True, 2, 0)
    assert worker.connections >= 1
    tracker.close()
    (worker,) = fresh(reader, Ask()).workers
    assert (worker.alive, worker.connections) == (False, 0)


def test_that_a_link_leads_to_the_ledger_and_to_all_that_lies_beside_it(
    make_tracker: Callable[..., UsageTracker], tmp_path: Path
) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}")
    link = tmp_path / "link.db"
    link.symlink_to(tracker.db_path)
    with LedgerReader(link) as reader:
        for calls in (1, 2):
            tracker.record("m")
            assert reader.snapshot().totals.calls == calls
        assert [worker.alive for worker in reader.snapshot().workers] == [True]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["link.db"]
