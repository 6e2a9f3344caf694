"""What goes in and what travels: impossible values are refused before anything is written, and trackers can be sent on."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from integration.ledger_view import picture

from budgetmon import BudgetExceededError, ConfigError, LedgerError, Usage, UsageTracker
from budgetmon.core.config.loader import load_config

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models:
  m: {provider: p, input_per_mtok: 1, output_per_mtok: 1}
  dear: {provider: p, input_per_mtok: 1_000_000}
budgets: [{name: b, limit: 1 USD, per: day}]
"""
IMPOSSIBLE = [
    float("nan"),
    float("inf"),
    float("-inf"),
    -0.01,
    -1,
    True,
    False,
    "0.1",
    b"1",
    [],
    2**63,
    Decimal("NaN"),
    Decimal(-1),
]


@pytest.fixture
def tracker(make_tracker: MakeTracker) -> UsageTracker:
    return make_tracker(CONFIG)


def untouched(tracker: UsageTracker) -> bool:
    seen = picture(tracker)
    return not seen.calls and not seen.refusals and seen.totals.calls == 0


@pytest.mark.parametrize("cost", IMPOSSIBLE)
def test_that_an_impossible_cost_is_refused_before_anything_is_written(cost: Any, tracker: UsageTracker) -> None:
    with pytest.raises(ValueError, match="cost"):
        tracker.record("m", cost=cost)
    with pytest.raises(ValueError, match="cost"):
        tracker.log_api_call("m", 10, cost)
    assert untouched(tracker)
    with tracker.call("m", estimate=Usage(input_tokens=5)) as call:
        with pytest.raises(ValueError, match="cost"):
            call.settle(cost=cost)
        call.settle(Usage(input_tokens=5))
    assert picture(tracker).totals.cost == 5_000


@pytest.mark.parametrize("count", [True, 1.5, -1, "1", None, 2**53, float("nan")])
def test_that_impossible_counts_of_older_programs_are_refused(count: Any, tracker: UsageTracker) -> None:
    with pytest.raises(ValueError, match="tokens"):
        tracker.log_api_call("m", count, 0.1)
    with pytest.raises(ValueError, match="tokens"):
        tracker.log_api_call("m", 10, 0.1, output_tokens=count)
    assert untouched(tracker)


@pytest.mark.parametrize("name", ["", 5, b"m", ["m"]])
def test_that_a_name_is_a_text_that_is_not_empty(name: Any, tracker: UsageTracker) -> None:
    for arguments in ({"model": name}, {"model": "m", "tag": name}, {"model": "m", "provider": name}):
        with pytest.raises(ValueError, match="must be a text"):
            tracker.record(**arguments)
        with pytest.raises(ValueError, match="must be a text"):
            tracker.call(**arguments)
        with pytest.raises(ValueError, match="must be a text"):
            tracker.can_make_call(**arguments)
    assert untouched(tracker)


@pytest.mark.parametrize("tag", ["日本", "a\x00b", "'; DROP TABLE call; --", "x" * 10_000, "\n", "=1+1", "🙂"])
def test_that_every_text_is_a_tag(tag: str, tracker: UsageTracker) -> None:
    tracker.record("m", Usage(input_tokens=1), tag=tag)
    assert picture(tracker).calls[0].tag == tag


def test_that_a_text_that_is_no_unicode_is_refused_whole(tracker: UsageTracker) -> None:
    with pytest.raises(ValueError):  # UnicodeEncodeError is one
        tracker.record("m", tag="\ud800")
    assert untouched(tracker)


@pytest.mark.parametrize("usage", [Usage(input_tokens=2**53 - 1)])
def test_that_a_cost_beyond_64_bits_is_an_impossible_number(usage: Usage, tracker: UsageTracker) -> None:
    with pytest.raises(ValueError, match=r"2\*\*63"):
        tracker.record("dear", usage)
    assert untouched(tracker)


def test_that_a_hold_beyond_64_bits_is_refused(tracker: UsageTracker) -> None:
    with (
        pytest.raises((ValueError, OverflowError, BudgetExceededError)),
        tracker.call("dear", estimate=Usage(input_tokens=2**53 - 1)),
    ):
        pytest.fail("admitted")
    assert picture(tracker).calls == ()


def test_that_sums_beyond_64_bits_raise_and_leave_the_books_whole(tracker: UsageTracker) -> None:
    tracker.record("m", cost=9_000_000_000)
    with pytest.raises(LedgerError):
        tracker.record("m", cost=9_000_000_000)
    tracker.record("m", cost=1)
    assert picture(tracker).totals.cost == 9_000_000_001 * 10**9


def test_that_older_programs_log_in_their_own_words(tracker: UsageTracker) -> None:
    number = tracker.log_api_call("m", 150, 0.0042, ticker="AAPL", success=False, input_tokens=100, output_tokens=30)
    (row,) = picture(tracker).calls
    assert (row.id, row.tag, row.ok, row.cost) == (number, "AAPL", False, 4_200_000)
    assert (row.input_tokens, row.output_tokens) == (120, 30)


def test_that_a_tracker_pickles_to_its_paths(tracker: UsageTracker) -> None:
    tracker.record("m", Usage(input_tokens=1))
    with pickle.loads(pickle.dumps(tracker)) as copy:
        assert copy.db_path == tracker.db_path
        assert copy.config == tracker.config
        copy.record("m", Usage(input_tokens=1))
    assert picture(tracker).totals.calls == 2


def test_that_a_tracker_on_another_ledger_pickles_with_it(ledger_folder: Path, make_tracker: MakeTracker) -> None:
    make_tracker(CONFIG)
    other = ledger_folder / "elsewhere" / "other.db"
    with UsageTracker(ledger_folder / "budget.yaml", db_path=other) as tracker, pickle.loads(pickle.dumps(tracker)) as copy:
        assert copy.db_path == other
        copy.record("m")
        assert len(picture(other).calls) == 1


def test_that_a_tracker_on_a_ready_config_pickles_with_it(ledger_folder: Path, make_tracker: MakeTracker) -> None:
    make_tracker(CONFIG)
    config = load_config(ledger_folder / "budget.yaml")
    with UsageTracker(config=config) as tracker, pickle.loads(pickle.dumps(tracker)) as copy:
        assert copy.config == config


def test_that_a_ready_config_and_paths_exclude_each_other(ledger_folder: Path, make_tracker: MakeTracker) -> None:
    make_tracker(CONFIG)
    config = load_config(ledger_folder / "budget.yaml")
    with pytest.raises(ValueError, match="either"):
        UsageTracker(ledger_folder / "budget.yaml", config=config)


def test_that_a_config_with_a_mistake_opens_nothing(ledger_folder: Path) -> None:
    (ledger_folder / "budget.yaml").write_text("database: ledger.db\nbudgets: nonsense\n")
    with pytest.raises(ConfigError):
        UsageTracker(ledger_folder / "budget.yaml")
    assert [file.name for file in ledger_folder.iterdir()] == ["budget.yaml"]


def test_that_closing_twice_is_harmless(tracker: UsageTracker) -> None:
    tracker.record("m")
    tracker.close()
    tracker.close()


def test_that_an_environment_variable_overrides_the_configs_ledger(
    ledger_folder: Path, make_tracker: MakeTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tracker(CONFIG)
    monkeypatch.setenv("BUDGETMON_DB", str(ledger_folder / "named.db"))
    with UsageTracker(ledger_folder / "budget.yaml") as tracker:
        assert tracker.db_path == ledger_folder / "named.db"
