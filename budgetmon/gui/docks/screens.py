"""Windows that were left on a screen that is gone: brought back to one that is there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QGuiApplication

_GRASP = QSize(120, 30)  # as much of the upper edge has to be seen to drag a window by


def screen_areas() -> list[QRect]:
    """What windows may cover of each screen, the primary one first."""
    primary = QGuiApplication.primaryScreen()
    others = [screen for screen in QGuiApplication.screens() if screen is not primary]
    return [screen.availableGeometry() for screen in (primary, *others)]


def repaired(window: QRect, screens: Sequence[QRect]) -> QRect:
    """``window`` where it can be grasped: as it is when its upper edge can be seen; otherwise in the middle of the first
    screen, no larger than that."""
    edge = QRect(window.topLeft(), QSize(window.width(), _GRASP.height()))
    for screen in screens:
        seen = edge & screen
        if seen.width() >= min(_GRASP.width(), edge.width()) and seen.height() >= _GRASP.height() // 2:
            return QRect(window)
    home = screens[0]
    size = window.size().boundedTo(home.size())
    corner = home.center() - QRect(home.topLeft(), size).center() + home.topLeft()
    return QRect(corner, size)
