"""A choice that is as wide as what is chosen, not as the longest of all: beside a title, whose words come first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox, QWidget


class FittingCombo(QComboBox):
    """A combo box that follows the width of its current text. Its list is as wide as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(self._on_chosen)

    def sizeHint(self) -> QSize:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        text = QSize(self.fontMetrics().horizontalAdvance(self.currentText()) + 2, self.fontMetrics().height())
        wanted = self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, text, self)
        return QSize(wanted.width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showPopup(self) -> None:
        widest = self.view().sizeHintForColumn(0) + 2 * self.view().frameWidth()
        self.view().setMinimumWidth(max(widest, self.width()))
        super().showPopup()

    @Slot(int)
    def _on_chosen(self, _index: int) -> None:
        self.updateGeometry()
