"""Named caches: what they counted over all processes, what that was worth, and whether their size is right."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import apsw

from budgetmon.core.ledger import cache_rollups
from budgetmon.monitor import series
from budgetmon.monitor.cache_advice import CacheAdvice, advice
from budgetmon.monitor.reader import history
from budgetmon.monitor.snapshot import Ask, CacheStatus, WorkerRow

_HOUR = 3_600_000
_DAY = 24 * _HOUR


def read_caches(db: apsw.Connection, ask: Ask, now: int, workers: tuple[WorkerRow, ...]) -> tuple[CacheStatus, ...]:
    """Every named cache: counts over all time and all processes, sizes over the processes that live."""
    sums: list[tuple[Any, ...]] = db.execute(
        f"SELECT cache.id, name, {', '.join(cache_rollups.COLUMNS)} FROM cache_rollup JOIN cache ON cache.id = cache"
        " WHERE span = 0 ORDER BY name"
    ).fetchall()
    sizes = _sizes(db, workers)
    width, buckets = _history(db, ask, now)
    advices = _advices(db, now, {row[0]: dict(zip(cache_rollups.COLUMNS, row[2:], strict=True)) for row in sums})
    return tuple(
        _status(
            name, dict(zip(cache_rollups.COLUMNS, counts, strict=True)), sizes[cache], advices.get(cache), width, buckets[cache]
        )
        for cache, name, *counts in sums
    )


def _status(
    name: str,
    counts: dict[str, int],
    sizes: tuple[int, int],
    advised: CacheAdvice | None,
    width: int,
    buckets: list[tuple[int, int, int]],
) -> CacheStatus:
    known = counts["priced"] > 0
    return CacheStatus(
        name=name,
        hits=counts["hits"],
        misses=counts["misses"],
        expired=counts["expired"],
        evictions=counts["evictions"],
        size=sizes[0],
        max_size=sizes[1],
        saved=counts["saved"] if known else None,
        width=width,
        starts=tuple(start for start, _, _ in buckets),
        hits_by=tuple(count for _, count, _ in buckets),
        misses_by=tuple(count for _, _, count in buckets),
        loads=counts["loads"],
        load_failures=counts["load_failures"],
        load_seconds=counts["load_us"] / 1e6,
        paid=counts["paid"] if known else None,
        lost_to_eviction=counts["lost_evicted"] if known else None,
        lost_to_expiry=counts["lost_expired"] if known else None,
        advice=advised,
    )


def _sizes(db: apsw.Connection, workers: tuple[WorkerRow, ...]) -> dict[int, tuple[int, int]]:
    dead = {worker.id for worker in workers if worker.alive is False}
    sizes: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    instances: list[tuple[Any, ...]] = db.execute("SELECT cache, worker, size, max_size FROM cache_instance").fetchall()
    for cache, worker, size, max_size in instances:
        if worker not in dead:
            before = sizes[cache]
            sizes[cache] = (before[0] + size, before[1] + max_size)
    return sizes


def _history(db: apsw.Connection, ask: Ask, now: int) -> tuple[int, dict[int, list[tuple[int, int, int]]]]:
    """The width of the buckets, and per cache ``(start, hits, misses)`` of those in which something happened."""
    grid = history.chart_grid(db, ask, now)
    rows: list[tuple[Any, ...]] = db.execute(
        "SELECT cache, start - start % ?1 AS bucket, sum(hits), sum(misses) FROM cache_rollup"
        " WHERE span = ?2 AND start >= ?3 AND start < ?4 GROUP BY cache, bucket"
        " HAVING sum(hits) + sum(misses) > 0 ORDER BY bucket",
        (grid.width, series.source_span(grid.width), grid.starts[0], grid.end),
    ).fetchall()
    per_cache: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for cache, start, hits, misses in rows:
        per_cache[cache].append((start, hits, misses))
    return grid.width, per_cache


def _advices(db: apsw.Connection, now: int, counts: dict[int, dict[str, int]]) -> dict[int, CacheAdvice]:
    """What the stored curves say, at the pace of the last day."""
    paces: dict[int, float] = {}
    lately: list[tuple[Any, ...]] = db.execute(
        "SELECT cache, sum(hits + misses), min(start) FROM cache_rollup WHERE span = ? AND start >= ? GROUP BY cache",
        (_HOUR, now - _DAY),
    ).fetchall()
    for cache, lookups, first in lately:
        paces[cache] = lookups * _DAY / min(_DAY, max(_HOUR, now - first))
    stored: list[tuple[Any, ...]] = db.execute("SELECT cache, at, curve FROM cache_curve").fetchall()
    return {
        cache: advice(
            cache_rollups.read_curve(curve),
            at,
            per_day=paces.get(cache, 0.0),
            load_cost=counts[cache]["paid"] / counts[cache]["priced"] if counts[cache]["priced"] else None,
        )
        for cache, at, curve in stored
        if cache in counts
    }
