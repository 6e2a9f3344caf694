"""How many tests had which outcome. Each count is a button that shows only those."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from budgetmon.gui.state.formatting import count
from budgetmon.gui.state.run_words import run_word
from budgetmon.gui.widgets.run_outcome_look import outcome_icon
from budgetmon.runs.events import Outcome

_ORDER = (
    Outcome.FAILED,
    Outcome.ERROR,
    Outcome.CRASHED,
    Outcome.PASSED,
    Outcome.SKIPPED,
    Outcome.XFAILED,
    Outcome.XPASSED,
)
_ALWAYS_SHOWN = (Outcome.FAILED, Outcome.PASSED)


class RunCounts(QWidget):
    """A row of toggle buttons: icon, number, word. ``chosen`` carries a frozenset of outcomes, empty for all."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._buttons: dict[Outcome, QToolButton] = {}
        for outcome in _ORDER:
            button = QToolButton(self)
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolTip(
                self.tr("Show only: {outcome}. Several of these buttons can be down.").format(outcome=run_word(outcome))
            )
            button.toggled.connect(self._on_toggled)
            self._buttons[outcome] = button
            layout.addWidget(button)
        layout.addStretch(1)
        self.show_counts({})
        self._draw_icons()

    def show_counts(self, counts: Mapping[Outcome, int]) -> None:
        """Show these; an outcome that is missing counts as zero."""
        for outcome, button in self._buttons.items():
            number = counts.get(outcome, 0)
            words = f"{count(number)} {run_word(outcome)}"
            button.setText(words)
            button.setAccessibleName(self.tr("{outcome}, show only these").format(outcome=words))
            button.setVisible(number > 0 or outcome in _ALWAYS_SHOWN or button.isChecked())

    def button(self, outcome: Outcome) -> QToolButton:
        """The button of ``outcome``."""
        return self._buttons[outcome]

    @property
    def choice(self) -> frozenset[Outcome]:
        """The outcomes whose buttons are down."""
        return frozenset(outcome for outcome, button in self._buttons.items() if button.isChecked())

    def clear_choice(self) -> None:
        """Show all again."""
        for button in self._buttons.values():
            button.setChecked(False)

    @Slot(bool)
    def _on_toggled(self, _: bool) -> None:
        self.chosen.emit(self.choice)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    def _draw_icons(self) -> None:
        for outcome, button in self._buttons.items():
            button.setIcon(outcome_icon(outcome, self.palette()))
