"""The tool bar and the menus, fed from the action registry."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from budgetmon.gui.action_specs import scheme_choices
from budgetmon.gui.actions import Actions
from budgetmon.gui.range_control import RangeControl
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.range_bar import RangeBar


class SchemeButton(QToolButton):
    """Offers the themes; its icon is the one in force."""

    def __init__(self, actions: Actions, themer: Themer, parent: QWidget) -> None:
        super().__init__(parent)
        self._themer = themer
        self._icons = {scheme: icon for _, scheme, icon in scheme_choices()}
        menu = QMenu(self)
        menu.addActions(actions.schemes.actions())
        self.setMenu(menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Theme"))
        self.setAccessibleName(self.tr("Theme"))
        actions.schemes.triggered.connect(self._redraw)
        themer.changed.connect(self._redraw)
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        self.setIcon(themed_icon(self._icons[self._themer.scheme], self._themer.tokens.text))


def build_tool_bar(window: QMainWindow, actions: Actions, ranges: RangeControl, themer: Themer) -> QToolBar:
    """The tool bar of ``window``: what is done often, the range in the middle, the view at the right."""
    bar = QToolBar(_tr("Tools"), window)
    bar.setObjectName("toolBar")
    bar.setMovable(False)
    bar.setFloatable(False)
    bar.setIconSize(QSize(18, 18))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    for name in ("open", "export", "run_tests"):
        _add(bar, actions, name, with_text=True)
    bar.addWidget(_spacer())
    bar.addWidget(RangeBar(themer, actions, ranges, bar))
    bar.addWidget(_spacer())
    _add(bar, actions, "pause", with_text=True)
    _add(bar, actions, "refresh", with_text=False)
    bar.addWidget(SchemeButton(actions, themer, bar))
    window.addToolBar(bar)
    return bar


def build_menus(window: QMainWindow, actions: Actions, panels: list[QAction]) -> None:
    """The menus of ``window``; ``panels`` show and close its panels."""
    file = window.menuBar().addMenu(_tr("&File"))
    file.addActions([actions["open"], actions["export"], actions["run_tests"]])
    file.addSeparator()
    file.addAction(actions["quit"])
    view = window.menuBar().addMenu(_tr("&View"))
    view.addActions([actions["refresh"], actions["pause"], actions["all_providers"]])
    view.addSeparator()
    span = view.addMenu(_tr("&Range"))
    span.addActions(actions.spans.actions())
    span.addSeparator()
    span.addActions([actions[name] for name in ("range_window", "range_custom", "range_follow", "range_back", "range_forward")])
    view.addMenu(_tr("&Theme")).addActions(actions.schemes.actions())
    view.addSeparator()
    view.addMenu(_tr("&Layout")).addActions(actions.layouts.actions())
    view.addMenu(_tr("&Panels")).addActions(panels)
    view.addAction(actions["reset_layout"])
    help_menu = window.menuBar().addMenu(_tr("&Help"))
    help_menu.addActions([actions["palette"], actions["shortcuts"], actions["about"]])


def _add(bar: QToolBar, actions: Actions, name: str, *, with_text: bool) -> None:
    bar.addAction(actions[name])
    button = bar.widgetForAction(actions[name])
    if isinstance(button, QToolButton):
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon if with_text else Qt.ToolButtonStyle.ToolButtonIconOnly
        button.setToolButtonStyle(style)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(actions[name].toolTip())


def _spacer() -> QWidget:
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    spacer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return spacer


def _tr(text: str) -> str:
    return QCoreApplication.translate("ToolBar", text)
