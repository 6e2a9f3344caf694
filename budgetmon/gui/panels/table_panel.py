"""A table with words in its place while it is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from budgetmon.gui.state.rows_model import Clock, RowsModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.empty_state import EmptyState
from budgetmon.gui.widgets.table import Table


class TablePanel(QStackedWidget):
    """Shows the rows of one model."""

    def __init__(
        self,
        themer: Themer,
        model: RowsModel[Any],
        name: str,
        empty: tuple[str, str, str],
        parent: QWidget | None = None,
        *,
        sortable: bool = True,
    ) -> None:
        super().__init__(parent)
        self._model = model
        model.setParent(self)
        self.setAccessibleName(name)
        self.table = Table(themer, model, name, self, sortable=sortable)
        self.empty = EmptyState(themer, *empty)
        self.addWidget(self.table)
        self.addWidget(self.empty)
        self.setCurrentIndex(1)

    def show_rows(self, rows: Sequence[Any], clock: Clock, *, still_at_top: bool = False) -> None:
        """Show ``rows``; scroll and selection stay where they are, but that at the very top new rows flow in.

        With ``still_at_top`` not even there.
        """
        self.table.hold_still(even_at_top=still_at_top)
        self._model.show(rows, clock)
        self.table.settle()
        self.setCurrentIndex(0 if rows else 1)
