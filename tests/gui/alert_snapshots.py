"""Findings of each kind, made up."""

from __future__ import annotations

from gui.snapshots import NOW

from budgetmon.core.rules.budgets import Unit
from budgetmon.monitor.alerts.values import AlertKind, Figures, Finding, Reference, Severity

FIGURES = {
    AlertKind.THRESHOLD: Figures(4_120_000_000, 4_980_000_000, Unit.USD, 80),
    AlertKind.PACE: Figures(860_000_000, 4_980_000_000, Unit.USD, burn=6.4),
    AlertKind.REFUSALS: Figures(1, 0, Unit.CALLS, count=12),
    AlertKind.OVERRUN: Figures(17_000_000, 90_000_000, count=3),
    AlertKind.UNPRICED: Figures(3, 40, count=3),
    AlertKind.HIT_RATE: Figures(now=0.41, before=0.88),
    AlertKind.DEAD_WORKER: Figures(30_000_000),
    AlertKind.LOG: Figures(45_000_000, 8_388_608),
}


def finding(kind: AlertKind, subject: str = "perplexity month") -> Finding:
    return Finding(
        f"{kind} {subject}", kind, Severity.WARNING, subject, FIGURES[kind], Reference(NOW - 60_000, NOW), NOW + 3_600_000
    )
