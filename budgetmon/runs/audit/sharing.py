"""Checks of how processes and threads share the ledger's file: engine, connections, forks, one path, a fair queue."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from budgetmon.core.config.values import Durability
from budgetmon.core.ledger import facts
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.audit.claims import Evidence, NotPossibleError
from budgetmon.runs.audit.ground import Ground, in_processes, ledger_of
from budgetmon.runs.bench import crowd
from budgetmon.runs.bench.ground import bench_config

_FREE = "models: {free: {provider: auditor, per_call: 0.001}}\n"
_PATIENCE_SECONDS = 30.0
# A writer that waits longer than this has starved; SQLite's own handler alone keeps some waiting for 1 to 8 seconds.
_STARVED_SECONDS = 1.0
_FORKS = 20
_SAFE_ENGINE = (3, 51, 3)


def check_file(ground: Ground, evidence: Evidence) -> None:
    """The file is what it is said to be, written by an engine without the bug that damages such files."""
    evidence.did = "A fresh ledger, looked at through SQLite."
    config = ground.config("file", _FREE)
    with ground.on_trial.tracker(config) as tracker:
        tracker.record("free")
        made = facts.of_file(ledger_of(config))
    evidence.figure("journal mode", made.journal_mode)
    evidence.figure("SQLite", made.engine)
    evidence.figure("schema", made.schema)
    evidence.expect_equal("journal mode", made.journal_mode, "wal")
    evidence.expect_equal("tables that are not STRICT", made.loose, ())
    evidence.expect_equal("integrity", made.integrity, "ok")
    engine = tuple(int(part) for part in made.engine.split("."))
    evidence.expect(engine >= _SAFE_ENGINE, f"SQLite {made.engine} can corrupt a WAL file; 3.51.3 and later cannot")


def check_connections(ground: Ground, evidence: Evidence) -> None:
    """Each thread has its own connection, and none is left when threads and trackers end."""
    threads = ground.sizes.threads
    evidence.did = f"{threads} threads of one process write at once; then they end; then the tracker closes."
    config = ground.config("connections", _FREE)
    tracker = ground.on_trial.tracker(config)
    meeting = threading.Barrier(threads, timeout=_PATIENCE_SECONDS)

    def write() -> int:
        tracker.record("free")
        with tracker._ledger._pool.borrow() as db:  # the only look inside
            meeting.wait()
            return id(db)

    with ThreadPoolExecutor(threads) as pool:
        used = [each.result() for each in [pool.submit(write) for _ in range(threads)]]
    counts = tracker._ledger._pool.counts()
    tracker.close()
    left = _descriptors_below(config.parent)
    evidence.figure("connections of the threads", len(set(used)))
    evidence.figure("open once the threads have ended", counts.opened - counts.closed)
    evidence.figure("file descriptors after close", len(left))
    evidence.expect_equal("different connections", len(set(used)), threads)
    # The thread that opened the tracker keeps its own.
    evidence.expect(
        counts.opened - counts.closed <= 1, f"{counts.opened - counts.closed} connections are open after their threads ended"
    )
    evidence.expect(not left, f"still open after close: {', '.join(sorted(left))}")


def check_forks(ground: Ground, evidence: Evidence) -> None:
    """A child that is forked while threads write works at once."""
    if not hasattr(os, "fork"):
        raise NotPossibleError("this system has no fork")
    evidence.did = f"{_FORKS} children, forked one after the other while two threads write; each records one call."
    config = ground.config("forks", _FREE)
    longest = 0.0
    with ground.on_trial.tracker(config) as tracker, _busy(tracker):
        for _ in range(_FORKS):
            began = time.monotonic()
            child = os.fork()
            if not child:
                _record_and_leave(tracker)
            ended = _ended_in_time(child)
            longest = max(longest, time.monotonic() - began)
            if not ended:
                evidence.problems.append("a forked child hung, or could not write")
                break
    evidence.figure("longest, fork to end of the child", f"{longest * 1e3:.0f}", "ms")


def check_one_path(ground: Ground, evidence: Evidence) -> None:
    """One config path is one ledger, from wherever a process is started."""
    count = ground.sizes.processes
    evidence.did = f"{count} processes, each in a working directory of its own, open the same config and record 10 calls."
    config = ground.config("path", _FREE)
    in_processes(count, _record_elsewhere, ground.on_trial.tracker, config)
    found = sorted(path.relative_to(config.parent) for path in config.parent.rglob("*.db"))
    with ground.on_trial.tracker(config) as tracker:
        calls = tracker.get_usage_summary()["totals"]["calls"]
    evidence.figure("ledgers", len(found))
    evidence.figure("calls in it", calls)
    evidence.expect_equal("ledgers", [str(path) for path in found], ["ledger.db"])
    evidence.expect_equal("calls", calls, count * 10)


def check_queue(ground: Ground, evidence: Evidence) -> None:
    """Nobody starves when many write at once."""
    sizes = ground.sizes
    evidence.did = f"{sizes.processes} processes hold and settle without pause for {sizes.seconds:g} s."
    config = bench_config(ground.folder / "queue", Durability.PROCESS)
    config.database.parent.mkdir()
    with UsageTracker(config=config):
        pass
    round_ = crowd.hammer(sizes.processes, sizes.seconds, crowd.with_tracker, config)
    evidence.figure("pairs of hold and settle", f"{round_.rate:,.0f}", "a second")
    evidence.figure("99 % wait at most", f"{round_.waits.p99 * 1e3:.1f}", "ms")
    evidence.figure("longest wait", f"{round_.waits.longest * 1e3:.0f}", "ms")
    evidence.figure("busiest to idlest writer", f"{round_.busiest_to_idlest:.1f}", ": 1")
    evidence.expect_equal("writes given up", round_.given_up, 0)
    evidence.expect(round_.waits.longest < _STARVED_SECONDS, f"a writer waited {round_.waits.longest:.1f} s, which is starving")


def _descriptors_below(folder: Path) -> set[str]:
    """Names of the files below ``folder`` that this process has open."""
    listing = Path("/proc/self/fd")
    if not listing.is_dir():
        raise NotPossibleError("this system does not list open files in /proc")
    found = set()
    for link in listing.iterdir():
        try:
            target = link.readlink()
        except OSError:  # the descriptor of the listing itself
            continue
        if target.is_relative_to(folder.resolve()):
            found.add(target.name)
    return found


@contextmanager
def _busy(tracker: UsageTracker) -> Iterator[None]:
    """Two threads that write until the end of the block."""
    stopping = threading.Event()

    def write() -> None:
        while not stopping.is_set():
            tracker.record("free")

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        yield
    finally:
        stopping.set()
        for writer in writers:
            writer.join()


def _record_and_leave(tracker: UsageTracker) -> None:
    code = 1
    try:
        tracker.record("free")
        code = 0
    finally:
        os._exit(code)


def _ended_in_time(child: int) -> bool:
    """Whether a child ended well within the patience; one that hangs is killed."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return False


def _record_elsewhere(number: int, open_tracker: Callable[[Path], UsageTracker], config: Path) -> None:
    home = config.parent / f"elsewhere-{number}"
    home.mkdir()
    os.chdir(home)
    with open_tracker(config if number % 2 else Path(os.path.relpath(config))) as tracker:
        for _ in range(10):
            tracker.record("free")
