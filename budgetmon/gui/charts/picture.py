"""A widget as a picture in a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget


def save_picture(widget: QWidget, path: Path) -> bool:
    """Write what ``widget`` looks like: as SVG when that is the suffix of ``path``, else as PNG. False when it cannot be."""
    if path.suffix.lower() != ".svg":
        return widget.grab().save(str(path), "PNG")
    if not path.parent.is_dir():
        return False
    drawing = QSvgGenerator()
    drawing.setFileName(str(path))
    drawing.setSize(widget.size())
    drawing.setViewBox(QRect(QPoint(0, 0), widget.size()))
    drawing.setTitle(widget.accessibleName())
    painter = QPainter()
    if not painter.begin(drawing):
        return False
    widget.render(painter, QPoint(0, 0))
    return painter.end()
