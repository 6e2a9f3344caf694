"""The sizing advisor: watches a cache's lookups for a while now and then, and works out what other sizes would hit.

Watching costs the cache one list append per lookup; the work is done elsewhere, by the thread that publishes counts. The
advisor rests between watches for as long as its work may take only a small share of the cache's own time.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Hashable

from budgetmon.core.cache.reuse import ReuseDistances
from budgetmon.core.cache.survival import Survival
from budgetmon.core.rules.hit_curve import HitCurve

Sizing = HitCurve

# Of the cache's own time, or of one processor: whichever is more. The second matters to caches that are seldom asked.
SHARE_OF_CACHE = 0.02
SHARE_OF_PROCESSOR = 0.001
# What a lookup costs the cache itself, at least, so that the share can be told without measuring each.
LOOKUP_SECONDS = 150e-9

_SHORTEST_WATCH = 1 << 17
_LONGEST_WATCH = 1 << 20
_SIZES_PER_WATCH = 8
# Where nobody works through what was seen, older keys go.
_MOST_SEEN = _LONGEST_WATCH


class Advisor:
    """Belongs to one cache. ``seen`` is where the cache appends the keys that are looked up; None while it rests.

    The cache holds its lock when it adds to ``seen`` and calls ``start_anew``; all else is safe between threads.
    """

    def __init__(self, max_size: int, ttl: float | None, clock: Callable[[], float]) -> None:
        self.max_size = max_size
        self._ttl = ttl
        self._clock = clock
        self._reset()

    def _reset(self) -> None:
        self.seen: deque[Hashable] | None = deque(maxlen=_MOST_SEEN)
        self._watched = 0
        self._first = True
        self._busy = threading.Lock()
        self._distances = ReuseDistances()
        self._survival = Survival(self._ttl) if self._ttl is not None else None
        self._spent = 0.0
        self._rest_until: tuple[int, float] = (0, 0.0)
        self._length = min(_LONGEST_WATCH, max(_SHORTEST_WATCH, _SIZES_PER_WATCH * self.max_size))

    def start_anew(self) -> None:
        """In a forked child: forgets what the parent observed."""
        self._reset()

    def dismiss(self) -> None:
        """Ends watching for good: nobody is left to work through what is seen."""
        with self._busy:
            self.seen = None

    def work(self, lookups: int) -> None:
        """Counts what was seen since the last time; begins and ends watches. ``lookups`` is the cache's count so far."""
        with self._busy:
            seen = self.seen
            if seen is None:
                if lookups >= self._rest_until[0] or self._clock() >= self._rest_until[1]:
                    self._begin_watch()
                return
            began = time.thread_time()
            end = min(len(seen), self._length - self._watched)
            keys = [seen.popleft() for _ in range(end)]
            self._count(keys)
            self._watched += len(keys)
            self._spent += time.thread_time() - began
            if self._watched >= self._length:
                self._end_watch(lookups)

    def sizing(self) -> Sizing | None:
        """The curve so far; None before anything was counted."""
        with self._busy:
            sizes, rates = self._distances.curve()
            if not sizes:
                return None
            survival = self._survival
            return Sizing(
                sizes=sizes,
                rates=rates,
                lookups=round(self._distances.lookups),
                max_size=self.max_size,
                ttl=self._ttl,
                ttls=survival.ttls if survival else (),
                ttl_rates=survival.rates() if survival else (),
            )

    def _count(self, keys: list[Hashable]) -> None:
        # The first watch sees a cache from its birth. Later ones come upon a full one: their first half only learns.
        counting = self._first or self._watched >= self._length // 2
        if self._survival is None:
            self._distances.add(keys, counting=counting)
            return
        now = self._clock()
        look_up = self._survival.lookups(now, self.max_size * self._distances.rate, counting=counting)
        self._distances.add(keys, counting=counting, told=look_up)

    def _begin_watch(self) -> None:
        self._watched = 0
        self._distances.begin()
        if self._survival is not None:
            self._survival.begin()
        self.seen = deque(maxlen=_MOST_SEEN)

    def _end_watch(self, lookups: int) -> None:
        self.seen = None
        self._first = False
        after = lookups + int(self._spent / (SHARE_OF_CACHE * LOOKUP_SECONDS))
        self._rest_until = (after, self._clock() + self._spent / SHARE_OF_PROCESSOR)
        self._spent = 0.0
