"""What a run has printed: the end of its output file, followed while it grows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from budgetmon.gui.state.formatting import count
from budgetmon.gui.widgets.run_text import block

KEPT_BYTES = 256 * 1024


class RunOutput(QPlainTextEdit):
    """Shows the last 256 KiB of one file. Scrolls along only while its end is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._size = 0
        self.setReadOnly(True)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setUndoRedoEnabled(False)
        self.setPlaceholderText(self.tr("What pytest prints appears here."))
        self.setAccessibleName(self.tr("Output of the run"))

    def follow(self, path: Path | None) -> None:
        """Show the file at ``path`` from now on, which need not exist yet."""
        self._path = path
        self._size = 0
        self.clear()

    def read_anew(self) -> None:
        """Read all of it again: numbers are written in another way."""
        self._size = 0
        self.refresh()

    def refresh(self) -> None:
        """Read what is new; costs nothing when the file has not grown."""
        try:
            size = self._path.stat().st_size if self._path else 0
            if self._path is None or size == self._size:
                return
            with self._path.open("rb") as file:
                file.seek(max(0, size - KEPT_BYTES))
                data = file.read(KEPT_BYTES)
        except OSError:  # not there yet, or removed with its run
            return
        self._size = size
        cut = size - KEPT_BYTES
        left_out = self.tr("[... {count} bytes left out ...]").format(count=count(cut)) + "\n" if cut > 0 else ""
        bar = self.verticalScrollBar()
        at, at_end = bar.value(), bar.value() >= bar.maximum() - 1
        self.setPlainText(left_out + block(data.decode("utf-8", errors="backslashreplace")))
        bar.setValue(bar.maximum() if at_end else at)
