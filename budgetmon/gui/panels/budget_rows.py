"""One budget in a card: the tightest in full, the others as thin rows."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.state.budget_cards import (
    outlook,
    period_words,
    rate_words,
    scope_words,
    share_elapsed,
    state_word,
)
from budgetmon.gui.state.formatting import amount_words, brief_money, percent, short_amount, short_amount_words
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import elided_role_label, role_label, set_tone
from budgetmon.gui.widgets.pace_bar import BarShares, PaceBar
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus

translate = QCoreApplication.translate


class FullBudget(QWidget):
    """Spent of limit, the pace bar, its parts in words, and when it runs out."""

    def __init__(self, themer: Themer) -> None:
        super().__init__()
        self._spent = role_label("figure")
        self._of = elided_role_label("muted")
        self._share = role_label("title")
        self._bar = PaceBar(themer)
        self._parts = elided_role_label("small")
        self._outlook = elided_role_label("title")
        self._detail = elided_role_label("small")
        figures = QHBoxLayout()
        figures.setSpacing(6)
        figures.addWidget(self._spent)
        figures.addWidget(self._of, 1)
        figures.addWidget(self._share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(figures)
        layout.addWidget(self._bar)
        layout.addWidget(self._parts)
        layout.addSpacing(3)
        layout.addWidget(self._outlook)
        layout.addWidget(self._detail)

    def show_budget(self, budget: BudgetStatus, zone: str, now: int, refused_at: int | None = None) -> None:
        """Show ``budget`` at the UTC millisecond ``now``; ``refused_at`` is when it last turned a call away."""
        self._spent.setText(short_amount(budget.unit, budget.spent))
        limit = short_amount_words(budget.unit, budget.limit)
        self._of.setText(translate("cards", "of {limit} {period}").format(limit=limit, period=_per(budget)))
        self._share.setText(percent(_committed(budget)))
        self._bar.show_shares(bar_shares(budget, now))
        self._parts.setText(parts_words(budget))
        tip = bar_tip(budget, now)
        for widget in (self._bar, self._parts, self._share):
            widget.setToolTip(tip)
        self._bar.setAccessibleName(f"{budget.name}: {parts_words(budget)}")
        words = outlook(budget, zone, now, refused_at)
        self._outlook.setText(words.text)
        burning = translate("cards", "Burning {rate}").format(rate=rate_words(budget))
        self._outlook.setToolTip(f"{words.text}\n{words.detail}\n{burning}")
        tone = "danger" if budget.state is BudgetState.EXHAUSTED else "warning" if words.urgent else None
        set_tone(self._outlook, tone)
        self._detail.setText(words.detail)
        self._detail.setToolTip(words.detail)


class ThinBudget(QWidget):
    """A name, a thin bar and how much of how much."""

    def __init__(self, themer: Themer) -> None:
        super().__init__()
        self._name = elided_role_label("small")
        self._figures = role_label("small")
        self._bar = PaceBar(themer, thickness=4)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._name, 1)
        top.addWidget(self._figures)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self._bar)

    def show_budget(self, budget: BudgetStatus, zone: str, now: int, refused_at: int | None = None) -> None:
        """Show ``budget`` at the UTC millisecond ``now``; ``refused_at`` is when it last turned a call away."""
        words = outlook(budget, zone, now, refused_at)
        self._name.setText(budget.name)
        spent, limit = short_amount(budget.unit, budget.spent), short_amount_words(budget.unit, budget.limit)
        self._figures.setText(translate("cards", "{spent} of {limit}").format(spent=spent, limit=limit))
        tone = {BudgetState.EXHAUSTED: "danger", BudgetState.WARNING: "warning"}.get(budget.state)
        set_tone(self._figures, tone)
        self._bar.show_shares(bar_shares(budget, now))
        self.setToolTip(
            f"{budget.name} ({scope_words(budget)}): {state_word(budget.state)}\n{bar_tip(budget, now)}\n"
            f"{words.text}\n{words.detail}"
        )
        self.setAccessibleName(f"{budget.name}, {state_word(budget.state)}: {parts_words(budget)}, {words.text}")


def bar_shares(budget: BudgetStatus, now: int) -> BarShares:
    """The parts of ``budget`` as shares of its limit."""
    limit = max(1, budget.limit)
    return BarShares(
        spent=min(1.0, budget.spent / limit),
        held=budget.held / limit,
        in_doubt=budget.in_doubt / limit,
        now=share_elapsed(budget, now),
        state=budget.state,
    )


def parts_words(budget: BudgetStatus) -> str:
    """What is left, held and in doubt; parts of nothing are left out."""
    parts = [translate("cards", "{amount} left").format(amount=short_amount(budget.unit, budget.remaining))]
    if budget.held:
        parts.append(translate("cards", "{amount} held").format(amount=_brief(budget.unit, budget.held)))
    if budget.in_doubt:
        parts.append(translate("cards", "{amount} in doubt").format(amount=_brief(budget.unit, budget.in_doubt)))
    over = budget.spent + budget.held + budget.in_doubt - budget.limit
    if over > 0:
        parts.append(translate("cards", "{amount} over").format(amount=short_amount(budget.unit, over)))
    return " · ".join(parts)


def _brief(unit: Unit, value: int) -> str:
    return brief_money(value) if unit is Unit.USD else short_amount(unit, value)


def bar_tip(budget: BudgetStatus, now: int) -> str:
    """The bar in words: used against elapsed."""
    spent = translate("cards", "{spent} of {limit} spent.").format(
        spent=amount_words(budget.unit, budget.spent), limit=amount_words(budget.unit, budget.limit)
    )
    elapsed = share_elapsed(budget, now)
    used = percent(_committed(budget))
    if elapsed is None:
        taken = translate("cards", "{share} used, held or in doubt.").format(share=used)
    else:
        words = translate("cards", "{share} used, held or in doubt at {elapsed} of the window (the tick).")
        taken = words.format(share=used, elapsed=percent(elapsed))
    return f"{spent}\n{taken}\n{translate('cards', 'Solid: spent, hatched: held, dotted: in doubt.')}"


def _committed(budget: BudgetStatus) -> float:
    return (budget.spent + budget.held + budget.in_doubt) / budget.limit if budget.limit > 0 else 1.0


def _per(budget: BudgetStatus) -> str:
    if budget.rolls:
        return translate("cards", "in {length}").format(length=budget.per.removesuffix(" rolling"))
    spoken = {
        "lifetime": translate("cards", "in all"),
        "day": translate("cards", "today"),
        "week": translate("cards", "this week"),
        "month": translate("cards", "this month"),
    }
    return spoken.get(budget.per) or period_words(budget)
