"""Reports a run of our own to whoever started it, as the pytest plugin does for pytest."""

from __future__ import annotations

import os
from pathlib import Path

from budgetmon.runs.events import EVENTS_VARIABLE, Event, encode


class EventLog:
    """Appends events to a file, one line each, in one write: a reader sees whole lines, or none. Raises OSError.

    With no ``path`` nobody listens, and nothing happens.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @classmethod
    def of_this_process(cls) -> EventLog:
        """The log that the runner asked for. Taken out of the environment: it is not meant for our own children."""
        named = os.environ.pop(EVENTS_VARIABLE, None)
        return cls(Path(named).absolute() if named else None)

    @property
    def folder(self) -> Path | None:
        """Where the run keeps its files; None when nobody listens."""
        return None if self._path is None else self._path.parent

    def write(self, event: Event) -> None:
        """Append ``event``."""
        if self._path is None:
            return
        with self._path.open("ab", buffering=0) as file:
            file.write(encode(event).encode("ascii") + b"\n")
