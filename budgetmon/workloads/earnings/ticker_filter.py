"""TickerFilter: looks tickers up, through caches, and says which of them are worth asking about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Self

from budgetmon.core.tracker import UsageTracker
from budgetmon.workloads.earnings.criteria import Criteria, Figures, misses
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker
from budgetmon.workloads.earnings.sources.values import Company, MarketSource, Options, Quote, SourceDataError
from budgetmon.workloads.earnings.value_cache import ValueCache

TICKER_DATA, COMPANY_INFO, QUOTES = "ticker-data", "company-info", "ticker-quotes"


@dataclass(frozen=True, slots=True)
class TickerData:
    """What the market says about a ticker now, for the options of one expiration."""

    ticker: str
    price: float
    options: Options


@dataclass(frozen=True, slots=True)
class Examined:
    """A ticker's figures, and a sentence for each that is outside its range: none, and it is worth asking about."""

    ticker: str
    figures: Figures
    company: Company | None
    misses: tuple[str, ...]


class TickerFilter:
    """Examines tickers for earnings on ``day``. What it looks up is cached, here and for all processes beside the ledger.

    Volatilities go into ``history`` as those of ``today``. Belongs to one thread and process. Methods raise as MarketSource's.
    """

    def __init__(
        self,
        tracker: UsageTracker,
        source: MarketSource,
        history: IVHistoryTracker,
        criteria: Criteria,
        *,
        day: date,
        today: date,
    ) -> None:
        self._source = source
        self._history = history
        self._criteria = criteria
        self._day = day
        self._today = today
        self._data = ValueCache(TICKER_DATA, tracker, _ticker_data)
        self._companies = ValueCache(COMPANY_INFO, tracker, lambda parts: Company(**parts))
        self._quotes = ValueCache(QUOTES, tracker, lambda parts: Quote(**parts))

    def prefetch(self, tickers: Iterable[str]) -> None:
        """Gets the quotes of all tickers that are not known yet in as few calls as there can be."""
        missing = [ticker for ticker in tickers if self._key(ticker) not in self._data and ticker not in self._quotes]
        for ticker, quote in (self._source.quotes(missing) if missing else {}).items():
            self._quotes.put(ticker, quote)

    def data(self, ticker: str) -> TickerData:
        """Price and options of a ticker, at most as old as the cache lets them be."""
        return self._data.get(self._key(ticker), lambda: self._look_up(ticker))

    def company(self, ticker: str) -> Company:
        """Who the ticker stands for."""
        return self._companies.get(ticker, lambda: self._source.company(ticker))

    def examine(self, ticker: str) -> Examined:
        """The figures of a ticker against the ranges. The company is looked up only if everything else is in range."""
        data = self.data(ticker)
        options = data.options
        rank = None if options.iv is None else self._history.iv_rank(ticker, options.iv, on=self._today)
        figures = Figures(data.price, options.iv, rank, options.volume, options.open_interest)
        found = misses(figures, self._criteria.ranges)
        if found:
            return Examined(ticker, figures, None, found)
        company = self.company(ticker)
        whole = Figures(data.price, options.iv, rank, options.volume, options.open_interest, company.market_cap)
        return Examined(ticker, whole, company, misses(whole, self._criteria.ranges))

    def passing(self, tickers: Iterable[str]) -> list[Examined]:
        """Those of ``tickers`` that are worth asking about, in their order."""
        wanted = list(tickers)
        self.prefetch(wanted)
        return [examined for ticker in wanted if not (examined := self.examine(ticker)).misses]

    def close(self) -> None:
        """Closes the caches' files; source and history belong to whoever opened them."""
        for cache in (self._data, self._companies, self._quotes):
            cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _key(self, ticker: str) -> str:
        return f"{ticker} {self._day}"

    def _look_up(self, ticker: str) -> TickerData:
        quote = self._quotes.find(ticker) or self._source.quotes([ticker]).get(ticker)
        if quote is None:
            raise SourceDataError(f"{ticker}: no quote; is there such a ticker?")
        past = self._source.past(ticker)
        options = self._source.options(ticker, quote.price, self._day)
        now = [] if options.iv is None or past else [(ticker, self._today, options.iv)]
        self._history.record_many([*((ticker, day.day, day.iv) for day in past), *now])
        return TickerData(ticker, quote.price, options)


def _ticker_data(parts: dict[str, Any]) -> TickerData:
    options = parts["options"]
    expiration = options["expiration"]
    options["expiration"] = None if expiration is None else date.fromisoformat(expiration)
    return TickerData(parts["ticker"], parts["price"], Options(**options))
