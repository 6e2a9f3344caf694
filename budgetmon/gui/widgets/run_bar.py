"""The bar above a run: its folder and what can be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from budgetmon.gui.state.run_tree import shown
from budgetmon.gui.widgets.labels import elided_role_label, set_dynamic


class RunBar(QWidget):
    """Buttons over actions that also have shortcuts within ``owner``. Connect to the actions."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._folder = elided_role_label("muted", "No folder chosen", Qt.TextElideMode.ElideMiddle)
        self._folder.setAccessibleName("Folder of the tests")
        self.choose_folder = _action(owner, "Choose folder…", "", "Choose the folder whose tests to run")
        self.run = _action(owner, "Run", "Ctrl+R", "Run all tests of the folder")
        self.cancel = _action(owner, "Cancel", "Ctrl+.", "End the run and everything that it started")
        self.rerun_failed = _action(owner, "Rerun failed", "Ctrl+Shift+R", "Run only what failed, crashed or had an error")
        self.failed_first = _action(owner, "Failed first", "", "Show failed tests before the others")
        self.failed_first.setCheckable(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(_ActionButton(self.run, primary=True))
        layout.addWidget(_ActionButton(self.cancel))
        layout.addWidget(_ActionButton(self.rerun_failed))
        layout.addWidget(_toggle(self.failed_first))
        layout.addSpacing(6)
        layout.addWidget(self._folder, 1)
        layout.addWidget(_ActionButton(self.choose_folder))
        self.show_state(None, running=False, any_bad=False)

    def show_state(self, folder: Path | None, *, running: bool, any_bad: bool, cancelling: bool = False) -> None:
        """Say which folder it is, and enable what makes sense now."""
        text = shown(str(folder)) if folder else "No folder chosen"
        self._folder.setText(text)
        self._folder.setToolTip(text if folder else "")
        self.choose_folder.setEnabled(not running)
        self.run.setEnabled(folder is not None and not running)
        self.cancel.setEnabled(running and not cancelling)
        self.rerun_failed.setEnabled(any_bad and not running)


class _ActionButton(QPushButton):
    """A push button that is enabled, named and triggered as its action."""

    def __init__(self, action: QAction, *, primary: bool = False) -> None:
        super().__init__(action.text())
        self._primary = primary
        self.setToolTip(action.toolTip())
        self.setAccessibleDescription(action.statusTip())
        self.setAccessibleName(action.text().rstrip("…"))
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self._on_enabled)
        self._on_enabled(action.isEnabled())

    @Slot(bool)
    def _on_enabled(self, on: bool) -> None:
        self.setEnabled(on)
        set_dynamic(self, "primary", self._primary and on)  # what cannot be pressed must not look like the thing to do


def _action(owner: QWidget, text: str, shortcut: str, explanation: str) -> QAction:
    action = QAction(text, owner)
    action.setStatusTip(explanation)
    action.setToolTip(f"{explanation} ({shortcut})" if shortcut else explanation)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    owner.addAction(action)
    return action


def _toggle(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(action.text())
    return button
