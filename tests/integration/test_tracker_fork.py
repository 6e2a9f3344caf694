"""A tracker and a cache across fork, while other threads are in the middle of using them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from integration.ledger_view import budget, picture

from budgetmon import LRUCache, Usage, UsageTracker

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models: {fee: {provider: p, per_call: 0.05}}
budgets: [{name: calls, limit: 1000000 calls, per: lifetime}]
"""
TRIES = 30
SECONDS_PER_TRY = 5.0

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def forked(work: Callable[[], None]) -> int:
    """Runs ``work`` in a forked child, which leaves at once without any cleaning up. Its number."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int, seconds: float = SECONDS_PER_TRY) -> int | None:
    """The child's exit code; None when it had to be killed at the end of the time limit."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        number, status = os.waitpid(child, os.WNOHANG)
        if number:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None


@contextmanager
def busy(*works: Callable[[], None]) -> Iterator[None]:
    """Repeats each of ``works`` in a thread of its own; an exception in one of them fails the test."""
    stop = threading.Event()

    def repeat(work: Callable[[], None]) -> None:
        while not stop.is_set():
            work()
            time.sleep(0.0002)  # lets the forking thread have the interpreter

    with ThreadPoolExecutor(len(works)) as pool:
        futures = [pool.submit(repeat, work) for work in works]
        try:
            yield
        finally:
            stop.set()
        for future in futures:
            future.result(20)


def test_that_a_forked_child_works_at_once_whatever_other_threads_did(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    cache: LRUCache[int, int] = LRUCache(50, ttl=60, name="shared", tracker=tracker)
    cache.set(0, 0)
    own_calls = [0]

    def call() -> None:
        with tracker.call("fee") as one:
            one.settle(Usage())
        own_calls[0] += 1

    def record_and_look() -> None:
        tracker.can_make_call("fee")
        tracker.get_usage_summary()

    def use_cache() -> None:
        for key in range(60):
            cache.get_or_load(key, lambda key=key: key)  # type: ignore[misc]

    def child() -> None:
        with tracker.call("fee", tag="child") as one:
            one.settle(Usage())
        cache.set(1, 1)
        assert cache.get(1) == 1
        assert cache.get_or_load(999, lambda: 9) == 9
        if os.getpid() % 2:
            tracker.close()

    with busy(call, record_and_look, use_cache):
        codes = []
        for _ in range(TRIES):
            codes.append(ended(forked(child)))
            time.sleep(0.005)
    assert codes == [0] * TRIES
    seen = picture(tracker)
    assert sum(row.tag == "child" for row in seen.calls) == TRIES
    assert seen.totals.calls == TRIES + own_calls[0]
    assert budget(tracker, "calls").spent == TRIES + own_calls[0]


def test_that_an_empty_cache_is_whole_in_a_forked_child() -> None:
    cache: LRUCache[SlowKey, int] = LRUCache(50)
    other: LRUCache[SlowKey, int] = LRUCache(50)  # full, and waited for after the empty one
    other.set(SlowKey(), 1)

    def child() -> None:
        cache.set(SlowKey(), 1)
        assert cache.get(SlowKey()) == 1

    with busy(lambda: cache.get(SlowKey()) and None, lambda: other.get(SlowKey()) and None):
        for _ in range(TRIES):
            assert ended(forked(child), seconds=1) == 0


class SlowKey:
    """A key that keeps whoever looks it up inside the cache for a while."""

    def __hash__(self) -> int:
        time.sleep(0.002)
        return 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SlowKey)


def test_that_threads_may_fork_at_the_same_moment(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    cache: LRUCache[int, int] = LRUCache(50, name="shared", tracker=tracker)

    def child() -> None:
        tracker.record("fee", tag="child")
        cache.set(1, 1)

    def fork_and_wait() -> list[int | None]:
        codes = []
        for _ in range(8):
            tracker.record("fee")
            codes.append(ended(forked(child)))
        return codes

    with ThreadPoolExecutor(3) as pool:
        outcomes = [future.result(60) for future in [pool.submit(fork_and_wait) for _ in range(3)]]
    assert outcomes == [[0] * 8] * 3
    assert picture(tracker).totals.calls == 48


def test_that_child_and_parent_are_workers_of_their_own(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    tracker.record("fee", tag="parent")
    assert ended(forked(lambda: tracker.record("fee", tag="child") and None)) == 0
    tracker.record("fee", tag="parent")
    workers = {row.tag: row.worker for row in picture(tracker).calls}
    assert workers["parent"] != workers["child"]
    alive = {worker.id: worker.alive for worker in picture(tracker).workers}
    assert alive == {workers["parent"]: True, workers["child"]: False}


def test_that_a_child_of_a_child_works(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)

    def grandchild() -> None:
        tracker.record("fee", tag="grandchild")

    def child() -> None:
        tracker.record("fee", tag="child")
        assert ended(forked(grandchild)) == 0

    assert ended(forked(child)) == 0
    assert {row.tag for row in picture(tracker).calls} == {"child", "grandchild"}


def test_that_a_call_begun_before_a_fork_ends_once(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    with tracker.call("fee") as call:
        assert ended(forked(lambda: call.settle(Usage()))) == 0
        call.settle(Usage(), cost=1)
    status = budget(tracker, "calls")
    assert (status.spent, status.held) == (1, 0)
    assert picture(tracker).totals.cost == 50_000_000


def test_that_a_parent_that_dies_does_not_live_on_in_its_child(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    reading, writing = os.pipe()

    def orphan() -> None:
        time.sleep(3)

    def parent() -> None:
        tracker.record("fee")
        child = forked(orphan)
        os.write(writing, b"%d" % child)

    dead = forked(parent)
    assert ended(dead) == 0
    child = int(os.read(reading, 20))
    try:
        os.kill(child, 0)
        # The child lets go of what it inherited as soon as it runs, which may be a moment after its parent's end.
        deadline = time.monotonic() + 2
        while _alive(tracker, dead) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert _alive(tracker, dead) is False
    finally:
        os.kill(child, signal.SIGKILL)
        os.close(reading)
        os.close(writing)


# In a process of its own: a thread that waits for ever could not be ended here.
FORKS_WHILE_OPENING = """\
import os, signal, sys, threading, time
from budgetmon import UsageTracker

process_safe, power_safe = sys.argv[1:]
done, forks = threading.Event(), 0

def open_and_close():
    while not done.is_set():
        with UsageTracker(process_safe) as one, UsageTracker(power_safe) as other:
            one.record("fee")
            other.record("fee")

def watch():
    seen = -1
    while not done.wait(3):
        if forks == seen:
            print("stuck after", forks, "forks", flush=True)
            os._exit(1)
        seen = forks

for config in (process_safe, power_safe):
    with UsageTracker(config) as tracker:  # imports what is imported late: Python's own import locks do not survive a fork
        tracker.record("fee")
for work in (open_and_close, watch):
    threading.Thread(target=work, daemon=True).start()
end = time.monotonic() + 3
while forks < 200 and time.monotonic() < end:
    child = os.fork()
    if child == 0:
        signal.alarm(5)
        with UsageTracker(process_safe) as own:
            own.record("fee", tag="child")
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if code:
        print("child", forks, "ended with", code, flush=True)
        os._exit(1)
    forks += 1
os._exit(0)
"""


def test_that_a_process_may_fork_while_it_opens_and_closes_ledgers(make_tracker: MakeTracker) -> None:
    configs = []
    for durability in ("process", "power"):
        tracker = make_tracker(CONFIG, name=f"{durability}.yaml", durability=durability)
        tracker.close()
        configs.append(str(tracker.config.path))
    child = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", FORKS_WHILE_OPENING, *configs],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (child.returncode, child.stdout, child.stderr) == (0, "", "")


def _alive(tracker: UsageTracker, pid: int) -> bool | None:
    (worker,) = [one for one in picture(tracker).workers if one.pid == pid]
    return worker.alive
