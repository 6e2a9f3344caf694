"""Answers in server-sent events: which events a chat stream and a responses stream consist of."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from budgetmon.workloads.standin.completions import NAME, ChatRequest, chat_usage
from budgetmon.workloads.standin.responses import ResponseRequest, message_item, response_document

CHARACTERS_PER_EVENT = 8
DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class EventStream:
    """An answer that goes out event by event.

    ``bill`` is called once: with the number of all events before the one that ``tells`` what was used, by its place, goes out;
    or with the number of those that went out when the stream breaks off before that.
    ``breaks_after`` is the number of events after which the connection is dropped.
    """

    events: tuple[bytes, ...]
    tells: int
    bill: Callable[[int], None]
    breaks_after: int | None = None


def chat_events(request: ChatRequest, call_id: str, created: int) -> tuple[bytes, ...]:
    """The events of a chat stream. With ``include_usage`` every chunk names a usage, and one more at the end holds it."""
    head: dict[str, object] = {
        "id": call_id,
        "object": "chat.completion.chunk",
        "created": created,
        "model": request.model,
        "system_fingerprint": NAME,
    }
    blank: dict[str, object] = {"usage": None} if request.include_usage else {}

    def chunk(delta: dict[str, object], finish_reason: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return _event({**head, "choices": [choice], **blank})

    events = [chunk({"role": "assistant", "content": ""})]
    events += [chunk({"content": piece}) for piece in _pieces(request.text)]
    events.append(chunk({}, request.finish_reason))
    if request.include_usage:
        events.append(_event({**head, "choices": [], "usage": chat_usage(request.tokens)}))
    return (*events, DONE)


def response_events(request: ResponseRequest, call_id: str, created: int) -> tuple[bytes, ...]:
    """The events of a responses stream: numbered, named by their type, with the whole response in the last one."""
    unfinished = response_document(request, call_id, created, finished=False)
    item = message_item(request, call_id)
    where = {"item_id": item["id"], "output_index": 0, "content_index": 0}
    part = {"type": "output_text", "text": request.text, "annotations": [], "logprobs": []}
    bodies: list[dict[str, object]] = [
        {"type": "response.created", "response": unfinished},
        {"type": "response.in_progress", "response": unfinished},
        {
            "type": "response.output_item.added",
            "output_index": 0,
            "item": {**item, "content": [], "status": "in_progress"},
        },
        {"type": "response.content_part.added", **where, "part": {**part, "text": ""}},
        *({"type": "response.output_text.delta", **where, "delta": piece, "logprobs": []} for piece in _pieces(request.text)),
        {"type": "response.output_text.done", **where, "text": request.text, "logprobs": []},
        {"type": "response.content_part.done", **where, "part": part},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
        {"type": request.last_event, "response": response_document(request, call_id, created)},
    ]
    return tuple(_event({**body, "sequence_number": number}, str(body["type"])) for number, body in enumerate(bodies))


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + CHARACTERS_PER_EVENT] for start in range(0, len(text), CHARACTERS_PER_EVENT))


def _event(body: Mapping[str, object], name: str | None = None) -> bytes:
    head = f"event: {name}\n" if name else ""
    return f"{head}data: {json.dumps(body, separators=(',', ':'))}\n\n".encode()
