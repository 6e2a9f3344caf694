"""A veil over a picture that is no longer true: it stays readable and looks old."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from budgetmon.gui.theme.themer import Themer

_OPACITY = 0.55


class Veil(QWidget):
    """Covers ``covered`` while it is shown, and lets mouse and keys through."""

    def __init__(self, themer: Themer, covered: QWidget) -> None:
        super().__init__(covered)
        self._themer = themer
        self._covered = covered
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        covered.installEventFilter(self)
        self.setVisible(False)

    def draw(self, drawn: bool) -> None:
        """Cover or uncover."""
        if drawn and not self.isVisible():
            self.setGeometry(self._covered.rect())
            self.raise_()
        self.setVisible(drawn)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._covered.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        colour = QColor(self._themer.tokens.window)
        colour.setAlphaF(_OPACITY)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour)
        painter.end()
