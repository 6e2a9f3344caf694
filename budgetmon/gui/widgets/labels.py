"""Labels in the roles that the style sheet knows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from budgetmon.gui.widgets.elided_label import ElidedLabel


def role_label(role: str, text: str = "", parent: QWidget | None = None) -> QLabel:
    """A plain-text label in ``role``: title, headline, figure, muted, small, caption."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def elided_role_label(role: str, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> ElidedLabel:
    """The same, shortened to the room there is."""
    label = ElidedLabel(text, mode)
    label.setProperty("role", role)
    return label


def set_dynamic(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet selects by, and restyle only if it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def set_tone(label: QLabel, tone: str | None) -> None:
    """Colour the text of ``label`` by ``tone``; None is the colour of its role."""
    set_dynamic(label, "tone", tone or "")
