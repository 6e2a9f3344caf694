"""Numbers, instants and names of others as they stand on the page."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from zoneinfo import ZoneInfo

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import display_usd
from budgetmon.core.rules.periods import FAR_FUTURE

NOTHING = "\N{EN DASH}"
LONGEST = 80  # characters of a name or a tag

# Characters that turn the direction of what follows: a name could hide its ending behind them.
_TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str | None, longest: int = LONGEST) -> str:
    """Text that others chose: what is invisible is written as an escape, what is too long is cut and says so."""
    if text is None:
        return NOTHING
    cut = text if len(text) <= longest else text[:longest]
    seen = "".join(_escape(char) if char in _TURNING or unicodedata.category(char) in ("Cc", "Cs") else char for char in cut)
    return seen if cut is text else f"{seen}… ({len(text):,} characters)"


def amount(unit: Unit, value: int) -> str:
    """An amount of a budget with its unit: ``"$4.20"``, ``"25 calls"``."""
    return display_usd(value) if unit is Unit.USD else f"{value:,} {unit}"


def money(nanos: int | None) -> str:
    """Money for people; an en dash where it is not known."""
    return NOTHING if nanos is None else display_usd(nanos)


def share(part: float) -> str:
    """``"63%"``. Rounded down, so that 100% means all of it."""
    return "<1%" if 0 < part < 0.01 else f"{int(part * 100 + 1e-9)}%"


def local(at: int | None, zone: ZoneInfo) -> str:
    """An instant (UTC milliseconds) in ``zone``, to the second; an en dash for never."""
    if at is None or at >= FAR_FUTURE:
        return NOTHING
    return datetime.fromtimestamp(at / 1000, zone).strftime("%Y-%m-%d %H:%M:%S")


def to_the_minute(at: int | None, zone: ZoneInfo) -> str:
    """The same without its seconds."""
    return local(at, zone)[:16]


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
