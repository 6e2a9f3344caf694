"""Thousands of short lives, forked by one small process. Importable by name, so that it can be spawned."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
from pathlib import Path
from typing import Any

from budgetmon import LRUCache, UsageTracker

LOOKUPS = 50


def hits_of(number: int) -> int:
    """How many lookups of a life are hits."""
    return 30 + number % 11


def live_shortly(config: Path, lives: int, at_once: int) -> None:
    """Forks ``lives`` processes, so many at once, and ends well only when each of them did."""
    context: Any = multiprocessing.get_context("fork")
    waiting = list(range(lives))
    running: dict[int, Any] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            process = context.Process(target=_life, args=(config, hits_of(waiting.pop())))
            process.start()
            running[process.sentinel] = process
        for sentinel in multiprocessing.connection.wait(list(running)):
            process = running.pop(sentinel)
            process.join()
            assert process.exitcode == 0
            process.close()


def _life(config: Path, hits: int) -> None:
    """One cache, a few lookups, gone."""
    tracker = UsageTracker(config)
    cache: LRUCache[int, int] = LRUCache(8, name="short", tracker=tracker)
    cache.set(0, 0)
    for _ in range(hits):
        cache.get(0)
    for number in range(LOOKUPS - hits):
        cache.get(1 + number)
    tracker.close()
