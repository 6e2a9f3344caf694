"""A row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget


class Segments(QFrame):
    """Shows the checkable ``actions`` of one exclusive group side by side. Emits ``chosen`` with the action's data."""

    chosen = Signal(object)

    def __init__(self, group: QActionGroup, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        self.setAccessibleName(name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(1)
        for action in group.actions():
            button = QToolButton(self)
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"{name}: {action.text()}")
            layout.addWidget(button)
        group.triggered.connect(self._on_triggered)

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.chosen.emit(action.data())


def exclusive_actions(choices: Sequence[tuple[str, object]], chosen: object, parent: QWidget) -> QActionGroup:
    """A group of checkable actions, one per (text, data), with ``chosen`` checked."""
    group = QActionGroup(parent)
    group.setExclusive(True)
    for text, data in choices:
        action = QAction(text, group)
        action.setCheckable(True)
        action.setData(data)
        action.setChecked(data == chosen)
    return group
