"""The area where panels lie as docks: named layouts, what somebody made of them, and bringing a panel to the front."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QTabWidget, QWidget

from budgetmon.gui.docks.arrangements import LayoutName, Part, Row, Tabs, arrangement, first_name, names_in
from budgetmon.gui.docks.dock import Dock
from budgetmon.gui.docks.screens import repaired, screen_areas
from budgetmon.gui.theme.themer import Themer

STATE_VERSION = 1  # raised when panels come or go, so that an old state is not forced onto new ones


class DockArea(QMainWindow):
    """Holds the docks; there is no centre besides. GUI thread only."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dockArea")
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setDocumentMode(True)
        self._themer = themer
        self._docks: dict[str, Dock] = {}
        self._layout = LayoutName.WATCH
        self._kept: QByteArray | None = None
        # Moving one panel is many signals; the area is put in order once after them.
        self._order = QTimer(self)
        self._order.setSingleShot(True)
        self._order.setInterval(0)
        self._order.timeout.connect(self._put_in_order)
        self._is_laid = False
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def add(self, name: str, title: str, panel: QWidget, *, framed: bool = False) -> Dock:
        """Add a panel, ``framed`` in a card. It is shown where the layouts have it."""
        dock = Dock(self._themer, name, title, panel, self, framed=framed)
        self._docks[name] = dock
        for moved in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
            moved.connect(self._on_moved)
        self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        dock.visibilityChanged.connect(self._on_seen)
        dock.toggleViewAction().triggered.connect(self._on_toggled)
        return dock

    def dock(self, name: str) -> Dock:
        """The dock of a panel."""
        return self._docks[name]

    def toggles(self) -> list[QAction]:
        """An action per panel that shows or closes it, in the order in which they were added."""
        return [dock.toggleViewAction() for dock in self._docks.values()]

    def titles(self) -> list[tuple[str, str]]:
        """Name and title of each panel, in the order in which they were added."""
        return [(name, dock.windowTitle()) for name, dock in self._docks.items()]

    def blocks(self) -> list[QWidget]:
        """What lies in the area side by side: the panels in front, and the bars with the tabs of those that share a place."""
        bars = [bar for bar in self.findChildren(QTabBar) if bar.parent() is self]
        return [*(dock for dock in self._docks.values() if not dock.isFloating()), *bars]

    @property
    def chosen(self) -> LayoutName:
        """The layout that was chosen last."""
        return self._layout

    def bring(self, name: str) -> None:
        """Show a panel in front of those that it shares a place with."""
        dock = self._docks[name]
        is_guest = self.dockWidgetArea(dock) is Qt.DockWidgetArea.NoDockWidgetArea
        if is_guest:
            self._take_in(dock)
        dock.setVisible(True)
        dock.raise_()
        if is_guest:
            self.resizeDocks([dock], [self.width() * 2 // 3], Qt.Orientation.Horizontal)
            QTimer.singleShot(0, self._smooth_tab_bars)

    def _take_in(self, dock: Dock) -> None:
        """Give a panel that the layout does not name a place at the right, which all such panels share."""
        right = Qt.DockWidgetArea.RightDockWidgetArea
        guests = [each for each in self._docks.values() if self.dockWidgetArea(each) is right]
        self.addDockWidget(right, dock)
        if guests:
            self.tabifyDockWidget(guests[-1], dock)

    def enter(self, name: str) -> None:
        """Show a panel in front, and give the keyboard to the first control in it that wants it."""
        self.bring(name)
        panel = self._docks[name].widget()
        stop = next((each for each in (panel, *panel.findChildren(QWidget)) if _takes_keys(each, panel)), None)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)

    def is_in_front(self, name: str) -> bool:
        """Whether a panel can be seen: neither closed nor behind others that share its place."""
        dock = self._docks[name]
        if dock.isHidden() or not self._is_laid:
            return False
        # Qt puts panels behind others outside of the area.
        return dock.isFloating() or dock.geometry().intersects(self.rect())

    def lay(self, layout: LayoutName) -> None:
        """Lay the panels as ``layout`` has them, whatever somebody made of it."""
        self._layout = layout
        self._kept = None
        tree = arrangement(layout, self.width(), self.height())
        shown = set(names_in(tree))
        for name, dock in self._docks.items():
            dock.setFloating(False)
            self.removeDockWidget(dock)
            if name in shown:
                self.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
        self._split(tree)
        for name in shown & self._docks.keys():
            self._docks[name].show()
        self._raise_first(tree)
        self._share(tree, self.size())
        self._put_in_order()

    def state(self) -> QByteArray:
        """How the panels lie now, for ``restore``."""
        return self.saveState(STATE_VERSION)

    def restore(self, layout: LayoutName, state: QByteArray | None) -> None:
        """Lay the panels as they lay when ``state`` was taken; by ``layout`` where it cannot be used."""
        self._layout = layout
        self._kept = state
        if self.isVisible():
            self._lay_first()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_laid:
            # Sizes mean something only once the window has one. Until then nobody sees how the panels lie.
            self.setUpdatesEnabled(False)
            QTimer.singleShot(0, self._lay_first)

    @Slot(bool)
    def _on_toggled(self, is_wanted: bool) -> None:
        dock = self.sender().parent()
        if is_wanted and isinstance(dock, Dock):
            self.bring(dock.objectName())

    @Slot(bool)
    def _on_seen(self, is_seen: bool) -> None:
        # A panel that goes behind another one must not keep the keyboard.
        dock, holder = self.sender(), QApplication.focusWidget()
        if not is_seen and isinstance(dock, Dock) and holder is not None and dock.isAncestorOf(holder):
            self.window().setFocus()

    @Slot()
    def _lay_first(self) -> None:
        self._is_laid = True
        state = self._kept
        self.lay(self._layout)
        if state is not None:
            self.restoreState(state, STATE_VERSION)
            self._kept = state
            self._bring_back_floating()
        self._put_in_order()
        self.setUpdatesEnabled(True)

    def _bring_back_floating(self) -> None:
        for dock in self._docks.values():
            if dock.isFloating():
                dock.setGeometry(repaired(dock.geometry(), screen_areas()))

    def _split(self, part: Part) -> None:
        if isinstance(part, Tabs):
            present = [self._docks[name] for name in part.names if name in self._docks]
            for front, behind in pairwise(present):
                self.tabifyDockWidget(front, behind)
            return
        orientation = Qt.Orientation.Horizontal if isinstance(part, Row) else Qt.Orientation.Vertical
        for before, after in pairwise(part.parts):
            self.splitDockWidget(self._docks[first_name(before)], self._docks[first_name(after)], orientation)
        for each in part.parts:
            self._split(each)

    def _raise_first(self, part: Part) -> None:
        if isinstance(part, Tabs):
            self._docks[part.names[0]].raise_()
        else:
            for each in part.parts:
                self._raise_first(each)

    def _share(self, part: Part, size: QSize) -> None:
        """Give the parts their shares of ``size``, from the outside in."""
        if isinstance(part, Tabs):
            return
        across = isinstance(part, Row)
        whole = size.width() if across else size.height()
        lengths = [max(1, whole * share // sum(part.shares)) for share in part.shares]
        docks = [self._docks[first_name(each)] for each in part.parts]
        self.resizeDocks(docks, lengths, Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical)
        for each, length in zip(part.parts, lengths, strict=True):
            self._share(each, QSize(length, size.height()) if across else QSize(size.width(), length))

    @Slot(QWidget, QWidget)
    def _on_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        for dock in self._docks.values():
            dock.show_focus(new is not None and dock.isAncestorOf(new))

    @Slot()
    def _on_moved(self) -> None:
        self._order.start()

    @Slot()
    def _put_in_order(self) -> None:
        for dock in self._docks.values():
            shares = any(not other.isHidden() for other in self.tabifiedDockWidgets(dock))
            dock.show_grip(dock.isFloating() or not shares)
        self._smooth_tab_bars()

    def _smooth_tab_bars(self) -> None:
        for bar in self.findChildren(QTabBar):
            bar.setDrawBase(False)
            bar.setAccessibleName(self.tr("Panels that share a place"))
            bar.setUsesScrollButtons(True)
            bar.setElideMode(Qt.TextElideMode.ElideNone)


def _takes_keys(widget: QWidget, panel: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisibleTo(panel)
