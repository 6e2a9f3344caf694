"""The theme in force, and switching it live."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication

from budgetmon.gui.theme.style import interface_font, palette_of, style_sheet_of
from budgetmon.gui.theme.tokens import Tokens, load_tokens


class Scheme(StrEnum):
    """What the operator chose. SYSTEM follows the desktop."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"
    SYSTEM = "system"


class Themer(QObject):
    """Owns the look of the one QApplication. Widgets that paint for themselves read ``tokens`` and follow ``changed``.

    GUI thread only.
    """

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.SYSTEM, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._scheme = scheme
        self.tokens: Tokens = load_tokens(self._resolved())
        app.setFont(interface_font())
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme)

    @property
    def scheme(self) -> Scheme:
        """What was chosen, not what it comes to."""
        return self._scheme

    def choose(self, scheme: Scheme) -> None:
        """Switch to ``scheme`` now."""
        self._scheme = scheme
        self._settle()

    @Slot()
    def _on_system_scheme(self) -> None:
        self._settle()

    def _settle(self) -> None:
        tokens = load_tokens(self._resolved())
        if tokens is not self.tokens:
            self.tokens = tokens
            self._dress()
            self.changed.emit()

    def _resolved(self) -> str:
        if self._scheme is not Scheme.SYSTEM:
            return self._scheme.value
        return "dark" if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"

    def _dress(self) -> None:
        self._app.setPalette(palette_of(self.tokens))
        self._app.setStyleSheet(style_sheet_of(self.tokens))
