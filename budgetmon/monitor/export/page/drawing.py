"""Drawing as SVG: elements, a frame with its axes, and the colours.

Each shape has its colour for paper as an attribute, and a class. A page's style may give the class another colour for the
screen; a renderer that knows no styles draws what the attribute says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from budgetmon.monitor.export.page.ticks import time_ticks

WIDTH, HEIGHT = 560, 220
SERIES = ("#0072B2", "#D55E00", "#009E73", "#B5588F", "#8A6D00", "#5B5FC7", "#2A8FBD", "#6B7280")
INK, MUTED, GRID = "#171A21", "#596170", "#E3E6EC"
OK, WARNING, DANGER = "#17734A", "#B36B00", "#B0261E"
_LETTER = 6.2  # the width of a letter at 11 pixels, about


def element(name: str, inside: str = "", /, **attributes: Any) -> str:
    """An element. ``inside`` is markup; values of attributes are escaped. ``_`` in a name stands for ``-``."""
    written = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items())
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def text(words: str, x: float, y: float, *, anchor: str = "start", look: str = "muted", size: int = 11) -> str:
    """A line of text, whatever it says."""
    colour = INK if look == "ink" else MUTED
    place = {"x": near(x), "y": near(y), "text_anchor": anchor}
    letters = {"class_": look, "fill": colour, "font_size": size, "font_family": "Inter"}
    return element("text", escape(words, quote=False), **place, **letters)


def line(x1: float, y1: float, x2: float, y2: float, look: str = "grid", **more: Any) -> str:
    """A straight line."""
    colour = {"grid": GRID, "muted": MUTED, "danger": DANGER}[look]
    ends = {"x1": near(x1), "y1": near(y1), "x2": near(x2), "y2": near(y2)}
    return element("line", class_=f"{look}-line", stroke=colour, **ends, **more)


def box(x: float, y: float, width: float, height: float, place: int, hint: str = "") -> str:
    """A filled rectangle in the colour of the series ``place``."""
    sides = {"x": near(x), "y": near(y), "width": near(width), "height": near(height)}
    inside = element("title", escape(hint, quote=False)) if hint else ""
    return element("rect", inside, class_=f"s{place}", fill=SERIES[place], **sides)


def drawn(parts: Iterable[str], height: float, label: str) -> str:
    """The whole drawing, ``label`` being what it is to somebody who cannot see it."""
    return element(
        "svg",
        "".join(parts),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {near(height)}",
        role="img",
        aria_label=label,
    )


def near(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a chart over time has its plot: instants (UTC milliseconds) from left to right, amounts from 0 up to ``most``."""

    since: int
    until: int
    most: int
    left: float = 64
    top: float = 12
    right: float = WIDTH - 20
    bottom: float = HEIGHT - 26

    def x(self, at: float) -> float:
        """Where the instant ``at`` is."""
        return self.left + (self.right - self.left) * (at - self.since) / max(1, self.until - self.since)

    def y(self, value: float) -> float:
        """Where the amount ``value`` is."""
        return self.bottom - (self.bottom - self.top) * value / max(1, self.most)

    def axes(self, marks: Sequence[tuple[int, str]], zone: ZoneInfo) -> str:
        """Grid and labels; ``marks`` are the amounts that have one."""
        parts = []
        for value, words in marks:
            parts += [line(self.left, self.y(value), self.right, self.y(value))]
            parts += [text(words, self.left - 8, self.y(value) + 4, anchor="end")]
        for at, words in time_ticks(self.since, self.until, zone):
            parts += [line(self.x(at), self.bottom, self.x(at), self.bottom + 4, "muted")]
            parts += [text(words, self.x(at), self.bottom + 18, anchor="middle")]
        return "".join(parts)


def legend(names: Sequence[str], top: float) -> tuple[str, float]:
    """A legend of the series by place, in as many lines as it takes, and its height."""
    parts, x, y = [], 64.0, top
    for place, name in enumerate(names):
        width = 30 + _LETTER * len(name)
        if x > 64 and x + width > WIDTH - 14:
            x, y = 64.0, y + 18
        parts += [box(x, y, 10, 10, place), text(name, x + 15, y + 9, look="ink")]
        x += width
    return "".join(parts), y + 18 - top
