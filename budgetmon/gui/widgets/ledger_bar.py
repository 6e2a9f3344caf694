"""Which ledger is watched and how it does, at the left of the tool bar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from budgetmon.gui.state.health import Health
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import role_label, set_dynamic

_LONGEST = 24


class HealthChip(QFrame):
    """Icon and word on a ground of the same tone."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self._icon = IconLabel(themer, "held", Tone.MUTED, 14)
        self._word = role_label("small")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 2, 9, 2)
        layout.setSpacing(5)
        layout.addWidget(self._icon)
        layout.addWidget(self._word)

    def show_health(self, health: Health, sentence: str) -> None:
        """Show ``health``; ``sentence`` says more, in the tool tip."""
        self._icon.show_icon(health.icon, health.tone)
        self._word.setText(health.word)
        set_dynamic(self._word, "tone", health.tone.value)
        set_dynamic(self, "tone", health.tone.value)
        self.setToolTip(sentence)
        self.setAccessibleName(self.tr("Ledger: {health}").format(health=health.word))
        self.setAccessibleDescription(sentence)

    def word(self) -> str:
        """What it says."""
        return self._word.text()


class LedgerBar(QWidget):
    """The ledger's name, which opens ``menu`` with others, and its health."""

    def __init__(self, themer: Themer, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QToolButton(self)
        self._themer = themer
        self.name.setObjectName("ledgerName")
        self.name.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.name.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.name.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.name.setMenu(menu)
        self.chip = HealthChip(themer, self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(5, 0, 0, 0)
        layout.setSpacing(4)
        themer.changed.connect(self._redraw)
        self._redraw()
        layout.addWidget(self.name)
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignVCenter)

    @Slot()
    def _redraw(self) -> None:
        self.name.setIcon(themed_icon("ledger", self._themer.tokens.text))

    def show_ledger(self, path: Path) -> None:
        """Name the ledger at ``path``."""
        name = path.name if len(path.name) <= _LONGEST else f"{path.name[: _LONGEST - 1]}\N{HORIZONTAL ELLIPSIS}"
        self.name.setText(f" {name}")
        self.name.setToolTip(str(path))
        self.name.setAccessibleName(self.tr("Ledger {name}: open another one").format(name=path.name))
        self.name.setAccessibleDescription(str(path))
