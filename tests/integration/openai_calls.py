"""Every way of calling the OpenAI client that is guarded, and its results in a form that can be compared."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from integration.paid_clients import ASKED, HELLO
from openai import AsyncOpenAI, OpenAI

EXTRA = {"standin": ASKED}
ClientCall = Callable[[OpenAI], Any]
AsyncClientCall = Callable[[AsyncOpenAI], Awaitable[Any]]


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


CALLS: list[ClientCall] = [
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


async def chat_later(api: AsyncOpenAI) -> Any:
    return await api.chat.completions.create(model="chat", messages=HELLO, max_tokens=300, extra_body=EXTRA)


async def chat_stream_later(api: AsyncOpenAI) -> Any:
    stream = await api.chat.completions.create(model="chat", messages=HELLO, stream=True, max_tokens=300, extra_body=EXTRA)
    return [chunk async for chunk in stream]


async def chat_stream_helper_later(api: AsyncOpenAI) -> Any:
    async with api.chat.completions.stream(model="chat", messages=HELLO, max_tokens=300, extra_body=EXTRA) as stream:
        return await stream.get_final_completion()


async def embeddings_later(api: AsyncOpenAI) -> Any:
    return await api.embeddings.create(model="embed", input=["one", "two"])


async def response_later(api: AsyncOpenAI) -> Any:
    return await api.responses.create(model="chat", input="hello", max_output_tokens=300, extra_body=EXTRA)


async def response_stream_later(api: AsyncOpenAI) -> Any:
    stream = await api.responses.create(model="chat", input="hello", stream=True, max_output_tokens=300, extra_body=EXTRA)
    return [event async for event in stream]


ASYNC_CALLS: list[AsyncClientCall] = [
    chat_later,
    chat_stream_later,
    chat_stream_helper_later,
    embeddings_later,
    response_later,
    response_stream_later,
]
