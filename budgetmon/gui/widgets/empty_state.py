"""What stands where there is nothing to show: a title, one sentence, one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import role_label


class EmptyState(QFrame):
    """Centred words; ``acted`` when the button is pressed. Large for a window, small for a panel."""

    acted = Signal()

    def __init__(self, themer: Themer, icon: str, title: str, sentence: str, button: str = "", *, large: bool = False) -> None:
        super().__init__()
        self._icon = IconLabel(themer, icon, Tone.MUTED, 40 if large else 24)
        self._title = role_label("headline" if large else "title", title)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = _wrapped(sentence, 460 if large else 400)
        self._path = _wrapped("", 560)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(button)
        self._button.setProperty("primary", large)
        self._button.setAccessibleName(button)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self._on_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10 if large else 6)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        for each in (self._sentence, self._path):
            layout.addLayout(_centred(each))
        layout.addSpacing(4)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.say(icon, title, sentence, button)

    def say(self, icon: str, title: str, sentence: str, button: str = "", path: str = "") -> None:
        """Show other words; without ``button`` there is none."""
        self._icon.show_icon(icon, Tone.MUTED)
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._path.setText(path)
        self._path.setVisible(bool(path))
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))

    def words(self) -> str:
        """All that it says, for screen readers and tests."""
        return "\n".join(each for each in (self._title.text(), self._sentence.text(), self._path.text()) if each)

    @property
    def button(self) -> QPushButton:
        """Its one button."""
        return self._button

    @Slot()
    def _on_clicked(self) -> None:
        self.acted.emit()


def _wrapped(text: str, width: int) -> QLabel:
    label = role_label("muted", text)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    label.setWordWrap(True)
    label.setMaximumWidth(width)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def _centred(label: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row
