"""Server-sent events as they pass."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon import Usage
from budgetmon.integrations.clients.events import EventReader


def event(document: Any, end: str = "\n\n", name: str = "") -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(document, separators=(',', ':'))}{end}".encode()


def chunk(text: str, **more: Any) -> dict[str, Any]:
    return {"id": "1", "choices": [{"index": 0, "delta": {"content": text}}], **more}


LAST: dict[str, Any] = {"id": "1", "choices": [], "usage": {"prompt_tokens": 10, "completion_tokens": 5}}
DONE = b"data: [DONE]\n\n"


def pieces(content: bytes, cuts: list[int]) -> list[bytes]:
    places = [0, *sorted(cut % (len(content) + 1) for cut in cuts), len(content)]
    return [content[start:end] for start, end in itertools.pairwise(places)]


def read(reader: EventReader, content: bytes, cuts: list[int]) -> bytes:
    return b"".join(reader.feed(piece) for piece in pieces(content, cuts)) + reader.finish()


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r"])
@given(cuts=st.lists(st.integers(0, 10_000), max_size=12))
def test_that_what_was_not_asked_for_is_taken_out_wherever_the_bytes_are_cut(end: str, cuts: list[int]) -> None:
    texts = ["hel", 'lo, "usage":null, ', "wörld", ""]
    plain = b"".join(event(chunk(text), end) for text in texts) + DONE
    asked = b"".join(event(chunk(text, usage=None), end) for text in texts) + event(LAST, end) + DONE
    reader = EventReader(hide_usage=True)
    assert read(reader, asked, cuts) == plain
    assert (reader.usage, reader.complete) == (Usage(10, 5), True)
    untouched = EventReader(hide_usage=False)
    assert read(untouched, asked, cuts) == asked
    assert untouched.usage == Usage(10, 5)


def test_that_a_usage_elsewhere_in_a_chunk_stays() -> None:
    content = b'data: {"usage":null, "choices":[{"delta":{"content":"a"},"usage":null}]}\n\n'
    reader = EventReader(hide_usage=True)
    assert read(reader, content, []) == b'data: {"choices":[{"delta":{"content":"a"},"usage":null}]}\n\n'


def test_that_a_usage_beside_a_choice_is_not_hidden_and_not_final() -> None:
    content = event(chunk("a", usage={"prompt_tokens": 3, "completion_tokens": 1}))
    reader = EventReader(hide_usage=True)
    assert read(reader, content, []) == content
    assert (reader.usage, reader.complete) == (Usage(3, 1), False)


@pytest.mark.parametrize("kind", ["response.completed", "response.incomplete"])
def test_that_a_response_is_complete_with_its_last_event(kind: str) -> None:
    reader = EventReader(hide_usage=False)
    reader.feed(event({"type": "response.output_text.delta", "delta": "abc"}, name="response.output_text.delta"))
    assert (reader.usage, reader.complete, reader.text_bytes) == (None, False, 3)
    reader.feed(event({"type": kind, "response": {"usage": {"input_tokens": 4, "output_tokens": 2}}}, name=kind))
    assert (reader.usage, reader.complete) == (Usage(4, 2), True)


def test_that_the_parts_of_a_usage_add_up_over_the_events_of_a_message() -> None:
    start = {"input_tokens": 4, "cache_read_input_tokens": 9, "cache_creation_input_tokens": 0, "output_tokens": 1}
    reader = EventReader(hide_usage=False)
    reader.feed(event({"type": "message_start", "message": {"usage": start}}))
    reader.feed(event({"type": "content_block_delta", "delta": {"type": "text_delta", "text": "hello"}}))
    reader.feed(event({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 12}}))
    assert not reader.complete
    reader.feed(event({"type": "message_stop"}))
    assert (reader.usage, reader.complete) == (Usage(4, 12, 9), True)


@given(content=st.binary(max_size=200), cuts=st.lists(st.integers(0, 200), max_size=5))
def test_that_what_is_no_event_passes_as_it_is(content: bytes, cuts: list[int]) -> None:
    assert read(EventReader(hide_usage=True), content, cuts) == content


@pytest.mark.parametrize("data", ["5", "null", "[1]", '"text"', '{"choices":null}', '{"choices":[5],"delta":[{"a":["b"]}]}'])
def test_that_odd_documents_pass(data: str) -> None:
    content = f": comment\ndata: {data}\n\n".encode()
    assert read(EventReader(hide_usage=True), content, []) == content
