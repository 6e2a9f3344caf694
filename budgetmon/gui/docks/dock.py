"""A panel that can be moved, put behind others as a tab, floated and closed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QMenu, QVBoxLayout, QWidget

from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import set_dynamic

_HEIGHT = 11
_GRIP = (34, 3)


class Dock(QDockWidget):
    """Holds one panel. ``name`` is its object name, under which its place is remembered. ``framed`` puts the
    panel in a card, as those need that are not one already."""

    def __init__(self, themer: Themer, name: str, title: str, panel: QWidget, parent: QWidget, *, framed: bool) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAllowedAreas(Qt.DockWidgetArea.AllDockWidgetAreas)
        self._card = _card(panel) if framed else None
        self.setWidget(self._card or panel)
        self._grip = _Grip(themer, self)
        self.setTitleBarWidget(self._grip)

    def show_focus(self, within: bool) -> None:
        """Let the card show that it holds the focus: a table that has it shows nothing itself while no row is chosen."""
        if self._card is not None:
            set_dynamic(self._card, "selected", within)

    def show_grip(self, shown: bool) -> None:
        """Show the handle, or not: a panel that shares its place is dragged by its tab."""
        self._grip.shrink(not shown)


class _Grip(QWidget):
    """A slim title bar: panels say themselves what they are, so a handle to drag them by is enough."""

    def __init__(self, themer: Themer, dock: Dock) -> None:
        super().__init__(dock)
        self._themer = themer
        self._dock = dock
        self._height = _HEIGHT
        self.setToolTip(self.tr("Drag to move {panel}; double-click to float").format(panel=dock.windowTitle()))
        self.setAccessibleName(self.tr("Handle of {panel}").format(panel=dock.windowTitle()))
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def shrink(self, away: bool) -> None:
        """Take no room, or the usual one."""
        height = 0 if away else _HEIGHT
        if height != self._height:
            self._height = height
            self.setMaximumHeight(height)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(60, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._themer.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.muted if self.underMouse() else tokens.border_strong))
        width, height = _GRIP
        painter.drawRoundedRect((self.width() - width) // 2, (self.height() - height) // 2, width, height, 1.5, 1.5)
        painter.end()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        floats = self._dock.isFloating()
        menu.addAction(self.tr("Put back") if floats else self.tr("Float"), self._on_float)
        menu.addAction(self.tr("Close"), self._dock.close)
        menu.popup(event.globalPos())

    @Slot()
    def _on_float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())


def _card(panel: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("card", True)
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.addWidget(panel)
    return frame
