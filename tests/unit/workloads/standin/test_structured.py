"""Answers of the stand-in in the JSON form that a request asks for."""

from __future__ import annotations

import json

import pytest

from budgetmon.workloads.standin.completions import parse_chat
from budgetmon.workloads.standin.structured import structured_text

SCHEMA = {
    "type": "object",
    "properties": {
        "mood": {"type": "string", "enum": ["up", "down"]},
        "share": {"type": "number", "minimum": 2, "maximum": 3},
        "count": {"type": "integer", "minimum": 5, "maximum": 7},
        "sure": {"type": "boolean"},
        "words": {"type": "array", "items": {"type": "string"}},
    },
}
ASKED = {"type": "json_schema", "json_schema": {"name": "mood", "schema": SCHEMA}}


def test_that_an_answer_fits_its_schema_and_repeats() -> None:
    text = structured_text(ASKED, "seed")
    assert text == structured_text(ASKED, "seed")
    answer = json.loads(text or "")
    assert answer["mood"] in ("up", "down")
    assert 2 <= answer["share"] <= 3
    assert answer["count"] in (5, 6, 7)
    assert isinstance(answer["sure"], bool)
    assert [type(word) for word in answer["words"]] == [str]


@pytest.mark.parametrize("asked", [None, "json", {"type": "text"}, {"type": "json_schema"}])
def test_that_other_requests_get_plain_text(asked: object) -> None:
    assert structured_text(asked, "seed") is None


def test_that_a_short_limit_cuts_the_answer_off() -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "?"}], "response_format": ASKED, "max_tokens": 3}
    request = parse_chat(json.dumps(body).encode())
    assert (len(request.text), request.finish_reason, request.tokens.completion) == (12, "length", 3)
