"""SIGINT and SIGTERM close the window as a click on its close button does."""

from __future__ import annotations

import contextlib
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class StopSignals(QObject):
    """Emits ``asked`` when the process is asked to stop. Create it in the main thread; ``close`` puts the old handlers back.

    Python runs signal handlers only between two bytecodes, and an idle event loop executes none: the interpreter writes
    a byte to a socket instead, and that wakes the loop.
    """

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._read, self._write = socket.socketpair()
        self._read.setblocking(False)
        self._write.setblocking(False)
        self._old_fd = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._old = {each: signal.signal(each, _ignore) for each in (signal.SIGINT, signal.SIGTERM)}
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_byte)

    @Slot()
    def _on_byte(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._read.recv(64)
        self.asked.emit()

    def close(self) -> None:
        """Put everything back as it was."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._old_fd)
        for each, handler in self._old.items():
            signal.signal(each, handler)
        self._read.close()
        self._write.close()


def _ignore(number: int, frame: object) -> None:
    """The wake-up byte says it all."""
