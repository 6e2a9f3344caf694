"""Budgets that deserve a look: thresholds that were crossed, and money that burns too fast."""

from __future__ import annotations

from collections.abc import Iterator

from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.monitor.alerts.values import AlertKind, Figures, Finding, Reference, Severity
from budgetmon.monitor.pace import total_at
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus, Snapshot

# A slow and a fast stretch as parts of the window, and how many times the even pace both must exceed. The slow one shows
# that it matters, the fast one that it still goes on: of a month 6 hours and 30 minutes, or 3 days and 6 hours.
_BURNS = ((120, 1_440, 6.0, Severity.URGENT), (10, 120, 1.5, Severity.WARNING))
_FULL = 100
_HIGH = 80


def thresholds(snapshot: Snapshot) -> Iterator[Finding]:
    """The highest threshold that each budget is past; 100 % when nothing is left to set aside."""
    for budget in snapshot.budgets:
        share = crossed(budget)
        if share is None:
            continue
        severity = Severity.URGENT if share >= _FULL else Severity.WARNING if share >= _HIGH else Severity.NOTE
        yield Finding(
            key=f"threshold {budget.name} {share} {_episode(budget)}",
            kind=AlertKind.THRESHOLD,
            severity=severity,
            subject=budget.name,
            figures=Figures(_committed(budget), budget.limit, budget.unit, share),
            reference=_reference(budget, budget.window.start, snapshot.as_of),
            resets_at=_resets_at(budget),
        )


def crossed(budget: BudgetStatus) -> int | None:
    """The highest threshold in percent that what is spent has reached, if any."""
    if budget.state is BudgetState.EXHAUSTED:
        return _FULL
    reached = [share for share in budget.warn_at if budget.spent * 100 >= share * budget.limit]
    return max(reached, default=None)


def paces(snapshot: Snapshot) -> Iterator[Finding]:
    """Budgets that burn so much faster than evenly, lately and just now, that they run out before their reset."""
    for budget in snapshot.budgets:
        if budget.pace.per_hour is None or budget.rolls or budget.window.end >= FAR_FUTURE or not budget.remaining:
            continue
        for slow, fast, factor, severity in _BURNS:
            burns = [burn(budget, part, snapshot.as_of) for part in (slow, fast)]
            lasting = min(burns)
            if lasting >= factor and _runs_out(budget, lasting, snapshot.as_of):
                since = snapshot.as_of - _length(budget) // slow
                yield Finding(
                    key=f"pace {budget.name} {_episode(budget)}",
                    kind=AlertKind.PACE,
                    severity=severity,
                    subject=budget.name,
                    figures=Figures(budget.remaining, budget.limit, budget.unit, burn=lasting),
                    reference=_reference(budget, max(since, budget.window.start), snapshot.as_of),
                    resets_at=_resets_at(budget),
                )
                break


def burn(budget: BudgetStatus, part: int, now: int) -> float:
    """How many times the even pace of its window ``budget`` spent at in the last ``1/part`` of the window's length.

    0 while the window is younger than that: it is too early to say.
    """
    stretch = _length(budget) // part
    if now - stretch < budget.window.start or not budget.burn_down.total or not budget.limit:
        return 0.0
    spent = budget.burn_down.total[-1] - total_at(budget.burn_down, now - stretch)
    return spent * part / budget.limit


def _runs_out(budget: BudgetStatus, burn: float, now: int) -> bool:
    left = budget.window.end - now
    return budget.remaining * _length(budget) < burn * budget.limit * left


def _length(budget: BudgetStatus) -> int:
    return budget.window.end - budget.window.start


def _committed(budget: BudgetStatus) -> int:
    return budget.spent + budget.held + budget.in_doubt


def _episode(budget: BudgetStatus) -> int:
    """What makes the next window another episode. A rolling one never starts anew: its episode ends with the condition."""
    return 0 if budget.rolls else budget.window.start


def _resets_at(budget: BudgetStatus) -> int | None:
    return None if budget.rolls or budget.window.end >= FAR_FUTURE else budget.window.end


def _reference(budget: BudgetStatus, since: int, until: int) -> Reference:
    return Reference(since, until, provider=budget.scope.provider, budget=budget.name)
