"""Carries the counts of a process's caches to the ledger, in batches, so that a hit costs no transaction."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence

from budgetmon.core.cache.counters import CacheStats, Counters
from budgetmon.core.ledger.values import CacheCounts
from budgetmon.core.rules.hit_curve import HitCurve
from budgetmon.core.rules.money import display_usd
from budgetmon.core.storage import forking

_log = logging.getLogger(__name__)

INTERVAL_SECONDS = 1.0
CURVE_SECONDS = 60.0
# A curve over fewer lookups says nothing yet.
_FEWEST_LOOKUPS = 1000


class _Published:
    """One cache, and how far its counts have been carried."""

    __slots__ = ("before", "counters", "curve_due", "curve_lookups", "line_at", "line_before")

    def __init__(self, counters: Counters, before: CacheStats) -> None:
        self.counters = counters
        self.before = before
        self.line_before = before
        self.line_at = time.monotonic()
        self.curve_due = time.monotonic() + CURVE_SECONDS
        self.curve_lookups = 0

    def line(self, now: float) -> None:
        """Writes a line to the log when it is time and something happened."""
        every = self.counters.log_every
        if every is None or now - self.line_at < every:
            return
        stats = self.counters.stats()
        new = stats - self.line_before
        if new.hits + new.misses:
            _log.info(
                "cache %s: %d hits, %d misses (%.1f %%), %d evicted, %d expired, %d of %d entries, %s saved in %.0f s",
                self.counters.name,
                new.hits,
                new.misses,
                100 * (new.hit_rate or 0.0),
                new.evictions,
                new.expired,
                stats.size,
                stats.max_size,
                display_usd(new.saved) if stats.priced else "nothing known to be",
                now - self.line_at,
            )
        self.line_before, self.line_at = stats, now

    def advise(self, now: float, stats: CacheStats, *, last: bool) -> HitCurve | None:
        """Lets the cache's advisor work; a new curve at most every minute, and at the end."""
        advisor = self.counters.advisor
        if advisor is None:
            return None
        advisor.work(stats.hits + stats.misses)
        if now < self.curve_due and not last:
            return None
        self.curve_due = now + CURVE_SECONDS
        curve = advisor.sizing()
        if curve is None or curve.lookups == self.curve_lookups or curve.lookups < _FEWEST_LOOKUPS:
            return None
        self.curve_lookups = curve.lookups
        return curve


class CachePublisher:
    """Publishes every second, before a fork, and at close. What a killed process counted since its last batch is lost.

    Safe between threads. In a forked child it starts again from zero: the parent has published what came before.
    """

    def __init__(self, write: Callable[[Sequence[CacheCounts]], None], interval: float = INTERVAL_SECONDS) -> None:
        self._write = write
        self._interval = interval
        self._caches: list[_Published] = []
        self._reset_threads()
        forking.join(self, forking.Rest.PUBLISHER)

    def _reset_threads(self) -> None:
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, counters: Counters) -> None:
        """Publishes ``counters`` from now on."""
        with self._lock:
            self._caches.append(_Published(counters, CacheStats()))
            self._start()

    def flush(self) -> None:
        """Writes what was counted since the last time; nothing new writes nothing. Raises LedgerError."""
        with self._lock:
            self._flush()

    def close(self) -> None:
        """Stops the thread and writes the rest. Raises LedgerError."""
        self._stopping.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join()
        with self._lock:
            self._flush(last=True)
            for one in self._caches:
                if one.counters.advisor is not None:
                    one.counters.advisor.dismiss()

    def before_fork(self) -> None:
        """Publishes, so that parent and child do not both report the same counts."""
        self._lock.acquire()
        try:
            self._flush(advise=False)
        except Exception:
            # A fork must not fail because the ledger does; the counts stay with the parent.
            _log.warning("cache counts could not be published before a fork", exc_info=True)

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._lock.release()

    def after_fork_in_child(self) -> None:
        """Counts from here on are the child's own."""
        self._caches = [_Published(one.counters, one.counters.stats()) for one in self._caches]
        self._reset_threads()
        if self._caches:
            self._start()

    def _start(self) -> None:
        if self._thread is None and not self._stopping.is_set():
            self._thread = threading.Thread(target=self._run, name="budgetmon-cache-counts", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        stopping = self._stopping
        while not stopping.wait(self._interval):
            try:
                self.flush()
            except Exception:
                # Nothing is lost: the counts go with the next batch.
                _log.warning("cache counts could not be published; trying again", exc_info=True)

    def _flush(self, *, last: bool = False, advise: bool = True) -> None:
        now = time.monotonic()
        batch: list[CacheCounts] = []
        current: list[tuple[_Published, CacheStats]] = []
        for one in self._caches:
            stats = one.counters.stats()
            curve = one.advise(now, stats, last=last) if advise else None
            one.line(now)
            if curve is not None or stats != one.before:
                batch.append(_counts(one.counters, stats - one.before, one.before, curve))
                current.append((one, stats))
        if batch:
            self._write(batch)
            for one, stats in current:
                one.before = stats


def _counts(counters: Counters, new: CacheStats, before: CacheStats, curve: HitCurve | None) -> CacheCounts:
    whole_before = before.load_nanoseconds // 1000
    return CacheCounts(
        name=counters.name,
        number=counters.number,
        hits=new.hits,
        misses=new.misses,
        expired=new.expired,
        evictions=new.evictions,
        size=new.size,
        max_size=new.max_size,
        loads=new.loads,
        load_failures=new.load_failures,
        load_us=(before.load_nanoseconds + new.load_nanoseconds) // 1000 - whole_before,
        priced=new.priced,
        paid=new.paid,
        saved=new.saved,
        lost_evicted=new.lost_to_eviction,
        lost_expired=new.lost_to_expiry,
        curve=curve,
        providers=new.providers,
    )
