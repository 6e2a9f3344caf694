"""One budget in a card: the tightest in full, the others as thin rows."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from budgetmon.gui.state.budget_cards import is_rolling, outlook, rate_words, scope_words, share_elapsed
from budgetmon.gui.state.formatting import amount_words, percent, short_amount, short_amount_words
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import elided_role_label, role_label, set_tone
from budgetmon.gui.widgets.pace_bar import BarShares, PaceBar
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus


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
        self._of.setText(f"of {short_amount_words(budget.unit, budget.limit)} {_per(budget)}")
        self._share.setText(percent(_committed(budget)))
        self._bar.show_shares(bar_shares(budget, now))
        self._parts.setText(parts_words(budget))
        tip = bar_tip(budget, now)
        for widget in (self._bar, self._parts, self._share):
            widget.setToolTip(tip)
        self._bar.setAccessibleName(f"{budget.name}: {parts_words(budget)}")
        words = outlook(budget, zone, now, refused_at)
        self._outlook.setText(words.text)
        self._outlook.setToolTip(f"{words.text}\n{words.detail}\nBurning {rate_words(budget)}")
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
        self._figures.setText(f"{short_amount(budget.unit, budget.spent)} of {short_amount_words(budget.unit, budget.limit)}")
        tone = {BudgetState.EXHAUSTED: "danger", BudgetState.WARNING: "warning"}.get(budget.state)
        set_tone(self._figures, tone)
        self._bar.show_shares(bar_shares(budget, now))
        self.setToolTip(
            f"{budget.name} ({scope_words(budget)}): {budget.state.value}\n{bar_tip(budget, now)}\n{words.text}\n{words.detail}"
        )
        self.setAccessibleName(f"{budget.name}, {budget.state.value}: {parts_words(budget)}, {words.text}")


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
    parts = [f"{short_amount(budget.unit, budget.remaining)} left"]
    if budget.held:
        parts.append(f"{short_amount(budget.unit, budget.held)} held")
    if budget.in_doubt:
        parts.append(f"{short_amount(budget.unit, budget.in_doubt)} in doubt")
    over = budget.spent + budget.held + budget.in_doubt - budget.limit
    if over > 0:
        parts.append(f"{short_amount(budget.unit, over)} over")
    return " · ".join(parts)


def bar_tip(budget: BudgetStatus, now: int) -> str:
    """The bar in words: used against elapsed."""
    spent = f"{amount_words(budget.unit, budget.spent)} of {amount_words(budget.unit, budget.limit)} spent."
    elapsed = share_elapsed(budget, now)
    at = "" if elapsed is None else f" at {percent(elapsed)} of the window (the tick)"
    return f"{spent}\n{percent(_committed(budget))} used, held or in doubt{at}.\nSolid: spent, hatched: held, dotted: in doubt."


def _committed(budget: BudgetStatus) -> float:
    return (budget.spent + budget.held + budget.in_doubt) / budget.limit if budget.limit > 0 else 1.0


def _per(budget: BudgetStatus) -> str:
    spoken = {"lifetime": "in all", "day": "today", "week": "this week", "month": "this month"}
    return spoken.get(budget.per, f"in {budget.per.removesuffix(' rolling')}" if is_rolling(budget) else f"per {budget.per}")
