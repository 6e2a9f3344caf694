"""Replays a recorded trace through real worker processes that spend under one budget."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.config.values import Config
from budgetmon.core.rules.refusals import RefusedError
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.workloads.crew import Crew, Post
from budgetmon.workloads.keys import read_keys
from budgetmon.workloads.trace import AZURE, TraceCall, TraceColumns, count_calls, read_trace

CACHE_NAME = "replay"

# What the workers count. A step is a call, or an access of the cache when there are keys.
STEPS, PAID, REFUSED, HITS = COUNTS = ("steps", "paid", "refused", "hits")


@dataclass(frozen=True, slots=True)
class ReplayPlan:
    """What to replay, and how.

    ``speed`` is a multiple of recorded time; None goes as fast as the ledger admits. With ``keys`` the trace of keys
    leads: each access asks a cache of ``cache_size`` entries first and pays for the next call of ``trace`` on a miss; the
    trace of calls starts anew as often as it takes. ``model`` applies to calls without one of their own.
    """

    trace: Path
    config: Config
    model: str
    workers: int = 4
    speed: float | None = None
    columns: TraceColumns = AZURE
    keys: Path | None = None
    cache_size: int = 1000

    def total(self) -> int:
        """How many steps the replay has. Raises TraceError, KeysError or OSError for files that cannot be read."""
        next(read_trace(self.trace, self.columns), None)
        return sum(1 for _ in read_keys(self.keys)) if self.keys else count_calls(self.trace)


def replay_crew(plan: ReplayPlan) -> Crew:
    """The workers of a replay, ready to start."""
    return Crew("replay", plan.workers, _work, (plan,), COUNTS)


def _work(post: Post, plan: ReplayPlan) -> None:
    began = time.monotonic()
    with UsageTracker(config=plan.config) as tracker:
        cache: LRUCache[int, bool] | None = None
        if plan.keys:
            cache = LRUCache(plan.cache_size, name=CACHE_NAME, tracker=tracker)
        for key, call in _share(plan, post.index):
            if plan.speed is not None:
                post.wait_until(began + call.offset_us / 1e6 / plan.speed)
            if post.stopped:
                break
            if cache is not None and key is not None and cache.get(key):
                post.add(HITS)
            elif _pay(tracker, plan.model, call, post) and cache is not None and key is not None:
                cache.set(key, True)
            post.add(STEPS)


def _share(plan: ReplayPlan, index: int) -> Iterator[tuple[int | None, TraceCall]]:
    """Every n-th step of the replay: the part of worker ``index``."""
    steps: Iterator[tuple[int | None, TraceCall]]
    if plan.keys:
        steps = zip(read_keys(plan.keys), _over_and_over(plan), strict=False)
    else:
        steps = ((None, call) for call in read_trace(plan.trace, plan.columns))
    return itertools.islice(steps, index, None, plan.workers)


def _over_and_over(plan: ReplayPlan) -> Iterator[TraceCall]:
    """The calls of the trace, again and again, each round later by the length of those before it."""
    began = 0
    while True:
        last = None
        for call in read_trace(plan.trace, plan.columns):
            last = max(last or 0, began + call.offset_us)
            yield replace(call, offset_us=began + call.offset_us)
        if last is None:
            return
        began = last


def _pay(tracker: UsageTracker, model: str, step: TraceCall, post: Post) -> bool:
    usage = Usage(input_tokens=step.input_tokens, output_tokens=step.output_tokens)
    try:
        with tracker.call(step.model or model, estimate=usage, tag=step.tag) as call:
            call.settle(usage)
    except RefusedError:
        post.add(REFUSED)
        return False
    post.add(PAID)
    return True
