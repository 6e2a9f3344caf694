"""What makes a picture untrue though nobody wrote: windows end, what rolls frees itself, workers die."""

from __future__ import annotations

from budgetmon.core.storage.liveness import Liveness
from budgetmon.monitor.reader.tables import lives
from budgetmon.monitor.snapshot import BudgetStatus, Snapshot


def has_aged(snapshot: Snapshot, now: int, liveness: Liveness) -> bool:
    """Whether ``snapshot`` no longer holds at the UTC millisecond ``now``, of a ledger that is the same as then."""
    if any(_has_moved_on(budget, snapshot.as_of, now) for budget in snapshot.budgets):
        return True
    return any(worker.alive and not lives(liveness, worker.id) for worker in snapshot.workers)


def _has_moved_on(budget: BudgetStatus, then: int, now: int) -> bool:
    if budget.rolls:
        return bool(budget.spent or budget.held or budget.in_doubt)
    return then < budget.window.end <= now
