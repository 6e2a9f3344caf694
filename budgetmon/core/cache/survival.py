"""What other times to live would do: how often a key is asked for again before an entry of that age has expired."""

from __future__ import annotations

from collections.abc import Callable, Hashable

_TIMES = (0.25, 0.5, 1.0, 2.0, 4.0, 16.0)


class Survival:
    """Plays one cache per time to live, for the sampled keys only. Not safe between threads."""

    def __init__(self, ttl: float) -> None:
        self.ttls = tuple(ttl * factor for factor in _TIMES)
        self._hits = [0.0] * len(self.ttls)
        self._hits_of_all = 0.0
        self._lookups = 0.0
        self.begin()

    def begin(self) -> None:
        """Starts a stretch that has no connection to the one before, which counts half from now on."""
        # When each key was stored last, per time to live.
        self._stored: dict[Hashable, list[float]] = {}
        self._hits = [hits / 2 for hits in self._hits]
        self._hits_of_all /= 2
        self._lookups /= 2

    def lookups(self, now: float, size: float, *, counting: bool) -> Callable[[Hashable, int], None]:
        """What takes lookups at ``now``: a key and its reuse distance, -1 for a new one, in a cache of ``size`` entries."""
        ttls, stored, hits = self.ttls, self._stored, self._hits
        every = [now] * len(ttls)
        shortest = ttls[0]

        def look_up(key: Hashable, distance: int) -> None:
            if counting:
                self._lookups += 1
            if distance < 0 or distance >= size:
                stored[key] = every.copy()
                return
            times = stored[key]
            # The longest time to live has the oldest entry: where that is young, all of them hit.
            if now - times[-1] < shortest:
                if counting:
                    self._hits_of_all += 1
                return
            for place, ttl in enumerate(ttls):
                if now - times[place] >= ttl:
                    times[place] = now
                elif counting:
                    hits[place] += 1

        return look_up

    def rates(self) -> tuple[float, ...]:
        """The hit rate per time to live, in the order of ``ttls``."""
        if not self._lookups:
            return (0.0,) * len(self.ttls)
        return tuple((self._hits_of_all + hits) / self._lookups for hits in self._hits)
