"""Processes that are killed at any instruction: what was acknowledged is there, and the books add up."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from integration.ledger_view import budget, picture
from integration.ledger_workers import acknowledge, hold_until_killed, open_only

from budgetmon import UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.calls import CallState

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models: {fee: {provider: p, per_call: 0.05}}
budgets:
  - {name: calls, limit: 1000000 calls, per: lifetime}
  - {name: money, provider: p, limit: 99999 USD, per: day}
"""

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


class Victims:
    """Processes to be killed, each with a pipe on which it tells how far it came."""

    def __init__(self) -> None:
        self.context = multiprocessing.get_context("fork")
        self.all: list[tuple[Any, int]] = []

    def start(self, target: Any, *arguments: Any) -> tuple[Any, int]:
        reading, writing = os.pipe()
        process = self.context.Process(target=target, args=(*arguments, writing))
        process.start()
        os.close(writing)
        self.all.append((process, reading))
        return process, reading

    def end(self) -> None:
        for process, reading in self.all:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGCONT)
            process.kill()
            process.join()
            os.close(reading)


@pytest.fixture
def victims() -> Iterator[Victims]:
    victims = Victims()
    yield victims
    victims.end()


def drained(reading: int) -> bytes:
    content = b""
    while chunk := os.read(reading, 65_536):
        content += chunk
    return content


@pytest.mark.parametrize("durability", ["process", "power"])
def test_that_what_was_acknowledged_survives_kill_9(durability: str, make_tracker: MakeTracker, victims: Victims) -> None:
    tracker = make_tracker(CONFIG, durability=durability)
    tracker.close()
    acknowledged: list[int] = []
    for _ in range(5):
        process, reading = victims.start(acknowledge, tracker.config.path, 3)
        received = os.read(reading, 64)
        wanted = random.randrange(20, 200)
        while received.count(b"\n") < wanted:
            received += os.read(reading, 64)
        process.kill()
        received += drained(reading)
        acknowledged += [int(line) for line in received.split(b"\n")[:-1]]
        process.join()
        assert verify(tracker.db_path).holds
    assert len(set(acknowledged)) == len(acknowledged) > 100
    states = {row.id: row.state for row in picture(tracker).calls}
    assert {states.get(number) for number in acknowledged} == {CallState.SETTLED}
    # Of each kill at most what the three threads had under way is there without an acknowledgement.
    assert len(states) - len(acknowledged) <= 5 * 3
    tracker.record("fee")


def test_that_a_process_killed_while_it_opens_a_fresh_ledger_leaves_one_that_opens(tmp_path: Path, victims: Victims) -> None:
    for number in range(25):
        folder = tmp_path / str(number)
        folder.mkdir()
        config = folder / "budget.yaml"
        config.write_text(f"database: ledger.db\n{CONFIG}")
        process, reading = victims.start(open_only, config)
        os.read(reading, 1)
        time.sleep(random.uniform(0, 0.012))
        process.kill()
        process.join()
        with UsageTracker(config) as tracker:
            tracker.record("fee")
        assert verify(folder / "ledger.db").holds
        assert picture(folder / "ledger.db").totals.calls in (1, 2)


CUT_OFF = """\
import apsw, os, sys
db = apsw.Connection(sys.argv[1])
db.execute("BEGIN IMMEDIATE; CREATE TABLE half (id INTEGER)")
db.cache_flush()
os._exit(0)
"""


def test_that_a_file_whose_creation_was_cut_off_becomes_a_ledger(ledger_folder: Path) -> None:
    path = ledger_folder / "ledger.db"
    subprocess.run([sys.executable, "-c", CUT_OFF, str(path)], check=True, timeout=60)
    assert path.with_name("ledger.db-journal").stat().st_size > 0
    config = ledger_folder / "budget.yaml"
    config.write_text(f"database: ledger.db\n{CONFIG}")
    with UsageTracker(config) as tracker:
        tracker.record("fee")
    assert picture(path).totals.calls == 1


def test_that_the_hold_of_a_killed_worker_is_never_free(make_tracker: MakeTracker, victims: Victims) -> None:
    tracker = make_tracker(CONFIG)
    process, reading = victims.start(hold_until_killed, tracker.config.path)
    os.read(reading, 1)
    assert budget(tracker, "calls").held == 1
    process.kill()
    process.join()
    tracker.record("fee")
    with tracker.call("fee") as call:
        status = budget(tracker, "calls")
        assert (status.spent, status.held + status.in_doubt) == (1, 2)
        call.release()
    status = budget(tracker, "calls")
    assert status.held + status.in_doubt == 1


def test_that_a_stopped_worker_is_alive_and_keeps_its_hold(make_tracker: MakeTracker, victims: Victims) -> None:
    tracker = make_tracker(CONFIG)
    process, reading = victims.start(hold_until_killed, tracker.config.path)
    os.read(reading, 1)
    os.kill(process.pid, signal.SIGSTOP)
    with tracker.call("fee") as call:
        call.release()
    stopped = next(worker for worker in picture(tracker).workers if worker.pid == process.pid)
    assert stopped.alive
    assert stopped.held == 50_000_000
    status = budget(tracker, "calls")
    assert (status.held, status.in_doubt) == (1, 0)


def test_that_a_worker_stopped_by_the_system_is_known_to_be_dead(make_tracker: MakeTracker, victims: Victims) -> None:
    tracker = make_tracker(CONFIG)
    tracker.record("fee")
    process, reading = victims.start(hold_until_killed, tracker.config.path)
    os.read(reading, 1)
    assert {worker.pid: worker.alive for worker in picture(tracker).workers} == {os.getpid(): True, process.pid: True}
    process.kill()
    process.join()
    assert {worker.pid: worker.alive for worker in picture(tracker).workers} == {os.getpid(): True, process.pid: False}
