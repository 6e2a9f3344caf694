"""Exporting the ledger that is shown: the question, the child process that does it, and what became of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.gui.dialogs.export_dialog import ExportDialog
from budgetmon.gui.notices import Notices
from budgetmon.gui.process.command import Place
from budgetmon.gui.process.export_process import ExportProcess
from budgetmon.gui.settings import Settings
from budgetmon.monitor.snapshot import Snapshot


class Exporting(QObject):
    """One export at a time; a notice tells how far it is and offers to cancel it."""

    def __init__(self, notices: Notices, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._notices = notices
        self._settings = settings
        self._window = window
        self._place = Place()
        self._process = ExportProcess(self)
        self._process.progressed.connect(self._on_progressed)
        self._process.written.connect(self._on_written)
        self._process.failed.connect(notices.not_exported)
        self._process.cancelled.connect(notices.export_cancelled)
        notices.cancel_export_asked.connect(self._process.cancel)

    def use(self, place: Place) -> None:
        """Export the ledger of ``place`` from now on."""
        self._place = place

    def ask(self, snapshot: Snapshot) -> ExportDialog | None:
        """Ask what to export, where to and as what; None while another export is under way."""
        if self._process.is_running:
            return None
        settings = self._settings
        dialog = ExportDialog(snapshot, self._place, settings.export_folder, settings.export_format, self._window)
        dialog.chosen.connect(self.write)
        dialog.open()
        return dialog

    @Slot(object, object, object)
    def write(self, target: Path, options: list[str], format: str) -> None:
        """Export to ``target``, with the options of ``budgetmon export``; folder and format are remembered."""
        self._settings.export_folder = target.parent
        self._settings.export_format = format
        self._notices.exporting(0, 0)
        self._process.start(self._place, target, options)

    def shutdown(self) -> None:
        """End what is under way; nothing of it is left behind."""
        self._process.shutdown()

    @Slot(int, int)
    def _on_progressed(self, done: int, total: int) -> None:
        self._notices.exporting(done, total)

    @Slot(object)
    def _on_written(self, target: Path) -> None:
        self._notices.exported(target)
