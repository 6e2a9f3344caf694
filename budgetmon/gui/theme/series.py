"""How the same thing looks the same everywhere: a colour, a line style and a marker for each name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from budgetmon.gui.theme.tokens import Tokens

_LINES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DashDotLine, Qt.PenStyle.DotLine)
_PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.DiagCrossPattern,
)
_MARKERS = ("o", "s", "t", "d", "star", "t1")


@dataclass(frozen=True, slots=True)
class SeriesLook:
    """The look of one series. ``index`` picks the colour; line, marker and pattern tell series apart without colour."""

    index: int

    def colour(self, tokens: Tokens) -> QColor:
        """Its colour in the theme ``tokens``."""
        return QColor(tokens.series[self.index % len(tokens.series)])

    def pen(self, tokens: Tokens, width: float = 2.0) -> QPen:
        """Its line."""
        pen = QPen(self.colour(tokens), width, _LINES[self.index % len(_LINES)])
        pen.setCosmetic(True)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        return pen

    @property
    def pattern(self) -> Qt.BrushStyle:
        """What is drawn over its areas, in the colour of the surface."""
        return _PATTERNS[self.index % len(_PATTERNS)]

    @property
    def marker(self) -> str:
        """Its marker, by pyqtgraph's name."""
        return _MARKERS[self.index % len(_MARKERS)]


class SeriesLooks:
    """Gives each name a look and keeps it for as long as the window lives: a new provider never recolours the others."""

    def __init__(self) -> None:
        self._looks: dict[str, SeriesLook] = {}

    def learn(self, names: Iterable[str]) -> None:
        """Give looks to names not seen before, in alphabetical order."""
        for name in sorted(set(names) - self._looks.keys()):
            self._looks[name] = SeriesLook(len(self._looks))

    def __getitem__(self, name: str) -> SeriesLook:
        if name not in self._looks:
            self.learn((name,))
        return self._looks[name]
