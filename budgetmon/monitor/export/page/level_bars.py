"""Bars against a whole: how much of each budget is gone, and how often each cache hits."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from budgetmon.monitor.export.page import words
from budgetmon.monitor.export.page.drawing import DANGER, GRID, OK, SERIES, WARNING, WIDTH, drawn, element, near, text
from budgetmon.monitor.export.page.report import Chart
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus, CacheStatus

_LOOKS = {
    BudgetState.OK: ("ok", OK),
    BudgetState.WARNING: ("warning", WARNING),
    BudgetState.EXHAUSTED: ("danger", DANGER),
}
_ROW = 46


def budget_bars(budgets: Sequence[BudgetStatus]) -> Chart:
    """Spent, and paler what is held and in doubt, of each limit."""
    return Chart("How much is gone", _bars([_of_budget(budget) for budget in budgets], "How much of each budget is gone"))


def hit_rate_bars(caches: Sequence[CacheStatus]) -> Chart:
    """Hits of all lookups of each cache."""
    return Chart("Hit rates", _bars([_of_cache(cache) for cache in caches], "Hit rate of each cache"))


_Bar = tuple[str, str, str, str, float, float]


def _of_budget(budget: BudgetStatus) -> _Bar:
    look, colour = _LOOKS[budget.state]
    whole = max(1, budget.limit)
    said = (
        f"{words.amount(budget.unit, budget.remaining)} of {words.amount(budget.unit, budget.limit)} left, "
        f"{words.share(budget.spent / whole)} spent: {budget.state}"
    )
    return words.visible(budget.name, 50), said, look, colour, budget.spent / whole, (budget.held + budget.in_doubt) / whole


def _of_cache(cache: CacheStatus) -> _Bar:
    lookups = cache.hits + cache.misses
    said = "no lookups yet" if cache.hit_rate is None else f"{words.share(cache.hit_rate)} of {lookups:,} lookups"
    saved = "" if cache.saved is None else f", {words.money(cache.saved)} saved"
    return words.visible(cache.name, 50), said + saved, "s0", SERIES[0], cache.hit_rate or 0.0, 0.0


def _bars(bars: Sequence[_Bar], label: str) -> str:
    parts = []
    for row, (name, said, look, colour, full, pale) in enumerate(bars):
        top = row * _ROW
        parts += [text(name, 0, top + 14, look="ink", size=13), text(said, WIDTH, top + 14, anchor="end", size=12)]
        parts.append(_bar(top + 22, 1.0, "track", GRID))
        parts.append(_bar(top + 22, min(1.0, full + pale), look, colour, opacity=0.4) if pale else "")
        parts.append(_bar(top + 22, min(1.0, full), look, colour, hint=f"{name}: {said}"))
    return drawn(parts, max(1, len(bars)) * _ROW - 8, label)


def _bar(top: float, part: float, look: str, colour: str, opacity: float = 1.0, hint: str = "") -> str:
    inside = element("title", escape(hint, quote=False)) if hint else ""
    sides = {"x": 0, "y": near(top), "width": near(part * WIDTH), "height": 10, "rx": 3}
    return element("rect", inside, class_=look, fill=colour, fill_opacity=opacity, **sides)
