"""Paints rows of a run: the outcome's icon before the name, its word in its colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from budgetmon.gui.state.run_tree import STATUS_ROLE, Column
from budgetmon.gui.widgets.run_outcome_look import outcome_colour, outcome_icon


class RunOutcomeDelegate(QStyledItemDelegate):
    """For views of a RunTree. The model knows words only; shapes and colours come from the palette at hand."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        status = index.data(STATUS_ROLE)
        if index.column() == Column.TEST:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration  # type: ignore[attr-defined]
            option.icon = outcome_icon(status, option.palette)  # type: ignore[attr-defined]
        elif index.column() == Column.OUTCOME and not option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            colour = outcome_colour(status, option.palette)  # type: ignore[attr-defined]
            option.palette.setColor(QPalette.ColorRole.Text, colour)  # type: ignore[attr-defined]
