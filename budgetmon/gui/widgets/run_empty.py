"""What stands where no test has run yet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from budgetmon.gui.theme.icons import themed_pixmap
from budgetmon.gui.widgets.labels import role_label
from budgetmon.gui.widgets.run_outcome_look import tokens_for

_ICON_PIXELS = 40


class RunEmpty(QWidget):
    """A title, one sentence, one button that triggers ``action``."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        title = role_label("headline", self.tr("No test run yet"))
        sentence = role_label(
            "muted", self.tr("Choose a profile of the config, or a folder: each result appears as it happens.")
        )
        sentence.setWordWrap(True)
        button = QPushButton(self.tr("Choose what to run…"))
        button.setProperty("primary", True)
        button.setAccessibleName(self.tr("Choose what to run"))
        button.setAccessibleDescription(self.tr("A folder of tests, or a profile"))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(action.trigger)
        for label in (title, sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._icon)
        layout.addWidget(title)
        layout.addWidget(sentence)
        layout.addSpacing(4)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        muted = tokens_for(self.palette()).muted
        self._icon.setPixmap(themed_pixmap("run", muted, _ICON_PIXELS, self.devicePixelRatioF()))
