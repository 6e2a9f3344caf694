"""The command palette: type some letters of what is to be done, and press Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from budgetmon.gui.actions import Command
from budgetmon.gui.state.fuzzy import ranked

_WIDTH, _HEIGHT, _TOP = 520, 380, 76
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CommandPalette(QDialog):
    """Offers ``commands`` over ``window``. The words stay in focus all the time; arrows choose, Enter does, Esc closes."""

    def __init__(self, commands: Sequence[Command], window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup)
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("Commands"))
        self.setAccessibleName(self.tr("Commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._commands = [each for each in commands if each.action.isEnabled()]
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(self.tr("What is to be done?"))
        self.words.setAccessibleName(self.tr("Letters of a command"))
        self.words.setClearButtonEnabled(False)
        self.list = self._make_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        self.words.installEventFilter(self)
        self.words.textChanged.connect(self._find)
        self.words.returnPressed.connect(self._do)
        self.list.itemClicked.connect(self._do)
        self._find("")
        self._place(window)
        self.words.setFocus()

    def _make_list(self) -> QTreeWidget:
        found = QTreeWidget(self)
        found.setObjectName("commands")
        found.setAccessibleName(self.tr("Commands that match"))
        found.setFrameShape(QFrame.Shape.NoFrame)
        found.setColumnCount(2)
        found.setRootIsDecorated(False)
        found.setUniformRowHeights(True)
        found.setHeaderHidden(True)
        found.header().setStretchLastSection(False)
        found.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        found.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return found

    def _place(self, window: QWidget) -> None:
        width, height = min(_WIDTH, window.width() - 40), min(_HEIGHT, window.height() - _TOP - 20)
        self.resize(width, height)
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - width) // 2, corner.y() + _TOP)

    def shown(self) -> list[str]:
        """The words of the commands on offer, the best match first."""
        rows = self.list.model()
        return [str(rows.index(row, 0).data()) for row in range(rows.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            self._move(event.key())
            return True
        return super().eventFilter(watched, event)

    def _move(self, key: int) -> None:
        count = self.list.topLevelItemCount()
        if not count:
            return
        row = self.list.currentIndex().row()
        page = max(1, self.list.viewport().height() // max(1, self.list.sizeHintForRow(0)) - 1)
        match key:
            case Qt.Key.Key_Up:
                row = (row - 1) % count
            case Qt.Key.Key_Down:
                row = (row + 1) % count
            case Qt.Key.Key_PageUp:
                row = max(0, row - page)
            case _:
                row = min(count - 1, row + page)
        self._choose(row)

    def _choose(self, row: int) -> None:
        self.list.setCurrentIndex(self.list.model().index(row, 0))

    @Slot(str)
    def _find(self, query: str) -> None:
        self.list.clear()
        for place in ranked(query, (each.text for each in self._commands)):
            command = self._commands[place]
            item = QTreeWidgetItem([command.text, _keys(command.action)])
            item.setData(0, Qt.ItemDataRole.UserRole, place)
            item.setToolTip(0, command.action.toolTip())
            item.setForeground(1, self.palette().placeholderText())
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.list.addTopLevelItem(item)
        self._choose(0)

    @Slot()
    def _do(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        action = self._commands[item.data(0, Qt.ItemDataRole.UserRole)].action
        # Closed first: what the action opens must not open above a popup.
        self.close()
        action.trigger()


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
