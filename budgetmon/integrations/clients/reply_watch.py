"""Watching the body of an answer on its way to the caller, until it has told what was used."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.clients.events import EventReader

_log = logging.getLogger(__name__)

Decode = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a body has told: a usage once it is final, and how much text of a reply has arrived."""

    usage: Usage | None
    text_bytes: int


class ReplyWatch:
    """Takes the bytes of one body as they come from the wire. ``decode`` undoes their encoding, None where there is none.

    Belongs to one reader at a time.
    """

    def __init__(self, *, events: bool, hide_usage: bool, decode: Decode | None) -> None:
        self._is_events = events
        # What is encoded cannot be read, or have anything taken out of it, before it is whole.
        self._events = EventReader(hide_usage=hide_usage and decode is None)
        self._read_now = events and decode is None
        self._decode = decode
        self._chunks: list[bytes] = []

    @property
    def complete(self) -> bool:
        """Whether all has been told before the end of the body."""
        return self._events.complete

    def feed(self, chunk: bytes) -> bytes:
        """Takes up ``chunk``; what may go on to the caller."""
        if self._read_now:
            return self._events.feed(chunk)
        self._chunks.append(chunk)
        return chunk

    def finish(self) -> bytes:
        """The body is over; what is left of it for the caller."""
        return self._events.finish() if self._read_now else b""

    def seen(self, *, whole: bool) -> Seen:
        """What the body has told, ``whole`` or cut off."""
        if self._chunks:
            self._read_late()
        final = whole or self._events.complete
        return Seen(self._events.usage if final else None, self._events.text_bytes)

    def _read_late(self) -> None:
        content, self._chunks = b"".join(self._chunks), []
        try:
            content = self._decode(content) if self._decode else content
            if self._is_events:
                self._events.feed(content)
                self._events.finish()
            else:
                self._events.take(json.loads(content))
                self._events.complete = True
        except Exception as error:  # a decoder may raise anything; what cannot be read has told nothing
            _log.debug("an answer that cannot be read tells no usage: %r", error)
