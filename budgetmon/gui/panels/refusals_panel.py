"""Refusals: the table, and beside it the receipt of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from budgetmon.gui.panels.listing_panel import ListingPanel
from budgetmon.gui.state.filter_words import calls_behind
from budgetmon.gui.state.formatting import amount_words, full_stamp
from budgetmon.gui.state.refusals_model import RefusalsModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import role_label
from budgetmon.monitor.paging import Listing
from budgetmon.monitor.snapshot import BudgetStatus, RefusalRow, Snapshot


class RefusalsPanel(ListingPanel):
    """The table at the left, the arithmetic of the chosen refusal at the right.

    ``calls_asked`` carries the filter of the calls that filled the budget.
    """

    calls_asked = Signal(str)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        empty = (
            "ok",
            self.tr("Nothing was refused"),
            self.tr("A call that a budget turns away appears here with its receipt."),
        )
        super().__init__(themer, Listing.REFUSALS, RefusalsModel(), self.tr("Refusals"), empty, parent)
        self._receipt = _Receipt()
        self.split.addWidget(self._receipt)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([700, 280])
        self._receipt.setVisible(False)
        self._budgets: tuple[BudgetStatus, ...] = ()
        self._current: RefusalRow | None = None
        self.changed.connect(self._on_rows)
        self._receipt.behind.clicked.connect(self._on_behind)
        self.table.current_row.connect(self._on_current)

    def hint(self) -> str:
        """What stands in the empty filter line."""
        return self.tr("Filter: provider:x budget:daily -tag:test since:10:00 (Ctrl+F)")

    def show_picture(self, snapshot: Snapshot, clock: Clock) -> None:
        """The ledger changed: ask for what is new."""
        self._budgets = snapshot.budgets
        super().show_picture(snapshot, clock)

    def receipt_words(self) -> str:
        """What the receipt says."""
        return self._receipt.words()

    @Slot()
    def _on_rows(self) -> None:
        self._receipt.setVisible(bool(self.window_of_rows.rows))

    @Slot(object)
    def _on_current(self, row: RefusalRow | None) -> None:
        self._current = row
        self._receipt.show_row(row, self.clock)

    @Slot()
    def _on_behind(self) -> None:
        if self._current is not None:
            self.calls_asked.emit(calls_behind(self._current, self._budgets))


class _Receipt(QScrollArea):
    """The receipt as text that can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Receipt of the chosen refusal"))
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
        self.behind = QPushButton(self.tr("Show the calls behind it"))
        self.behind.setAccessibleName(self.behind.text())
        self.behind.setToolTip(self.tr("Show the calls of this budget's window until it refused"))
        layout.addWidget(self.behind, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.show_row(None, Clock())

    def show_row(self, row: RefusalRow | None, clock: Clock) -> None:
        self.behind.setVisible(row is not None)
        if row is None:
            self._title.setText(self.tr("Receipt"))
            self._sums.setText("")
            self._text.setText(self.tr("Choose a refusal to see its whole arithmetic."))
            return
        self._title.setText(self.tr("{model} refused by {budget}").format(model=row.model, budget=row.budget))
        asked, free = amount_words(row.unit, row.asked), amount_words(row.unit, row.free)
        sums = self.tr("Asked {asked}, free {free}").format(asked=asked, free=free)
        by = self.tr("by worker {worker}").format(worker=row.worker)
        self._sums.setText(f"{sums}\n{full_stamp(row.at, clock.zone)} {by}{self._in_run(row)}")
        self._text.setText(row.receipt)

    def _in_run(self, row: RefusalRow) -> str:
        return self.tr(", run {run}").format(run=row.run) if row.run else ""

    def words(self) -> str:
        return "\n".join(label.text() for label in self._labels())

    def _labels(self) -> tuple[QLabel, ...]:
        return (self._title, self._sums, self._text)
