"""IVHistoryTracker: one implied volatility per ticker and day, in one file for all processes, and where one stands in it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from budgetmon.core.storage import exiting
from budgetmon.core.storage.side_file import SideFile
from budgetmon.workloads.earnings.history import tables
from budgetmon.workloads.earnings.history.arithmetic import (
    DayIV,
    IVStatistics,
    change,
    place_between,
    share_below,
    statistics_of,
)

YEAR = timedelta(days=365)
MINIMUM_HISTORY = 30
_WEEK = timedelta(days=7)
_KEEP = timedelta(days=730)


class IVHistoryTracker:
    """Records implied volatilities in ``path`` and ranks them. Tickers are compared in capitals.

    A rank needs at least ``minimum_history`` days within the year that ends with the day in question; with fewer the answer
    is None, never 0. Without ``on``, that day is the last one of the ticker. A write that returned is in the file, whatever
    threads and processes do. Safe between threads and after a fork; pickles to its path. Raises ValueError for a name or
    a minimum that makes no sense, LedgerError when the file cannot be used.
    """

    def __init__(self, path: str | Path, *, minimum_history: int = MINIMUM_HISTORY) -> None:
        if type(minimum_history) is not int or minimum_history < 1:
            raise ValueError(f"minimum_history must be a whole number of one or more, not {minimum_history!r}")
        self._minimum = minimum_history
        self._file = SideFile(Path(path).absolute(), tables.LAYOUT)
        exiting.close_at_exit(self)

    @property
    def path(self) -> Path:
        """The history's file."""
        return self._file.path

    def record(self, ticker: str, day: date, iv: float) -> bool:
        """Stores the value of a day in place of an earlier one. Whether it was: only what is finite and above zero is."""
        return bool(self.record_many([(ticker, day, iv)]))

    def record_many(self, rows: Iterable[tuple[str, date, float]]) -> int:
        """Stores many values in one transaction, all or none; how many were stored, which leaves out the ignored ones."""
        kept = [(_name(ticker), day, float(iv)) for ticker, day, iv in rows if _is_volatility(iv)]
        if kept:
            self._file.write(lambda db: tables.put(db, kept))
        return len(kept)

    def history(self, ticker: str, *, on: date | None = None, length: timedelta = YEAR) -> list[DayIV]:
        """The days of the ``length`` that ends with ``on``, which is its last day, in order."""
        name = _name(ticker)
        last = on or self._file.read(lambda db: tables.last_day(db, name))
        if last is None:
            return []
        return self._file.read(lambda db: tables.between(db, name, last - length + timedelta(days=1), last))

    def iv_rank(self, ticker: str, iv: float | None = None, *, on: date | None = None) -> float | None:
        """The share of the past 365 days strictly below ``iv``, in percent, one decimal; by default of the last day's."""
        days = self._enough(ticker, on)
        return share_below([day.iv for day in days], days[-1].iv if iv is None else iv) if days else None

    def min_max_rank(self, ticker: str, iv: float | None = None, *, on: date | None = None) -> float | None:
        """Where ``iv`` lies between the lowest (0) and the highest (100) of the past 365 days, in percent, one decimal.

        None, too, when all of them are the same.
        """
        days = self._enough(ticker, on)
        return place_between([day.iv for day in days], days[-1].iv if iv is None else iv) if days else None

    def weekly_change(self, ticker: str, *, on: date | None = None) -> float | None:
        """From the last value of at least seven days ago to the last one, in percent, one decimal.

        None when either is missing: the earlier one counts for a week at most, the last one only if it is of this week.
        """
        name = _name(ticker)
        last = on or self._file.read(lambda db: tables.last_day(db, name))
        if last is None:
            return None
        recent = self.history(name, on=last, length=_WEEK)
        earlier = self.history(name, on=last - _WEEK, length=_WEEK)
        return change(earlier[-1].iv, recent[-1].iv) if recent and earlier else None

    def statistics(self, ticker: str, *, on: date | None = None) -> IVStatistics | None:
        """The past 365 days in figures; None when there are none."""
        return statistics_of(self.history(ticker, on=on))

    def tickers(self) -> tuple[str, ...]:
        """Every ticker that has a history, in order."""
        return self._file.read(tables.tickers)

    def clean_up(self, today: date, keep: timedelta = _KEEP) -> int:
        """Drops what is older than ``keep`` before ``today``; how many values that were."""
        return self._file.write(lambda db: tables.drop_before(db, today - keep))

    def close(self) -> None:
        """Closes the file. The tracker may be used again; closing twice is harmless."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        return _reopen, (self.path, self._minimum)

    def _enough(self, ticker: str, on: date | None) -> list[DayIV]:
        days = self.history(ticker, on=on)
        return days if len(days) >= self._minimum else []


def _reopen(path: Path, minimum_history: int) -> IVHistoryTracker:
    return IVHistoryTracker(path, minimum_history=minimum_history)


def _name(ticker: str) -> str:
    name = ticker.strip().upper()
    if not name:
        raise ValueError("a ticker must not be empty")
    return name


def _is_volatility(iv: float) -> bool:
    return math.isfinite(iv) and iv > 0
