"""What a ledger says, as the monitor reads it: tests look at results through the same door as the app."""

from __future__ import annotations

from pathlib import Path

from budgetmon import UsageTracker
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, BudgetStatus, Snapshot


def picture(ledger: UsageTracker | Path) -> Snapshot:
    """Everything that the ledger holds, now."""
    path = ledger if isinstance(ledger, Path) else ledger.db_path
    with LedgerReader(path) as reader:
        return reader.snapshot(Ask(rows=1_000_000))


def budget(ledger: UsageTracker | Path, name: str) -> BudgetStatus:
    """How the budget of that name stands."""
    return next(status for status in picture(ledger).budgets if status.name == name)
