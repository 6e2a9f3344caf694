"""The official OpenAI client under a budget, over real HTTP: what it gives is what it gives without, and the books agree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from integration.paid_clients import ASKED, HELLO, Books, MakeTracker, books
from openai import OpenAI

from budgetmon.integrations.clients.openai_client import guarded

EXTRA = {"standin": ASKED}


def client(book: Books, **options: Any) -> OpenAI:
    return OpenAI(base_url=book.url, api_key="none", **{"max_retries": 0, **options})


def under_budget(book: Books, **options: Any) -> OpenAI:
    return guarded(client(book, **options), book.tracker)


def plain(value: Any) -> Any:
    """A result without what differs between any two calls: its number and its second."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    document = value.to_dict() if hasattr(value, "to_dict") else value
    volatile = ("id", "created", "created_at", "item_id", "completed_at")

    def without(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: without(item) for key, item in part.items() if key not in volatile}
        return [without(item) for item in part] if isinstance(part, list) else part

    return type(value), without(document)


def chat(api: OpenAI) -> Any:
    return api.chat.completions.create(model="chat", messages=HELLO, max_tokens=300, extra_body=EXTRA)


def chat_stream(api: OpenAI) -> Any:
    return list(api.chat.completions.create(model="chat", messages=HELLO, stream=True, max_tokens=300, extra_body=EXTRA))


def chat_stream_with_usage(api: OpenAI) -> Any:
    options: Any = {"include_usage": True}
    with api.chat.completions.create(
        model="chat", messages=HELLO, stream=True, max_tokens=300, stream_options=options, extra_body=EXTRA
    ) as stream:
        return list(stream)


def chat_stream_helper(api: OpenAI) -> Any:
    with api.chat.completions.stream(model="chat", messages=HELLO, max_tokens=300, extra_body=EXTRA) as stream:
        return stream.get_final_completion()


def embeddings(api: OpenAI) -> Any:
    return api.embeddings.create(model="embed", input=["one", "two"])


def embeddings_as_floats(api: OpenAI) -> Any:
    return api.embeddings.create(model="embed", input="one", encoding_format="float")


def response(api: OpenAI) -> Any:
    return api.responses.create(model="chat", input="hello", max_output_tokens=300, extra_body=EXTRA)


def response_stream(api: OpenAI) -> Any:
    return list(api.responses.create(model="chat", input="hello", stream=True, max_output_tokens=300, extra_body=EXTRA))


def raw_response(api: OpenAI) -> Any:
    reply = api.chat.completions.with_raw_response.create(model="chat", messages=HELLO, max_tokens=300)
    assert reply.http_response.is_closed
    return reply.parse()


def streamed_response(api: OpenAI) -> Any:
    with api.chat.completions.with_streaming_response.create(model="chat", messages=HELLO, max_tokens=300) as reply:
        return reply.parse()


def copied(api: OpenAI) -> Any:
    return chat(api.with_options(timeout=5))


CALLS: list[Callable[[OpenAI], Any]] = [
    chat,
    chat_stream,
    chat_stream_with_usage,
    chat_stream_helper,
    embeddings,
    embeddings_as_floats,
    response,
    response_stream,
    raw_response,
    streamed_response,
    copied,
]


@pytest.mark.parametrize("call", CALLS)
def test_that_what_it_gives_is_what_it_gives_without_and_the_books_agree(
    call: Callable[[OpenAI], Any], make_tracker: MakeTracker
) -> None:
    with books(make_tracker) as other, closing(client(other)) as api:
        expected = call(api)
    with books(make_tracker) as book, closing(under_budget(book)) as api:
        assert plain(call(api)) == plain(expected)
        assert book.agree(calls=1)
