"""What worker processes of the shared cache's tests do. Importable by name, so that spawned processes find it."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path
from typing import Any

from budgetmon import SharedCache, Usage, UsageTracker


def ask_and_pay(config: Path, seed: int, requests: int, keys: int) -> None:
    """Asks for random keys; a miss is a paid call that takes a moment."""
    chance = random.Random(seed)
    with UsageTracker(config) as tracker, SharedCache(name="answers", tracker=tracker) as cache:

        def pay(key: int) -> dict[str, int]:
            with tracker.call("m", tag=str(key)) as call:
                time.sleep(0.002)
                call.settle(Usage(calls=1))
            return {"key": key}

        for _ in range(requests):
            key = chance.randrange(keys)
            answer = cache.get_or_load(("quote", key), lambda key=key: pay(key))  # type: ignore[misc]
            assert answer == {"key": key}


def load_and_say(path: Path, pipe: int, result: str, pause: float) -> None:
    """Loads one key slowly, telling when the load begins, and what came of it."""
    with SharedCache(path) as cache:

        def load() -> str:
            os.write(pipe, b"b")
            time.sleep(pause)
            if result == "fail":
                raise ConnectionError("no answer")
            return result

        try:
            answer = cache.get_or_load("key", load)
        except Exception as error:
            answer = f"{type(error).__name__}: {error}"
        os.write(pipe, f"{answer}\n".encode())


def hammer(path: Path, seed: int, rounds: int, results: Any) -> None:
    """Stores, reads and deletes at random in a cache that is too small for everything."""
    chance = random.Random(seed)
    with SharedCache(path, max_bytes=50_000) as cache:
        for _ in range(rounds):
            key = chance.randrange(400)
            if chance.random() < 0.5:
                cache.set(key, [key] * 20)
            elif chance.random() < 0.1:
                cache.delete(key)
            else:
                assert cache.get(key) in (None, [key] * 20)
        results.put(cache.bytes_used())
