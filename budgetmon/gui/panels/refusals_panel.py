"""Refusals: the table, and beside it the receipt of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.state.formatting import amount_words, full_stamp
from budgetmon.gui.state.refusals_model import RefusalsModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import role_label
from budgetmon.gui.widgets.table import Table
from budgetmon.monitor.snapshot import RefusalRow


class RefusalsPanel(QSplitter):
    """The table at the left, the arithmetic of the chosen refusal at the right."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._clock = Clock()
        self._panel = TablePanel(
            themer,
            RefusalsModel(),
            "Refusals",
            ("ok", "Nothing was refused", "A call that a budget turns away appears here with its receipt."),
        )
        self._receipt = _Receipt()
        self.addWidget(self._panel)
        self.addWidget(self._receipt)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 1)
        self.setSizes([700, 280])
        self.setChildrenCollapsible(False)
        self._receipt.setVisible(False)
        self._panel.table.current_row.connect(self._on_current)

    @property
    def table(self) -> Table:
        """The table, for focus and tests."""
        return self._panel.table

    def show_rows(self, rows: Sequence[RefusalRow], clock: Clock) -> None:
        """Show ``rows``."""
        self._clock = clock
        self._panel.show_rows(rows, clock)
        self._receipt.setVisible(bool(rows))

    def receipt_words(self) -> str:
        """What the receipt says."""
        return self._receipt.words()

    @Slot(object)
    def _on_current(self, row: RefusalRow | None) -> None:
        self._receipt.show_row(row, self._clock)


class _Receipt(QScrollArea):
    """The receipt as text that can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName("Receipt of the chosen refusal")
        self.setMinimumWidth(220)
        content = QWidget()
        self._title = role_label("title")
        self._title.setWordWrap(True)
        self._sums = role_label("muted")
        self._text = role_label("muted")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        for label in (self._title, self._sums, self._text):
            label.setWordWrap(True)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            layout.addWidget(label)
        layout.addStretch(1)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.show_row(None, Clock())

    def show_row(self, row: RefusalRow | None, clock: Clock) -> None:
        if row is None:
            self._title.setText("Receipt")
            self._sums.setText("")
            self._text.setText("Choose a refusal to see its whole arithmetic.")
            return
        self._title.setText(f"{row.model} refused by {row.budget}")
        self._sums.setText(
            f"Asked {amount_words(row.unit, row.asked)}, free {amount_words(row.unit, row.free)}\n"
            f"{full_stamp(row.at, clock.zone)}"
        )
        self._text.setText(row.receipt)

    def words(self) -> str:
        return "\n".join(label.text() for label in self._labels())

    def _labels(self) -> tuple[QLabel, ...]:
        return (self._title, self._sums, self._text)
