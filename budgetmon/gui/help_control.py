"""Finding out what can be done: the command palette, the sheet of keys, and what this program is."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.gui.actions import Actions
from budgetmon.gui.dialogs.about import AboutDialog
from budgetmon.gui.dialogs.shortcuts import ShortcutsDialog
from budgetmon.gui.widgets.command_palette import CommandPalette


class HelpControl(QObject):
    """Opens them over ``window``. GUI thread only."""

    def __init__(self, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._actions = actions
        self._window = window
        actions.serve(self)

    @Slot()
    def on_palette(self) -> None:
        """Offer every command."""
        CommandPalette(self._actions.commands(), self._window).show()

    @Slot()
    def on_shortcuts(self) -> None:
        """Show what the keys do."""
        ShortcutsDialog(self._actions, self._window).open()

    @Slot()
    def on_about(self) -> None:
        """Show versions and licences."""
        AboutDialog(self._window).open()
