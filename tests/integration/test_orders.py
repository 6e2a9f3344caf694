"""What operators order reaches every running worker: pause, resume, a changed config, a cascade."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest

from budgetmon import BudgetExceededError, PausedError, Usage, UsageTracker
from budgetmon.cli.status import status
from budgetmon.core.ledger.opening import opened
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, Snapshot

MODELS = """
models:
  dear: {provider: north, input_per_mtok: 10}
  cheap: {provider: south, input_per_mtok: 1}
  free: {provider: west, input_per_mtok: 0}
cascade: [dear, cheap, free]
"""
MILLION = Usage(input_tokens=1_000_000)


def look(tracker: UsageTracker) -> Snapshot:
    with LedgerReader(tracker.db_path) as reader:
        return reader.snapshot(Ask())


def test_that_a_pause_is_honoured_at_the_next_call_and_kept_as_a_refusal(
    make_tracker: Callable[..., UsageTracker], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOGNAME", "anna")
    tracker = make_tracker(MODELS)
    with opened(tracker.config) as ledger:
        assert ledger.pause("north")
        assert not ledger.pause("north")
        with pytest.raises(PausedError, match="north is paused"), tracker.call("dear", estimate=MILLION):
            pass
        assert not tracker.can_make_call("dear", estimate=MILLION)
        with tracker.call("cheap", estimate=MILLION) as call:
            call.settle(MILLION)
        snapshot = look(tracker)
        assert snapshot.paused == ("north",)
        monkeypatch.setenv("COLUMNS", "200")
        status(tracker.config.path)
        assert re.search(r"paused north since .* by anna: `budgetmon resume north`", capsys.readouterr().out)
        assert [(row.provider, row.budget) for row in snapshot.refusals] == [("north", "paused")]
        assert ledger.resume("north")
        assert not ledger.resume("north")
    with tracker.call("dear", estimate=MILLION) as call:
        call.release()


def test_that_the_cascade_admits_the_first_that_fits_in_one_step(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: cap, limit: 11 USD, per: lifetime}]")
    went = []
    for _ in range(4):
        with tracker.call("dear", estimate=MILLION, fallback=True) as call:
            went.append((call.model, call.provider))
            call.settle(MILLION)
    assert went == [("dear", "north"), ("cheap", "south"), ("free", "west"), ("free", "west")]
    assert look(tracker).totals.refused == 0
    assert tracker.get_available_model("dear", estimate=MILLION) == ("free", "west")


def test_that_a_cascade_without_room_refuses_with_the_receipt_of_the_model_that_was_asked_for(
    make_tracker: Callable[..., UsageTracker],
) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: few, limit: 0 calls, per: lifetime}]")
    with pytest.raises(BudgetExceededError) as refusal, tracker.call("dear", estimate=MILLION, fallback=True):
        pass
    assert refusal.value.receipt.model == "dear"
    assert look(tracker).totals.refused == 1
    with pytest.raises(BudgetExceededError):
        tracker.get_available_model("dear", estimate=MILLION)


def test_that_a_changed_config_takes_effect_within_two_seconds_in_workers_that_have_not_read_it(
    make_tracker: Callable[..., UsageTracker],
) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: cap, limit: 0 calls, per: lifetime}]")
    config = tracker.config.path
    assert config is not None
    assert not tracker.can_make_call("cheap", estimate=MILLION)
    config.write_text(config.read_text().replace("0 calls", "1 calls"))
    began = time.monotonic()
    while not tracker.can_make_call("cheap", estimate=MILLION):
        assert time.monotonic() - began < 2.0
        time.sleep(0.05)


def test_that_a_config_that_cannot_be_used_changes_nothing(
    make_tracker: Callable[..., UsageTracker], caplog: pytest.LogCaptureFixture
) -> None:
    tracker = make_tracker(MODELS + "budgets: [{name: cap, limit: 1 calls, per: lifetime}]")
    config = tracker.config.path
    assert config is not None
    config.write_text(config.read_text().replace("1 calls", "2 cats").replace("input_per_mtok: 1}", "input_per_mtok: 9}"))
    time.sleep(1.1)
    assert tracker.can_make_call("cheap", estimate=MILLION)
    assert "2 cats" in caplog.text
    assert look(tracker).budgets[0].limit == 1
    with tracker.call("cheap", estimate=MILLION) as call:
        call.settle(MILLION)
    assert look(tracker).totals.cost == 10**9


def test_that_one_worker_with_the_new_config_tells_all_others_at_once(make_tracker: Callable[..., UsageTracker]) -> None:
    first = make_tracker(MODELS + "budgets: [{name: cap, limit: 0 calls, per: lifetime}]")
    with pytest.raises(BudgetExceededError), first.call("cheap", estimate=MILLION):
        pass
    make_tracker(MODELS + "budgets: [{name: cap, limit: 1 calls, per: lifetime}]", name="other.yaml")
    with first.call("cheap", estimate=MILLION) as call:
        call.settle(MILLION)
