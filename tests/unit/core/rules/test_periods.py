"""Periods: windows tile time in every zone, and a day begins at the first instant of its date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetmon.core.rules.periods import FAR_FUTURE, Per, Period, Window, iso_utc, to_utc, window_at

HOUR = 3_600_000
MINUTE = 60_000

# Half hours, quarters, a skipped date, midnights that are skipped or come twice, changes at a minute past midnight.
ODD_ZONES = [
    "Africa/Cairo",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Antarctica/Casey",
    "Antarctica/Troll",
    "Asia/Amman",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Pyongyang",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "UTC",
]
PERIODS = [Period(Per.DAY), Period(Per.WEEK), Period(Per.MONTH), Period(Per.MONTH, 15), Period(Per.MONTH, 28)]
EARLIEST = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()) * 1000
LATEST = int(datetime(2050, 12, 31, tzinfo=UTC).timestamp()) * 1000

instants = st.integers(EARLIEST, LATEST)
zones = st.one_of(st.sampled_from(ODD_ZONES), st.sampled_from(sorted(available_timezones() - {"localtime"})))


def utc(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp()) * 1000  # type: ignore[misc,arg-type]


def hours(zone: str, at: int) -> float:
    day = window_at(Period(Per.DAY), zone, at)
    return (day.end - day.start) / HOUR


def first_instant(day: date, zone: str) -> int:
    """The first instant at which the zone's date is ``day`` or later, found by walking minute by minute."""
    tz = ZoneInfo(zone)
    at = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) - 16 * 3600
    while datetime.fromtimestamp(at, tz).date() < day:
        at += 60
    return at * 1000


def begins(period: Period, day: date) -> bool:
    if period.per is Per.WEEK:
        return day.weekday() == 0
    return period.per is Per.DAY or day.day == period.reset_day


@given(st.sampled_from(PERIODS), zones, instants)
@example(Period(Per.DAY), "Pacific/Apia", utc(2011, 12, 30, 9, 59))
@example(Period(Per.DAY), "Pacific/Apia", utc(2011, 12, 30, 10))
@example(Period(Per.DAY), "America/St_Johns", utc(2010, 11, 7, 2, 30, 59))
@example(Period(Per.DAY), "America/St_Johns", utc(2010, 11, 7, 2, 31))
@example(Period(Per.WEEK), "Asia/Beirut", utc(2024, 3, 30, 22))
@example(Period(Per.MONTH), "Antarctica/Casey", utc(2010, 3, 4, 15))
def test_that_windows_tile_time(period: Period, zone: str, at: int) -> None:
    window = window_at(period, zone, at)
    assert at in window
    assert window.start < window.end
    assert window_at(period, zone, window.start) == window
    assert window_at(period, zone, window.end - 1) == window
    assert window_at(period, zone, window.end).start == window.end
    assert window_at(period, zone, window.start - 1).end == window.start


@given(st.sampled_from(PERIODS), zones, instants)
@example(Period(Per.DAY), "America/Sao_Paulo", utc(2018, 11, 4, 12))
@example(Period(Per.DAY), "America/St_Johns", utc(2010, 11, 7, 3))
@example(Period(Per.DAY), "Pacific/Apia", utc(2011, 12, 30, 12))
def test_that_a_window_begins_at_the_first_instant_of_a_date_that_begins_one(period: Period, zone: str, at: int) -> None:
    start = window_at(period, zone, at).start
    opening = datetime.fromtimestamp(start / 1000, ZoneInfo(zone)).date()
    assert start == first_instant(opening, zone)
    # Where a date is skipped, the next one opens what the skipped one would have.
    previous = datetime.fromtimestamp((start - MINUTE) / 1000, ZoneInfo(zone)).date()
    skipped = [previous + timedelta(days=n) for n in range(1, (opening - previous).days + 1)]
    assert any(begins(period, day) for day in skipped)


@given(st.integers(60_000, 40 * 24 * HOUR), instants, st.integers(0, 41 * 24 * HOUR))
def test_that_a_rolling_period_counts_all_of_its_length(length: int, at: int, ago: int) -> None:
    rolling = Period(Per.ROLLING, length=length)
    bucket = window_at(rolling, "UTC", at)
    assert at in bucket
    assert window_at(rolling, "UTC", bucket.end).start == bucket.end
    assert window_at(rolling, "UTC", bucket.start - 1).end == bucket.start
    counted = window_at(rolling, "UTC", at - ago).start >= rolling.counted_since(at)
    assert counted or ago > length  # nothing within the length is ever left out
    assert not counted or ago <= length + (bucket.end - bucket.start)  # and little beyond it is counted


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_that_the_days_of_two_years_follow_each_other(zone: str) -> None:
    at = utc(2010, 1, 1)
    day = window_at(Period(Per.DAY), zone, at)
    seen = 0
    while day.start < utc(2012, 1, 2):
        following = window_at(Period(Per.DAY), zone, day.end)
        assert following.start == day.end
        day = following
        seen += 1
    assert seen in (729, 730, 731, 732)


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("America/New_York", utc(2026, 3, 8, 12), 23),
        ("America/New_York", utc(2026, 11, 1, 12), 25),
        ("America/New_York", utc(2026, 7, 1, 12), 24),
        ("Australia/Lord_Howe", utc(2025, 10, 4, 20), 23.5),
        ("Australia/Lord_Howe", utc(2026, 4, 5, 2), 24.5),
        ("Pacific/Chatham", utc(2025, 9, 27, 20), 23),
        ("Asia/Beirut", utc(2024, 3, 31, 6), 23),
        ("America/Sao_Paulo", utc(2018, 11, 4, 12), 23),
        ("America/Sao_Paulo", utc(2018, 2, 17, 12), 25),
        ("Asia/Kathmandu", utc(2026, 5, 5), 24),
        ("Europe/Berlin", utc(2026, 3, 29, 6), 23),
        ("Pacific/Apia", utc(2011, 12, 30, 9, 59), 24),
        ("Pacific/Apia", utc(2011, 12, 30, 10, 1), 24),
    ],
)
def test_that_days_are_as_long_as_the_clocks_make_them(zone: str, at: int, expected: float) -> None:
    assert hours(zone, at) == expected


def test_that_the_date_that_samoa_skipped_has_no_window() -> None:
    crossing = utc(2011, 12, 30, 10)
    assert window_at(Period(Per.DAY), "Pacific/Apia", crossing - 1) == Window(crossing - 24 * HOUR, crossing)
    assert window_at(Period(Per.DAY), "Pacific/Apia", crossing) == Window(crossing, crossing + 24 * HOUR)


def test_that_an_hour_that_shows_yesterdays_date_again_does_not_open_yesterday_again() -> None:
    midnight = utc(2010, 11, 7, 2, 30)  # 00:00 in St. John's; at 00:01 the clocks showed 23:01 of the day before
    today = window_at(Period(Per.DAY), "America/St_Johns", midnight)
    assert today.start == midnight
    for minutes in (0, 1, 30, 59, 61):
        assert window_at(Period(Per.DAY), "America/St_Johns", midnight + minutes * MINUTE) == today


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period(Per.DAY), utc(2026, 3, 1, 5), utc(2026, 3, 2, 5)),
        (Period(Per.WEEK), utc(2026, 2, 23, 5), utc(2026, 3, 2, 5)),
        (Period(Per.MONTH), utc(2026, 3, 1, 5), utc(2026, 4, 1, 4)),
        (Period(Per.MONTH, 2), utc(2026, 2, 2, 5), utc(2026, 3, 2, 5)),
        (Period(Per.MONTH, 28), utc(2026, 2, 28, 5), utc(2026, 3, 28, 4)),
        (Period(Per.LIFETIME), 0, FAR_FUTURE),
    ],
)
def test_that_windows_are_cut_in_the_budgets_own_zone(period: Period, start: int, end: int) -> None:
    assert window_at(period, "America/New_York", utc(2026, 3, 1, 12)) == Window(start, end)


def test_that_a_month_that_starts_on_the_15th_crosses_the_year() -> None:
    assert window_at(Period(Per.MONTH, 15), "UTC", utc(2026, 1, 3)) == Window(utc(2025, 12, 15), utc(2026, 1, 15))


@pytest.mark.parametrize("day", [0, 29, 31, -1])
def test_that_a_reset_day_is_one_that_every_month_has(day: int) -> None:
    with pytest.raises(ValueError, match="reset_day"):
        Period(Per.MONTH, day)


def test_that_a_window_holds_its_start_and_not_its_end() -> None:
    assert 10 in Window(10, 20)
    assert 19 in Window(10, 20)
    assert 20 not in Window(10, 20)
    assert 9 not in Window(10, 20)


def test_that_times_are_shown_as_iso_8601_utc() -> None:
    assert iso_utc(utc(2026, 3, 1, 5)) == "2026-03-01T05:00:00.000Z"
    assert iso_utc(1) == "1970-01-01T00:00:00.001Z"
    assert to_utc(FAR_FUTURE).year == 9999
