"""Spared: what caches saved a provider from being asked and paid for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spared:
    """What named caches spared one provider: ``loads`` that paid it, and ``hits`` on values whose load paid it.

    Money is nanos: what it charged for the loads (``paid``), and would have charged for the hits (``saved``). A load that pays
    several providers counts for each, and so does a hit on its value.
    """

    hits: int = 0
    loads: int = 0
    paid: int = 0
    saved: int = 0

    @property
    def hit_rate(self) -> float | None:
        """Hits of all lookups that needed the provider, from 0 to 1; None before the first."""
        return self.hits / self.lookups if self.lookups else None

    @property
    def lookups(self) -> int:
        """Lookups that the provider was needed for: those that it was paid for, and those that it was spared."""
        return self.hits + self.loads

    def __add__(self, other: Spared) -> Spared:
        return Spared(self.hits + other.hits, self.loads + other.loads, self.paid + other.paid, self.saved + other.saved)
