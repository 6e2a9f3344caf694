"""The chat completions shape."""

from __future__ import annotations

import json
from typing import Any

import pytest

from budgetmon.workloads.standin.completions import (
    NOTICE,
    REPLY_TEXT,
    BadRequestError,
    ChatRequest,
    Tokens,
    chat_document,
    count_tokens,
    error_document,
    parse_chat,
)


def body(**fields: Any) -> bytes:
    return json.dumps({"model": "sonar", "messages": [{"role": "user", "content": "abcde"}], **fields}).encode()


def test_that_a_token_is_four_characters_begun() -> None:
    assert [count_tokens(text) for text in ("", "a", "abcd", "abcde", "東京東京")] == [0, 1, 1, 2, 1]


def test_that_tokens_are_counted_from_all_messages_and_from_the_reply() -> None:
    messages = [
        {"role": "system", "content": "abcd"},
        {"role": "user", "content": [{"type": "text", "text": "abcde"}, {"type": "image_url", "image_url": {"url": "x"}}]},
        {"role": "assistant", "content": None},
    ]
    chat = parse_chat(body(messages=messages))
    assert chat == ChatRequest("sonar", Tokens(3, count_tokens(REPLY_TEXT), 0), REPLY_TEXT, "stop")


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_that_the_reply_is_cut_at_max_tokens(name: str) -> None:
    chat = parse_chat(body(**{name: 3}))
    assert (chat.text, chat.finish_reason, chat.tokens.completion) == (REPLY_TEXT[:12], "length", 3)


def test_that_exact_counts_can_be_asked_for_beyond_max_tokens() -> None:
    asked = {"prompt_tokens": 4808, "completion_tokens": 900, "cached_tokens": 4000}
    chat = parse_chat(body(standin=asked, max_tokens=10))
    assert chat.tokens == Tokens(4808, 900, 4000)


def test_that_counts_that_are_not_asked_for_are_counted() -> None:
    assert parse_chat(body(standin={"completion_tokens": 0})).tokens == Tokens(2, 0, 0)


@pytest.mark.parametrize(
    ("wrong", "param"),
    [
        ({"model": ""}, "model"),
        ({"model": None}, "model"),
        ({"model": "m" * 201}, "model"),
        ({"messages": []}, "messages"),
        ({"messages": "hello"}, "messages"),
        ({"messages": ["hello"]}, "messages[0]"),
        ({"messages": [{"content": "x"}]}, "messages[0]"),
        ({"messages": [{"role": "user", "content": 5}]}, "messages[0].content"),
        ({"messages": [{"role": "user", "content": ["x"]}]}, "messages[0].content"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"max_tokens": True}, "max_tokens"),
        ({"max_completion_tokens": "5"}, "max_completion_tokens"),
        ({"n": 2}, "n"),
        ({"standin": 5}, "standin"),
        ({"standin": {"prompt_tokens": -1}}, "standin.prompt_tokens"),
        ({"standin": {"completion_tokens": 1.0}}, "standin.completion_tokens"),
        ({"standin": {"prompt_tokens": 2**53}}, "standin.prompt_tokens"),
        ({"standin": {"prompt_tokens": 5, "cached_tokens": 6}}, "standin.cached_tokens"),
    ],
)
def test_that_a_request_that_cannot_be_served_names_the_field(wrong: dict[str, Any], param: str) -> None:
    with pytest.raises(BadRequestError) as caught:
        parse_chat(body(**wrong))
    assert caught.value.param == param


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_that_a_body_that_is_no_object_is_refused(content: bytes) -> None:
    with pytest.raises(BadRequestError, match="the body"):
        parse_chat(content)


def test_that_the_reply_has_the_shape_that_clients_expect_and_says_what_it_is() -> None:
    chat = ChatRequest("sonar", Tokens(10, 5, 4), "text", "stop")
    document = chat_document(chat, "chatcmpl-1", 1_700_000_000)
    assert document["usage"] == {
        "prompt_tokens": 10,
        "completion_tokens": 5,
        "total_tokens": 15,
        "prompt_tokens_details": {"cached_tokens": 4},
    }
    assert document["choices"] == [
        {"index": 0, "message": {"role": "assistant", "content": "text"}, "logprobs": None, "finish_reason": "stop"}
    ]
    assert (document["id"], document["object"], document["created"]) == ("chatcmpl-1", "chat.completion", 1_700_000_000)
    assert document["system_fingerprint"] == document["provider"] == "budgetmon-standin"
    assert "nothing was billed" in REPLY_TEXT


def test_that_an_error_says_that_it_comes_from_a_stand_in() -> None:
    document: Any = error_document("no", "server_error", code="c", param="p")
    assert document["error"] == {"message": f"no ({NOTICE})", "type": "server_error", "param": "p", "code": "c"}
    assert "stand-in" in NOTICE
