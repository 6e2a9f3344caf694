"""Reads a file of events while it grows."""

from __future__ import annotations

import time
from pathlib import Path

from budgetmon.runs.events import Event, EventDecodeError, decode

CHUNK = 1 << 20
PIECE = 1 << 16


class EventTail:
    """Hands out each event of a growing file once. A last line without its end is kept until the rest comes.

    Lines that are no events come as EventDecodeError values among the events: they are for the reader to report. Not safe to
    share between threads.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._offset = 0
        self._partial = b""

    def read(self, limit: int = CHUNK) -> list[Event | EventDecodeError]:
        """What was written since the last call, from at most ``limit`` more bytes; nothing when there is no file yet."""
        try:
            with self._path.open("rb") as file:
                file.seek(self._offset)
                data = file.read(limit)
        except FileNotFoundError:
            return []
        self._offset += len(data)
        if b"\n" not in data:
            self._partial += data
            return []
        *lines, rest = (self._partial + data).split(b"\n")
        self._partial = rest
        return [_event(line) for line in lines if line]

    def read_for(self, seconds: float) -> list[Event | EventDecodeError]:
        """What is new, from small pieces, for about so long: a large report comes in several calls."""
        found: list[Event | EventDecodeError] = []
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            before = self._offset
            found += self.read(PIECE)
            if self._offset == before:
                break
        return found

    def read_rest(self) -> list[Event | EventDecodeError]:
        """All that is left, once nobody writes any more. Half a line at the end is reported as an error."""
        found: list[Event | EventDecodeError] = []
        before = -1
        while self._offset != before:
            before = self._offset
            found += self.read()
        if self._partial:
            found.append(_event(self._partial))
            self._partial = b""
        return found


def _event(line: bytes) -> Event | EventDecodeError:
    try:
        return decode(line.decode("ascii", errors="backslashreplace"))
    except EventDecodeError as error:
        return error
