"""A menu of the ledgers that were looked at last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from budgetmon.gui.settings import Settings
from budgetmon.gui.state.recent_ledgers import recent_titles


class RecentMenu(QMenu):
    """``chosen`` carries the path. ``leading`` actions stand above the ledgers. Filled anew each time it opens."""

    chosen = Signal(str)

    def __init__(self, title: str, settings: Settings, leading: Sequence[QAction], parent: QWidget) -> None:
        super().__init__(title, parent)
        self._settings = settings
        self._leading = leading
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._on_triggered)
        self.fill()

    @Slot()
    def fill(self) -> None:
        """Show what the settings remember."""
        self.clear()
        self.addActions(list(self._leading))
        if self._leading:
            self.addSeparator()
        paths = self._settings.recent_ledgers
        for path, title in zip(paths, recent_titles(paths), strict=True):
            action = self.addAction(title.replace("&", "&&"))
            action.setData(path)
            action.setToolTip(path)
        if not paths:
            self.addAction(self.tr("No ledgers yet")).setEnabled(False)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        if isinstance(action.data(), str):
            self.chosen.emit(action.data())
