"""What a source of market data gives, and what a source is. Prices of shares are measurements, not money that is spent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Protocol, Self

from budgetmon.workloads.earnings.history.arithmetic import DayIV


class SourceDataError(Exception):
    """A source answered, but not with what was asked for: the text says about which ticker and what is missing."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A share's last price and the day's volume; None where the source does not know it."""

    ticker: str
    price: float
    volume: int | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """The options of one expiration: implied volatility at the money, contracts traded today and open. None: not known."""

    expiration: date | None = None
    iv: float | None = None
    volume: int | None = None
    open_interest: int | None = None


@dataclass(frozen=True, slots=True)
class Company:
    """A company; ``market_cap`` in USD, None where the source does not know it."""

    ticker: str
    name: str
    market_cap: float | None = None


class MarketSource(Protocol):
    """Where market data comes from. Belongs to one thread and process.

    Its methods raise SourceDataError for answers without the data, RefusedError when a budget turns a call away, and
    NotBilled or Unclear when the provider cannot be reached or fails.
    """

    def quotes(self, tickers: Iterable[str]) -> dict[str, Quote]:
        """Quotes by ticker, in as few calls as there can be; tickers that the source does not know are left out."""

    def options(self, ticker: str, price: float, day: date) -> Options:
        """The first options that expire on ``day`` or later."""

    def company(self, ticker: str) -> Company:
        """Who the ticker stands for."""

    def past(self, ticker: str) -> list[DayIV]:
        """The implied volatilities that the source remembers; none for one that only knows the present."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...
