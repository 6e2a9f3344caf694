"""Icons: shipped SVG files drawn in the colour of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from budgetmon.gui.assets import asset

_SCALES = (1, 2, 3)


def app_icon() -> QIcon:
    """The app's own icon, for windows and the task bar."""
    icon = QIcon()
    data = asset("icons/app.svg").read_bytes()
    for size in (16, 24, 32, 48, 64, 128, 256):
        icon.addPixmap(_drawn(data, size, 1))
    return icon


@cache
def themed_icon(name: str, colour: str, faint: str | None = None, size: int = 18) -> QIcon:
    """The icon ``name`` in ``colour``; ``faint`` is the colour while it is disabled."""
    icon = QIcon()
    for scale in _SCALES:
        icon.addPixmap(_drawn(_coloured(name, colour), size, scale))
        if faint is not None:
            icon.addPixmap(_drawn(_coloured(name, faint), size, scale), QIcon.Mode.Disabled)
    return icon


@cache
def themed_pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    """The icon ``name`` as a pixmap of ``size`` logical pixels for a screen of ``scale`` pixels each."""
    return _drawn(_coloured(name, colour), size, scale)


def _coloured(name: str, colour: str) -> bytes:
    return asset(f"icons/{name}.svg").read_bytes().replace(b"currentColor", colour.encode())


def _drawn(data: bytes, size: int, scale: float) -> QPixmap:
    pixels = round(size * scale)
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(data)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
