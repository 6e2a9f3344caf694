"""The IV history under threads, processes, forks and kills: no write is ever lost."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from integration.iv_workers import FIRST, record_days

from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker

PROCESSES, THREADS, DAYS = 8, 3, 5


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_that_no_write_of_many_processes_and_threads_is_lost(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    path = tmp_path / "iv.db"
    workers = [context.Process(target=record_days, args=(path, number, THREADS, DAYS)) for number in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    with IVHistoryTracker(path) as history:
        names = history.tickers()
        assert len(names) == PROCESSES * THREADS + 1
        for name in names[1:]:
            assert [day.iv for day in history.history(name)] == [0.1 + place for place in range(DAYS)]
        assert len(history.history("ALL")) == PROCESSES * THREADS


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_that_it_goes_on_after_a_fork(tmp_path: Path) -> None:
    with IVHistoryTracker(tmp_path / "iv.db") as history:
        history.record("PARENT", FIRST, 0.2)
        child = os.fork()
        if child == 0:
            os._exit(0 if history.record("CHILD", FIRST, 0.3) else 1)
        history.record("PARENT", FIRST + timedelta(days=1), 0.4)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert history.tickers() == ("CHILD", "PARENT")


WRITES_UNTIL_KILLED = """
import sys
from datetime import date, timedelta
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker
history = IVHistoryTracker(sys.argv[1])
for place in range(100_000):
    history.record("AAPL", date(2000, 1, 1) + timedelta(days=place), 0.5)
    print(place, flush=True)
"""


def test_that_what_returned_before_a_kill_is_there(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WRITES_UNTIL_KILLED, str(tmp_path / "iv.db")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            if int(line) == 20:
                writer.send_signal(signal.SIGKILL)
                break
        acknowledged = [int(line) for line in writer.stdout.read().split()]
    written = acknowledged[-1] if acknowledged else 20
    with IVHistoryTracker(tmp_path / "iv.db") as history:
        there = history.history("AAPL", on=date(2000, 1, 1) + timedelta(days=written), length=timedelta(days=written + 1))
        assert len(there) == written + 1
