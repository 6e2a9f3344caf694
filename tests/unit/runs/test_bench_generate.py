"""Generated ledgers are ledgers: their books add up, and workers can go on in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetmon import Usage, UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.runs.bench.generate import HOUR, History, generate, model_name

UNTIL = 1_790_000_000_000


@pytest.mark.parametrize(
    "history",
    [
        History(1, recent=0, until=UNTIL),
        History(7, days=1, models=1, workers=3, recent=7, until=UNTIL),
        History(3_000, days=70, models=5, workers=4, recent=500, until=UNTIL),
    ],
)
def test_that_the_books_of_a_generated_ledger_add_up(history: History, tmp_path: Path) -> None:
    generate(tmp_path / "ledger.db", history)
    verdict = verify(tmp_path / "ledger.db")
    assert verdict.calls == history.calls
    assert not verdict.breaches, "\n".join(map(str, verdict.breaches))


def test_that_workers_go_on_in_a_generated_ledger(ledger_folder: Path) -> None:
    config = generate(ledger_folder / "ledger.db", History(2_000))
    with UsageTracker(config=config) as tracker:
        before = tracker.get_usage_summary()["totals"]["calls"]
        with tracker.call(model_name(0), estimate=Usage(input_tokens=10)) as call:
            call.settle(Usage(input_tokens=9))
        assert (before, tracker.get_usage_summary()["totals"]["calls"]) == (2_000, 2_001)


def test_that_histories_of_different_length_have_the_same_present(tmp_path: Path) -> None:
    recent: list[int] = []
    for calls in (1_000, 5_000):
        generate(tmp_path / f"{calls}.db", History(calls, recent=400, until=UNTIL))
        recent.append(calls - _calls_before(tmp_path / f"{calls}.db", UNTIL - HOUR))
    assert recent == [400, 400]


def test_that_the_same_seed_makes_the_same_calls(tmp_path: Path) -> None:
    costs = []
    for name in ("one", "two"):
        config = generate(tmp_path / name, History(500, recent=100, until=UNTIL, seed=7))
        with UsageTracker(config=config) as tracker:
            costs.append(tracker.get_usage_summary()["totals"]["cost"])
    assert costs[0] == costs[1] > 0


def test_that_an_existing_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("mine")
    with pytest.raises(FileExistsError):
        generate(tmp_path / "ledger.db", History(10, recent=0))
    assert (tmp_path / "ledger.db").read_text() == "mine"


@pytest.mark.parametrize("wrong", [{"calls": 0}, {"calls": 5, "recent": 6}, {"calls": 5, "recent": 0, "models": 0}])
def test_that_an_impossible_history_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="history"):
        History(**wrong)


def _calls_before(database: Path, at: int) -> int:
    from budgetmon.core.storage.connection import open_reader

    db = open_reader(database, busy_ms=0)
    try:
        return int(str(db.execute("SELECT count(*) FROM call WHERE at < ?", (at,)).get))
    finally:
        db.close()
