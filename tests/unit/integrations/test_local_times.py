"""Local times become the instants that the zone says, and doubtful ones are told."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.integrations.local_times import Clarity, utc_milliseconds

NEW_YORK = ZoneInfo("America/New_York")


def utc(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize(
    ("local", "instant", "clarity"),
    [
        ("2025-10-27T09:44:19.004816", "2025-10-27T13:44:19.004", Clarity.CLEAR),
        ("2025-11-14T09:44:19", "2025-11-14T14:44:19", Clarity.CLEAR),
        # Clocks were set back at 2:00 summer time: the hour before came twice, and is taken as the first.
        ("2025-11-02T00:59:59.999999", "2025-11-02T04:59:59.999", Clarity.CLEAR),
        ("2025-11-02T01:00:00", "2025-11-02T05:00:00", Clarity.TWICE),
        ("2025-11-02T01:59:59.999", "2025-11-02T05:59:59.999", Clarity.TWICE),
        ("2025-11-02T02:00:00", "2025-11-02T07:00:00", Clarity.CLEAR),
        # Clocks were set forward at 2:00: half past two lies half an hour after the change.
        ("2025-03-09T01:59:59", "2025-03-09T06:59:59", Clarity.CLEAR),
        ("2025-03-09T02:30:00", "2025-03-09T07:30:00", Clarity.SKIPPED),
        ("2025-03-09T03:00:00", "2025-03-09T07:00:00", Clarity.CLEAR),
        # A time that names its offset needs no zone.
        ("2025-11-02T01:30:00-05:00", "2025-11-02T06:30:00", Clarity.CLEAR),
        ("2025-11-02T01:30:00Z", "2025-11-02T01:30:00", Clarity.CLEAR),
    ],
)
def test_that_a_local_time_is_the_instant_that_the_zone_says(local: str, instant: str, clarity: Clarity) -> None:
    assert utc_milliseconds(local, NEW_YORK) == (utc(instant), clarity)


@pytest.mark.parametrize("text", ["", "yesterday", "2025-13-01", "1969-12-31T00:00:00", "0001-01-01T00:00:00"])
def test_that_what_is_no_time_of_this_age_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # whichever part of it noticed
        utc_milliseconds(text, NEW_YORK)


@given(
    st.datetimes(datetime.fromisoformat("1970-01-02"), datetime.fromisoformat("2100-01-01")),
    st.sampled_from(["UTC", "Asia/Kathmandu", "Europe/Berlin"]),
)
def test_that_what_is_clear_comes_back_as_the_same_local_time(local: datetime, zone: str) -> None:
    at, clarity = utc_milliseconds(local.isoformat(), ZoneInfo(zone))
    back = datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).replace(tzinfo=None)
    if clarity is not Clarity.SKIPPED:
        assert abs((back - local).total_seconds()) < 0.0011
