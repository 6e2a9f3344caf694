"""Counts of named caches, summed over all processes in the same buckets as calls, in all and per provider that their loads
paid, and what their advisors found."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import apsw

from budgetmon.core.ledger.names import cache_number, run_number
from budgetmon.core.ledger.schema import ALL_TIME, SPANS
from budgetmon.core.ledger.values import CacheCounts
from budgetmon.core.rules.hit_curve import HitCurve

COLUMNS = (
    "hits",
    "misses",
    "expired",
    "evictions",
    "loads",
    "load_failures",
    "load_us",
    "priced",
    "paid",
    "saved",
    "lost_evicted",
    "lost_expired",
)

PROVIDERS_SINCE_SCHEMA = 3
PROVIDER_COLUMNS = ("hits", "loads", "paid", "saved")

# A curve gives way to one over as many lookups, and, once it is an hour old, to any.
_STALE_AFTER = 3_600_000


def _adding(table: str, keys: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """Adds to the row of ``keys`` in each width of buckets, at the instant ``?1``."""
    given = ", ".join(f"?{2 + number}" for number in range(len(keys) + len(columns)))
    buckets = (f"({span}, {'0' if span == ALL_TIME else f'?1 - ?1 % {span}'}, {given})" for span in SPANS)
    return (
        f"INSERT INTO {table} (span, start, {', '.join((*keys, *columns))}) VALUES {', '.join(buckets)}"
        f" ON CONFLICT (span, start, {', '.join(keys)}) DO UPDATE SET "
        + ", ".join(f"{name} = {name} + excluded.{name}" for name in columns)
    )


_ADD = _adding("cache_rollup", ("cache",), COLUMNS)
_ADD_TO_PROVIDER = _adding("cache_provider_rollup", ("cache", "provider"), PROVIDER_COLUMNS)


_ADD_TO_RUN = (
    "INSERT INTO run_cache (run, cache, hits, misses, saved) VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, cache) DO UPDATE SET"
    " hits = hits + excluded.hits, misses = misses + excluded.misses, saved = saved + excluded.saved"
)


def add(db: apsw.Connection, worker: int, counts: Iterable[CacheCounts], now: int, run: str | None = None) -> None:
    """Adds what the caches of one process counted since their last report, on behalf of ``run`` if it has one."""
    of_run = None if run is None else run_number(db, run, now)
    for one in counts:
        cache = cache_number(db, one.name)
        if of_run is not None:
            db.execute(_ADD_TO_RUN, (of_run, cache, one.hits, one.misses, one.saved))
        db.execute(_ADD, (now, cache, *(getattr(one, name) for name in COLUMNS)))
        for part in one.providers:
            db.execute(_ADD_TO_PROVIDER, (now, cache, part.provider, *(getattr(part, name) for name in PROVIDER_COLUMNS)))
        db.execute(
            "INSERT INTO cache_instance (cache, worker, number, size, max_size) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (cache, worker, number) DO UPDATE SET size = excluded.size, max_size = excluded.max_size",
            (cache, worker, one.number, one.size, one.max_size),
        )
        if one.curve is not None:
            db.execute(
                "INSERT INTO cache_curve (cache, at, lookups, curve) VALUES (?, ?, ?, ?) ON CONFLICT (cache) DO UPDATE"
                " SET at = excluded.at, lookups = excluded.lookups, curve = excluded.curve"
                f" WHERE excluded.lookups >= cache_curve.lookups OR excluded.at >= cache_curve.at + {_STALE_AFTER}",
                (cache, now, one.curve.lookups, json.dumps(asdict(one.curve), separators=(",", ":"))),
            )


def read_curve(text: str) -> HitCurve:
    """A stored curve."""
    stored: dict[str, Any] = json.loads(text)
    curve: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
    return HitCurve(**curve)


def drop_instances(db: apsw.Connection, worker: int) -> None:
    """Forgets the sizes of a worker that has ended; its counts stay."""
    db.execute("DELETE FROM cache_instance WHERE worker = ?", (worker,))
