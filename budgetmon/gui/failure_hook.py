"""Exceptions that nobody caught: logged and shown, while the window stays."""

from __future__ import annotations

import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from budgetmon.gui.failure_log import FailureLog
from budgetmon.gui.main_window import MainWindow


class FailureHook(QObject):
    """Exceptions that escape from slots and threads go to the log and to a banner of the window, and to stderr as usual."""

    _escaped = Signal(str)

    def __init__(self, window: MainWindow, log: FailureLog) -> None:
        super().__init__(window)
        self._log = log
        self._old = sys.excepthook
        self._old_of_threads = threading.excepthook
        # From another thread it arrives in the window's own.
        self._escaped.connect(window.report_failure)
        window.feed.failed.connect(log.write)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._old(kind, error, trace)
        if isinstance(error, Exception):
            report = "".join(traceback.format_exception(kind, error, trace))
            self._log.write(report)
            self._escaped.emit(report)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        self._on_exception(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)

    def remove(self) -> None:
        """Put the old hooks back."""
        sys.excepthook = self._old
        threading.excepthook = self._old_of_threads
