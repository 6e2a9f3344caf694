"""The raw floor replays what the ledger really executes."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from budgetmon import UsageTracker
from budgetmon.core.config.values import Durability
from budgetmon.runs.bench.floor import Floor, RecordedPair, Statement, paired, record_pair
from budgetmon.runs.bench.ground import bench_config, hold_and_settle, timed_pair


def _recorded(folder: Path) -> RecordedPair:
    with UsageTracker(config=bench_config(folder, Durability.PROCESS)) as tracker:
        hold_and_settle(tracker)
        return record_pair(tracker)


def test_that_a_recorded_pair_is_two_whole_transactions(tmp_path: Path) -> None:
    pair = _recorded(tmp_path)
    for transaction in (pair.hold, pair.settle):
        assert transaction[0].sql.startswith("BEGIN")
        assert transaction[-1].sql == "COMMIT"
    assert sum(statement.starts_call for statement in pair.hold) == 1
    assert any(statement.names_call for statement in pair.settle)
    assert any(statement.clocks for statement in pair.hold)


def test_that_a_replayed_pair_writes_a_call_of_its_own(tmp_path: Path) -> None:
    pair = _recorded(tmp_path)
    config = bench_config(tmp_path, Durability.PROCESS)
    with UsageTracker(config=config) as tracker:
        before = tracker.get_usage_summary()["totals"]["calls"]
        with closing(Floor(config.database, pair, power_safe=False)) as floor:
            assert floor.seconds_of_pairs(3) > 0
        after = tracker.get_usage_summary()["totals"]["calls"]
    assert after == before + 3


def test_that_a_traced_tracker_works_on_as_before(tmp_path: Path) -> None:
    with UsageTracker(config=bench_config(tmp_path, Durability.PROCESS)) as tracker:
        record_pair(tracker)
        held, settled = timed_pair(tracker)
    assert held > 0
    assert settled > 0


@pytest.mark.parametrize("commits", [0, 1, 3])
def test_that_anything_but_two_transactions_is_refused(commits: int) -> None:
    with pytest.raises(ValueError, match="two transactions"):
        paired([Statement("BEGIN IMMEDIATE", ()), *[Statement("COMMIT", ())] * commits])
