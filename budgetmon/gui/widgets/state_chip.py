"""The state of a budget as icon and word."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from budgetmon.gui.state.budget_cards import state_word
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import role_label, set_dynamic, set_tone
from budgetmon.monitor.snapshot import BudgetState

translate = QCoreApplication.translate

_LOOKS = {
    BudgetState.OK: ("ok", Tone.OK),
    BudgetState.WARNING: ("warning", Tone.WARNING),
    BudgetState.EXHAUSTED: ("exhausted", Tone.DANGER),
}


class StateChip(QWidget):
    """Icon and word; the colour repeats what both say."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(themer, "info", Tone.MUTED, 16)
        self._word = role_label("title")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addWidget(self._icon)
        layout.addWidget(self._word)
        self.show_state(None)

    def show_state(self, state: BudgetState | None, *, paused: bool = False) -> None:
        """Show ``state``; None is a provider without a budget. That somebody ``paused`` it comes first."""
        name, tone = _LOOKS[state] if state is not None else ("info", Tone.MUTED)
        word = state_word(state) if state is not None else translate("cards", "no budget")
        if paused:
            name, tone, word = "pause", Tone.DANGER, translate("cards", "paused")
        self._icon.show_icon(name, tone)
        self._word.setText(word)
        set_tone(self._word, tone.value if state is not None or paused else None)
        set_dynamic(self._word, "role", "title" if state is not None or paused else "small")
