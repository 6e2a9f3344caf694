"""The codec of events."""

import json
import pickle
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.runs.events import (
    Collected,
    CollectError,
    Event,
    EventDecodeError,
    Excerpt,
    Outcome,
    RunFinished,
    RunStarted,
    Section,
    TestFinished,
    TestStarted,
    decode,
    encode,
)

# Any text at all, lone surrogates included: ids and output are not ours.
texts = st.text(st.characters(codec=None), max_size=30)
lines = st.none() | st.integers(1, 10**6)
seconds = st.floats(0, 1e6, allow_nan=False)
excerpts = st.none() | st.builds(Excerpt, texts, st.integers(0, 10**9))
sections = st.lists(st.builds(Section, texts, texts, st.integers(0, 10**9)), max_size=3).map(tuple)
outcomes = st.sampled_from(Outcome)
events = st.one_of(
    st.builds(
        RunStarted,
        python=texts,
        pytest=texts,
        root=texts,
        cwd=texts,
        args=st.lists(texts, max_size=3).map(tuple),
        pid=st.integers(1, 2**22),
        schema=st.just(1),
    ),
    st.builds(Collected, st.integers(0, 10**6), st.lists(texts, max_size=3).map(tuple)),
    st.builds(CollectError, texts, texts, excerpts, texts, lines),
    st.builds(TestStarted, texts, texts, lines),
    st.builds(TestFinished, texts, outcomes, seconds, texts, excerpts, sections, texts, lines),
    st.builds(RunFinished, st.integers(-1, 255), st.dictionaries(outcomes, st.integers(0, 99)), seconds),
)


@given(events)
def test_that_every_event_survives_its_line(event: Event) -> None:
    line = encode(event)

    assert line.isascii()
    assert "\n" not in line
    assert decode(line) == event


@given(events, st.data())
def test_that_a_line_cut_anywhere_is_an_error_of_its_own_type(event: Event, data: st.DataObject) -> None:
    line = encode(event)
    cut = data.draw(st.integers(0, len(line) - 1))

    with pytest.raises(EventDecodeError):
        decode(line[:cut])


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_that_garbage_is_an_error_of_its_own_type(line: str) -> None:
    with pytest.raises(EventDecodeError):
        decode(line)


@given(events, st.data(), st.none() | st.integers(-1, 1) | st.just("x") | st.lists(st.integers(), max_size=1) | st.just({}))
def test_that_a_value_of_another_type_never_gets_through_unnoticed(event: Event, data: st.DataObject, value: object) -> None:
    values = json.loads(encode(event))
    name = data.draw(st.sampled_from([field.name for field in fields(event)]))
    values[name] = value

    try:
        decoded = decode(json.dumps(values))
    except EventDecodeError:
        return
    got = getattr(decoded, name)
    assert got == value or (got == () and value == []) or (got is not None and value == [*got])


def test_that_a_missing_value_is_named() -> None:
    with pytest.raises(EventDecodeError, match="test_started without a usable file"):
        decode('{"event": "test_started", "id": "a", "line": 1}')


def test_that_unknown_keys_are_ignored() -> None:
    values = json.loads(encode(TestStarted("a", "f", 1))) | {"colour": "green"}

    assert decode(json.dumps(values)) == TestStarted("a", "f", 1)


def test_that_another_schema_is_refused_in_words() -> None:
    line = encode(RunStarted("3", "9", "/", "/", (), 1, schema=2))

    with pytest.raises(EventDecodeError, match="schema 2, and only 1 is known here"):
        decode(line)


def test_that_numbers_that_are_not_finite_are_refused() -> None:
    line = encode(TestFinished("a", Outcome.PASSED, 0.5, "", None, (), "f", None))

    for word in ("NaN", "Infinity"):
        with pytest.raises(EventDecodeError, match="seconds"):
            decode(line.replace("0.5", word))


def test_that_a_decode_error_is_short_and_pickles() -> None:
    with pytest.raises(EventDecodeError) as caught:
        decode("{" * 10_000)

    again = pickle.loads(pickle.dumps(caught.value))
    assert str(again) == str(caught.value)
    assert len(str(again)) < 200


def test_that_bad_outcomes_are_those_that_somebody_has_to_look_at() -> None:
    assert {outcome for outcome in Outcome if outcome.bad} == {Outcome.FAILED, Outcome.ERROR, Outcome.CRASHED}
