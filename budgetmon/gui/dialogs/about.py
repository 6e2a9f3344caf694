"""What this program is."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt, qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from budgetmon.gui.theme.icons import app_icon
from budgetmon.gui.widgets.labels import role_label


class AboutDialog(QDialog):
    """Version, what it is built on, and the licences of what is shipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About budgetmon")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        icon = QLabel()
        icon.setPixmap(app_icon().pixmap(56, 56))
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(role_label("headline", f"budgetmon {_version()}"))
        words.addWidget(role_label("muted", "One shared budget for every process that pays for API calls."))
        words.addSpacing(8)
        words.addWidget(role_label("small", f"Qt {qVersion()}, used under the LGPL. Shown with pyqtgraph."))
        words.addWidget(role_label("small", "Typeface: Inter, SIL Open Font License 1.1. budgetmon itself: MIT."))
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        _lay_out(self, None, row)


def _lay_out(dialog: QDialog, heading: QLabel | None, content: QGridLayout | QHBoxLayout) -> None:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(22, 20, 22, 16)
    layout.setSpacing(14)
    if heading is not None:
        layout.addWidget(heading)
    layout.addLayout(content)
    layout.addWidget(buttons)


def _version() -> str:
    try:
        return version("budgetmon")
    except PackageNotFoundError:
        return "from a checkout"
