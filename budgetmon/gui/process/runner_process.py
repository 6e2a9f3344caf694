"""The runner as a child of the app: started, followed by the events of its run, and asked to end."""

from __future__ import annotations

import contextlib
import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal, Slot

from budgetmon.gui.process.command import last_line, prepared
from budgetmon.runs.events import EndReason, ProcessEnd, RunStarted
from budgetmon.runs.process_group import send_signal
from budgetmon.runs.tail import EventTail

POLL_MS = 50
# A report is read for so long at a time: the window stays free in between.
READING_SECONDS = 0.006
_START_MS = 5_000
_PATIENCE_MS = 1_500


@dataclass(frozen=True, slots=True)
class Begun:
    """What the runner says first: its run's number and name, and the folder with its files."""

    id: int
    name: str
    files: Path


class RunnerProcess(QObject):
    """One run at a time. Use from the thread that it was made in.

    ``begun`` carries a Begun; ``received`` a list of events (EventDecodeError for lines that are none) as they happen;
    ``ended`` comes once per start, after the last event. The last event is a ProcessEnd, whatever happened to the runner.
    """

    begun = Signal(object)
    received = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._tail: EventTail | None = None
        self._group = 0
        self._told_end = False
        self._over = False
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    @property
    def running(self) -> bool:
        """Whether a run was started and ``ended`` has not come yet."""
        return self._process is not None

    def start(self, arguments: list[str]) -> None:
        """Start ``budgetmon run start`` with ``arguments``. RuntimeError while another one runs."""
        if self._process is not None:
            raise RuntimeError("a run is going on")
        self._tail, self._group, self._told_end, self._over = None, 0, False, False
        self._process = process = prepared(["run", "start", *arguments, "--announce"], self)
        process.readyReadStandardOutput.connect(self._on_announced)
        process.finished.connect(self._on_finished)
        process.start()
        if not process.waitForStarted(_START_MS):
            self._over = True
        self._poll.start()

    def cancel(self) -> None:
        """Ask the runner to end its run; it does so with patience. Returns at once."""
        self._signal(signal.SIGINT)

    def shutdown(self) -> None:
        """End the run now and wait for that, a few seconds at most. ``ended`` is emitted before this returns."""
        process = self._process
        if process is None:
            return
        for number in (signal.SIGINT, signal.SIGTERM):  # the second one hurries it
            self._signal(number)
            if self._over or process.waitForFinished(_PATIENCE_MS):
                break
        else:
            process.kill()
            process.waitForFinished(_PATIENCE_MS)
        while self._process is not None:
            self._on_poll()

    def _signal(self, number: int) -> None:
        if self._process is not None and not self._over and self._process.processId() > 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.processId(), number)

    @Slot()
    def _on_announced(self) -> None:
        process = self._process
        if process is None or self._tail is not None or not process.canReadLine():
            return
        said = json.loads(bytes(process.readLine().data()))
        files = Path(said["files"])
        self._tail = EventTail(files / "events.jsonl")
        self.begun.emit(Begun(said["id"], said["name"], files))

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, _code: int, _status: QProcess.ExitStatus) -> None:
        self._on_announced()
        self._over = True

    @Slot()
    def _on_poll(self) -> None:
        """Read what is new. What is left at the end is read in pieces, too: it may be much."""
        over = self._over
        events = self._tail.read_for(READING_SECONDS) if self._tail is not None else []
        for event in events:
            if isinstance(event, RunStarted):
                self._group = event.pid
            self._told_end = self._told_end or isinstance(event, ProcessEnd)
        if events:
            self.received.emit(events)
        elif over:
            self._finish()

    def _finish(self) -> None:
        process, tail = self._process, self._tail
        if process is None:
            return
        self._poll.stop()
        self._process = self._tail = None
        rest = tail.read_rest() if tail is not None else []
        if not self._told_end and not any(isinstance(event, ProcessEnd) for event in rest):
            rest.append(self._end_of(process, begun=tail is not None))
        process.deleteLater()
        if rest:
            self.received.emit(rest)
        self.ended.emit()

    def _end_of(self, process: QProcess, *, begun: bool) -> ProcessEnd:
        """The runner has told no end: it could not begin, or it died and left its run behind."""
        if not begun:
            said = last_line(process) or process.errorString()
            return ProcessEnd(EndReason.NOT_STARTED, detail=said)
        if self._group:
            send_signal(self._group, signal.SIGKILL)
        return runner_died()


def runner_died() -> ProcessEnd:
    """The end of a run that nobody tells."""
    said = QCoreApplication.translate("RunnerProcess", "Its runner died before it ended.")
    return ProcessEnd(EndReason.ITSELF, signal=signal.SIGKILL, detail=said)
