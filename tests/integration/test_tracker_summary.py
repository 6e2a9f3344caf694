"""The summary: totals, days, models and providers say the same, to the nano, and agree with what the monitor reads."""

from __future__ import annotations

import csv
import threading
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from integration.ledger_view import picture

from budgetmon import BudgetExceededError, Usage, UsageTracker

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
unpriced: allow
models:
  a: {provider: p, input_per_mtok: 3, output_per_mtok: 15}
  b: {provider: p, input_per_mtok: 0.075, output_per_mtok: 0.3, per_call: 0.005}
  c: {provider: q, per_call: 0.01}
budgets: [{name: cap, model: c, limit: 3 calls, per: lifetime}]
"""


def add_up(rows: dict[str, dict[str, object]]) -> dict[str, object]:
    columns = next(iter(rows.values())).keys()
    return {column: sum((row[column] for row in rows.values()), start=0) for column in columns}  # type: ignore[arg-type,misc]


def test_that_every_view_adds_up_to_the_same_totals(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    for number in range(20):
        usage = Usage(input_tokens=number * 7, output_tokens=number, cached_input_tokens=number % 3)
        tracker.record("ab"[number % 2], usage, ok=number % 5 != 0)
    tracker.record("nobody knows", Usage(input_tokens=3))
    for _ in range(5):
        try:
            with tracker.call("c") as call:
                call.settle(Usage())
        except BudgetExceededError:
            continue
    summary = tracker.get_usage_summary()
    totals = summary["totals"]
    assert (totals["calls"], totals["ok"], totals["failed"], totals["refused"], totals["unpriced_calls"]) == (24, 20, 4, 2, 1)
    for part in ("days", "models", "providers"):
        assert add_up(summary[part]) == totals
    assert isinstance(totals["cost"], Decimal)


def test_that_an_empty_ledger_has_a_summary_of_nothing(make_tracker: MakeTracker) -> None:
    summary = make_tracker("").get_usage_summary()
    assert summary["totals"]["calls"] == 0
    assert summary["totals"]["cost"] == 0
    assert (summary["days"], summary["models"], summary["providers"]) == ({}, {}, {})


def test_that_the_monitor_reads_the_same_totals(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    for number in range(10):
        tracker.record("abc"[number % 3], Usage(input_tokens=number, output_tokens=1, cache_write_tokens=2))
    summary = tracker.get_usage_summary()
    seen = picture(tracker)
    for named, row in [
        (seen.totals, summary["totals"]),
        *((one.totals, summary["models"][one.name]) for one in seen.models),
        *((one.totals, summary["providers"][one.name]) for one in seen.providers),
    ]:
        assert {**row, "cost": int(row["cost"] * 10**9)} == {key: getattr(named, key) for key in row}


def test_that_a_model_sold_by_two_providers_is_one_model_and_two_sellers(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    tracker.record("a", Usage(input_tokens=1))
    tracker.record("a", Usage(input_tokens=1), provider="reseller", cost=1)
    summary = tracker.get_usage_summary()
    assert summary["models"]["a"]["calls"] == 2
    assert summary["providers"]["reseller"]["cost"] == 1
    assert {(one.name, one.provider) for one in picture(tracker).models} == {("a", "p"), ("a", "reseller")}


def test_that_the_recorded_trace_adds_up_in_the_ledger(shared_data: Path, make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    cost = calls = 0
    with (shared_data / "llm_traces" / "AzureLLMInferenceTrace_code.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            calls += 1
            if calls % 9 == 0:  # each ninth call is enough to write
                usage = Usage(input_tokens=int(row["ContextTokens"]), output_tokens=int(row["GeneratedTokens"]))
                tracker.record("a", usage)
                cost += usage.input_tokens * 3_000 + usage.output_tokens * 15_000
    assert tracker.get_usage_summary()["totals"]["cost"] == Decimal(cost) / 10**9
    assert tracker.get_usage_summary()["totals"]["calls"] == calls // 9


def test_that_a_summary_is_one_moment_however_busy_the_writers_are(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    tracker.record("a", Usage(input_tokens=1))
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            tracker.record("a", Usage(input_tokens=1))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(400):
            summary = tracker.get_usage_summary()
            assert add_up(summary["days"]) == summary["totals"]
    finally:
        stop.set()
        writer.join()


@pytest.mark.parametrize("name", ["2026-03-01", "totals", "models"])
def test_that_no_name_collides_with_the_summarys_own(name: str, make_tracker: MakeTracker) -> None:
    tracker = make_tracker("unpriced: allow")
    tracker.record(name, Usage(input_tokens=1), provider=name)
    summary = tracker.get_usage_summary()
    assert list(summary["models"]) == list(summary["providers"]) == [name]
