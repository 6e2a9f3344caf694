"""The words in a burn-down, placed so that they don't run into each other. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.gui.charts.burn_down_shape import BurnDownShape
from budgetmon.gui.charts.burn_down_view import View
from budgetmon.gui.charts.canvas import Label
from budgetmon.gui.state.formatting import amount_words, count, moment, percent_sign
from budgetmon.gui.theme.tokens import Tokens
from budgetmon.monitor.snapshot import BudgetStatus

translate = QCoreApplication.translate

_LINE_PIXELS = 15  # about as high as one line of words
_NEAR_PIXELS = 140  # two labels closer than this become one
_NOW_PIXELS = 24  # that "now" takes beside its line
_LETTER_PIXELS = 7.2  # about as wide as one letter of a strong label


@dataclass(frozen=True, slots=True)
class Place:
    """Where words go: the view, its upper edge with the room for words, and how many pixels a second and an amount take."""

    view: View
    top: float
    across: float
    up: float
    spent: bool = False  # what is spent is shown, so that the limit is at the top where nothing is left
    limited: bool = True

    def limit_at(self, shape: BurnDownShape) -> float:
        """Where the limit's line is."""
        return 0.0 if self.spent else shape.limit

    def shows_limit(self, shape: BurnDownShape) -> bool:
        """Whether the limit's line is in view."""
        return self.limited and self.view.low <= self.limit_at(shape) <= self.view.high

    def is_high(self, amount: float) -> bool:
        """Whether words above the amount would run into those at the upper edge."""
        return abs(self.top - amount) * self.up < 3 * _LINE_PIXELS

    def fits_right_of(self, at: float, text: str) -> bool:
        """Whether ``text`` has room between ``at`` and the right edge."""
        return (self.view.end - at) * self.across > len(text) * _LETTER_PIXELS + 14


def burn_down_labels(
    budget: BudgetStatus, shape: BurnDownShape, place: Place, tokens: Tokens, colour: str, zone: str, now: int
) -> list[Label]:
    """What is left, "now", the limit, the thresholds and the run-out, as far as each is in view."""
    view = place.view
    labels = [Label(translate("burn-down", "now"), shape.now, place.top, tokens.muted, (_leaning(shape, view), 0.0))]
    if place.shows_limit(shape):
        words = translate("burn-down", "limit {amount}").format(amount=amount_words(budget.unit, budget.limit))
        labels.append(Label(words, _after_now(shape, place), place.limit_at(shape), tokens.muted, (0.0, 0.92), ground=False))
    if _has_room_for_reset(budget, shape, place):
        words = translate("burn-down", "resets {when}").format(when=moment(budget.window.end, zone, now))
        labels.append(Label(words, view.end, place.top, tokens.muted, (1.0, 0.0)))
    labels += _thresholds(shape, place, tokens)
    left = _figure(budget, place)
    if shape.runs_out_at is None or shape.free <= 0 or not view.shows(shape.runs_out_at, 0.0):
        return [*labels, _beside(left, shape.now, shape.free, place, colour, below=place.is_high(shape.free))]
    when = translate("burn-down", "runs out {when}").format(when=moment(round(shape.runs_out_at * 1000), zone, now))
    lines = 5 if place.spent else 2  # what is spent has its words between the two dots, what is left beside them
    if shape.free * place.up < lines * _LINE_PIXELS and (shape.runs_out_at - shape.now) * place.across < _NEAR_PIXELS:
        return [*labels, _beside(f"{left}, {when}", shape.runs_out_at, shape.free, place, tokens.danger)]
    labels.append(_beside(left, shape.now, shape.free, place, colour, below=place.is_high(shape.free)))
    labels.append(_beside(when, shape.runs_out_at, 0.0, place, tokens.danger, below=place.spent))
    return labels


def _figure(budget: BudgetStatus, place: Place) -> str:
    if place.spent:
        words = translate("burn-down", "{amount} spent") if place.limited else "{amount}"
        return words.format(amount=amount_words(budget.unit, budget.spent))
    return translate("burn-down", "{amount} left").format(amount=amount_words(budget.unit, budget.remaining))


def _has_room_for_reset(budget: BudgetStatus, shape: BurnDownShape, place: Place) -> bool:
    """Whether the end of the window is in view, and far enough from "now"."""
    if budget.window.end >= FAR_FUTURE or budget.rolls or place.view.end < shape.end:
        return False
    return (shape.end - shape.now) * place.across > _NEAR_PIXELS


def _beside(words: str, at: float, amount: float, place: Place, colour: str, *, below: bool = False) -> Label:
    """To the upper right of a dot, or to its upper left where the right has no room; or below it."""
    side = -0.06 if place.fits_right_of(at, words) else 1.06
    return Label(words, at, amount, colour, (side, -0.2 if below else 1.2), strong=True)


def _after_now(shape: BurnDownShape, place: Place) -> float:
    """Where the limit's words begin: at the left edge, or to the right of "now" while that is there."""
    near = place.across > 0 and (shape.now - place.view.start) * place.across < _NOW_PIXELS
    return shape.now + _NOW_PIXELS / place.across if near else place.view.start


def _leaning(shape: BurnDownShape, view: View) -> float:
    """How far "now" leans inwards near the edges."""
    passed = (shape.now - view.start) / (view.end - view.start)
    return min(1.0, max(0.0, 0.5 + (passed - 0.5) * 0.2))


def _runs_out_near_the_end(shape: BurnDownShape, place: Place) -> bool:
    """Whether the words of the run-out reach to where those of a threshold stand."""
    at = shape.runs_out_at
    return at is not None and place.view.shows(at, 0.0) and (place.view.end - at) * place.across < 2 * _NEAR_PIXELS


def _thresholds(shape: BurnDownShape, place: Place, tokens: Tokens) -> list[Label]:
    """At the end that the line has not reached, or at its beginning; none that would touch other words."""
    view = place.view
    # What is spent leaves the upper left free, what is left the upper right; late in the window that is at the beginning, too.
    late = place.spent or (shape.now - view.start) / (view.end - view.start) > 0.55
    labels: list[Label] = []
    taken = [place.limit_at(shape)]
    bottom = view.high if place.spent else view.low
    for percent, left in shape.thresholds:
        if not view.low < left < view.high or any(abs(left - other) * place.up < _LINE_PIXELS for other in taken):
            continue
        if abs(left - bottom) * place.up < _LINE_PIXELS:
            continue
        if not late and left * place.up < 2 * _LINE_PIXELS and _runs_out_near_the_end(shape, place):
            continue
        taken.append(left)
        text = translate("burn-down", "{share} used").format(share=percent_sign(count(percent)))
        if late:
            labels.append(Label(text, view.start, left, tokens.warning, (0.0, 0.9), ground=False))
        else:
            labels.append(Label(text, view.end, left, tokens.warning, (1.0, 0.5)))
    return labels
