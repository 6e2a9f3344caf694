"""Times that another tool stored without their zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo


class Clarity(Enum):
    """How well a local time names an instant: fully, as one of two (clocks went back), or not at all (they went forward)."""

    CLEAR = 0
    TWICE = 1
    SKIPPED = 2


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def utc_milliseconds(text: str, zone: ZoneInfo) -> tuple[int, Clarity]:
    """UTC milliseconds of an ISO 8601 time, finer digits cut off; one that names no offset is local time in ``zone``.

    A local time that came twice is taken as the first. One that the clocks skipped is read with the offset from before
    the change, so that it lies after the change by as much as it lay inside the gap. Raises ValueError.
    """
    at = datetime.fromisoformat(text)
    clarity = Clarity.CLEAR
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone)
        clarity = _clarity(at)
    milliseconds = (at - _EPOCH) // _MILLISECOND
    if milliseconds < 0:
        raise ValueError(f"{text!r} lies before 1970")
    return milliseconds, clarity


def _clarity(at: datetime) -> Clarity:
    first, second = at.utcoffset(), at.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return Clarity.CLEAR
    return Clarity.TWICE if first > second else Clarity.SKIPPED
