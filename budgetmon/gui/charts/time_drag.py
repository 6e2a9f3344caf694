"""Dragging over a chart to choose a stretch of time."""

from __future__ import annotations

_LEAST_PIXELS = 6
_LEAST_MS = 10_000


def is_drag(pixels: float) -> bool:
    """Whether the mouse moved far enough to mean it."""
    return abs(pixels) >= _LEAST_PIXELS


def chosen_stretch(begin: float, end: float, now: int) -> tuple[int, int] | None:
    """Where a drag between two instants (epoch seconds) leads, in UTC milliseconds: in order, not beyond ``now``, ten
    seconds at least. None when it lies in the future."""
    since, until = sorted((round(begin * 1000), round(end * 1000)))
    until = min(until, now)
    if since >= until:
        return None
    return min(since, until - _LEAST_MS), until
