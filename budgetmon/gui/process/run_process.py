"""A test run as a child process: started in a session of its own, followed by its events, ended with all its descendants."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal, Slot

from budgetmon.runs.events import EndReason, ProcessEnd
from budgetmon.runs.process_group import is_gone, send_signal
from budgetmon.runs.pytest_command import RunCommand
from budgetmon.runs.tail import EventTail

POLL_MS = 100
_START_MS = 5_000


@dataclass(frozen=True, slots=True)
class Grace:
    """How long each step of ending a run waits before the next one follows.

    An interrupt (as from Ctrl+C) lets pytest tear its fixtures down; SIGTERM ends most of what is left; SIGKILL ends the rest.
    """

    after_interrupt: timedelta = timedelta(seconds=2)
    after_terminate: timedelta = timedelta(seconds=3)
    after_kill: timedelta = timedelta(seconds=2)

    def after(self, number: int) -> int:
        """Milliseconds to wait after signal ``number``."""
        waits = {signal.SIGINT: self.after_interrupt, signal.SIGTERM: self.after_terminate, signal.SIGKILL: self.after_kill}
        return waits[signal.Signals(number)] // timedelta(milliseconds=1)


IMPATIENT = Grace(timedelta(seconds=1), timedelta(seconds=1), timedelta(seconds=1))
_STEPS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


class RunProcess(QObject):
    """Runs one RunCommand at a time.

    ``received`` carries a list of events (EventDecodeError for lines that are none) as they happen; ``ended`` carries the
    ProcessEnd, once per start, after the last event and when no process of the run is left. Both streams of the child go to
    a file: a pipe could be held open by a grandchild. Use from the thread that it was made in.
    """

    received = Signal(object)
    ended = Signal(object)

    def __init__(self, parent: QObject | None = None, *, grace: Grace | None = None) -> None:
        super().__init__(parent)
        self._grace = grace or Grace()
        self._process: QProcess | None = None
        self._group = 0
        self._tail: EventTail | None = None
        self._reason = EndReason.ITSELF
        self._detail = ""
        self._leader_end: ProcessEnd | None = None
        self._steps = list(_STEPS)
        self._shutting_down = False
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self._on_poll)
        self._next_step = QTimer(self, singleShot=True)
        self._next_step.timeout.connect(self._take_step)
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._on_limit)

    @property
    def running(self) -> bool:
        """Whether a run was started and ``ended`` has not come yet."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The process id of the last run, also the id of its session and process group; 0 before the first."""
        return self._group

    def start(self, command: RunCommand, time_limit: timedelta | None = None) -> None:
        """Start ``command``; end it after ``time_limit``. RuntimeError while another one runs.

        A command that cannot be started ends at once with EndReason.NOT_STARTED.
        """
        if self._process is not None:
            raise RuntimeError("a run is going on")
        self._reason, self._detail, self._leader_end = EndReason.ITSELF, "", None
        self._steps, self._group = list(_STEPS), 0
        self._tail = EventTail(command.events_path)
        self._process = process = self._prepared(command)
        obstacle = _obstacle(command)
        if not obstacle:
            process.finished.connect(self._on_finished)
            process.start()
            if not process.waitForStarted(_START_MS):
                obstacle = process.errorString()
        if obstacle:
            self._reason = EndReason.NOT_STARTED
            self._leader_end = ProcessEnd(self._reason, detail=f"Cannot start {command.argv[0]}: {obstacle}.")
            self._finish()
            return
        self._group = process.processId()
        self._poll.start()
        if time_limit is not None:
            self._detail = f"Ended after its time limit of {time_limit}."
            self._limit.start(time_limit // timedelta(milliseconds=1))

    def cancel(self) -> None:
        """End the run and all that it started: interrupt, then SIGTERM, then SIGKILL. Returns at once; ``ended`` follows."""
        if self._process is not None and self._reason is EndReason.ITSELF:
            self._end_group(EndReason.CANCELLED)

    def shutdown(self) -> None:
        """End the run as cancel() does, but wait for it, three seconds at most. ``ended`` is emitted before this returns."""
        if self._process is None:
            return
        self._shutting_down = True
        if self._reason is EndReason.ITSELF and self._leader_end is None:
            self._reason = EndReason.CANCELLED
        for step in self._steps or [signal.SIGKILL]:
            send_signal(self._group, step)
            if self._wait_for_group(self._process, IMPATIENT.after(step)):
                break
        self._finish()

    def _wait_for_group(self, process: QProcess, milliseconds: int) -> bool:
        """Whether the whole group ended within ``milliseconds``."""
        deadline = time.monotonic() + milliseconds / 1000
        while time.monotonic() < deadline:
            if self._leader_end is None:
                process.waitForFinished(20)  # emits finished
            elif is_gone(self._group):
                return True
            else:
                time.sleep(0.01)
        return False

    def _prepared(self, command: RunCommand) -> QProcess:
        process = QProcess(self)
        process.setProgram(command.argv[0])
        process.setArguments(list(command.argv[1:]))
        process.setWorkingDirectory(str(command.cwd))
        process.setProcessEnvironment(_environment(command.env))
        process.setStandardInputFile(QProcess.nullDevice())
        process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        process.setStandardOutputFile(str(command.output_path))
        flag = QProcess.UnixProcessFlag
        parameters = QProcess.UnixProcessParameters()
        # A session of its own makes the child's pid the id of a group with all its descendants. The handlers are reset
        # because an application started in the background ignores SIGINT, and so would pytest.
        parameters.flags = flag.CreateNewSession | flag.ResetSignalHandlers | flag.CloseFileDescriptors
        process.setUnixProcessParameters(parameters)
        return process

    def _end_group(self, reason: EndReason) -> None:
        self._reason = reason
        self._limit.stop()
        self._take_step()

    @Slot()
    def _on_limit(self) -> None:
        if self._reason is EndReason.ITSELF and self._leader_end is None:
            self._end_group(EndReason.TIME_LIMIT)

    @Slot()
    def _take_step(self) -> None:
        if self._process is None:
            return
        if not self._steps:  # even SIGKILL left something: it hangs in the kernel or is not ours
            self._finish()
            return
        step = self._steps.pop(0)
        send_signal(self._group, step)
        self._next_step.start(self._grace.after(step))

    @Slot()
    def _on_poll(self) -> None:
        self._read()
        if self._leader_end is not None and is_gone(self._group):
            self._finish()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if status is QProcess.ExitStatus.CrashExit:  # Qt gives the signal as the code then
            self._leader_end = ProcessEnd(EndReason.ITSELF, signal=code)
        else:
            self._leader_end = ProcessEnd(EndReason.ITSELF, exit_code=code)
        self._limit.stop()
        if self._shutting_down:
            return
        if is_gone(self._group):
            self._finish()
        elif signal.SIGTERM in self._steps:  # it left children behind, and an interrupt is meant for pytest
            self._steps = [signal.SIGTERM, signal.SIGKILL]
            self._take_step()

    def _read(self) -> None:
        if self._tail is not None:
            events = self._tail.read()
            if events:
                self.received.emit(events)

    def _finish(self) -> None:
        process, tail = self._process, self._tail
        if process is None or tail is None:
            return
        self._process = self._tail = None
        self._shutting_down = False
        for timer in (self._poll, self._next_step, self._limit):
            timer.stop()
        process.deleteLater()
        rest = tail.read_rest()
        if rest:
            self.received.emit(rest)
        self.ended.emit(self._end())

    def _end(self) -> ProcessEnd:
        end = self._leader_end or ProcessEnd(self._reason, detail="The process does not end: it hangs in the kernel.")
        if self._reason is EndReason.TIME_LIMIT:
            return ProcessEnd(self._reason, end.exit_code, end.signal, self._detail)
        return ProcessEnd(self._reason, end.exit_code, end.signal, end.detail)


def _obstacle(command: RunCommand) -> str:
    """Why Qt cannot start ``command`` as it is; empty when it can."""
    for text in (*command.argv, str(command.cwd), str(command.output_path)):
        try:
            text.encode()
        except UnicodeEncodeError:
            return f"{text!r} is not valid UTF-8"
    return "" if command.cwd.is_dir() else f"{command.cwd} is not a folder"


def _environment(env: Mapping[str, str]) -> QProcessEnvironment:
    """Only what differs is set anew: Qt keeps values that are no UTF-8 as they are, but cannot take them from Python."""
    environment = QProcessEnvironment.systemEnvironment()
    for name in environment.keys():  # noqa: SIM118 - not a mapping
        if name not in env:
            environment.remove(name)
    for name, value in env.items():
        if os.environ.get(name) != value:
            environment.insert(name, value)
    return environment
