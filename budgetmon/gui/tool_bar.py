"""The bar at the top: which ledger and how it does, the range in the middle, what is done often at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from budgetmon.gui.action_specs import scheme_choices
from budgetmon.gui.actions import Actions
from budgetmon.gui.range_control import RangeControl
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import set_dynamic
from budgetmon.gui.widgets.ledger_bar import LedgerBar
from budgetmon.gui.widgets.range_bar import RangeBar

_NARROW = 1180  # below this, buttons show their icons only


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
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Theme"))
        self.setAccessibleName(self.tr("Theme"))
        actions.schemes.triggered.connect(self._redraw)
        themer.changed.connect(self._redraw)
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        self.setIcon(themed_icon(self._icons[self._themer.scheme], self._themer.tokens.text))


class TopBar(QToolBar):
    """Fed from the action registry; ``ledger`` names the ledger and its health. It saves room in a narrow window."""

    def __init__(self, actions: Actions, ranges: RangeControl, ledgers: QMenu, themer: Themer, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tools"))
        self.setObjectName("toolBar")
        self.setMovable(False)
        self.setFloatable(False)
        self.setIconSize(QSize(18, 18))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._worded: list[QToolButton] = []
        self.ledger = LedgerBar(themer, ledgers, self)
        self.range = RangeBar(themer, actions, ranges, self)
        self.addWidget(self.ledger)
        self.addWidget(_spacer())
        self.addWidget(self.range)
        self.addWidget(_spacer())
        for name in ("pause", "run_tests", "export"):
            self._add(actions, name, with_text=True)
        for name in ("refresh", "palette"):
            self._add(actions, name, with_text=False)
        self.addWidget(SchemeButton(actions, themer, self))

    def _add(self, actions: Actions, name: str, *, with_text: bool) -> None:
        self.addAction(actions[name])
        button = self.widgetForAction(actions[name])
        if isinstance(button, QToolButton):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions[name].toolTip())
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            if with_text:
                self._worded.append(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < _NARROW
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        for button in self._worded:
            button.setToolButtonStyle(style)
        for button in self.findChildren(QToolButton):
            set_dynamic(button, "narrow", narrow)
        super().resizeEvent(event)


def _spacer() -> QWidget:
    spacer = QWidget()
    spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    spacer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return spacer
