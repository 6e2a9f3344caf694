"""Caches, workers and the log: what is not right with the machinery."""

from __future__ import annotations

from collections.abc import Iterator

from budgetmon.core.storage.connection import WAL_LIMIT_BYTES
from budgetmon.monitor.alerts.values import AlertKind, Figures, Finding, Reference, Severity
from budgetmon.monitor.snapshot import CacheStatus, Snapshot

# Writers empty the log at this size; one that is several times as large is kept from being emptied.
LARGE_LOG_BYTES = 4 * WAL_LIMIT_BYTES

_RECENT_PART = 6  # the recent stretch is this part of the history that is shown
_LEAST_LOOKUPS = 50
_DROP = 0.2


def hit_rates(snapshot: Snapshot) -> Iterator[Finding]:
    """Caches that hit at least twenty points less often than before, over enough lookups to tell."""
    if snapshot.ask.until is not None:
        return
    span = int(snapshot.ask.span.total_seconds() * 1000)
    since = snapshot.as_of - span // _RECENT_PART
    for cache in snapshot.caches:
        now, before = _rate(cache, since, recent=True), _rate(cache, since, recent=False)
        if now is not None and before is not None and before - now >= _DROP:
            yield Finding(
                key=f"hit rate {cache.name}",
                kind=AlertKind.HIT_RATE,
                severity=Severity.WARNING,
                subject=cache.name,
                figures=Figures(now=now, before=before),
                reference=Reference(since, snapshot.as_of, cache=cache.name),
            )


def _rate(cache: CacheStatus, since: int, *, recent: bool) -> float | None:
    hits = misses = 0
    for start, hit, miss in zip(cache.starts, cache.hits_by, cache.misses_by, strict=True):
        if (start >= since) is recent:
            hits, misses = hits + hit, misses + miss
    return hits / (hits + misses) if hits + misses >= _LEAST_LOOKUPS else None


def dead_workers(snapshot: Snapshot) -> Iterator[Finding]:
    """Workers that died with money held: it stays held until the next admission by anybody."""
    for worker in snapshot.workers:
        if worker.alive is False and worker.held:
            calls = tuple(row.id for row in snapshot.calls if row.worker == worker.id and row.cost is None)
            yield Finding(
                key=f"dead worker {worker.id}",
                kind=AlertKind.DEAD_WORKER,
                severity=Severity.WARNING,
                subject=str(worker.pid),
                figures=Figures(worker.held),
                reference=Reference(worker.last_write_at, snapshot.as_of, worker=worker.id, calls=calls),
            )


def large_log(snapshot: Snapshot) -> Iterator[Finding]:
    """A log that grows because something keeps it from being emptied."""
    size = snapshot.ledger.wal_bytes
    if size >= LARGE_LOG_BYTES:
        yield Finding(
            key="log",
            kind=AlertKind.LOG,
            severity=Severity.WARNING,
            subject=snapshot.ledger.path,
            figures=Figures(size, WAL_LIMIT_BYTES),
            reference=Reference(snapshot.as_of, snapshot.as_of),
        )
