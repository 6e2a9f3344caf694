"""The report of a run that the app has not started: over, or started elsewhere and still going on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from budgetmon.gui.process.runner_process import POLL_MS, READING_SECONDS, runner_died
from budgetmon.runs.events import ProcessEnd
from budgetmon.runs.tail import EventTail


class EventFollower(QObject):
    """Reads one report, in pieces. ``received`` carries lists of events, the last of which is a ProcessEnd; then ``ended``."""

    received = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tail: EventTail | None = None
        self._living = False
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    @property
    def following(self) -> bool:
        """Whether a report is being read, or more of it is waited for."""
        return self._tail is not None

    def follow(self, files: Path, *, living: bool) -> None:
        """Read the report in ``files`` from its beginning. ``living``: the run goes on, as far as is known."""
        self._tail = EventTail(files / "events.jsonl")
        self._living = living
        self._poll.start()
        self._on_poll()

    def note_death(self) -> None:
        """The run does not go on any more; what is there is all."""
        self._living = False

    def stop(self) -> None:
        """Read no more."""
        self._poll.stop()
        self._tail = None

    @Slot()
    def _on_poll(self) -> None:
        if self._tail is None:
            return
        events = self._tail.read_for(READING_SECONDS)
        over = any(isinstance(event, ProcessEnd) for event in events)
        if not events and not self._living:
            events = [*self._tail.read_rest(), runner_died()]
            over = True
        if over:
            self.stop()
        if events:
            self.received.emit(events)
        if over:
            self.ended.emit()
