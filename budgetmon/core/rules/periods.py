"""Periods of a budget and their windows: half-open ``[start, end)`` in UTC milliseconds, cut in the budget's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

PARTS = 60
SHORTEST_ROLLING = 60_000
FAR_FUTURE = 253_402_300_799_999  # the last millisecond that datetime can name: the end of a lifetime


class Per(StrEnum):
    """Kinds of period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    LIFETIME = "lifetime"
    ROLLING = "rolling"


@dataclass(frozen=True, slots=True)
class Period:
    """How often a budget starts anew. Weeks begin on Monday; a month begins on ``reset_day`` (1 to 28).

    A rolling period looks back over the last ``length`` milliseconds. It is counted in ``PARTS`` equal buckets, each of
    which counts until all of it is past: no stretch of that length can hold more than the limit.
    """

    per: Per
    reset_day: int = 1
    length: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.reset_day <= 28:
            raise ValueError(f"reset_day must be from 1 to 28, not {self.reset_day}")
        if (self.per is Per.ROLLING) != (self.length > 0):
            raise ValueError("a rolling period has a length, and no other has one")
        if self.length and self.length < SHORTEST_ROLLING:
            raise ValueError("a rolling period lasts a minute or more")

    def __str__(self) -> str:
        if self.per is Per.ROLLING:
            return f"{_duration_text(self.length)} rolling"
        return f"month from day {self.reset_day}" if self.reset_day > 1 else str(self.per)

    @property
    def bucket(self) -> int:
        """Milliseconds of a rolling period's bucket."""
        return self.length // PARTS

    def counted_since(self, at: int) -> int:
        """Of a rolling period: the start of the oldest bucket that still counts at ``at``."""
        return _floor(at - self.length, self.bucket)

    def view(self, window: Window, now: int) -> Window:
        """What people are shown as the window in force: of a rolling period all that counts at ``now``, not one bucket."""
        return Window(self.counted_since(now), window.end) if self.per is Per.ROLLING else window


@dataclass(frozen=True, slots=True)
class Window:
    """One instance of a period: ``start <= t < end``, UTC milliseconds since 1970."""

    start: int
    end: int

    def __contains__(self, at: int) -> bool:
        return self.start <= at < self.end


def window_at(period: Period, zone: str, at: int) -> Window:
    """The window of ``period`` in the IANA zone ``zone`` that holds the UTC millisecond ``at``; of a rolling one, the bucket.

    Days have 23, 24 or 25 hours where clocks change, and windows tile time without gap or overlap: a day starts at the
    first instant of its local date, even where midnight is skipped or comes twice.
    """
    if period.per is Per.LIFETIME:
        return Window(0, FAR_FUTURE)
    if period.per is Per.ROLLING:
        start = _floor(at, period.bucket)
        return Window(start, start + period.bucket)
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


def _floor(at: int, width: int) -> int:
    return at - at % width


def _duration_text(length: int) -> str:
    for unit, width in (("d", 86_400_000), ("h", 3_600_000), ("m", 60_000)):
        if length % width == 0:
            return f"{length // width}{unit}"
    return f"{length // 1000}s"


def to_utc(at: int) -> datetime:
    """UTC milliseconds as an aware datetime."""
    return datetime.fromtimestamp(at / 1000, UTC)


def iso_utc(at: int) -> str:
    """UTC milliseconds as ISO 8601: ``"2026-03-01T05:00:00.000Z"``."""
    return to_utc(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")
