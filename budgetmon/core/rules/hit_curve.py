"""What a cache of another size would have hit: a curve, and what follows from it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HitCurve:
    """Hit rates, from 0 to 1, by size in entries and by time to live.

    ``rates[i]`` belongs to ``sizes[i]``, ascending; between two sizes a straight line is right to half a point. It was
    estimated over ``lookups`` on a cache of ``max_size`` entries with a time to live of ``ttl`` seconds, None for ever.
    ``ttl_rates[i]`` is the rate at ``max_size`` with ``ttls[i]`` seconds; both are empty for a cache without one.
    """

    sizes: tuple[int, ...]
    rates: tuple[float, ...]
    lookups: int
    max_size: int
    ttl: float | None = None
    ttls: tuple[float, ...] = ()
    ttl_rates: tuple[float, ...] = ()

    @property
    def best(self) -> float:
        """The rate of a cache that is large enough for everything."""
        return self.rates[-1] if self.rates else 0.0

    def rate_at(self, size: float) -> float:
        """The rate of a cache of ``size`` entries that live for ever."""
        place = bisect_right(self.sizes, size)
        if place == len(self.sizes):
            return self.best
        left, below = (self.sizes[place - 1], self.rates[place - 1]) if place else (0, 0.0)
        right, above = self.sizes[place], self.rates[place]
        return below + (above - below) * (size - left) / (right - left)

    def smallest_within(self, tolerance: float = 0.01) -> int:
        """The smallest size whose rate is at most ``tolerance`` below the best."""
        wanted = self.best - tolerance
        before, below = 0, 0.0
        for size, rate in zip(self.sizes, self.rates, strict=True):
            if rate >= wanted:
                if rate == below or wanted <= below:
                    return max(1, before)
                return max(1, before + -int(-(wanted - below) * (size - before) // (rate - below)))
            before, below = size, rate
        return max(1, before)
