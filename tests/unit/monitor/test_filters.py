"""Filters: what people type is understood or named as wrong, and never silently something else."""

from __future__ import annotations

import pickle
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.filters import (
    NAMES,
    OF_CALLS,
    OF_REFUSALS,
    Expected,
    Field,
    Filter,
    FilterError,
    Sign,
    Term,
    parse,
    spelled,
)

ZONE = "Europe/Berlin"
NOW = int(datetime(2026, 3, 10, 12, 30, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)
HOUR = 3_600_000


def terms(text: str) -> tuple[Term, ...]:
    return parse(text, OF_CALLS, NOW, ZONE).terms


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 3, day, hour, minute, tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def test_that_nothing_typed_filters_nothing() -> None:
    assert parse("  ", OF_CALLS, NOW, ZONE) == Filter()


def test_that_every_kind_of_term_is_understood() -> None:
    assert terms(
        'provider:openai Model:gpt* -tag:"night job" worker:12 state:in-doubt cost>0.10 took>=2.5s failed "free text"'
    ) == (
        Term(Field.PROVIDER, "openai"),
        Term(Field.MODEL, "gpt*", wild=True),
        Term(Field.TAG, "night job", exclude=True),
        Term(Field.WORKER, 12),
        Term(Field.STATE, CallState.IN_DOUBT),
        Term(Field.COST, 100_000_000, Sign.ABOVE),
        Term(Field.TOOK, 2_500, Sign.AT_LEAST),
        Term(Field.FAILED),
        Term(Field.TEXT, "free text"),
    )


def test_that_an_empty_name_in_quotes_means_none() -> None:
    assert terms('tag:""') == (Term(Field.TAG, ""),)


def test_that_an_equals_sign_is_a_colon() -> None:
    assert terms("cost=0.10 tag=x") == (Term(Field.COST, 100_000_000), Term(Field.TAG, "x"))


@pytest.mark.parametrize(
    ("typed", "instant"),
    [
        ("10:00", at(10, 10)),
        ("12:30", at(10, 12, 30)),
        ("23:00", at(9, 23)),
        ("2h", NOW - 2 * HOUR),
        ("2026-03-01", at(1, 0)),
        ("2026-03-01T09:30", at(1, 9, 30)),
        ("2026-03-01T09:30Z", at(1, 10, 30)),
    ],
)
def test_that_a_time_is_the_last_one_that_was_in_the_ledgers_zone(typed: str, instant: int) -> None:
    assert terms(f"since:{typed}") == (Term(Field.SINCE, instant),)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("colour:red", Expected.KNOWN_FIELD),
        ("failed:yes", Expected.KNOWN_FIELD),
        ("text:x", Expected.KNOWN_FIELD),
        ("provider:", Expected.VALUE),
        ('worker:""', Expected.VALUE),
        ("-", Expected.VALUE),
        ("worker:twelve", Expected.NUMBER),
        ("worker:99999999999999999999", Expected.NUMBER),
        ("worker:-1", Expected.NUMBER),
        ("worker:\u0662", Expected.NUMBER),
        ("state:gone", Expected.STATE),
        ("cost>cheap", Expected.MONEY),
        ("cost>0.0000000001", Expected.MONEY),
        ("took>2", Expected.DURATION),
        ("since:noon", Expected.TIME),
        ("since:25:00", Expected.TIME),
        ("provider>x", Expected.COLON),
        ("since>10:00", Expected.COLON),
        ('tag:"night job', Expected.CLOSING_QUOTE),
        ('"a\\" b', Expected.CLOSING_QUOTE),
        ("budget:daily", Expected.ANOTHER_TABLE),
        ("refused", Expected.ANOTHER_TABLE),
    ],
)
def test_that_what_is_wrong_is_named_with_what_was_expected(typed: str, expected: Expected) -> None:
    with pytest.raises(FilterError) as raised:
        terms(f"provider:x {typed}")
    assert (raised.value.token, raised.value.expected) == (typed, expected)
    assert pickle.loads(pickle.dumps(raised.value)).token == typed


def test_that_each_table_knows_its_own_words() -> None:
    assert parse("refused budget:daily", OF_REFUSALS, NOW, ZONE).terms == (Term(Field.REFUSED), Term(Field.BUDGET, "daily"))
    with pytest.raises(FilterError):
        parse("cost>1", OF_REFUSALS, NOW, ZONE)


@given(st.sampled_from(NAMES), st.text(), st.booleans())
def test_that_what_is_spelled_is_read_back(field: Field, value: str, exclude: bool) -> None:
    spelling = f"failed {spelled(field, value, exclude=exclude)} x"
    assert parse(spelling, frozenset(Field), NOW, ZONE).terms[1] == Term(field, value, exclude=exclude)


@given(st.text())
def test_that_anything_typed_is_either_understood_or_named(typed: str) -> None:
    try:
        terms(typed)
    except FilterError as error:
        assert error.token in typed
