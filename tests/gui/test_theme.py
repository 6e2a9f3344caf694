"""Light and dark: complete, readable, and switched live."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.style import interface_font, style_sheet_of
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.gui.theme.tokens import Tokens, Tone, load_tokens

THEMES = [load_tokens("light"), load_tokens("dark"), load_tokens("contrast")]


def luminance(colour: str) -> float:
    channels = QColor(colour).getRgbF()[:3]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_that_words_can_be_read_on_every_ground(tokens: Tokens) -> None:
    for ground in (tokens.window, tokens.surface, tokens.hover, tokens.accent_soft):
        for ink in (tokens.text, tokens.muted):
            assert contrast(ink, ground) >= 4.5, (ink, ground)
    for tone in Tone:
        assert contrast(tokens.of_tone(tone), tokens.surface) >= 4.5, tone
    assert contrast(tokens.accent_text, tokens.accent) >= 4.5
    for ink, ground in ((tokens.text, tokens.danger_soft), (tokens.text, tokens.warning_soft), (tokens.text, tokens.ok_soft)):
        assert contrast(ink, ground) >= 4.5


def test_that_high_contrast_is_higher() -> None:
    tokens = load_tokens("contrast")
    for ground in (tokens.window, tokens.surface, tokens.sunken, tokens.hover, tokens.accent_soft, tokens.danger_soft):
        assert contrast(tokens.text, ground) >= 12, ground
        assert contrast(tokens.muted, ground) >= 7, ground
    for tone in Tone:
        assert contrast(tokens.of_tone(tone), tokens.surface) >= 7, tone
    for line in (tokens.border, tokens.border_strong, tokens.accent, tokens.axis, *tokens.series):
        assert contrast(line, tokens.surface) >= 7, line
    for fill in (tokens.accent, tokens.bar_warning, tokens.text):
        assert contrast(fill, tokens.track) >= 3, fill
    assert contrast(tokens.track, tokens.surface) >= 3


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_that_chart_lines_stand_out_from_the_card_and_differ_from_each_other(tokens: Tokens) -> None:
    for colour in tokens.series:
        assert contrast(colour, tokens.surface) >= 3.0, colour
    for first, second in itertools.combinations(tokens.series[:6], 2):
        apart = sum((a - b) ** 2 for a, b in zip(QColor(first).getRgb()[:3], QColor(second).getRgb()[:3], strict=True))
        assert apart > 60**2, (first, second)


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_that_no_token_is_left_in_the_style_sheet(tokens: Tokens) -> None:
    sheet = style_sheet_of(tokens)
    assert "@" not in sheet
    assert tokens.surface in sheet


def test_that_the_theme_is_switched_live(themer: Themer, qapp: QApplication, qtbot: QtBot) -> None:
    light = qapp.palette().color(QPalette.ColorRole.Window).name()
    with qtbot.waitSignal(themer.changed):
        themer.choose(Scheme.DARK)
    assert themer.tokens.is_dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name() != light
    assert themer.tokens.surface in qapp.styleSheet()


def test_that_system_follows_what_the_desktop_says(themer: Themer, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    themer.choose(Scheme.SYSTEM)
    hints = QGuiApplication.styleHints()
    monkeypatch.setattr(type(hints), "colorScheme", lambda self: Qt.ColorScheme.Dark)
    with qtbot.waitSignal(themer.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert themer.tokens.is_dark
    themer.choose(Scheme.LIGHT)
    with qtbot.assertNotEmitted(themer.changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)


def test_that_the_shipped_font_is_used_in_all_its_weights(themer: Themer, qapp: QApplication) -> None:
    assert QFontInfo(qapp.font()).family() == "Inter"
    font = interface_font(20)
    font.setWeight(font.Weight.DemiBold)
    assert QFontInfo(font).styleName() == "Semi Bold"


def test_that_a_name_keeps_its_look_when_others_join() -> None:
    looks = SeriesLooks()
    looks.learn(["perplexity", "gemini"])
    before = looks["perplexity"]
    looks.learn(["alphavantage", "gemini", "perplexity"])
    assert looks["perplexity"] == before
    assert len({looks[name].index for name in ("perplexity", "gemini", "alphavantage")}) == 3
