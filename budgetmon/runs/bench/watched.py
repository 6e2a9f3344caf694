"""Subject: what it costs the writers that somebody watches."""

from __future__ import annotations

import ctypes
import time
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawArray, RawValue
from pathlib import Path
from statistics import median
from typing import Any

from budgetmon.core.config.values import Config, Durability
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.arithmetic import interleaved, median_ratio
from budgetmon.runs.bench.ground import bench_config, hold_and_settle
from budgetmon.runs.bench.history import OpenPoller
from budgetmon.runs.bench.results import Finding, Report, at_least
from budgetmon.runs.bench.scale import Scale

_WRITERS = 4
_EVERY_SECONDS = 1.0
_PATIENCE_SECONDS = 60.0
_SLICE_SECONDS = 0.02

RUN, STOP = 0, 1


def measure(folder: Path, scale: Scale, open_poller: OpenPoller) -> Report:
    """Writers write all the time; in every other phase a process polls once a second, as the app does."""
    config = bench_config(folder / "watched", Durability.PROCESS)
    config.database.parent.mkdir()
    with UsageTracker(config=config) as tracker:
        hold_and_settle(tracker)
    context = get_context("spawn")
    pairs = RawArray(ctypes.c_int64, _WRITERS)
    polls = RawValue(ctypes.c_int64, 0)
    watching = RawValue(ctypes.c_int8, 0)
    order = RawValue(ctypes.c_int8, RUN)
    crew: list[BaseProcess] = [
        context.Process(target=_write, args=(config, index, pairs, order), daemon=True) for index in range(_WRITERS)
    ]
    crew.append(context.Process(target=_watch, args=(config.database, open_poller, polls, watching, order), daemon=True))
    for process in crew:
        process.start()
    try:
        _await_all(crew, pairs)
        rate = _Rate(pairs, watching, scale.watched_seconds)
        measured = interleaved({"alone": lambda: rate.phase(0), "watched": lambda: rate.phase(1)}, scale.watched_phases)
    finally:
        order.value = STOP
        for process in crew:
            process.join(_PATIENCE_SECONDS)
            process.kill()
    return Report(
        "watched",
        f"{_WRITERS} writers with a reader that polls once a second, against without",
        (
            Finding(
                "throughput, watched against alone", median_ratio(measured["watched"], measured["alone"]), goal=at_least(0.98)
            ),
            Finding("alone", median(measured["alone"]), "pairs/s"),
            Finding("watched", median(measured["watched"]), "pairs/s"),
            Finding("polls", float(polls.value)),
        ),
    )


class _Rate:
    """Counts pairs per second over phases."""

    def __init__(self, pairs: Any, watching: Any, seconds: float) -> None:
        self._pairs = pairs
        self._watching = watching
        self._seconds = seconds

    def phase(self, watching: int) -> float:
        """Pairs a second of all writers over one phase."""
        self._watching.value = watching
        before, began = sum(self._pairs), time.monotonic()
        time.sleep(self._seconds)
        written: int = sum(self._pairs) - before
        return written / (time.monotonic() - began)


def _write(config: Config, index: int, pairs: Any, order: Any) -> None:
    with UsageTracker(config=config) as tracker:
        while order.value == RUN:
            hold_and_settle(tracker)
            pairs[index] += 1


def _watch(database: Path, open_poller: OpenPoller, polls: Any, watching: Any, order: Any) -> None:
    with open_poller(database) as poll:
        due = time.monotonic()
        while order.value == RUN:
            if watching.value and time.monotonic() >= due:
                poll()
                polls.value += 1
                due = time.monotonic() + _EVERY_SECONDS
            time.sleep(_SLICE_SECONDS)


def _await_all(crew: list[BaseProcess], pairs: Any) -> None:
    """Waits until every writer writes. Raises RuntimeError when one has ended, or takes too long."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not all(pairs):
        if time.monotonic() >= deadline or not all(process.is_alive() for process in crew):
            raise RuntimeError("a benchmark's process did not start; its error stands above")
        time.sleep(_SLICE_SECONDS)
