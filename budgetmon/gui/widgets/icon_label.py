"""A small icon as a label, redrawn when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from budgetmon.gui.theme.icons import themed_pixmap
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone


class IconLabel(QLabel):
    """Shows one shipped icon in the colour of a tone."""

    def __init__(
        self, themer: Themer, name: str, tone: Tone = Tone.MUTED, size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._themer = themer
        self._name = name
        self._tone = tone
        self._size = size
        self.setFixedSize(size, size)
        themer.changed.connect(self._redraw)
        self._redraw()

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show another icon."""
        if (name, tone) != (self._name, self._tone):
            self._name, self._tone = name, tone
            self._redraw()

    @Slot()
    def _redraw(self) -> None:
        colour = self._themer.tokens.of_tone(self._tone)
        self.setPixmap(themed_pixmap(self._name, colour, self._size, self.devicePixelRatioF()))
