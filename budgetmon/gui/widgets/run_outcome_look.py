"""How outcomes look: an icon of its own shape for each, and a colour that never stands alone. Follows the widget's palette."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from budgetmon.gui.state.run_tree import NOT_RUN, RUNNING, WAITING
from budgetmon.gui.theme.tokens import Tokens, Tone, load_tokens
from budgetmon.runs.events import Outcome
from budgetmon.runs.summary import Verdict

_TONES = {
    Outcome.PASSED: Tone.OK,
    Outcome.FAILED: Tone.DANGER,
    Outcome.ERROR: Tone.DANGER,
    Outcome.CRASHED: Tone.DANGER,
    Outcome.XPASSED: Tone.WARNING,
    RUNNING: Tone.INFO,
}
_VERDICT_TONES = {
    Verdict.PASSED: Tone.OK,
    Verdict.FAILED: Tone.DANGER,
    Verdict.CRASHED: Tone.DANGER,
    Verdict.NOT_STARTED: Tone.DANGER,
    Verdict.INTERRUPTED: Tone.WARNING,
    Verdict.CANCELLED: Tone.WARNING,
    Verdict.TIMED_OUT: Tone.WARNING,
    Verdict.NO_TESTS: Tone.WARNING,
}

# Each shape says its word without colour, too.
_CIRCLE = '<circle cx="12" cy="12" r="8.5"/>'
_SHAPES = {
    Outcome.PASSED: '<path d="m5 12.8 4.6 4.7L19 7"/>',
    Outcome.FAILED: '<path d="m6 6 12 12M18 6 6 18"/>',
    Outcome.ERROR: '<path d="M12 3.8 21 19.5H3Z"/><path d="M12 10v4.4M12 17v.1"/>',
    Outcome.CRASHED: '<path d="M13.5 2.5 5 13.5h6l-1.5 8 9-11.5h-6.3Z"/>',
    Outcome.SKIPPED: '<path d="m4 6 7 6-7 6M13 6l7 6-7 6"/>',
    Outcome.XFAILED: _CIRCLE + '<path d="m9 9 6 6M15 9l-6 6"/>',
    Outcome.XPASSED: _CIRCLE + '<path d="m8.2 12.3 2.6 2.6 5-5.4"/>',
    RUNNING: '<path d="M7 4.5v15l12-7.5Z"/>',
    WAITING: '<circle cx="12" cy="12" r="2.5"/>',
    NOT_RUN: '<path d="M6 12h12"/>',
}
_SCALES = (1, 2, 3)
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" stroke-width="2.2"'
    ' stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
)


def tokens_for(palette: QPalette) -> Tokens:
    """The theme tokens that go with the background of ``palette``."""
    return load_tokens("dark" if palette.color(QPalette.ColorRole.Window).lightness() < 128 else "light")


def outcome_colour(status: str, palette: QPalette) -> QColor:
    """The colour of an outcome, or of RUNNING, WAITING, NOT_RUN, on the background of ``palette``."""
    return QColor(tokens_for(palette).of_tone(_TONES.get(status, Tone.MUTED)))


def outcome_icon(status: str, palette: QPalette) -> QIcon:
    """The icon of an outcome in its colour."""
    return _icon(status, outcome_colour(status, palette).name())


def verdict_tone(verdict: Verdict) -> Tone | None:
    """The tone in which a verdict is written; None while the run goes on."""
    return _VERDICT_TONES.get(verdict)


@cache
def _icon(status: str, colour: str, size: int = 16) -> QIcon:
    icon = QIcon()
    data = QByteArray(_SVG.format(colour=colour, shape=_SHAPES[status]).encode())
    for scale in _SCALES:
        pixmap = QPixmap(size * scale, size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(data).render(painter, QRectF(0, 0, size * scale, size * scale))
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # a style would tint it in a selected row
            icon.addPixmap(pixmap, mode)
    return icon
