"""A process that dies while it loads: the next in line takes over at once, and every paid call is accounted for."""

from __future__ import annotations

import multiprocessing
import os
import select
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from integration.ledger_view import picture
from integration.shared_cache_workers import ask_and_pay, load_and_say

from budgetmon import SharedCache, SharedLoadError, UsageTracker
from budgetmon.core.rules.calls import CallState

CONTEXT: Any = multiprocessing.get_context("fork")
SPAWN: Any = multiprocessing.get_context("spawn")

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def start(path: Path, result: str, pause: float) -> tuple[Any, int]:
    """A process that loads, once its load has begun."""
    reading, writing = os.pipe()
    process = CONTEXT.Process(target=load_and_say, args=(path, writing, result, pause))
    process.start()
    os.close(writing)
    assert select.select([reading], [], [], 30)[0]
    assert os.read(reading, 1) == b"b"
    return process, reading


def test_that_the_next_in_line_takes_over_at_once_when_the_loader_dies(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    process, reading = start(path, "theirs", 60)
    killed: list[float] = []

    with SharedCache(path) as cache:
        os_pid = process.pid
        reaper = CONTEXT.Process(target=_kill_soon, args=(os_pid, 0.3))
        reaper.start()
        began = time.monotonic()
        assert cache.get_or_load("key", lambda: killed.append(time.monotonic()) or "mine") == "mine"
        assert 0.2 < killed[0] - began < 5
        assert cache.takeovers == 1
        assert cache.get("key") == "mine"
    process.join(10)
    reaper.join(10)
    os.close(reading)


def _kill_soon(pid: int, after: float) -> None:
    time.sleep(after)
    os.kill(pid, signal.SIGKILL)


def test_that_waiting_costs_no_processor_time_and_ends_with_the_load(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    process, reading = start(path, "theirs", 0.8)
    with SharedCache(path) as cache:
        before = time.process_time()
        assert cache.get_or_load("key", lambda: pytest.fail("loaded twice")) == "theirs"
        assert time.process_time() - before < 0.2
        assert cache.takeovers == 0
    process.join(10)
    os.close(reading)


def test_that_a_failure_in_another_process_is_told(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    process, reading = start(path, "fail", 0.3)
    with SharedCache(path) as cache:
        with pytest.raises(SharedLoadError, match="ConnectionError: no answer"):
            cache.get_or_load("key", lambda: pytest.fail("loaded twice"))
        assert cache.get_or_load("key", lambda: 5) == 5
    process.join(10)
    os.close(reading)


def test_that_a_stopped_loader_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "c.db"
    process, reading = start(path, "theirs", 0.5)
    os.kill(process.pid, signal.SIGSTOP)
    resume = CONTEXT.Process(target=_resume_soon, args=(process.pid, 1.0))
    resume.start()
    with SharedCache(path) as cache:
        assert cache.get_or_load("key", lambda: pytest.fail("loaded twice")) == "theirs"
    process.join(10)
    resume.join(10)
    os.close(reading)


def _resume_soon(pid: int, after: float) -> None:
    time.sleep(after)
    os.kill(pid, signal.SIGCONT)


@pytest.mark.timeout(170)
def test_that_three_killed_of_eight_cost_nothing_but_what_is_in_doubt(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 0.01}}\n")
    config = tracker.config.path
    assert config is not None
    processes = [SPAWN.Process(target=ask_and_pay, args=(config, seed, 5_000, 500)) for seed in range(8)]
    for process in processes:
        process.start()
    deadline = time.monotonic() + 60
    for number, process in enumerate(processes[:3], 1):
        # Spread over the time in which there is something to pay for.
        while picture(tracker).totals.calls < 100 * number and time.monotonic() < deadline:
            time.sleep(0.005)
        process.kill()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [-signal.SIGKILL] * 3 + [0] * 5
    tracker._ledger.sweep()
    seen = picture(tracker)
    in_doubt = [call for call in seen.calls if call.state is CallState.IN_DOUBT]
    settled = [call for call in seen.calls if call.state is CallState.SETTLED]
    assert len(settled) + len(in_doubt) == len(seen.calls)
    assert len(in_doubt) <= 3
    assert seen.totals.in_doubt == sum(call.hold for call in in_doubt)
    assert {call.tag for call in settled} == {str(key) for key in range(500)}
    # A process that dies after its call is settled and before its value is stored has paid for nothing.
    assert 500 <= len(settled) <= 503
