"""Counts of named caches, summed over all processes in the same buckets as calls."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

from budgetmon.core.ledger.names import cache_number
from budgetmon.core.ledger.schema import ALL_TIME, SPANS
from budgetmon.core.ledger.values import CacheCounts

_COLUMNS = ("hits", "misses", "expired", "evictions")


def _bucket(span: int) -> str:
    start = "0" if span == ALL_TIME else f"?1 - ?1 % {span}"
    return f"({span}, {start}, ?2, {', '.join(f'?{3 + number}' for number in range(len(_COLUMNS)))})"


_ADD = (
    f"INSERT INTO cache_rollup (span, start, cache, {', '.join(_COLUMNS)}) VALUES {', '.join(map(_bucket, SPANS))}"
    " ON CONFLICT (span, start, cache) DO UPDATE SET " + ", ".join(f"{name} = {name} + excluded.{name}" for name in _COLUMNS)
)


def add(db: apsw.Connection, worker: int, counts: Iterable[CacheCounts], now: int) -> None:
    """Adds what the caches of one process counted since their last report."""
    for one in counts:
        cache = cache_number(db, one.name)
        db.execute(_ADD, (now, cache, one.hits, one.misses, one.expired, one.evictions))
        db.execute(
            "INSERT INTO cache_instance (cache, worker, number, size, max_size) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (cache, worker, number) DO UPDATE SET size = excluded.size, max_size = excluded.max_size",
            (cache, worker, one.number, one.size, one.max_size),
        )


def drop_instances(db: apsw.Connection, worker: int) -> None:
    """Forgets the sizes of a worker that has ended; its counts stay."""
    db.execute("DELETE FROM cache_instance WHERE worker = ?", (worker,))
