"""Server-sent events as they pass: what they tell about the usage, and taking out what the caller did not ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.clients.replies import usage_block, usage_of

_END_OF_EVENT = re.compile(rb"\r?\n\r?\n|\r\r")
_NO_USAGE = re.compile(rb',\s*"usage"\s*:\s*null|"usage"\s*:\s*null\s*,\s*')
_LAST_TYPES = {"response.completed", "response.incomplete", "response.failed", "message_stop"}
_DONE = b"[DONE]"


class EventReader:
    """Reads the events of one stream. With ``hide_usage`` its output is the stream as it had been without its usage.

    ``complete`` turns true once the stream has told all: with its last event, or with the chunk that only holds the usage.
    ``text_bytes`` are the bytes of the reply's text so far. Belongs to one reader at a time.
    """

    def __init__(self, *, hide_usage: bool) -> None:
        self._hide = hide_usage
        self._rest = b""
        self._block: dict[str, Any] = {}
        self.complete = False
        self.text_bytes = 0

    @property
    def usage(self) -> Usage | None:
        """The usage, as far as it has been told."""
        return usage_of(self._block) if self._block else None

    def feed(self, chunk: bytes) -> bytes:
        """Takes up ``chunk``; what of the stream may go on to the caller."""
        self._rest += chunk
        kept, start = [], 0
        for end in _END_OF_EVENT.finditer(self._rest):
            kept.append(self._event(self._rest[start : end.end()]))
            start = end.end()
        self._rest = self._rest[start:]
        return b"".join(kept) if self._hide else chunk

    def finish(self) -> bytes:
        """The stream is over; what is left of it goes on to the caller."""
        rest, self._rest = self._rest, b""
        if not self._hide:
            self._event(rest)
            return b""
        return self._event(rest)

    def _event(self, event: bytes) -> bytes:
        """Notes what ``event`` tells; the event as the caller is to see it."""
        data = b"\n".join(line[5:].strip() for line in event.splitlines() if line.startswith(b"data:"))
        if data.startswith(_DONE):
            self.complete = True
            return event
        try:
            document = json.loads(data)
        except ValueError:
            return event
        only_usage = self.take(document)
        if self._hide and only_usage:
            return b""
        if self._hide and isinstance(document, dict) and document.get("usage", ...) is None:
            return _NO_USAGE.sub(b"", event, count=1)
        return event

    def take(self, document: object) -> bool:
        """Notes what one event, or a reply that came whole, tells; whether it is a chunk that only holds the usage."""
        if not isinstance(document, dict):
            return False
        self._block.update({name: value for name, value in (usage_block(document) or {}).items() if value is not None})
        self.text_bytes += sum(len(text.encode(errors="replace")) for text in _texts(document))
        only_usage = document.get("choices") == [] and isinstance(document.get("usage"), dict)
        self.complete = self.complete or only_usage or document.get("type") in _LAST_TYPES
        return only_usage


def _texts(document: dict[str, Any]) -> Iterator[str]:
    """The pieces of the reply in an event, whatever they are called in this dialect."""
    choices = document.get("choices")
    pieces = [document.get("delta"), *(choices if isinstance(choices, list) else [])]
    while pieces:
        piece = pieces.pop()
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, dict):
            pieces += piece.values()
        elif isinstance(piece, list):
            pieces += piece
