"""Is a cache's size right? From the curve that its advisor stored, the pace of its lookups, and what a load costs."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.hit_curve import HitCurve


@dataclass(frozen=True, slots=True)
class CacheAdvice:
    """Whether a cache's size is right, estimated ``at`` (UTC milliseconds) over ``lookups`` in one process.

    ``right_size`` is the smallest size whose hit rate is within one point of the best. Rates go from 0 to 1: at the size
    now, at best, doubled, halved, and at ``ttls`` seconds. ``doubled_per_day`` and ``halved_per_day`` are the nanos that the
    change would save per day, negative for a loss, None where the cost of a load is not known. ``rates[i]`` is that of a
    cache of ``sizes[i]`` entries.
    """

    at: int
    lookups: int
    max_size: int
    right_size: int
    rate: float
    best_rate: float
    doubled_rate: float
    halved_rate: float
    doubled_per_day: int | None
    halved_per_day: int | None
    ttls: tuple[float, ...] = ()
    ttl_rates: tuple[float, ...] = ()
    sizes: tuple[int, ...] = ()
    rates: tuple[float, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the size is right: as good as the best within a point, and at most twice what that takes."""
        return self.rate >= self.best_rate - 0.01 and self.max_size <= 2 * self.right_size


def advice(curve: HitCurve, at: int, *, per_day: float, load_cost: float | None) -> CacheAdvice:
    """The advice of a curve made at ``at`` (UTC milliseconds), for ``per_day`` lookups and loads of ``load_cost`` nanos each.

    Without a known cost of a load, the amounts are unknown, too.
    """
    here = curve.rate_at(curve.max_size)

    def worth(size: float) -> int | None:
        return None if load_cost is None else round((curve.rate_at(size) - here) * per_day * load_cost)

    return CacheAdvice(
        at=at,
        lookups=curve.lookups,
        max_size=curve.max_size,
        right_size=curve.smallest_within(),
        rate=here,
        best_rate=curve.best,
        doubled_rate=curve.rate_at(2 * curve.max_size),
        halved_rate=curve.rate_at(curve.max_size / 2),
        doubled_per_day=worth(2 * curve.max_size),
        halved_per_day=worth(curve.max_size / 2),
        ttls=curve.ttls,
        ttl_rates=curve.ttl_rates,
        sizes=curve.sizes,
        rates=curve.rates,
    )
