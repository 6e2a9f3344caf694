"""What a cache holds, in the order of last use: storing, evicting, expiring, and the log of hits that is played back.

A hit takes no lock. It appends the entry to a log, which is one step that no other thread can split, and the log is played
back under the lock before anybody looks at the order: before something is stored, evicted, counted or listed. What was read
last is last, whatever happened in between, and the length of the log is the number of hits.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterable
from datetime import timedelta
from typing import Generic, Protocol, TypeVar, cast
from weakref import ref

from budgetmon.core.cache.advisor import Advisor
from budgetmon.core.cache.counters import Counters, Entry
from budgetmon.core.cache.expiry import Deadlines, seconds
from budgetmon.core.cache.ghosts import Ghosts
from budgetmon.core.cache.worth import worth_of
from budgetmon.core.storage import forking

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

# The most records that are played back at once: enough to make each cheap, few enough that nobody waits for it.
LOG_LIMIT = 2048
# Below this, playing back one by one beats looking for the last use of each key first.
_FEW = 16

_NEVER = float("inf")


class Content(Generic[K, V]):
    """The entries of one cache. Inside the package only: all but ``_live`` hold the lock, or take it."""

    def __init__(
        self,
        max_size: int,
        ttl: float | None,
        name: str,
        max_weight: int | None,
        weigh: Callable[[V], int] | None,
        log_every: float | None,
        clock: Callable[[], float],
    ) -> None:
        check_size("max_size", max_size)
        if max_weight is not None:
            check_size("max_weight", max_weight)
        if (max_weight is None) != (weigh is None):
            raise ValueError("max_weight and weigh go together: how much in all, and how much a value weighs")
        self._max_size = max_size
        self._max_weight = max_weight
        self._weigh = weigh
        self._weight = 0
        self._ttl = ttl
        self._clock = clock
        # By last use, once the log is played back.
        self._entries: OrderedDict[K, Entry] = OrderedDict()
        self._find: Callable[[K], Entry | None] = self._entries.get
        self._pop_oldest = cast(Callable[[bool], tuple[K, Entry]], self._entries.popitem)
        self._deadlines = Deadlines(cast(Callable[[Hashable], Entry | None], self._find))
        self._in_order = self._deadlines.in_order
        self._ghosts = Ghosts()
        self._counters = Counters(name, max_size, self._entries, log_every)
        self._lock = self._counters.lock
        self._log = self._counters.log
        self._move = self._entries.move_to_end
        self._miss = self._counters.miss
        self._advisor: Advisor | None = None
        self._rest = ForkRest(self)

    def set(self, key: K, value: V, *, ttl: timedelta | float | None = None, cost: object = None) -> None:
        """Stores ``value``; evicts the entry that was used the longest ago when the cache is full of live ones.

        ``ttl`` overrides that of the cache. ``cost`` in USD is what getting the value has cost, so that hits on it count as
        money saved. A value that weighs more than all may is not kept.
        """
        length = self._ttl if ttl is None else seconds(ttl)
        worth = None if cost is None else worth_of(cost)
        weigh = self._weigh
        weight = 0 if weigh is None else weigh(value)
        # In one piece from here, since each call costs as much as what it does.
        deadlines = self._deadlines
        with self._lock:
            if self._log:
                self._settle()
            if worth is not None:
                self._counters.priced += 1
                self._counters.savings.store(worth)
            entries = self._entries
            old = self._find(key)
            now = 0.0 if length is None and deadlines.soonest == _NEVER else self._clock()
            deadline = None if length is None else now + length
            if weigh is not None:
                if not self._admit(key, old, weight):
                    return
                old = None
            elif old is None and len(entries) >= self._max_size and (now < deadlines.soonest or not self._drop_expired()):
                gone, evicted = self._pop_oldest(False)
                self._in_order.pop(gone, None)
                self._counters.evictions += 1
                if evicted[3]:
                    self._ghosts.add(gone, evicted[3], evicted=True)
            entries[key] = (key, value, deadline, worth, weight)
            if old is not None:
                entries.move_to_end(key)
            if deadline is not None:
                # After the entry: deadlines of keys that are not there are forgotten.
                if old is None and deadlines.soonest <= deadline >= deadlines.last:
                    self._in_order[key] = deadlines.last = deadline
                elif old is None or old[2] is None or old[2] > deadline:
                    deadlines.add(deadline, key)

    def _live(self, key: K) -> Entry | None:
        entry = self._find(key)
        return entry if entry is not None and (entry[2] is None or self._clock() < entry[2]) else None

    def _look_up(self, key: K) -> Entry | None:
        """A lookup that found nothing, or something that may have expired."""
        with self._lock:
            entry = self._find(key)
            if entry is not None:
                if entry[2] is None or self._clock() < entry[2]:
                    self._log.append(entry)
                    return entry
                self._settle()
                self._remove(key, entry)
                self._counters.expired += 1
                self._counters.lost_to_expiry += 0 if entry[3] is None else entry[3].at_stake
            self._counters.miss()
            self._notice_miss(key)
            return None

    def _notice_miss(self, key: K) -> None:
        """Tells the books and the advisor which key was missed."""
        counters = self._counters
        lost = self._ghosts.ask(key)
        if lost is not None:
            cost, evicted = lost
            if evicted:
                counters.lost_to_eviction += cost
            else:
                counters.lost_to_expiry += cost
        seen = None if self._advisor is None else self._advisor.seen
        if seen is not None:
            self._settle()
            seen.append(key)

    def _admit(self, key: K, old: Entry | None, weight: int) -> bool:
        """Makes room for a weight. Whether it fits at all."""
        if old is not None:
            self._settle()
            self._remove(key, old)
        if self._max_weight is not None and weight > self._max_weight:
            self._counters.evictions += 1
            return False
        self._weight += weight
        self._make_room(1)
        return True

    def _make_room(self, entries: int) -> None:
        """Evicts until so many more fit; their weight is already counted. Expired entries go first."""
        self._drop_expired()
        self._settle()
        content = self._entries
        room = self._max_size - entries
        most = self._max_weight
        while content and (len(content) > room or (most is not None and self._weight > most)):
            key, entry = content.popitem(last=False)
            self._deadlines.discard(key)
            self._weight -= entry[4]
            self._counters.evictions += 1
            if entry[3]:
                self._ghosts.add(key, entry[3], evicted=True)

    def _drop_expired(self) -> int:
        """How many entries had expired and are gone now."""
        deadlines = self._deadlines
        if deadlines.soonest == _NEVER or self._clock() < deadlines.soonest:
            return 0
        self._settle()
        now = self._clock()
        before = len(self._entries)
        while (key := deadlines.pop_due(now)) is not None:
            entry = self._entries.pop(cast(K, key))
            self._weight -= entry[4]
            self._counters.expired += 1
            if entry[3]:
                self._ghosts.add(key, entry[3], evicted=False)
        return before - len(self._entries)

    def _remove(self, key: K, entry: Entry) -> None:
        del self._entries[key]
        self._deadlines.discard(key)
        self._weight -= entry[4]

    def _settle_long(self) -> None:
        with self._lock:
            self._settle()

    def _settle(self) -> None:
        """Plays the log back: what was used moves to the end, in the order of use."""
        log, counters, move = self._log, self._counters, self._move
        if len(log) > _FEW or counters.priced:
            self._settle_batch()
            return
        seen = None if self._advisor is None else self._advisor.seen
        while log:
            # One at a time: a destructor may come back into the cache in the middle of it, and others append meanwhile.
            counters.hits += 1
            key = log.pop(0)[0]
            if seen is not None:
                seen.append(key)
            try:  # noqa: SIM105  # costs nothing where nothing is raised, and nearly nothing is
                move(key)
            except KeyError:
                pass

    def _settle_batch(self) -> None:
        end = len(self._log)
        batch = self._log[:end]
        # More may be appended meanwhile: only what was copied goes.
        del self._log[:end]
        counters = self._counters
        counters.hits += end
        if counters.priced:
            counters.savings.hits_on(batch)
        keys = [record[0] for record in batch]
        seen = None if self._advisor is None else self._advisor.seen
        if seen is not None:
            seen.extend(keys)
        if end > _FEW:
            # Only the last use of each key matters.
            keys.reverse()
            self._move_all(reversed(dict.fromkeys(keys)))
            return
        move = self._move
        for key in keys:
            try:  # noqa: SIM105
                move(key)
            except KeyError:
                pass

    def _move_all(self, keys: Iterable[K]) -> None:
        """Moves each to the end, without a step in Python for each; those that are gone are passed over."""
        moves = map(self._move, keys)
        while True:
            try:
                deque(moves, 0)
                return
            except KeyError:
                pass

    def _before_fork(self) -> None:
        self._lock.acquire()

    def _after_fork_in_parent(self) -> None:
        self._lock.release()

    def _after_fork_in_child(self) -> None:
        self._lock = self._counters.lock = threading.RLock()
        if self._advisor is not None:
            self._advisor.start_anew()


class RestsAroundForks(Protocol):
    """A cache, as far as forks are concerned."""

    def _before_fork(self) -> None: ...

    def _after_fork_in_parent(self) -> None: ...

    def _after_fork_in_child(self) -> None: ...


class ForkRest:
    """Brings a cache to rest around a fork, so that the child gets whole content, and loads of other threads anew.

    Beside the cache, since an empty cache is false and a collected one has no part in forks.
    """

    def __init__(self, cache: RestsAroundForks) -> None:
        self._cache = ref(cache)
        self._resting: RestsAroundForks | None = None
        forking.join(self, forking.Rest.CACHE)

    def before_fork(self) -> None:
        """Waits until no other thread is inside."""
        self._resting = self._cache()
        if self._resting is not None:
            self._resting._before_fork()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        cache, self._resting = self._resting, None
        if cache is not None:
            cache._after_fork_in_parent()

    def after_fork_in_child(self) -> None:
        """Makes a lock of its own. Loads of other threads ended with them: their keys load again."""
        cache, self._resting = self._resting, None
        if cache is not None:
            cache._after_fork_in_child()


def check_size(what: str, size: int) -> None:
    """Raises ValueError unless ``size`` is a whole number of one or more."""
    if type(size) is not int or size < 1:
        raise ValueError(f"{what} must be a whole number of one or more, not {size!r}")
