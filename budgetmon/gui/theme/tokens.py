"""Theme tokens: every colour that the app uses, by what it is for, read from the shipped JSON files."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache

from budgetmon.gui.assets import asset


class Tone(StrEnum):
    """What a coloured thing says. The word or icon beside it says the same, so that colour is never alone."""

    OK = "ok"
    WARNING = "warning"
    DANGER = "danger"
    INFO = "info"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme as ``#RRGGBB``. ``series`` holds the chart colours, told apart by colour-blind readers too."""

    name: str
    window: str
    surface: str
    sunken: str
    hover: str
    border: str
    border_strong: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    ok: str
    ok_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    bar_warning: str
    bar_danger: str
    grid: str
    axis: str
    track: str
    shadow: str
    series: tuple[str, ...]

    @property
    def is_dark(self) -> bool:
        """Whether its words are lighter than its ground."""
        return self.name != "light"

    def of_tone(self, tone: Tone) -> str:
        """The text colour of ``tone``."""
        match tone:
            case Tone.OK:
                return self.ok
            case Tone.WARNING:
                return self.warning
            case Tone.DANGER:
                return self.danger
            case Tone.INFO:
                return self.accent
            case Tone.MUTED:
                return self.muted


@cache
def load_tokens(name: str) -> Tokens:
    """The tokens of the theme ``name``: ``"light"``, ``"dark"`` or ``"contrast"``."""
    raw = json.loads(asset(f"theme/{name}.json").read_text(encoding="utf-8"))
    raw["series"] = tuple(raw["series"])
    return Tokens(**{field.name: raw[field.name] for field in fields(Tokens)})
