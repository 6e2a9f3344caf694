"""In which order Tab goes through the window: as the eye does, block by block, wherever somebody has put the panels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def tab_stops(window: QWidget, blocks: Iterable[QWidget]) -> list[QWidget]:
    """The controls of ``window`` that take the focus by Tab: block after block from top to bottom and left to right, those in
    no block last. Inside of a block they keep the order in which they were made."""
    found: dict[int, list[QWidget]] = {}
    placed = sorted((each for each in blocks if each.isVisible()), key=lambda block: _place(window, block))
    for widget in _chain(window):
        number = next((number for number, block in enumerate(placed) if _holds(block, widget)), len(placed))
        # A panel behind others counts as visible to Qt; it lies outside of the window.
        if number == len(placed) or _is_inside(window, placed[number]):
            found.setdefault(number, []).append(widget)
    return [widget for _, widgets in sorted(found.items()) for widget in widgets]


def next_stop(stops: list[QWidget], current: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab leads from ``current``, or back; round at both ends. None when there is nowhere to go."""
    if not stops:
        return None
    if current not in stops:
        return stops[0 if forward else -1]
    return stops[(stops.index(current) + (1 if forward else -1)) % len(stops)]


def focus(stop: QWidget, *, forward: bool) -> None:
    """Give ``stop`` the focus, and scroll it into sight."""
    stop.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    parent = stop.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(stop)
        parent = parent.parentWidget()


def _place(window: QWidget, block: QWidget) -> tuple[int, int]:
    corner = block.mapTo(window, QPoint(0, 0))
    return corner.y(), corner.x()


def _is_inside(window: QWidget, block: QWidget) -> bool:
    return window.rect().intersects(QRect(block.mapTo(window, QPoint(0, 0)), block.size()))


def _holds(block: QWidget, widget: QWidget) -> bool:
    return block is widget or block.isAncestorOf(widget)


def _chain(window: QWidget) -> Iterator[QWidget]:
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if (
            widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            and widget.isVisible()
            and widget.isEnabled()
            and widget.window() is window
            and widget.focusProxy() is None
        ):
            yield widget
        widget = widget.nextInFocusChain()
