"""The whole output of a run: copied to the clipboard, or to a file off the GUI thread, since it may be large."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QThread, Signal, Slot
from PySide6.QtGui import QGuiApplication

KEPT_CHARACTERS = 4 * 1024 * 1024  # more than that in a clipboard serves nobody


class _Copy(QThread):
    """Copies one file."""

    def __init__(self, source: Path, target: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._source, self._target = source, target
        self.problem = ""

    def run(self) -> None:
        """The thread's work."""
        try:
            shutil.copyfile(self._source, self._target)
        except OSError as error:
            self.problem = f"{self._target}: {error.strerror or error}"


class RunLog(QObject):
    """The log at ``path``, or none. ``saved`` carries the copy's path and, if it could not be written, why."""

    saved = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self._report: Path | None = None
        self._copy: _Copy | None = None
        self._target = Path()

    def of(self, files: Path | None) -> None:
        """Take the log in ``files`` from now on."""
        self.path = None if files is None else files / "output.txt"
        self._report = None if files is None else files / "report.html"

    @property
    def report(self) -> Path | None:
        """What the run has written for people to read, such as an audit's report; None where there is nothing."""
        return self._report if self._report is not None and self._report.is_file() else None

    def save_as(self, target: Path) -> None:
        """Copy the log to ``target``; returns at once. Nothing happens while a copy is being made."""
        if self.path is None or self._copy is not None:
            return
        self._target = target
        self._copy = _Copy(self.path, target, self)
        self._copy.finished.connect(self._on_copied)
        self._copy.start()

    def to_clipboard(self) -> None:
        """Copy the end of the log as text."""
        if self.path is None:
            return
        try:
            with self.path.open("rb") as file:
                size = file.seek(0, 2)
                file.seek(max(0, size - KEPT_CHARACTERS))
                text = file.read().decode(errors="backslashreplace")
        except OSError:
            return
        QGuiApplication.clipboard().setText(text.replace("\0", "\\x00"))

    def shutdown(self) -> None:
        """Wait for a copy that is being made."""
        if self._copy is not None:
            self._copy.wait()

    @Slot()
    def _on_copied(self) -> None:
        copy, self._copy = self._copy, None
        if copy is not None:
            self.saved.emit(str(self._target), copy.problem)
            copy.deleteLater()
