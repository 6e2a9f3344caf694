"""Filters of calls and refusals as people type them: ``provider:openai cost>0.10 -failed since:10:00 "free text"``.

Terms of one name, number or state are alternatives (``provider:a provider:b``); everything else must hold, and each term that
begins with ``-`` must not. Pure: what a filter means to the ledger is for the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import MAX_INT64, parse_usd


class Field(StrEnum):
    """What a term is about. The value is the word that is typed."""

    PROVIDER = "provider"
    MODEL = "model"
    TAG = "tag"
    RUN = "run"
    BUDGET = "budget"
    WORKER = "worker"
    ID = "id"
    STATE = "state"
    COST = "cost"
    HELD = "held"
    TOKENS = "tokens"
    TOOK = "took"
    SINCE = "since"
    UNTIL = "until"
    REFUSED = "refused"
    FAILED = "failed"
    UNPRICED = "unpriced"
    OVERRUN = "overrun"
    IMPORTED = "imported"
    TEXT = "text"


class Sign(StrEnum):
    """How a value is compared."""

    IS = ":"
    ABOVE = ">"
    BELOW = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


NAMES = (Field.PROVIDER, Field.MODEL, Field.TAG, Field.RUN, Field.BUDGET)
FLAGS = (Field.REFUSED, Field.FAILED, Field.UNPRICED, Field.OVERRUN, Field.IMPORTED)
MEASURES = (Field.COST, Field.HELD, Field.TOKENS, Field.TOOK)
OF_CALLS = frozenset(Field) - {Field.BUDGET, Field.REFUSED}
OF_REFUSALS = frozenset({*NAMES, Field.WORKER, Field.ID, Field.SINCE, Field.UNTIL, Field.REFUSED, Field.TEXT})
STATES = {state.word.replace(" ", "-"): state for state in CallState}


class Expected(StrEnum):
    """What a term should have been. The values name what is missing; the app has sentences for them."""

    KNOWN_FIELD = "a known word before the colon"
    VALUE = "a value"
    NUMBER = "a whole number"
    STATE = "held, settled, released or in-doubt"
    MONEY = "an amount in USD such as 0.10"
    DURATION = "a duration such as 250ms, 2s or 5m"
    TIME = "a time such as 10:00, 2h, 2026-03-01 or 2026-03-01T09:30"
    COLON = "a colon and a value: only measures are compared"
    CLOSING_QUOTE = "a closing quotation mark"
    ANOTHER_TABLE = "a word that applies to this table"


class FilterError(ValueError):
    """A filter that cannot be understood: ``token`` as typed, and what was ``expected`` instead."""

    def __init__(self, token: str, expected: Expected) -> None:
        super().__init__(f"{token}: expected {expected.value}")
        self.token = token
        self.expected = expected

    def __reduce__(self) -> tuple[type[FilterError], tuple[str, Expected]]:
        return type(self), (self.token, self.expected)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must hold, or must not when it is to ``exclude``.

    ``value`` is text for names and free text ("" for none), nanos for money, milliseconds for times and durations, the number
    of a CallState for states. In a ``wild`` name ``*`` stands for any letters.
    """

    field: Field
    value: str | int = 1
    sign: Sign = Sign.IS
    exclude: bool = False
    wild: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """All terms of a filter; without terms everything passes."""

    terms: tuple[Term, ...] = ()

    def of(self, *fields: Field) -> tuple[Term, ...]:
        """The terms about these fields."""
        return tuple(term for term in self.terms if term.field in fields)


_TERM = re.compile(
    r"""(?P<exclude>-?)
    (?:(?P<field>[A-Za-z]+)(?P<sign>>=|<=|[:=<>]))?
    (?:"(?P<quoted>(?:[^"\\]|\\.)*)"(?=\s|$)|(?P<open>"(?:[^"\\]|\\.)*\\?$)|(?P<bare>\S*))""",
    re.VERBOSE,
)
_DURATION = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))?(ms|s|m|h|d)")
_MS = {"ms": 1, "s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}


def parse(text: str, fields: frozenset[Field], now: int, zone: str) -> Filter:
    """The filter that ``text`` spells, for a table that knows ``fields``.

    ``now`` (UTC milliseconds) and the IANA ``zone`` are what ``since:10:00`` and ``since:2h`` count from. Raises FilterError.
    """
    terms = []
    position = 0
    while rest := text[position:].lstrip():
        position = len(text) - len(rest)
        found = _TERM.match(rest)
        if found is None:  # cannot happen: the bare form matches anything
            raise FilterError(rest, Expected.VALUE)
        terms.append(_term(found, fields, now, zone))
        position += found.end()
    return Filter(tuple(terms))


def spelled(field: Field, value: str, *, exclude: bool = False) -> str:
    """The token that picks exactly ``value``: ``'tag:"night job"'``."""
    if not re.fullmatch(r"[^\s\"\\*]+", value):
        value = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{'-' if exclude else ''}{field}:{value}"


def _term(found: re.Match[str], fields: frozenset[Field], now: int, zone: str) -> Term:
    token = found.group(0)
    if found["open"] is not None:
        raise FilterError(token, Expected.CLOSING_QUOTE)
    exclude = bool(found["exclude"])
    quoted = found["quoted"]
    value = found["bare"] if quoted is None else re.sub(r"\\(.)", r"\1", quoted)
    if found["field"] is None:
        return _plain(token, value, quoted is not None, exclude, fields)
    field = next((each for each in Field if each is not Field.TEXT and each == found["field"].lower()), None)
    if field is None or field in FLAGS:
        raise FilterError(token, Expected.KNOWN_FIELD)
    if field not in fields:
        raise FilterError(token, Expected.ANOTHER_TABLE)
    sign = Sign.IS if found["sign"] == "=" else Sign(found["sign"])
    if sign is not Sign.IS and field not in MEASURES:
        raise FilterError(token, Expected.COLON)
    if not value and (quoted is None or field not in NAMES):
        raise FilterError(token, Expected.VALUE)
    if field in NAMES:
        return Term(field, value, sign, exclude, wild=quoted is None and "*" in value)
    return Term(field, _number(token, field, value, now, zone), sign, exclude)


def _plain(token: str, value: str, quoted: bool, exclude: bool, fields: frozenset[Field]) -> Term:
    """A word alone: a flag, or text to look for."""
    if not value:
        raise FilterError(token, Expected.VALUE)
    flag = None if quoted else next((each for each in FLAGS if each == value.lower()), None)
    if flag is None:
        return Term(Field.TEXT, value, exclude=exclude)
    if flag not in fields:
        raise FilterError(token, Expected.ANOTHER_TABLE)
    return Term(flag, exclude=exclude)


def _number(token: str, field: Field, value: str, now: int, zone: str) -> int:
    match field:
        case Field.STATE:
            state = STATES.get(value.lower())
            if state is None:
                raise FilterError(token, Expected.STATE)
            return int(state)
        case Field.COST | Field.HELD:
            try:
                return parse_usd(value)
            except ValueError:
                raise FilterError(token, Expected.MONEY) from None
        case Field.TOOK:
            length = _duration(value)
            if length is None:
                raise FilterError(token, Expected.DURATION)
            return length
        case Field.SINCE | Field.UNTIL:
            at = _instant(value, now, zone)
            if at is None:
                raise FilterError(token, Expected.TIME)
            return at
    if not re.fullmatch(r"[0-9]{1,19}", value) or int(value) > MAX_INT64:
        raise FilterError(token, Expected.NUMBER)
    return int(value)


def _duration(value: str) -> int | None:
    found = _DURATION.fullmatch(value.lower())
    if found is None:
        return None
    whole, fraction, unit = found.groups()
    return int(whole) * _MS[unit] + int((fraction or "0").ljust(3, "0")) * _MS[unit] // 1_000


def _instant(value: str, now: int, zone: str) -> int | None:
    """A clock time is the last one that was; a duration counts back from now; what names no zone is in ``zone``."""
    ago = _duration(value)
    if ago is not None:
        return max(0, now - ago)
    here = datetime.fromtimestamp(now / 1000, ZoneInfo(zone))
    clock = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?", value)
    if clock:
        hour, minute, second = (int(part or 0) for part in clock.groups())
        at = here.replace(hour=hour, minute=minute, second=second, microsecond=0)
        return _milliseconds(at if at <= here else at - timedelta(days=1))
    try:
        at = datetime.fromisoformat(value)
        return _milliseconds(at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone)))
    except (ValueError, OverflowError):
        return None


def _milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
