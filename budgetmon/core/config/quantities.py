"""Texts of the config that stand for a quantity: limits, shares, durations. Each raises ValueError saying what it expected."""

from __future__ import annotations

import re
from datetime import timedelta

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import MAX_INT64, parse_usd, scaled
from budgetmon.core.rules.periods import Per, Period

_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)", re.IGNORECASE)


def parse_limit(text: str) -> tuple[int, Unit]:
    """``"4.98 USD"``, ``"$4.98"``, ``"25 calls"``, ``"2_000_000 tokens"`` as amount and unit."""
    number, _, word = text.partition(" ")
    word = word.strip().lower()
    if word in ("calls", "call", "tokens", "token"):
        digits = number.replace("_", "").replace(",", "")
        if not digits.isascii() or not digits.isdigit() or int(digits) > MAX_INT64:
            raise ValueError(f"expected a whole number of {word}, zero or more, not {number!r}")
        return int(digits), Unit.CALLS if word.startswith("call") else Unit.TOKENS
    if word in ("", "usd") and (word or text.startswith("$")):
        try:
            return parse_usd(text), Unit.USD
        except ValueError as error:
            raise ValueError(f"expected a limit such as '5.00 USD': {error}") from None
    raise ValueError(f"expected a limit with its unit, such as '5.00 USD', '25 calls' or '2000000 tokens', not {text!r}")


def parse_share(text: str) -> int:
    """``"80%"`` as a whole percentage from 1 to 100."""
    digits = text.removesuffix("%").strip()
    if not digits.isascii() or not digits.isdigit() or not 1 <= int(digits) <= 100:
        raise ValueError(f"expected a share from 1% to 100%, not {text!r}")
    return int(digits)


def parse_duration(text: str) -> timedelta:
    """``"15m"``, ``"90 s"``, ``"1.5h"``; units ms, s, m, h, d, w."""
    match = _DURATION.fullmatch(text.strip())
    if not match:
        raise ValueError(f"expected a duration such as '15m', '90s' or '2h', not {text!r}")
    try:
        duration = timedelta(seconds=float(match[1]) * _SECONDS[match[2].lower()])
    except OverflowError:
        raise ValueError(f"expected a duration that a calendar can hold, not {text!r}") from None
    if not duration:
        raise ValueError("expected a duration longer than zero")
    return duration


def parse_period(text: str) -> Period:
    """``"day"``, ``"week"``, ``"month"``, ``"lifetime"``, or a duration such as ``"5h"`` for a rolling period."""
    word = text.lower().removeprefix("rolling").strip()
    if word in (Per.DAY, Per.WEEK, Per.MONTH, Per.LIFETIME):
        return Period(Per(word))
    try:
        length = parse_duration(word)
    except ValueError:
        raise ValueError(f"expected day, week, month, lifetime, or a rolling duration such as 5h, not {text!r}") from None
    return Period(Per.ROLLING, length=length // timedelta(milliseconds=1))


def parse_count(text: str) -> int:
    """A whole number of one or more."""
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise ValueError(f"expected a whole number of one or more, not {text!r}")
    return int(text)


def parse_per_million(text: str) -> int:
    """USD per million tokens as nanos per million tokens, exact."""
    return scaled(text, 1_000_000_000, "USD per million tokens")
