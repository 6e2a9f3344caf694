"""Paints rows of a run: the outcome's icon before the name, its word in its colour."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from budgetmon.gui.state.run_tree import STATUS_ROLE, Column
from budgetmon.gui.widgets.run_outcome_look import outcome_colour, outcome_icon


class RunOutcomeDelegate(QStyledItemDelegate):
    """For views of a RunTree. The model knows words only; shapes and colours come from the palette at hand."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        status = index.data(STATUS_ROLE)
        if index.column() == Column.TEST:
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            option.icon = outcome_icon(status, option.palette)
        elif index.column() == Column.OUTCOME:
            colour = outcome_colour(status, option.palette)
            for role in (QPalette.ColorRole.Text, QPalette.ColorRole.HighlightedText):
                option.palette.setColor(role, colour)
