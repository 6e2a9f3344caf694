"""Tokens made into what Qt understands: a palette, a font and a small style sheet."""

from __future__ import annotations

import re
from dataclasses import asdict
from functools import cache

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette

from budgetmon.gui.assets import asset
from budgetmon.gui.theme.tokens import Tokens

FONT_FAMILY = "Inter"
FONT_PIXELS = 13
_FONT_FILES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf")


def palette_of(tokens: Tokens) -> QPalette:
    """The palette of ``tokens``, complete for every role that Fusion paints with."""
    role = QPalette.ColorRole
    colours = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.hover,
        role.Text: tokens.text,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.danger,
        role.ToolTipBase: tokens.surface,
        role.ToolTipText: tokens.text,
        role.PlaceholderText: tokens.faint,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.accent_text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Light: tokens.hover,
        role.Midlight: tokens.border,
        role.Mid: tokens.border_strong,
        role.Dark: tokens.faint,
        role.Shadow: tokens.shadow,
    }
    palette = QPalette()
    for each, colour in colours.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.faint))
    return palette


def style_sheet_of(tokens: Tokens) -> str:
    """The style sheet with each ``@token`` replaced; KeyError names one that does not exist."""
    values = {name: value for name, value in asdict(tokens).items() if isinstance(value, str)}
    # Style sheets take images by path only: the arrows are drawn in a grey that serves both themes.
    values["chevron"] = asset("icons/down.svg").as_posix()
    values["check"] = asset(f"icons/check-{tokens.name}.svg").as_posix()
    values["chevron_up"] = asset("icons/up.svg").as_posix()
    values["scroll_left"] = asset("icons/scroll-left.svg").as_posix()
    values["scroll_right"] = asset("icons/scroll-right.svg").as_posix()
    template = asset("theme/style.qss").read_text(encoding="utf-8")
    without_comments = re.sub(r"/\*.*?\*/", "", template, flags=re.DOTALL)
    return re.sub(r"@(\w+)", lambda match: values[match[1]], without_comments)


@cache
def _load_fonts() -> tuple[int, ...]:
    return tuple(QFontDatabase.addApplicationFont(str(asset(f"fonts/{name}"))) for name in _FONT_FILES)


def interface_font(pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The shipped font, with digits of one width so that changing numbers don't dance. Needs a QGuiApplication."""
    _load_fonts()
    font = QFont(FONT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
