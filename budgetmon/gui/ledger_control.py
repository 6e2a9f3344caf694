"""Which ledger is watched: chosen in a dialog, among the last ones, or dropped on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from budgetmon.gui.actions import Actions
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.recent_ledgers import with_recent
from budgetmon.gui.widgets.empty_state import dropped_file
from budgetmon.gui.widgets.recent_menu import RecentMenu


class LedgerControl(QObject):
    """``chosen`` carries the path of another ledger. GUI thread only."""

    chosen = Signal(str)

    def __init__(self, actions: Actions, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self.watched = Path()
        actions.serve(self)
        self.menu = RecentMenu("", settings, [actions["open"]], window)
        self.recent = RecentMenu(self.tr("Open re&cent"), settings, [], window)
        self.menu.chosen.connect(self.chosen)
        self.recent.chosen.connect(self.chosen)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def remember(self) -> None:
        """The watched ledger showed a picture: it is one of those to offer again."""
        paths = self._settings.recent_ledgers
        if not paths or paths[0] != str(self.watched):
            self._settings.recent_ledgers = with_recent(paths, str(self.watched))

    @Slot()
    def on_open(self) -> None:
        """Choose another ledger."""
        dialog = QFileDialog(
            self._window,
            self.tr("Open a ledger"),
            str(self.watched.parent),
            self.tr("Ledgers (*.db *.sqlite *.sqlite3);;All files (*)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.chosen)
        dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What no control inside of the window wanted arrives here.
        if isinstance(event, QDropEvent) and (path := dropped_file(event)):
            event.acceptProposedAction()
            if event.type() == QEvent.Type.Drop:
                self.chosen.emit(path)
            return True
        return super().eventFilter(watched, event)
