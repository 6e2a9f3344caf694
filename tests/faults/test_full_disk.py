"""A full disk: the error says so, nothing is half written, and work goes on once there is space."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from integration.ledger_view import picture

from budgetmon import LedgerError, Usage, UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.core.storage.errors import LedgerFullError
from budgetmon.monitor.export.formats import WRITERS, Format, Order, export
from budgetmon.monitor.trouble import LedgerTrouble

CONFIG = """\
database: ledger.db
durability: process
models: {m: {provider: p, per_call: 0.01}}
budgets: [{name: b, limit: 1000000 calls, per: lifetime}]
"""


class Disk:
    """A small file system that a test can fill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "budget.yaml"
        self.config.write_text(CONFIG)
        self._filler = folder / "filler"

    def replace_config(self, text: str) -> None:
        """Puts another config in place in one step; it takes no space of this file system."""
        elsewhere = self.folder.parent / "budget.yaml"
        elsewhere.write_text(text)
        self.config.unlink()
        self.config.symlink_to(elsewhere)

    def fill(self) -> None:
        with self._filler.open("ab", buffering=0) as file:
            for size in (65_536, 4_096, 1):
                try:
                    while file.write(b"\0" * size):
                        pass
                except OSError:
                    continue

    def leave(self, room: int) -> None:
        """Fills all but so many bytes."""
        self.fill()
        os.truncate(self._filler, self._filler.stat().st_size - room)

    def free(self) -> None:
        self._filler.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("needs the superuser, to mount a small file system")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=755", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this system does not let tests mount a file system")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def tracker(disk: Disk) -> Iterator[UsageTracker]:
    tracker = UsageTracker(disk.config)
    yield tracker
    with suppress(LedgerError):  # it says so when it cannot sign off
        tracker.close()


def record_until_full(tracker: UsageTracker) -> int:
    for number in range(100_000):
        try:
            tracker.record("m", tag=f"tag {number}")
        except LedgerFullError:
            return number
    raise AssertionError("the disk never got full")


def test_that_a_full_disk_is_said_and_loses_nothing(disk: Disk, tracker: UsageTracker) -> None:
    tracker.record("m")
    disk.fill()
    acknowledged = 1 + record_until_full(tracker)
    for _ in range(3):
        with pytest.raises(LedgerFullError, match="disk is full"):
            tracker.record("m")
    assert tracker.get_usage_summary()["totals"]["calls"] == acknowledged
    assert picture(tracker).totals.calls == acknowledged
    assert verify(tracker.db_path).holds
    disk.free()
    tracker.record("m")
    assert picture(tracker).totals.calls == acknowledged + 1
    assert verify(tracker.db_path).holds


def test_that_a_call_that_could_not_be_settled_can_be_settled_later(disk: Disk, tracker: UsageTracker) -> None:
    with tracker.call("m") as call:
        disk.fill()
        record_until_full(tracker)
        with pytest.raises(LedgerFullError):
            call.settle(Usage())
        assert picture(tracker).totals.held == 10_000_000
        disk.free()
        call.settle(Usage())
    assert picture(tracker).totals.held == 0
    assert verify(tracker.db_path).holds


def test_that_a_hold_that_cannot_be_stored_is_no_admission(disk: Disk, tracker: UsageTracker) -> None:
    tracker.record("m")
    disk.fill()
    count = 1 + record_until_full(tracker)
    with pytest.raises(LedgerFullError), tracker.call("m"):
        pytest.fail("a call went ahead without a hold")
    assert len(picture(tracker).calls) == count


def test_that_each_of_many_threads_hears_of_it(disk: Disk, tracker: UsageTracker) -> None:
    tracker.record("m")
    disk.fill()
    with ThreadPoolExecutor(8) as pool:
        acknowledged = 1 + sum(pool.map(lambda _: record_until_full(tracker), range(8)))
    assert picture(tracker).totals.calls == acknowledged
    assert verify(tracker.db_path).holds
    disk.free()
    tracker.record("m")


OPEN = """\
import sys
from budgetmon import LedgerError, UsageTracker
try:
    with UsageTracker(sys.argv[1]) as tracker:
        tracker.record("m")
except LedgerError as error:
    sys.exit(type(error).__name__)
"""


def opened_in_a_process(config: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", OPEN, str(config)], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("used_before", [True, False], ids=["an old ledger", "a new ledger"])
def test_that_opening_on_a_full_disk_is_an_error_and_no_crash(used_before: bool, disk: Disk) -> None:
    if used_before:
        assert opened_in_a_process(disk.config).returncode == 0
    disk.fill()
    outcome = opened_in_a_process(disk.config)
    assert outcome.returncode in (0, 1), outcome.stderr  # an old log may have room for one more call
    if outcome.returncode:
        assert outcome.stderr.strip() == "LedgerFullError"
    disk.free()
    outcome = opened_in_a_process(disk.config)
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert verify(disk.folder / "ledger.db").holds


def test_that_a_worker_that_signs_off_on_a_full_disk_does_so_in_peace_or_says_why(
    disk: Disk, close_errors: Callable[[UsageTracker], list[Exception]]
) -> None:
    tracker = UsageTracker(disk.config)
    tracker.record("m")
    disk.fill()
    count = 1 + record_until_full(tracker)
    assert all(isinstance(error, LedgerError) for error in close_errors(tracker))
    assert close_errors(tracker) == []
    assert descriptors_below(disk.folder) == []
    disk.free()
    assert picture(tracker).totals.calls == count
    assert not any(worker.alive for worker in picture(tracker).workers)


def test_that_fail_open_lets_calls_through(disk: Disk) -> None:
    disk.config.write_text(CONFIG + "fail_open: true\n")
    tracker = UsageTracker(disk.config)
    tracker.record("m")
    disk.fill()
    count = 1 + record_until_full(tracker)
    time.sleep(1.1)  # the next call looks after the config and the ledger's upkeep
    with tracker.call("m") as call:
        call.settle(Usage())
    assert call.id == 0
    disk.free()
    tracker.close()
    assert picture(tracker).totals.calls == count


def test_that_a_changed_config_is_taken_up_once_there_is_space(disk: Disk, tracker: UsageTracker) -> None:
    tracker.record("m")
    disk.fill()
    record_until_full(tracker)
    disk.replace_config(CONFIG.replace("1000000 calls", "2000000 calls").replace("0.01", "0.02"))
    time.sleep(1.1)
    with suppress(LedgerError):
        tracker.record("m")
    disk.free()
    time.sleep(1.1)
    tracker.record("m")
    assert [one.limit for one in tracker.config.budgets or ()] == [2_000_000]
    assert picture(tracker).calls[0].cost == 20_000_000
    assert [one.limit for one in tracker.budgets] == [2_000_000]


def descriptors_below(folder: Path) -> list[str]:
    """The files in ``folder`` that this process has open."""
    links = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            links.append(str(link.readlink()))
    return [name for name in links if name.startswith(f"{folder}/")]


@pytest.fixture
def close_errors() -> Callable[[UsageTracker], list[Exception]]:
    def close(tracker: UsageTracker) -> list[Exception]:
        try:
            tracker.close()
        except Exception as error:
            return [error]
        return []

    return close


@pytest.mark.parametrize("format", [each for each in Format if each in WRITERS or each is Format.SQLITE])
def test_that_an_export_to_a_full_disk_leaves_nothing_behind(
    format: Format, disk: Disk, make_tracker: Callable[..., UsageTracker]
) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 0.01}}")
    for number in range(600):
        tracker.record("m", tag=f"{number * 7919 % 1009}")
    disk.leave(8_192)
    before = sorted(disk.folder.iterdir())
    order = Order(tracker.db_path, disk.folder / "export", format)
    if format is Format.FOCUS:  # a line an hour: it fits
        disk.leave(0)
    with pytest.raises((OSError, LedgerTrouble)) as raised:
        export(order)
    assert "full" in str(raised.value) or "No space left" in str(raised.value)
    assert sorted(disk.folder.iterdir()) == before
    disk.free()
    export(order)
    assert order.target.exists()
