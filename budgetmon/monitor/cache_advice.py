"""Is a cache's size right? From the curve that its advisor stored, the pace of its lookups, and what a load costs."""

from __future__ import annotations

from budgetmon.core.rules.hit_curve import HitCurve
from budgetmon.monitor.snapshot import CacheAdvice


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
