"""Findings of one snapshot after the other become episodes: each is told once, ends when its cause has gone, and re-arms."""

from __future__ import annotations

from dataclasses import replace

from budgetmon.monitor.alerts import budget_findings, call_findings, health_findings
from budgetmon.monitor.alerts.values import Alert, AlertKind, Finding, Watch
from budgetmon.monitor.snapshot import Snapshot

# A condition that comes and goes around its limit is one episode: it ends when it has been gone for this long.
_LINGER_MS = {AlertKind.PACE: 300_000, AlertKind.HIT_RATE: 300_000, AlertKind.LOG: 60_000}
_MOST_ALERTS = 200


def observed(watch: Watch, snapshot: Snapshot) -> tuple[Watch, tuple[Alert, ...]]:
    """What ``watch`` becomes with ``snapshot``, and the episodes that begin with it, the most pressing first.

    Time is the snapshot's own, so that a ledger that was written long ago reads as it did then.
    """
    watch = _with_unpriced(watch, snapshot)
    findings = {finding.key: finding for finding in found(watch, snapshot)}
    alerts = [
        _continued(alert, findings.pop(alert.finding.key, None), snapshot.as_of) for alert in watch.alerts if _open(alert)
    ]
    over = [alert for alert in watch.alerts if not _open(alert)]
    begun = sorted(
        (Alert(finding, snapshot.as_of, snapshot.as_of) for finding in findings.values()),
        key=lambda alert: -alert.finding.severity,
    )
    everything = sorted((*begun, *alerts, *over), key=lambda alert: (not _open(alert), -alert.since))
    return replace(watch, alerts=tuple(everything[:_MOST_ALERTS])), tuple(begun)


def found(watch: Watch, snapshot: Snapshot) -> tuple[Finding, ...]:
    """All conditions that hold in ``snapshot``."""
    return (
        *budget_findings.thresholds(snapshot),
        *budget_findings.paces(snapshot),
        *call_findings.refusals(snapshot),
        *call_findings.overruns(snapshot),
        *call_findings.unpriced(snapshot, watch.unpriced_at),
        *health_findings.hit_rates(snapshot),
        *health_findings.dead_workers(snapshot),
        *health_findings.large_log(snapshot),
    )


def _open(alert: Alert) -> bool:
    return alert.ended_at is None


def _continued(alert: Alert, finding: Finding | None, now: int) -> Alert:
    if finding is not None:
        return replace(alert, finding=finding, seen_at=now)
    if now - alert.seen_at >= _LINGER_MS.get(alert.finding.kind, 0) or _is_reset(alert, now):
        return replace(alert, ended_at=now)
    return alert


def _is_reset(alert: Alert, now: int) -> bool:
    return alert.finding.resets_at is not None and alert.finding.resets_at <= now


def _with_unpriced(watch: Watch, snapshot: Snapshot) -> Watch:
    """Remembers when calls without a price last grew in number; those of before the first look count as new."""
    numbers = {call_findings.model_key(model.provider, model.name): model.totals.unpriced_calls for model in snapshot.models}
    grown = {key: snapshot.as_of for key, number in numbers.items() if number > watch.unpriced.get(key, 0)}
    return replace(watch, unpriced=numbers, unpriced_at={**watch.unpriced_at, **grown})
