"""Buckets of time made fit for drawing: joined until a bar is wide enough to see, cut at gaps. Integers stay integers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from budgetmon.monitor.snapshot import Buckets, Snapshot

Floats = NDArray[np.float64]
MOST_BARS = 72
_SHORTEST = 12 * 60_000  # however young the ledger: a single bar must not fill the chart


def shown_range(snapshot: Snapshot, now: int) -> tuple[int, int]:
    """What the charts over a span show, in UTC milliseconds: the asked span up to its end, widened to whole buckets.

    So it stays the same while a bucket passes, and moves on by whole bars while nobody writes.

    While that end is now, a ledger younger than the span is shown from its beginning, or from its first calls where those were
    brought in from elsewhere: before that there is nothing that could be missing.
    """
    until = snapshot.ask.until
    now = now if until is None else until
    span = round(snapshot.ask.span.total_seconds() * 1000)
    start = now - span
    starts, width = snapshot.consumption.starts, snapshot.consumption.width
    if starts:
        bar = width * joined_by(len(starts), MOST_BARS)
        known_to = starts[-1] + width
        moved = max(0, -(-(now - known_to) // bar))  # bars since the picture; both ends move at one time
        first = min(now, snapshot.as_of) - span
        start = starts[0] + ((first - starts[0]) // bar + max(0, moved - 1)) * bar
        end = known_to + moved * bar
    else:
        end = now
    if until is not None:
        return start, end
    born = min(snapshot.ledger.created_at // max(1, width) * width, now - _SHORTEST, _first_call(snapshot.consumption, now))
    return max(start, born), end


def _first_call(buckets: Buckets, otherwise: int) -> int:
    """The start of the first bucket in which anything happened."""
    columns = (*buckets.calls.values(), *buckets.refused.values())
    firsts = [next(place for place, amount in enumerate(column) if amount) for column in columns if any(column)]
    return buckets.starts[min(firsts)] if firsts else otherwise


def joined_by(count: int, at_most: int) -> int:
    """How many of ``count`` buckets make one, so that there are ``at_most``."""
    return max(1, -(-count // at_most))


def joined(starts: Sequence[int], width: int, at_most: int) -> tuple[list[int], int, int]:
    """Fewer, wider buckets: their starts, their width, and how many of the old ones make one new one."""
    factor = joined_by(len(starts), at_most)
    return list(starts[::factor]), width * factor, factor


def summed(amounts: Sequence[int], factor: int) -> list[int]:
    """The amounts of joined buckets."""
    return [sum(amounts[first : first + factor]) for first in range(0, len(amounts), factor)]


def rate_line(
    starts: Sequence[int], hits: Sequence[int], misses: Sequence[int], width: int, span: tuple[int, int], at_most: int
) -> tuple[Floats, Floats, int]:
    """Hit rates in percent as a line with NaN wherever nothing happened for a bucket or more, and n within ``span``.

    Times are UTC milliseconds, the line's are epoch seconds in the middle of each bucket.
    """
    wide = max(width, -(-(span[1] - span[0]) // (at_most * width)) * width)
    groups: dict[int, tuple[int, int]] = {}
    for start, hit, miss in zip(starts, hits, misses, strict=True):
        if span[0] <= start + width and start <= span[1]:
            key = start // wide
            old = groups.get(key, (0, 0))
            groups[key] = (old[0] + hit, old[1] + miss)
    at: list[float] = []
    rates: list[float] = []
    last: int | None = None
    for key in sorted(groups):
        hit, miss = groups[key]
        if not hit + miss:
            continue
        if last is not None and key != last + 1:
            at.append((key - 0.5) * wide / 1000.0)
            rates.append(float("nan"))
        at.append((key + 0.5) * wide / 1000.0)
        rates.append(100.0 * hit / (hit + miss))
        last = key
    lookups = sum(hit + miss for hit, miss in groups.values())
    return np.array(at, dtype=np.float64), np.array(rates, dtype=np.float64), lookups


def lone_points(rates: Floats) -> NDArray[np.bool_]:
    """Which points have no neighbour to draw a line to, so that only a marker can show them."""
    real = np.isfinite(rates)
    before = np.concatenate(([False], real[:-1])) if len(real) else real
    after = np.concatenate((real[1:], [False])) if len(real) else real
    return real & ~before & ~after
