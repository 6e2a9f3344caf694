"""Periods of a budget and their windows: half-open ``[start, end)`` in UTC milliseconds, cut in the budget's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

FAR_FUTURE = 253_402_300_799_999  # the last millisecond that datetime can name: the end of a lifetime


class Per(StrEnum):
    """Kinds of period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LIFETIME = "lifetime"


@dataclass(frozen=True, slots=True)
class Period:
    """How often a budget starts anew. Weeks begin on Monday; a month begins on ``reset_day`` (1 to 28)."""

    per: Per
    reset_day: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.reset_day <= 28:
            raise ValueError(f"reset_day must be from 1 to 28, not {self.reset_day}")

    def __str__(self) -> str:
        return f"month from day {self.reset_day}" if self.reset_day > 1 else str(self.per)


@dataclass(frozen=True, slots=True)
class Window:
    """One instance of a period: ``start <= t < end``, UTC milliseconds since 1970."""

    start: int
    end: int

    def __contains__(self, at: int) -> bool:
        return self.start <= at < self.end


def window_at(period: Period, zone: str, at: int) -> Window:
    """The window of ``period`` in the IANA zone ``zone`` that holds the UTC millisecond ``at``.

    Days have 23, 24 or 25 hours where clocks change, and windows tile time without gap or overlap: a day starts at the
    first instant of its local date, even where midnight is skipped or comes twice.
    """
    if period.per is Per.LIFETIME:
        return Window(0, FAR_FUTURE)
    tz = ZoneInfo(zone)
    first = _first_day(period, datetime.fromtimestamp(at / 1000, tz).date())
    # A clock set back across midnight shows a date again that is already over: walk to the window that holds the instant.
    while _start_of(first, tz) > at:
        first = _first_day(period, first - timedelta(days=1))
    following = _next_first_day(period, first)
    while _start_of(following, tz) <= at:
        first, following = following, _next_first_day(period, following)
    return Window(_start_of(first, tz), _start_of(following, tz))


def _first_day(period: Period, day: date) -> date:
    match period.per:
        case Per.WEEK:
            return day - timedelta(days=day.weekday())
        case Per.MONTH:
            if day.day >= period.reset_day:
                return day.replace(day=period.reset_day)
            return (day.replace(day=1) - timedelta(days=1)).replace(day=period.reset_day)
        case _:
            return day


def _next_first_day(period: Period, first: date) -> date:
    match period.per:
        case Per.WEEK:
            return first + timedelta(days=7)
        case Per.MONTH:
            return (first.replace(day=1) + timedelta(days=32)).replace(day=period.reset_day)
        case _:
            return first + timedelta(days=1)


@lru_cache(maxsize=4096)
def _start_of(day: date, tz: ZoneInfo) -> int:
    """UTC milliseconds of the first instant of a local date. fold=0 gives the transition itself where midnight is skipped."""
    local = datetime(day.year, day.month, day.day, tzinfo=tz)
    return int(local.timestamp()) * 1000


def to_utc(at: int) -> datetime:
    """UTC milliseconds as an aware datetime."""
    return datetime.fromtimestamp(at / 1000, UTC)


def iso_utc(at: int) -> str:
    """UTC milliseconds as ISO 8601: ``"2026-03-01T05:00:00.000Z"``."""
    return to_utc(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
