"""budgetmon's own command line as a child process: how the app asks for what it may not do itself."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal, Slot


@dataclass(frozen=True, slots=True)
class Place:
    """Which ledger and config a command works on. Without a config the command looks for one as any other does."""

    ledger: Path | None = None
    config: Path | None = None

    def options(self) -> list[str]:
        """The options that name them."""
        named = [("--db", self.ledger), ("--config", self.config)]
        return [text for option, path in named if path is not None for text in (option, str(path))]


def prepared(arguments: list[str], parent: QObject) -> QProcess:
    """A process of ``budgetmon`` with ``arguments``, not started, in a session of its own: a Ctrl+C of ours is not its."""
    process = QProcess(parent)
    process.setProgram(sys.executable)
    process.setArguments(["-m", "budgetmon", *arguments])
    process.setStandardInputFile(QProcess.nullDevice())
    flag = QProcess.UnixProcessFlag
    parameters = QProcess.UnixProcessParameters()
    # The handlers are reset because an application started in the background ignores SIGINT, and so would its children.
    parameters.flags = flag.CreateNewSession | flag.ResetSignalHandlers | flag.CloseFileDescriptors
    process.setUnixProcessParameters(parameters)
    return process


def last_line(process: QProcess) -> str:
    """The last line that a command wrote to standard error: what it has to say to people."""
    lines = bytes(process.readAllStandardError().data()).decode(errors="backslashreplace").strip().splitlines()
    return lines[-1].removeprefix("budgetmon: ") if lines else ""


class Question(QObject):
    """Runs a command that prints one JSON document, at most one at a time; of questions asked meanwhile the last is put next.

    ``answered`` carries the document. ``failed`` carries one line. GUI thread only; call ``shutdown`` before the window goes.
    """

    answered = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._next: list[str] | None = None

    def ask(self, arguments: list[str]) -> None:
        """Put the question; returns at once."""
        if self._process is not None:
            self._next = arguments
            return
        self._process = process = prepared(arguments, self)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()

    def shutdown(self) -> None:
        """Forget what is being asked, and end it."""
        process, self._process, self._next = self._process, None, None
        if process is not None:
            process.finished.disconnect(self._on_finished)
            process.errorOccurred.disconnect(self._on_error)
            process.kill()
            process.waitForFinished(2_000)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        document = _document(bytes(process.readAllStandardOutput().data()))
        said = last_line(process)
        self._go_on(process)
        if document is None:
            self.failed.emit(said or self.tr("budgetmon ended with exit code {code}.").format(code=code))
        else:
            self.answered.emit(document)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        process = self._process
        if process is not None and error is QProcess.ProcessError.FailedToStart:
            said = process.errorString()
            self._go_on(process)
            self.failed.emit(said)

    def _go_on(self, process: QProcess) -> None:
        self._process = None
        process.deleteLater()
        following, self._next = self._next, None
        if following is not None:
            self.ask(following)


def _document(output: bytes) -> dict[str, Any] | None:
    try:
        document = json.loads(output)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None
