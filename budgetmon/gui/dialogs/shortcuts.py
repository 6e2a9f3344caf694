"""What the keys do, straight from the action registry."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from budgetmon.gui.action_specs import ActionGroup, group_titles
from budgetmon.gui.actions import Actions, plain
from budgetmon.gui.widgets.labels import role_label

Keys = tuple[str, str]  # what is pressed, and what it does


class ShortcutsDialog(QDialog):
    """Every shortcut, by what it is about."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        titles = group_titles()
        about = {group: _of_group(actions, group) for group in titles}
        layouts = [
            _keys(action, self.tr("Layout: {name}").format(name=plain(action.text()))) for action in actions.layouts.actions()
        ]
        left = (
            (titles[ActionGroup.LEDGER], about[ActionGroup.LEDGER]),
            (titles[ActionGroup.TIME], about[ActionGroup.TIME]),
        )
        right = (
            (titles[ActionGroup.VIEW], about[ActionGroup.VIEW] + layouts),
            (titles[ActionGroup.HELP], about[ActionGroup.HELP]),
            (self.tr("Everywhere"), self._everywhere()),
        )
        columns = QHBoxLayout()
        columns.setSpacing(36)
        for groups in (left, right):
            columns.addLayout(_column(groups))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(14)
        layout.addLayout(columns)
        layout.addWidget(buttons)

    def _everywhere(self) -> list[Keys]:
        return [
            (_native("Ctrl+C"), self.tr("Copy the chosen rows of a table, with headers")),
            (_native("Tab"), self.tr("Go to the next control")),
            (_native("Enter"), self.tr("Show the burn-down of the chosen card")),
            (_native("Shift+F10"), self.tr("What can be done with the control in focus")),
        ]


def _of_group(actions: Actions, group: ActionGroup) -> list[Keys]:
    return [_keys(actions[spec.name], spec.tip) for spec in actions.specs if spec.group is group and spec.shortcut]


def _keys(action: QAction, does: str) -> Keys:
    return _native(action.shortcut()), does


def _native(keys: QKeySequence | str) -> str:
    """The keys as they are written on the reader's keyboard."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _column(groups: tuple[tuple[str, list[Keys]], ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(8)
    for title, keys in groups:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(5)
        grid.setColumnMinimumWidth(0, 96)
        grid.setColumnStretch(1, 1)
        for row, (pressed, does) in enumerate(keys):
            grid.addWidget(role_label("title", pressed), row, 0)
            grid.addWidget(role_label("muted", does), row, 1)
        column.addWidget(role_label("caption", title))
        column.addLayout(grid)
        column.addSpacing(6)
    column.addStretch(1)
    return column
