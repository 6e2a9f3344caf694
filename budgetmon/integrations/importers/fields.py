"""Values as other tools write them. Each function raises ValueError that says what was expected."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from budgetmon.core.rules.money import nanos_charged
from budgetmon.core.rules.usage import MAX_COUNT
from budgetmon.integrations.local_times import utc_milliseconds

_NUMBER = re.compile(r"\d{1,20}(\.\d*)?", re.ASCII)
# Plain numbers up to here are seconds since 1970 (until the year 5138), larger ones milliseconds, then micro, then nano.
_LARGEST_SECONDS = 10**11


def count(value: Any, name: str) -> int:
    """A count of zero or more; nothing, or an empty field, is 0."""
    if type(value) is int and 0 <= value <= MAX_COUNT:
        return value
    if value is None or value == "":
        return 0
    if type(value) is float and value.is_integer() and 0 <= value <= MAX_COUNT:
        return int(value)
    if isinstance(value, str) and value.strip().removesuffix(".0").isdecimal():
        return count(int(value.strip().removesuffix(".0")), name)
    raise ValueError(f"{name} is {value!r:.40}, not a count")


def instant(value: Any, zone: ZoneInfo, name: str = "the time") -> int:
    """UTC milliseconds of an ISO 8601 text, or of a number since 1970 in seconds or a thousandth, millionth, ... of them.

    A text without a zone is local time in ``zone``.
    """
    if isinstance(value, str):
        text = value.strip()
        if not _NUMBER.fullmatch(text):
            try:
                return utc_milliseconds(text.removesuffix(" UTC"), zone)[0]
            except (ValueError, OverflowError):
                raise ValueError(f"{name} is {value!r:.40}, not a time such as 2026-01-09T10:00:00Z") from None
        value = float(text) if "." in text else int(text)
    if type(value) not in (int, float) or not 0 <= value < 10**20:
        raise ValueError(f"{name} is {value!r:.40}, not a time")
    part = 1
    while value // part >= _LARGEST_SECONDS:
        part *= 1000
    return int(value * 1000 // part)


def nanos(value: Any, name: str = "the cost") -> int | None:
    """Nanos of an amount in USD; nothing, or an empty field, is None: not known."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = Decimal(value.strip().removeprefix("$"))
        except InvalidOperation:
            raise ValueError(f"{name} is {value!r:.40}, not an amount in USD") from None
    try:
        return nanos_charged(value)
    except ValueError:
        raise ValueError(f"{name} is {value!r:.40}, not an amount in USD") from None


def text(value: Any, name: str) -> str:
    """A text that is not empty."""
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"{name} is missing" if value in (None, "") else f"{name} is {value!r:.40}, not a text")


def optional_text(value: Any) -> str | None:
    """A text, or None for nothing and for an empty one."""
    return str(value) if value not in (None, "") else None


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; none where it is no list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
