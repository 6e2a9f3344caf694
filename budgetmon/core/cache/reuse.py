"""Reuse distances: how many other keys were asked for since a key was asked for last. An LRU of more entries than that hits.

Keys are sampled by their hash, as in SHARDS: all of them while there are few, then every second, every fourth, so that the
memory is bounded and a distance among the sampled ones stands for as many times more.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence

# Sampled keys at most. Up to here the curve is exact.
MOST_KEYS = 1 << 14
_STEPS = 200
_MIX = 0x9E3779B97F4A7C15
_BITS = sys.hash_info.width
_MASK = (1 << _BITS) - 1


def _position(key: Hashable) -> int:
    """Where a key's hash lies, spread out: Python's hash of a number is the number."""
    mixed = (hash(key) & _MASK) * _MIX & _MASK
    return (mixed ^ mixed >> _BITS // 2) * _MIX & _MASK


class ReuseDistances:
    """Counts distances of the keys it is given, in order. Not safe between threads."""

    def __init__(self, most_keys: int = MOST_KEYS) -> None:
        self._most_keys = most_keys
        self._below = _MASK + 1
        self._rate = 1.0
        # Lookups by distance among sampled keys, as weights: they shrink with the rate, and as they age.
        self._counts: list[float] = []
        self._sampled = 0.0
        self.lookups = 0.0
        self.begin()

    @property
    def rate(self) -> float:
        """The share of the keys that are sampled."""
        return self._rate

    def begin(self) -> None:
        """Starts a stretch of lookups that has no connection to those before, which count half from now on."""
        self._stamps: list[int] = []
        self._last: dict[Hashable, int] = {}
        self._now = 0
        self._counts = [count / 2 for count in self._counts]
        self._sampled /= 2
        self.lookups /= 2

    def add(
        self, keys: Sequence[Hashable], *, counting: bool = True, told: Callable[[Hashable, int], None] | None = None
    ) -> None:
        """Counts lookups of ``keys``; without ``counting`` only remembers them. ``told`` hears of each distance, -1 for new."""
        if counting:
            self.lookups += len(keys)
        stamps, last = self._stamps, self._last
        below = None if self._rate == 1.0 else self._below
        for key in keys:
            if below is not None and _position(key) >= below:
                continue
            before = last.get(key)
            if before is None:
                distance = -1
                if len(last) >= self._most_keys:
                    self._thin_out()
                    stamps, last, below = self._stamps, self._last, self._below
                    if _position(key) >= below:
                        continue
            else:
                place = bisect_left(stamps, before)
                distance = len(stamps) - 1 - place
                del stamps[place]
            stamps.append(self._now)
            last[key] = self._now
            self._now += 1
            if counting:
                self._sampled += 1
                if distance >= 0:
                    self._count(distance)
            if told is not None:
                told(key, distance)

    def _count(self, distance: int) -> None:
        counts = self._counts
        if distance >= len(counts):
            counts.extend([0.0] * (distance + 1 - len(counts)))
        counts[distance] += 1.0

    def curve(self) -> tuple[tuple[int, ...], tuple[float, ...]]:
        """Sizes and hit rates: each size at which the rate has grown by half a point, and the last one that adds anything."""
        if not self.lookups:
            return (), ()
        expected = self.lookups * self._rate
        # A popular key that is sampled by chance, or is not, shifts all rates alike: put right at distance 0.
        hits = expected - self._sampled
        points = [(0, 0.0)]
        rate = 0.0
        size = 0
        for distance, count in enumerate(self._counts):
            if not count and distance:
                continue
            before, hits = rate, hits + count
            rate = max(before, min(1.0, hits / expected))
            size = max(1, round((distance + 1) / self._rate))
            if rate - points[-1][1] >= 1 / _STEPS:
                # A steep step stays one: the rate just below it is a point, too.
                if size - 1 > points[-1][0]:
                    points.append((size - 1, before))
                points.append((size, rate))
        if size > points[-1][0]:
            points.append((size, rate))
        known = dict(points[1:]) or {1: 0.0}
        return tuple(known), tuple(known.values())

    def _thin_out(self) -> None:
        """Halves the rate. What was counted so far shrinks with it, so that it stands for the same."""
        self._below //= 2
        self._rate /= 2
        self._last = {key: stamp for key, stamp in self._last.items() if _position(key) < self._below}
        self._stamps = sorted(self._last.values())
        old = self._counts
        self._counts = []
        for distance, count in enumerate(old):
            if count:
                half = distance // 2
                if half >= len(self._counts):
                    self._counts.extend([0.0] * (half + 1 - len(self._counts)))
                self._counts[half] += count / 2
        self._sampled /= 2
