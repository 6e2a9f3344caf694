"""A run's own process: started in a session of its own, ended with all its descendants."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from budgetmon.runs.events import EndReason, ProcessEnd
from budgetmon.runs.process_group import descendants, is_gone, send_signal
from budgetmon.runs.pytest_command import RunCommand


@dataclass(frozen=True, slots=True)
class Grace:
    """How long each step of ending a run waits before the next one follows.

    An interrupt (as from Ctrl+C) lets pytest tear its fixtures down; SIGTERM ends most of what is left; SIGKILL ends the rest.
    """

    after_interrupt: timedelta = timedelta(seconds=2)
    after_terminate: timedelta = timedelta(seconds=3)
    after_kill: timedelta = timedelta(seconds=2)

    def after(self, number: int) -> float:
        """Seconds to wait after signal ``number``."""
        waits = {signal.SIGINT: self.after_interrupt, signal.SIGTERM: self.after_terminate, signal.SIGKILL: self.after_kill}
        return waits[signal.Signals(number)].total_seconds()


_STEPS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


class NotStartedError(Exception):
    """A command could not be started. The message says why."""


class Child:
    """One running command. Call ``poll`` often: it is what moves the end on. For one thread.

    Both streams go to a file: a pipe could be held open by a grandchild. With ``orphans_are_ours``, which is true of a process
    that called ``adopt_orphans`` and has no other children, descendants that left the group are ended as well.
    Raises NotStartedError.
    """

    def __init__(self, command: RunCommand, *, grace: Grace | None = None, orphans_are_ours: bool = False) -> None:
        self._grace = grace or Grace()
        self._orphans_are_ours = orphans_are_ours
        self._reason = EndReason.ITSELF
        self._detail = ""
        self._steps = list(_STEPS)
        self._next_step = float("inf")
        self._process = _started(command)

    @property
    def pid(self) -> int:
        """The process id, also the id of its session and process group."""
        return self._process.pid

    def end(self, reason: EndReason, detail: str = "") -> None:
        """Begin to end the run and all that it started: interrupt, then SIGTERM, then SIGKILL. Returns at once."""
        if self._reason is EndReason.ITSELF and self._process.poll() is None:
            self._reason, self._detail = reason, detail
            self._take_step()

    def kill(self) -> None:
        """Skip what is left of the patience."""
        self._steps = [signal.SIGKILL]
        self._take_step()

    def poll(self) -> ProcessEnd | None:
        """How it ended, once nothing of it is left; None before that."""
        over = self._process.poll() is not None
        if over and self._is_gone():
            return self._end()
        if over and self._reason is EndReason.ITSELF and signal.SIGINT in self._steps:
            self._steps.remove(signal.SIGINT)  # it left children behind, and an interrupt is meant for pytest
            self._take_step()
        elif time.monotonic() >= self._next_step:
            if not self._steps:  # even SIGKILL left something: it hangs in the kernel or is not ours
                return self._end()
            self._take_step()
        return None

    def _take_step(self) -> None:
        step = self._steps.pop(0)
        send_signal(self.pid, step)
        for pid in self._strays():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, step)
        self._next_step = time.monotonic() + self._grace.after(step)

    def _is_gone(self) -> bool:
        return is_gone(self.pid) and not self._strays()

    def _strays(self) -> tuple[int, ...]:
        if not self._orphans_are_ours:
            return ()
        return tuple(pid for pid in descendants(os.getpid()) if _group_of(pid) != self.pid)

    def _end(self) -> ProcessEnd:
        code = self._process.returncode
        if code is None:
            return ProcessEnd(self._reason, detail="The process does not end: it hangs in the kernel.")
        return ProcessEnd(self._reason, code if code >= 0 else None, -code if code < 0 else None, self._detail)


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def _started(command: RunCommand) -> subprocess.Popen[bytes]:
    if not command.cwd.is_dir():
        raise NotStartedError(f"Cannot start {command.argv[0]}: {command.cwd} is not a folder.")
    try:
        with command.output_path.open("wb") as output, _interruptible_children():
            return subprocess.Popen(
                command.argv,
                env=dict(command.env),
                cwd=command.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise NotStartedError(f"Cannot start {command.argv[0]}: {reason}.") from error


@contextmanager
def _interruptible_children() -> Iterator[None]:
    """Children that start meanwhile can be interrupted. A program that was started in the background ignores SIGINT, and
    whatever it starts inherits that; only the main thread may change it."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
