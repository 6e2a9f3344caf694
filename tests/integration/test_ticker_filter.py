"""The filter's caches: nothing is asked twice within the time to live, everything anew after it, and nobody is dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import FrozenInstanceError
from datetime import date, timedelta
from pathlib import Path

import pytest
from integration.ledger_view import picture

from budgetmon import UsageTracker
from budgetmon.workloads.earnings.criteria import Criteria
from budgetmon.workloads.earnings.history.arithmetic import DayIV
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker
from budgetmon.workloads.earnings.sources.csv_folder import CsvSource
from budgetmon.workloads.earnings.sources.values import Company, Options, Quote, SourceDataError
from budgetmon.workloads.earnings.ticker_filter import TickerFilter

TODAY = date(2026, 3, 2)
TICKERS = ["AAPL", "MSFT", "PENNY", "GOOG"]


class CountingSource(CsvSource):
    """The files' data, and a count of what was asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, TODAY)
        self.asked = 0

    def quotes(self, tickers: Iterable[str]) -> dict[str, Quote]:
        self.asked += 1
        return super().quotes(tickers)

    def options(self, ticker: str, price: float, day: date) -> Options:
        self.asked += 1
        return super().options(ticker, price, day)

    def company(self, ticker: str) -> Company:
        self.asked += 1
        return super().company(ticker)


@pytest.fixture
def source(tmp_path: Path) -> CountingSource:
    prices = [f"{TODAY},{ticker},{2 if ticker == 'PENNY' else 100}" for ticker in TICKERS]
    (tmp_path / "prices.csv").write_text("\n".join(["date,ticker,close", *prices]), encoding="utf-8")
    days = [TODAY - timedelta(days=back) for back in range(40)]
    rows = [f"{day},{ticker},{0.5 - 0.001 * place}" for ticker in TICKERS for place, day in enumerate(days)]
    (tmp_path / "iv.csv").write_text("\n".join(["date,ticker,iv", *rows]), encoding="utf-8")
    return CountingSource(tmp_path)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[IVHistoryTracker]:
    with IVHistoryTracker(tmp_path / "iv.db") as opened:
        yield opened


def ticker_filter(tracker: UsageTracker, source: CountingSource, history: IVHistoryTracker) -> TickerFilter:
    return TickerFilter(tracker, source, history, Criteria(), day=TODAY, today=TODAY)


def test_that_what_was_looked_up_is_not_asked_for_again(
    make_tracker: Callable[..., UsageTracker], source: CountingSource, history: IVHistoryTracker
) -> None:
    tracker = make_tracker()
    with ticker_filter(tracker, source, history) as first:
        found = first.passing(TICKERS)
        assert [examined.ticker for examined in found] == ["AAPL", "MSFT", "GOOG"]
        assert found[0].figures.iv_rank == 97.5
        assert first.examine("PENNY").misses == ("price 2 is below 5",)
        asked = source.asked
        assert asked == 1 + len(TICKERS) + 3  # quotes at once, options of each, companies of those worth it
        assert first.passing(TICKERS) == found
    with ticker_filter(tracker, source, history) as second:  # as another process, or a later scan
        assert second.passing(TICKERS) == found
    assert source.asked == asked
    assert history.history("AAPL")[-1] == DayIV(TODAY, 0.5)
    tracker.close()
    names = {cache.name for cache in picture(tracker.db_path).caches}
    assert {"ticker-data", "company-info", "ticker-data-shared", "company-info-shared"} <= names


def test_that_after_the_time_to_live_everything_is_asked_anew_and_nobody_is_dropped(
    make_tracker: Callable[..., UsageTracker], source: CountingSource, history: IVHistoryTracker
) -> None:
    caches = "caches: {ticker-data: {ttl: 1ms}, company-info: {ttl: 1ms}, ticker-quotes: {ttl: 1ms}}"
    with ticker_filter(make_tracker(caches), source, history) as short_lived:
        for _ in range(5):
            asked = source.asked
            while source.asked == asked:
                assert [examined.ticker for examined in short_lived.passing(TICKERS)] == ["AAPL", "MSFT", "GOOG"]


def test_that_what_is_cached_cannot_be_changed(
    make_tracker: Callable[..., UsageTracker], source: CountingSource, history: IVHistoryTracker
) -> None:
    with ticker_filter(make_tracker(), source, history) as opened:
        data = opened.data("AAPL")
        with pytest.raises(FrozenInstanceError):
            data.price = 0.0  # type: ignore[misc]
        object.__setattr__(data, "price", 0.0)
        assert opened.data("AAPL").price == 100.0


def test_that_a_ticker_that_nobody_knows_is_named(
    make_tracker: Callable[..., UsageTracker], source: CountingSource, history: IVHistoryTracker
) -> None:
    with ticker_filter(make_tracker(), source, history) as opened, pytest.raises(SourceDataError, match="NOPE"):
        opened.examine("NOPE")
