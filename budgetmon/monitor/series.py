"""Series for charts: bucket widths, gapless buckets, cumulative steps. Pure arithmetic on rows that the reader fetched."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from budgetmon.core.rules.periods import Window
from budgetmon.monitor.snapshot import Buckets, Latencies, Steps

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

MAX_BUCKETS = 260

# Each is a multiple of the width of a stored rollup, so that buckets add up exactly.
_WIDTHS = (
    5 * SECOND,
    15 * SECOND,
    MINUTE,
    2 * MINUTE,
    6 * MINUTE,
    15 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    24 * HOUR,
)

# How far back the finer rollups are read for a burn-down; before that, hours will do.
_FINE_FOR = 15 * MINUTE
_MINUTES_FOR = 6 * HOUR
_HOURS_FOR = 100 * 24 * HOUR


def bucket_width(span: timedelta, finest: int = 5 * SECOND) -> int:
    """Milliseconds of the narrowest bucket that cuts ``span`` into at most ``MAX_BUCKETS`` and is no finer than ``finest``."""
    milliseconds = span // timedelta(milliseconds=1)
    for width in _WIDTHS:
        if width >= finest and milliseconds <= width * MAX_BUCKETS:
            return width
    return _WIDTHS[-1]


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets over a stretch of time: each start, ascending and without gaps, and the width of all."""

    width: int
    starts: tuple[int, ...]

    @property
    def end(self) -> int:
        """Where the last bucket ends."""
        return self.starts[-1] + self.width


def grid(span: timedelta, until: int | None, now: int, fine_from: int = 0) -> Grid:
    """The buckets of a chart over ``span`` that ends at ``until``, or now with the bucket under way.

    Before ``fine_from`` nothing finer than minutes is stored.
    """
    end = now if until is None else until - 1
    begin = end - span // timedelta(milliseconds=1)
    width = bucket_width(span, MINUTE if begin < fine_from else 5 * SECOND)
    return Grid(width, bucket_starts(end, span, width))


def source_span(width: int) -> int:
    """The widest stored rollup that divides ``width``."""
    return next(span for span in (HOUR, MINUTE, 5 * SECOND) if width % span == 0)


def bucket_starts(now: int, span: timedelta, width: int) -> tuple[int, ...]:
    """Starts of the buckets that cover ``span`` up to ``now``, the one under way included."""
    last = now - now % width
    first = now - span // timedelta(milliseconds=1)
    first -= first % width
    return tuple(range(first, last + width, width))


def filled(starts: Sequence[int], rows: Iterable[tuple[int, int]]) -> tuple[int, ...]:
    """One amount per bucket; 0 where there is no row."""
    amounts = dict(rows)
    return tuple(amounts.get(start, 0) for start in starts)


def stacked(grid: Grid, rows: Iterable[tuple[Any, ...]], complete_from: int | None = None) -> Buckets:
    """Rows of name, start, cost, calls, failed, tokens and refused as gapless buckets per name."""
    per_name: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for name, *amounts in rows:
        per_name[name].append(tuple(amounts))

    def column(index: int) -> dict[str, tuple[int, ...]]:
        return {
            name: filled(grid.starts, ((row[0], row[index]) for row in amounts)) for name, amounts in sorted(per_name.items())
        }

    return Buckets(grid.width, grid.starts, column(1), column(2), column(3), column(4), column(5), complete_from)


def stretches(window: Window, now: int) -> tuple[tuple[int, int, int], ...]:
    """Which rollups make up a window's burn-down: ``(span, start, end)``, the finer the nearer to ``now``.

    A window that does not begin on the hour begins with minutes. At most about 3,000 buckets.
    """
    end = min(window.end, now + 1)
    fine_from = _clamp(_floor(now - _FINE_FOR, MINUTE), window.start, end)
    minutes_from = _clamp(_floor(now - _MINUTES_FOR, HOUR), window.start, fine_from)
    oldest = max(window.start, _floor(now - _HOURS_FOR, HOUR))
    hours_from = _clamp(-(-oldest // HOUR) * HOUR, oldest, minutes_from)
    parts = (
        (MINUTE, oldest, hours_from),
        (HOUR, hours_from, minutes_from),
        (MINUTE, minutes_from, fine_from),
        (5 * SECOND, fine_from, end),
    )
    return tuple(part for part in parts if part[1] < part[2])


def cumulative(rows: Sequence[tuple[int, int]], total: int, since: int = 0) -> Steps:
    """Amounts per bucket, ascending, as steps that end at ``total``. What came before the first bucket stands at ``since``."""
    level = total - sum(amount for _, amount in rows)
    at = [since] if level else []
    totals = [level] if level else []
    for start, amount in rows:
        if amount:
            level += amount
            at.append(start)
            totals.append(level)
    return Steps(tuple(at), tuple(totals))


def running(amounts: Iterable[tuple[int, int]]) -> Steps:
    """Amounts at instants, ascending, as steps that begin at nothing."""
    level = 0
    at: list[int] = []
    totals: list[int] = []
    for when, amount in amounts:
        if not amount:
            continue
        level += amount
        if at and at[-1] == when:
            totals[-1] = level
        else:
            at.append(when)
            totals.append(level)
    return Steps(tuple(at), tuple(totals))


def latencies(grid: Grid, rows: Iterable[tuple[str, int, int]], complete_from: int | None = None) -> Latencies:
    """Rows of name, start and milliseconds as medians and 95th percentiles per name and bucket."""
    per_name: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for name, start, took in rows:
        per_name[name][start].append(took)

    def column(share: float) -> dict[str, tuple[int | None, ...]]:
        return {
            name: tuple(quantile(sorted(found[start]), share) if start in found else None for start in grid.starts)
            for name, found in sorted(per_name.items())
        }

    return Latencies(grid.width, grid.starts, column(0.5), column(0.95), complete_from)


def quantile(ordered: Sequence[int], share: float) -> int:
    """The value below which ``share`` of the ``ordered`` values lie, by nearest rank. There must be one at least."""
    return ordered[min(len(ordered) - 1, max(0, math.ceil(share * len(ordered)) - 1))]


def _floor(at: int, width: int) -> int:
    return at - at % width


def _clamp(at: int, low: int, high: int) -> int:
    return max(low, min(at, high))
