"""What the IV history keeps, and what it says about a value."""

from __future__ import annotations

import pickle
from datetime import date, timedelta
from pathlib import Path

import pytest

from budgetmon.core.storage.errors import NotALedgerError
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker

TODAY = date(2026, 3, 2)


@pytest.fixture
def history(tmp_path: Path) -> IVHistoryTracker:
    return IVHistoryTracker(tmp_path / "iv.db")


def days(count: int, *values: float) -> list[tuple[str, date, float]]:
    """``count`` days that end today, with the values in turn."""
    return [("AAPL", TODAY - timedelta(days=count - 1 - place), values[place % len(values)]) for place in range(count)]


def test_that_a_day_has_one_value_and_the_last_write_counts(history: IVHistoryTracker) -> None:
    assert history.record("aapl", TODAY, 0.4)
    assert history.record("AAPL ", TODAY, 0.5)
    assert [(day.day, day.iv) for day in history.history("AAPL")] == [(TODAY, 0.5)]
    assert history.record_many([("AAPL", TODAY, 0.6), ("AAPL", TODAY, 0.7)]) == 2
    assert [day.iv for day in history.history("AAPL")] == [0.7]


@pytest.mark.parametrize("iv", [0.0, -0.2, float("nan"), float("inf")])
def test_that_what_is_no_volatility_is_ignored(history: IVHistoryTracker, iv: float) -> None:
    assert not history.record("AAPL", TODAY, iv)
    assert history.record_many([("AAPL", TODAY, iv), ("MSFT", TODAY, 0.3)]) == 1
    assert history.tickers() == ("MSFT",)


def test_that_a_name_must_say_something(history: IVHistoryTracker) -> None:
    with pytest.raises(ValueError, match="ticker"):
        history.record(" ", TODAY, 0.2)
    with pytest.raises(ValueError, match="minimum_history"):
        IVHistoryTracker(history.path, minimum_history=0)


def test_that_too_little_history_gives_none_and_not_zero(history: IVHistoryTracker) -> None:
    history.record_many(days(29, 0.2, 0.3))
    assert history.iv_rank("AAPL") is None
    assert history.min_max_rank("AAPL", 0.2) is None
    assert history.iv_rank("NONE") is None
    assert history.statistics("NONE") is None
    with IVHistoryTracker(history.path, minimum_history=29) as patient:
        assert patient.iv_rank("AAPL", 0.2) == 0.0
    history.record("AAPL", TODAY - timedelta(days=29), 0.1)
    assert history.iv_rank("AAPL", 0.2) == 3.3


def test_that_the_rank_is_the_share_strictly_below(history: IVHistoryTracker) -> None:
    history.record_many(days(40, 0.1, 0.2, 0.3, 0.4))
    assert history.iv_rank("AAPL") == 75.0
    assert history.iv_rank("AAPL", 0.1) == 0.0
    assert history.iv_rank("AAPL", 0.25) == 50.0
    assert history.iv_rank("AAPL", 9.0) == 100.0


def test_that_the_year_ends_with_the_day_in_question(history: IVHistoryTracker) -> None:
    history.record_many(days(365, 0.2))
    history.record("AAPL", TODAY - timedelta(days=365), 0.1)
    assert history.iv_rank("AAPL", 0.2) == 0.0
    assert history.iv_rank("AAPL", 0.2, on=TODAY - timedelta(days=1)) == round(100 / 365, 1)


def test_that_the_other_rank_goes_from_the_lowest_to_the_highest(history: IVHistoryTracker) -> None:
    history.record_many(days(40, 0.2, 0.4))
    assert [history.min_max_rank("AAPL", iv) for iv in (0.1, 0.2, 0.25, 0.4, 0.9)] == [0.0, 0.0, 25.0, 100.0, 100.0]
    history.record_many([("FLAT", day, 0.3) for _, day, _ in days(40, 0.3)])
    assert history.min_max_rank("FLAT") is None


def test_that_a_week_is_compared_with_the_one_before(history: IVHistoryTracker) -> None:
    history.record_many([("AAPL", TODAY - timedelta(days=9), 0.4), ("AAPL", TODAY - timedelta(days=7), 0.2)])
    assert history.weekly_change("AAPL", on=TODAY) is None
    history.record("AAPL", TODAY - timedelta(days=1), 0.25)
    assert history.weekly_change("AAPL", on=TODAY) == 25.0
    assert history.weekly_change("MSFT") is None


def test_that_the_figures_are_those_of_the_year(history: IVHistoryTracker) -> None:
    history.record_many(days(400, 0.1, 0.2, 0.6))
    figures = history.statistics("AAPL")
    assert figures is not None
    assert (figures.count, figures.first, figures.last) == (365, TODAY - timedelta(days=364), TODAY)
    assert (figures.lowest, figures.highest, figures.median, figures.latest) == (0.1, 0.6, 0.2, 0.1)
    assert figures.mean == pytest.approx(0.3, abs=0.002)


def test_that_cleaning_up_drops_what_is_old_and_nothing_else(history: IVHistoryTracker) -> None:
    history.record_many(days(100, 0.2))
    assert history.clean_up(TODAY, timedelta(days=30)) == 69
    assert len(history.history("AAPL")) == 31


def test_that_it_pickles_to_its_path(history: IVHistoryTracker) -> None:
    history.record("AAPL", TODAY, 0.4)
    assert [day.iv for day in pickle.loads(pickle.dumps(history)).history("AAPL")] == [0.4]


def test_that_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path) -> None:
    from budgetmon import SharedCache

    SharedCache(tmp_path / "cache.db").close()
    before = (tmp_path / "cache.db").read_bytes()
    with pytest.raises(NotALedgerError, match="no IV history"):
        IVHistoryTracker(tmp_path / "cache.db")
    (tmp_path / "words.db").write_text("these are words, and many of them" * 99)
    with pytest.raises(NotALedgerError):
        IVHistoryTracker(tmp_path / "words.db")
    assert (tmp_path / "cache.db").read_bytes() == before
