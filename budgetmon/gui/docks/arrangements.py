"""How panels lie beside each other, as plain trees: rows, columns and tabs of panel names. The named layouts stand here.

A panel that a layout does not name is closed in it; the View menu brings it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

# Below these, charts take turns instead of lying side by side.
_NARROW, _LOW = 1060, 520
_TOO_LOW = 440  # below this, a chart above a table leaves neither of them enough to be read
_TILES = 380  # as much width as tiles make use of


@dataclass(frozen=True, slots=True)
class Tabs:
    """Panels that take turns; the first one is in front."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Parts side by side. ``shares`` of the width are relative to each other."""

    parts: tuple[Part, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """Parts one above the other. ``shares`` of the height are relative to each other."""

    parts: tuple[Part, ...]
    shares: tuple[int, ...]


Part = Tabs | Row | Column


class LayoutName(StrEnum):
    """The layouts to choose from."""

    WATCH = "watch"
    INVESTIGATE = "investigate"
    RUNS = "runs"
    COMPACT = "compact"


_CHARTS = ("burnDown", "consumption", "cacheRates")
_TABLES = ("calls", "refusals", "alerts", "models", "caches", "workers", "runs")


def arrangement(layout: LayoutName, width: int, height: int) -> Part:
    """How ``layout`` lies in a window of that size in pixels."""
    if height < _TOO_LOW and layout in (LayoutName.WATCH, LayoutName.INVESTIGATE):
        one = Tabs(_CHARTS + _TABLES)
        return one if layout is LayoutName.INVESTIGATE else Row((Tabs(("overview",)), one), (25, 75))
    wide = width >= _NARROW and height >= _LOW
    charts = _side_by_side() if wide else Tabs(_CHARTS)
    overview = Tabs(("overview",))
    match layout:
        case LayoutName.WATCH:
            share = _overview_share(width)
            return Row((overview, Column((charts, Tabs(_TABLES)), (60, 40))), (share, 100 - share))
        case LayoutName.INVESTIGATE:
            charts = Row((Tabs(_CHARTS[:1]), Tabs(_CHARTS[1:])), (55, 45)) if wide else charts
            return Column((charts, Tabs(_TABLES)), (38, 62))
        case LayoutName.RUNS:
            others = tuple(name for name in _TABLES if name != "runs")
            return Row((Tabs(("runs",)), Column((Tabs(_CHARTS), Tabs(others)), (50, 50))), (60, 40))
        case LayoutName.COMPACT:
            return overview


def _overview_share(width: int) -> int:
    """A quarter, but not much more than what a tile needs."""
    return max(15, min(25, 100 * _TILES // max(1, width)))


def _side_by_side() -> Part:
    burn_down, consumption, caches = (Tabs((name,)) for name in _CHARTS)
    return Row((burn_down, Column((consumption, caches), (50, 50))), (55, 45))


def names_in(part: Part) -> Iterator[str]:
    """The panels of a tree, from left to right and top to bottom."""
    if isinstance(part, Tabs):
        yield from part.names
    else:
        for each in part.parts:
            yield from names_in(each)


def first_name(part: Part) -> str:
    """The panel in the upper left corner of a tree."""
    return next(names_in(part))
