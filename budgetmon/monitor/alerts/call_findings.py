"""Calls that deserve a look: turned away, dearer than their hold, or without a price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from budgetmon.monitor.alerts.values import AlertKind, Figures, Finding, Reference, Severity
from budgetmon.monitor.snapshot import CallRow, RefusalRow, Snapshot

# What happened this long ago is over, unless it happens again.
RECENT_MS = 600_000
_MOST_IDS = 50


def refusals(snapshot: Snapshot) -> Iterator[Finding]:
    """Budgets and pauses that turned calls away in the last ten minutes."""
    groups: dict[tuple[str, str], list[RefusalRow]] = {}
    for row in snapshot.refusals:
        if snapshot.as_of - row.at < RECENT_MS:
            groups.setdefault((row.budget, row.provider), []).append(row)
    for (budget, provider), rows in groups.items():
        newest = rows[0]
        yield Finding(
            key=f"refusals {budget} {provider}",
            kind=AlertKind.REFUSALS,
            severity=Severity.WARNING,
            subject=budget,
            figures=Figures(newest.asked, newest.free, newest.unit, count=len(rows)),
            reference=Reference(
                min(row.at for row in rows),
                snapshot.as_of,
                provider=provider,
                budget=budget,
                refusals=tuple(row.id for row in rows[:_MOST_IDS]),
            ),
        )


def overruns(snapshot: Snapshot) -> Iterator[Finding]:
    """Models whose calls lately cost more than was set aside for them."""
    groups: dict[tuple[str, str], list[CallRow]] = {}
    for row in snapshot.calls:
        if row.overrun and snapshot.as_of - row.at < RECENT_MS:
            groups.setdefault((row.provider, row.model), []).append(row)
    for (provider, model), rows in groups.items():
        yield Finding(
            key=f"overrun {provider} {model}",
            kind=AlertKind.OVERRUN,
            severity=Severity.NOTE,
            subject=model,
            figures=Figures(sum(row.overrun for row in rows), sum(row.hold for row in rows), count=len(rows)),
            reference=_calls(rows, provider, snapshot.as_of),
        )


def unpriced(snapshot: Snapshot, seen: Mapping[str, int]) -> Iterator[Finding]:
    """Models of which calls without a price came lately. ``seen`` tells when they last grew in number, per model's key."""
    for model in snapshot.models:
        key = model_key(model.provider, model.name)
        if snapshot.as_of - seen.get(key, 0) >= RECENT_MS:
            continue
        rows = [row for row in snapshot.calls if (row.provider, row.model) == (model.provider, model.name) and row.cost is None]
        since = min((row.at for row in rows), default=seen[key])
        yield Finding(
            key=f"unpriced {key}",
            kind=AlertKind.UNPRICED,
            severity=Severity.WARNING,
            subject=model.name,
            figures=Figures(model.totals.unpriced_calls, model.totals.calls, count=model.totals.unpriced_calls),
            reference=Reference(
                since, snapshot.as_of, provider=model.provider, calls=tuple(row.id for row in rows[:_MOST_IDS])
            ),
        )


def model_key(provider: str, model: str) -> str:
    """One text for a model, which only together with its provider is unique."""
    return f"{provider} {model}"


def _calls(rows: list[CallRow], provider: str, until: int) -> Reference:
    return Reference(min(row.at for row in rows), until, provider=provider, calls=tuple(row.id for row in rows[:_MOST_IDS]))
