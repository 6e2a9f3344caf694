"""Carries the counts of a process's caches to the ledger, in batches, so that a hit costs no transaction."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from budgetmon.core.cache.counters import CacheStats, Counters
from budgetmon.core.ledger.values import CacheCounts
from budgetmon.core.storage import forking

_log = logging.getLogger(__name__)

INTERVAL_SECONDS = 1.0


class CachePublisher:
    """Publishes every second, before a fork, and at close. What a killed process counted since its last batch is lost.

    Safe between threads. In a forked child it starts again from zero: the parent has published what came before.
    """

    def __init__(self, write: Callable[[Sequence[CacheCounts]], None], interval: float = INTERVAL_SECONDS) -> None:
        self._write = write
        self._interval = interval
        self._caches: list[tuple[Counters, CacheStats]] = []
        self._reset_threads()
        forking.join(self, forking.Rest.PUBLISHER)

    def _reset_threads(self) -> None:
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, counters: Counters) -> None:
        """Publishes ``counters`` from now on."""
        with self._lock:
            self._caches.append((counters, CacheStats()))
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
        self.flush()

    def before_fork(self) -> None:
        """Publishes, so that parent and child do not both report the same counts."""
        self._lock.acquire()
        try:
            self._flush()
        except Exception:
            # A fork must not fail because the ledger does; the counts stay with the parent.
            _log.warning("cache counts could not be published before a fork", exc_info=True)

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._lock.release()

    def after_fork_in_child(self) -> None:
        """Counts from here on are the child's own."""
        self._caches = [(counters, counters.stats()) for counters, _ in self._caches]
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

    def _flush(self) -> None:
        current = [(counters, counters.stats()) for counters, _ in self._caches]
        batch = [
            _counts(counters, now - before)
            for (counters, now), (_, before) in zip(current, self._caches, strict=True)
            if now != before
        ]
        if batch:
            self._write(batch)
            self._caches = current


def _counts(counters: Counters, new: CacheStats) -> CacheCounts:
    return CacheCounts(
        name=counters.name,
        number=counters.number,
        hits=new.hits,
        misses=new.misses,
        expired=new.expired,
        evictions=new.evictions,
        size=new.size,
        max_size=new.max_size,
    )
