"""Thousands of short lives, forked by one small process. Importable by name, so that it can be spawned."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
from pathlib import Path
from typing import Any

from budgetmon import LRUCache, UsageTracker
from budgetmon.core.cache import spending

LOOKUPS = 50
PROVIDERS = ("gemini", "perplexity")
CENT = 10_000_000


def hits_of(number: int) -> int:
    """How many lookups of a life are hits."""
    return 30 + number % 11


def provider_of(number: int) -> str:
    """Whom the load of a life pays."""
    return PROVIDERS[number % len(PROVIDERS)]


def live_shortly(config: Path, lives: int, at_once: int) -> None:
    """Forks ``lives`` processes, so many at once, and ends well only when each of them did."""
    context: Any = multiprocessing.get_context("fork")
    waiting = list(range(lives))
    running: dict[int, Any] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            process = context.Process(target=_life, args=(config, waiting.pop()))
            process.start()
            running[process.sentinel] = process
        for sentinel in multiprocessing.connection.wait(list(running)):
            process = running.pop(sentinel)
            process.join()
            assert process.exitcode == 0
            process.close()


def _life(config: Path, number: int) -> None:
    """One cache, a value that a provider is said to have charged a cent for, a few lookups, gone."""
    tracker = UsageTracker(config)
    cache: LRUCache[int, None] = LRUCache(8, name="short", tracker=tracker)
    cache.get_or_load(0, lambda: spending.note(CENT, provider_of(number)))
    hits = hits_of(number)
    for _ in range(hits):
        cache.get(0)
    for missed in range(1, LOOKUPS - hits):
        cache.get(missed)
    tracker.close()
