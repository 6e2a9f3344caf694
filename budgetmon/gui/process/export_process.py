"""An export as a child process: it reads for as long as it takes, while the app neither waits nor holds up anybody."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from budgetmon.gui.process.command import Place, last_line, prepared

_PATIENCE_MS = 3_000


class ExportProcess(QObject):
    """One export at a time. GUI thread only; call ``shutdown`` before the window goes.

    ``progressed`` carries the rows so far and in all. ``written`` (a path), ``failed`` (a line) or ``cancelled`` ends it.
    """

    progressed = Signal(int, int)
    written = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._target = Path()
        self._total = 0
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether an export is under way."""
        return self._process is not None

    def start(self, place: Place, target: Path, options: list[str]) -> None:
        """Export the ledger of ``place`` to ``target``; ``options`` are those of ``budgetmon export``."""
        assert self._process is None
        self._target, self._total, self._is_cancelled = target, 0, False
        arguments = ["export", "--progress-lines", "--out", str(target), *place.options(), *options]
        self._process = process = prepared(arguments, self)
        process.readyReadStandardOutput.connect(self._on_output)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()

    @Slot()
    def cancel(self) -> None:
        """End it; nothing of it is left behind."""
        if self._process is not None:
            self._is_cancelled = True
            self._process.terminate()

    def shutdown(self) -> None:
        """End it and wait, for a window that closes."""
        process, self._process = self._process, None
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._on_output)
            process.finished.disconnect(self._on_finished)
            process.errorOccurred.disconnect(self._on_error)
            process.terminate()
            if not process.waitForFinished(_PATIENCE_MS):
                process.kill()
                process.waitForFinished(_PATIENCE_MS)

    @Slot()
    def _on_output(self) -> None:
        process = self._process
        done: int | None = None
        while process is not None and process.canReadLine():
            line = bytes(process.readLine().data()).decode(errors="replace").strip()
            if line.startswith("of "):
                self._total = int(line.removeprefix("of "))
            elif line.isdecimal():
                done = int(line)
        if done is not None:
            self.progressed.emit(done, self._total)

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        said = last_line(process)
        self._end(process)
        if self._is_cancelled:
            self.cancelled.emit()
        elif code == 0 and status is QProcess.ExitStatus.NormalExit:
            self.written.emit(self._target)
        else:
            self.failed.emit(said or self.tr("budgetmon ended with exit code {code}.").format(code=code))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        process = self._process
        if process is not None and error is QProcess.ProcessError.FailedToStart:
            said = process.errorString()
            self._end(process)
            self.failed.emit(said)

    def _end(self, process: QProcess) -> None:
        self._process = None
        process.deleteLater()
