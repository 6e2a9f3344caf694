"""What this program is, and what it runs on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from budgetmon.gui.diagnosis import diagnosis, versions
from budgetmon.gui.theme.icons import app_icon
from budgetmon.gui.widgets.labels import role_label


class AboutDialog(QDialog):
    """Versions, the licences of what is shipped, and a diagnosis to copy into a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About budgetmon"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = QLabel()
        icon.setPixmap(app_icon().pixmap(56, 56))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(role_label("headline", "budgetmon"))
        words.addWidget(role_label("muted", self.tr("One shared budget for every process that pays for API calls.")))
        words.addSpacing(10)
        words.addLayout(_versions())
        words.addSpacing(10)
        for line in (
            self.tr("Qt is used under the LGPL. Charts by pyqtgraph."),
            self.tr("Typeface: Inter, SIL Open Font License 1.1. budgetmon itself: MIT."),
        ):
            words.addWidget(role_label("small", line))
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton(self.tr("Copy diagnosis"))
        self.copy.setToolTip(self.tr("Versions and platform as text, for a report"))
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        self.copy.clicked.connect(self._on_copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(buttons)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(diagnosis())
        self.copy.setText(self.tr("Copied"))


def _versions() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(versions()):
        label = role_label("muted", value)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setWordWrap(True)
        grid.addWidget(role_label("title", name), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label, row, 1)
    return grid
