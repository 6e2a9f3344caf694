"""Market data from a folder of CSV files, for use without a network: what it does not hold is not known.

``prices.csv`` has the columns date, ticker, close and, if known, volume; ``iv.csv`` has date, ticker, iv; ``companies.csv``,
which may be missing, has ticker, name, market_cap. Dates are 2026-03-02, numbers have a decimal point. A volatility that is
empty or not above zero is one that is missing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import NoReturn, Self

from budgetmon.core.storage.foreign import SourceError
from budgetmon.workloads.earnings.history.arithmetic import DayIV
from budgetmon.workloads.earnings.sources.values import Company, Options, Quote, SourceDataError

PRICES, VOLATILITIES, COMPANIES = "prices.csv", "iv.csv", "companies.csv"


class CsvSource:
    """A MarketSource in ``folder`` that knows nothing later than ``until``. Reads everything at once.

    Raises SourceError, which names file and line, for what cannot be read, and OSError.
    """

    def __init__(self, folder: Path, until: date) -> None:
        self._quotes: dict[str, Quote] = {}
        self._past: dict[str, dict[date, float]] = {}
        self._companies: dict[str, Company] = {}
        last: dict[str, date] = {}
        for row in _rows(folder / PRICES, "date", "ticker", "close"):
            day, ticker = row.day("date"), row.ticker()
            if day <= until and day >= last.get(ticker, day):
                last[ticker] = day
                volume = row.number("volume", needed=False)
                self._quotes[ticker] = Quote(ticker, row.known("close"), None if volume is None else int(volume))
        for row in _rows(folder / VOLATILITIES, "date", "ticker", "iv"):
            day, iv = row.day("date"), row.value("iv")
            if day <= until and iv is not None and iv > 0:
                self._past.setdefault(row.ticker(), {})[day] = iv
        if (folder / COMPANIES).exists():
            for row in _rows(folder / COMPANIES, "ticker"):
                ticker = row.ticker()
                self._companies[ticker] = Company(ticker, row.text("name") or ticker, row.number("market_cap", needed=False))

    def quotes(self, tickers: Iterable[str]) -> dict[str, Quote]:
        """The last prices."""
        return {ticker: self._quotes[ticker] for ticker in tickers if ticker in self._quotes}

    def options(self, ticker: str, price: float, day: date) -> Options:  # noqa: ARG002  # the protocol's question
        """The last volatility; volume and open interest are not known."""
        past = self.past(ticker)
        if not past:
            raise SourceDataError(f"{ticker}: {VOLATILITIES} holds no implied volatility of it")
        return Options(iv=past[-1].iv)

    def company(self, ticker: str) -> Company:
        """From companies.csv; without an entry there, the ticker is all that is known."""
        return self._companies.get(ticker, Company(ticker, ticker))

    def past(self, ticker: str) -> list[DayIV]:
        """Every volatility in the file."""
        return [DayIV(day, iv) for day, iv in sorted(self._past.get(ticker, {}).items())]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Nothing is open."""


class _Row:
    """One line of a file, which can say what is wrong with it."""

    def __init__(self, path: Path, line: int, cells: dict[str, str]) -> None:
        self._path = path
        self._line = line
        self._cells = cells

    def text(self, column: str) -> str:
        return (self._cells.get(column) or "").strip()

    def ticker(self) -> str:
        return self.text("ticker").upper() or self._fail("ticker", "a ticker")

    def day(self, column: str) -> date:
        try:
            return date.fromisoformat(self.text(column))
        except ValueError:
            return self._fail(column, "a date such as 2026-03-02")

    def known(self, column: str) -> float:
        return self.number(column) or self._fail(column, "a number above zero")

    def number(self, column: str, *, needed: bool = True) -> float | None:
        number = self.value(column)
        if number is None and not needed:
            return None
        return number if number is not None and number > 0 else self._fail(column, "a number above zero")

    def value(self, column: str) -> float | None:
        text = self.text(column)
        try:
            number = float(text) if text else None
        except ValueError:
            number = math.nan
        return number if number is None or math.isfinite(number) else self._fail(column, "a number")

    def _fail(self, column: str, expected: str) -> NoReturn:
        raise SourceError(self._path, f"line {self._line}: expected {expected} as {column}, not {self.text(column)!r}")


def _rows(path: Path, *columns: str) -> Iterator[_Row]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file)
            missing = [column for column in columns if column not in (lines.fieldnames or ())]
            if missing:
                raise SourceError(path, f"expected the column{'s' * (len(missing) > 1)} {', '.join(missing)}")
            for cells in lines:
                yield _Row(path, lines.line_num, cells)
    except (UnicodeDecodeError, csv.Error) as error:
        raise SourceError(path, f"this is no CSV file in UTF-8: {error}") from None
