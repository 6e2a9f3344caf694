"""Interrupts (Ctrl+C, alarms) in the middle of a write: the one thread hears of it, the ledger stays usable for all."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from budgetmon import UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.core.storage.pool import ConnectionPool

CONFIG = """\
database: ledger.db
durability: process
models: {m: {provider: p, per_call: 0.05}}
budgets: [{name: b, limit: 1000000 calls, per: lifetime}]
"""

# In a process of its own: a thread that waits for ever could not be ended here.
INTERRUPTED = """\
import os, random, signal, sys, threading, time
from budgetmon import Usage, UsageTracker

class Interrupted(BaseException):
    pass

def interrupt(*_):
    raise Interrupted

signal.signal(signal.SIGALRM, interrupt)
tracker = UsageTracker(sys.argv[1])
done, interrupts, wrong, progress = threading.Event(), 0, [], [0, 0]

def others():
    while not done.is_set():
        try:
            tracker.record("m")
        except BaseException as error:
            wrong.append(f"another thread: {error!r}")
        progress[0] += 1

def watch():
    seen, since = None, time.monotonic()
    while not done.wait(0.1):
        if seen != tuple(progress):
            seen, since = tuple(progress), time.monotonic()
        elif time.monotonic() - since > 3:
            print("stuck after", interrupts + 1, "interrupts", flush=True)
            os._exit(1)

threads = [threading.Thread(target=work) for work in [watch, *[others] * int(sys.argv[2])]]
for thread in threads:
    thread.start()
end = time.monotonic() + 5
while interrupts < 100 and time.monotonic() < end:
    try:
        due = time.monotonic() + 3
        signal.setitimer(signal.ITIMER_REAL, random.uniform(0.0005, 0.01))
        while not wrong:
            if time.monotonic() > due:
                wrong.append("an interrupt was swallowed")
            with tracker.call("m") as call:
                call.settle(Usage())
            progress[1] += 1
    except Interrupted:
        interrupts += 1
    except Exception as error:
        wrong.append(f"the interrupted thread: {error!r}")
    if wrong:
        break
signal.setitimer(signal.ITIMER_REAL, 0)
done.set()
for thread in threads:
    thread.join(5)
    if thread.is_alive():
        wrong.append("a thread is stuck")
if not wrong:
    tracker.record("m")
print(*wrong, sep="\\n", flush=True)
os._exit(bool(wrong))
"""


@pytest.mark.parametrize("others", [0, 2], ids=["alone", "beside other threads"])
def test_that_an_interrupted_write_leaves_the_ledger_usable(others: int, tmp_path: Path) -> None:
    config = tmp_path / "budget.yaml"
    config.write_text(CONFIG)
    child = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, str(config), str(others)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (child.returncode, child.stdout.strip(), child.stderr) == (0, "", "")
    assert verify(tmp_path / "ledger.db").holds


class Interrupt(BaseException):
    """What a signal handler raises."""


def test_that_an_interrupt_right_after_a_commit_books_nothing_of_the_others_twice(
    make_tracker: Callable[..., UsageTracker], monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}")
    tracker.record("m")
    writer = tracker._ledger._writer
    commit, ended = writer._commit, list[str]()

    def interrupted(db: apsw.Connection) -> None:
        monkeypatch.setattr(writer, "_commit", commit)
        commit(db)
        raise Interrupt

    def record() -> None:
        try:
            tracker.record("m")
            ended.append("recorded")
        except Interrupt:
            ended.append("interrupted")

    monkeypatch.setattr(writer, "_commit", interrupted)
    threads = [threading.Thread(target=record) for _ in range(2)]
    writer.rest()
    for thread in threads:
        thread.start()
    while len(writer._waiting) < len(threads):
        time.sleep(0.001)
    writer.wake()
    for thread in threads:
        thread.join(10)
    assert sorted(ended) == ["interrupted", "recorded"]
    assert tracker.get_usage_summary()["totals"]["calls"] == 3


def test_that_an_interrupted_reader_can_still_close(
    make_tracker: Callable[..., UsageTracker], monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}")
    closed = threading.Event()

    def interrupted(_: ConnectionPool) -> None:
        monkeypatch.undo()
        raise Interrupt

    def read_and_close() -> None:
        monkeypatch.setattr(ConnectionPool, "_take_back", interrupted)
        try:
            tracker.get_usage_summary()
        except Interrupt:
            tracker.close()
            closed.set()

    threading.Thread(target=read_and_close, daemon=True).start()
    assert closed.wait(10)


# A cache that is written to all the time, and interrupted; after each interrupt another thread must still get in.
INTERRUPTED_CACHE = """\
import os, random, signal, threading
from budgetmon import LRUCache

class Interrupted(BaseException):
    pass

def interrupt(*_):
    raise Interrupted

signal.signal(signal.SIGALRM, interrupt)
cache = LRUCache(1000, ttl=60)
for _ in range(150):
    try:
        signal.setitimer(signal.ITIMER_REAL, random.uniform(0.0003, 0.001))
        while True:
            for key in range(3000):
                cache.set(key, key)
    except Interrupted:
        pass
    other = threading.Thread(target=cache.stats, daemon=True)
    other.start()
    other.join(10)
    if other.is_alive():
        print("the lock was left behind", flush=True)
        os._exit(1)
"""


def test_that_an_interrupted_cache_leaves_its_lock_to_others() -> None:
    child = subprocess.run([sys.executable, "-c", INTERRUPTED_CACHE], capture_output=True, text=True, timeout=60, check=False)
    assert (child.returncode, child.stdout, child.stderr) == (0, "", "")
