"""Series for charts: bucket widths, gapless buckets, cumulative steps. Pure arithmetic on rows that the reader fetched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from budgetmon.core.rules.periods import Window
from budgetmon.monitor.snapshot import Steps

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


def bucket_width(span: timedelta) -> int:
    """Milliseconds of the narrowest bucket that cuts ``span`` into at most ``MAX_BUCKETS``."""
    milliseconds = span // timedelta(milliseconds=1)
    for width in _WIDTHS:
        if milliseconds <= width * MAX_BUCKETS:
            return width
    return _WIDTHS[-1]


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


def _floor(at: int, width: int) -> int:
    return at - at % width


def _clamp(at: int, low: int, high: int) -> int:
    return max(low, min(at, high))
