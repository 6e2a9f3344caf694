"""Exporting the picture that is shown: the question, the work in the poller's thread, and the answer."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.gui.dialogs.export_dialog import ExportDialog
from budgetmon.gui.feed.feed import Feed
from budgetmon.gui.feed.poller import Exported
from budgetmon.gui.notices import Notices
from budgetmon.gui.state.formatting import zone_of
from budgetmon.monitor.export.csv_export import export_csv
from budgetmon.monitor.export.json_export import export_json
from budgetmon.monitor.snapshot import Snapshot


class PictureExport(QObject):
    """One export at a time, of the snapshot that was shown when it was asked for."""

    def __init__(self, feed: Feed, notices: Notices, window: QWidget) -> None:
        super().__init__(window)
        self._feed = feed
        self._notices = notices
        self._window = window
        self._folder = Path.home()
        self._snapshot: Snapshot | None = None
        feed.exported.connect(self._on_exported)

    def ask(self, snapshot: Snapshot) -> ExportDialog:
        """Ask where to, then export ``snapshot``."""
        self._snapshot = snapshot
        when = datetime.fromtimestamp(snapshot.as_of / 1000, zone_of(snapshot.ledger.zone))
        dialog = ExportDialog(self._folder, when, self._window)
        dialog.chosen.connect(self.write)
        dialog.open()
        return dialog

    @Slot(object, bool)
    def write(self, target: Path, csv: bool) -> None:
        """Export to ``target``: a folder of CSV tables, or one JSON file."""
        if self._snapshot is None:
            return
        self._folder = target.parent
        self._feed.export(partial(export_csv if csv else export_json, self._snapshot, target))

    @Slot(object)
    def _on_exported(self, exported: Exported) -> None:
        if exported.path is not None:
            self._notices.exported(exported.path)
        else:
            self._notices.not_exported(exported.problem or "No details")
