"""The range of the charts in the tool bar: back and forward, presets, and words for what is none of them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from budgetmon.gui.actions import Actions
from budgetmon.gui.range_control import RangeControl
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import set_dynamic
from budgetmon.gui.widgets.segments import Segments


class RangeBar(QWidget):
    """Shows what ``control`` decides and lets it be chosen. GUI thread only."""

    def __init__(self, themer: Themer, actions: Actions, control: RangeControl, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self._control = control
        self.custom = QToolButton(self)
        self.custom.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.custom.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.custom.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.custom.setProperty("tight", True)
        menu = QMenu(self.custom)
        menu.addActions([actions[name] for name in ("range_window", "range_custom")])
        menu.addSeparator()
        menu.addActions([actions[name] for name in ("range_follow", "range_back", "range_forward")])
        self.custom.setMenu(menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self._step(actions["range_back"]))
        layout.addWidget(self._step(actions["range_forward"]))
        layout.addSpacing(3)
        layout.addWidget(Segments(actions.spans, self.tr("Span")))
        layout.addSpacing(3)
        layout.addWidget(self.custom)
        control.changed.connect(self._show)
        themer.changed.connect(self._show)
        self._show()

    def _step(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.toolTip())
        button.setProperty("tight", True)
        return button

    @Slot()
    def _show(self) -> None:
        preset = self._control.is_preset
        words = "" if preset else self._control.words()
        tokens = self._themer.tokens
        self.custom.setText(words)
        self.custom.setIcon(themed_icon("range", tokens.text if preset else tokens.accent))
        self.custom.setToolTip(
            self.tr("Other ranges") if preset else self.tr("The charts show what happened {range}").format(range=words)
        )
        self.custom.setAccessibleName(self.tr("Range"))
        self.custom.setAccessibleDescription(self._control.words())
        set_dynamic(self.custom, "chosen", not preset)
