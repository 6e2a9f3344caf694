"""Behind a locked screen nothing is asked; without a bus nothing happens, and no bus is ever started."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest
from gui.fakes import FakeClock, FakeLedger
from gui.snapshots import rich_snapshot, with_calls
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from budgetmon import UsageTracker
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.screen_lock import ScreenLock, session_bus

HERE = Path(__file__).parent
SOON = 20_000


class Bus:
    """A session bus of its own, and a screen saver on it in another process."""

    def __init__(self) -> None:
        # A limit of files that it may not raise makes it complain on stderr.
        self.daemon = subprocess.Popen(
            ["dbus-daemon", "--session", "--print-address", "--nofork"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self.daemon.stdout is not None
        self.address = self.daemon.stdout.readline().strip()
        self._saver = subprocess.Popen(
            [sys.executable, str(HERE / "screen_saver.py"), self.address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, active: bool, saver: str = "org.freedesktop.ScreenSaver") -> None:
        """The screen saver covers the screen, or goes away."""
        assert self._saver.stdin is not None
        assert self._saver.stdout is not None
        self._saver.stdin.write(f"{saver} {str(active).lower()}\n")
        self._saver.stdin.flush()
        assert self._saver.stdout.readline() == "told\n"

    def end(self) -> None:
        for process in (self._saver, self.daemon):
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


@pytest.fixture
def bus() -> Iterator[Bus]:
    if shutil.which("dbus-daemon") is None:
        pytest.skip("there is no dbus-daemon: install the package dbus")
    bus = Bus()
    yield bus
    bus.end()


@pytest.fixture
def lock_on() -> Iterator[Callable[[str | None], ScreenLock]]:
    made: list[ScreenLock] = []

    def make(address: str | None) -> ScreenLock:
        made.append(ScreenLock(address))
        return made[-1]

    yield make
    for lock in made:
        lock.close()
        lock.close()


def test_that_only_a_bus_that_runs_already_is_used(tmp_path: Path) -> None:
    assert session_bus({}) is None
    assert session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus"}) == "unix:path=/run/bus"
    for started in ("autolaunch:", "unixexec:path=/bin/true", "disabled:"):
        assert session_bus({"DBUS_SESSION_BUS_ADDRESS": started}) is None
    assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) is None
    with socket.socket(socket.AF_UNIX) as there:
        there.bind(str(tmp_path / "bus"))
        assert session_bus({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"


@pytest.mark.parametrize("address", [None, "unix:path=/nonexistent/bus", "unix:"])
def test_that_without_a_bus_nothing_happens(
    lock_on: Callable[[str | None], ScreenLock], address: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert not lock_on(address).locked
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("saver", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver", "org.mate.ScreenSaver"])
def test_that_a_lock_of_any_desktop_is_heard(
    bus: Bus, lock_on: Callable[[str | None], ScreenLock], qtbot: QtBot, saver: str
) -> None:
    lock = lock_on(bus.address)
    heard: list[bool] = []
    lock.changed.connect(heard.append)
    for active in (True, True, False):
        bus.say(active, saver)
    qtbot.waitUntil(lambda: heard == [True, False], timeout=SOON)


def test_that_a_person_at_the_keys_ends_a_lock_whose_end_was_not_told(
    lock_on: Callable[[str | None], ScreenLock], window: MainWindow
) -> None:
    lock = lock_on(None)
    lock.changed.connect(window.time.sleep)
    lock.on_active(True)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert lock.locked
    QTest.keyClick(window, Qt.Key.Key_Shift)
    assert not lock.locked


def test_that_nothing_is_asked_behind_a_lock_and_all_at_once_after_it(
    bus: Bus,
    lock_on: Callable[[str | None], ScreenLock],
    window: MainWindow,
    ledger: FakeLedger,
    clock: FakeClock,
    qtbot: QtBot,
) -> None:
    lock = lock_on(bus.address)
    lock.changed.connect(window.time.sleep)
    bus.say(True)
    qtbot.waitUntil(lambda: lock.locked, timeout=SOON)
    qtbot.waitUntil(lambda: not window.feed._in_flight)
    polls, ledger.snapshot = ledger.polls, with_calls(rich_snapshot(), 7)
    clock.pass_seconds(8 * 3600)
    for ask in (window.on_refresh, window.feed.ask_now):
        ask()
    qtbot.wait(150)  # fifteen periods
    assert ledger.polls == polls
    assert not window.dashboard._veil.isVisible()
    with qtbot.waitSignal(window.feed.pictured, timeout=SOON):
        bus.say(False)
    assert window.snapshot is ledger.snapshot
    assert window.status.age_words() == "Live, checked just now"


def test_that_the_time_behind_a_lock_does_not_look_like_trouble(
    lock_on: Callable[[str | None], ScreenLock], window: MainWindow, ledger: FakeLedger, clock: FakeClock, qtbot: QtBot
) -> None:
    lock = lock_on(None)
    lock.changed.connect(window.time.sleep)
    lock.on_active(True)
    qtbot.waitUntil(lambda: not window.feed._in_flight)
    clock.pass_seconds(8 * 3600)
    ledger.gate.clear()  # the first answer is slow
    lock.on_active(False)
    window.time.on_tick()
    assert window.status.age_words() == "Late, checked 8 h ago"
    assert not window.dashboard._veil.isVisible()
    clock.pass_seconds(60)
    window.time.on_tick()
    assert window.dashboard._veil.isVisible()
    ledger.gate.set()
    qtbot.waitUntil(lambda: window.status.age_words() == "Live, checked just now", timeout=SOON)


class App:
    """The whole app in a process of its own."""

    def __init__(self, ledger: Path, home: Path, **environment: str) -> None:
        kept = {
            name: value for name, value in os.environ.items() if name not in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
        }
        own = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "polling_app.py"), str(ledger)],
            env=kept | own | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._polls: Queue[str] = Queue()
        self._listener = Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._polls.put(line)

    def polls_within(self, seconds: float) -> bool:
        """Whether it asks at least once more before so many seconds have passed."""
        try:
            self._polls.get(timeout=seconds)
        except Empty:
            return False
        return True

    def end(self) -> tuple[int, str]:
        """Close it as a session's end does: its exit code, and what it wrote to stderr."""
        self.process.send_signal(signal.SIGTERM)
        try:
            assert self.process.stderr is not None
            complaints = self.process.stderr.read()
            code = self.process.wait(60)
        finally:
            self.process.kill()
            self.process.wait()
            self._listener.join()
            for pipe in (self.process.stdout, self.process.stderr):
                if pipe is not None:
                    pipe.close()
        return code, complaints


@pytest.fixture
def real_ledger(tmp_path: Path) -> Path:
    (tmp_path / "budget.yaml").write_text("database: ledger.db\nmodels: {quotes: {provider: tickerline}}\n", encoding="utf-8")
    with UsageTracker(tmp_path / "budget.yaml"):
        return tmp_path / "ledger.db"


def test_that_the_app_sleeps_behind_a_lock_wakes_after_it_and_leaves_the_bus_in_peace(
    bus: Bus, real_ledger: Path, tmp_path: Path
) -> None:
    app = App(real_ledger, tmp_path, DBUS_SESSION_BUS_ADDRESS=bus.address)
    try:
        assert app.polls_within(60)
        assert app.polls_within(60)  # its event loop runs, so it listens
        bus.say(True)
        while app.polls_within(4):
            pass
        bus.say(False)
        assert app.polls_within(60)
        assert app.polls_within(60)
    finally:
        assert app.end() == (0, "")


def test_that_a_bus_that_dies_takes_nothing_with_it(bus: Bus, real_ledger: Path, tmp_path: Path) -> None:
    app = App(real_ledger, tmp_path, DBUS_SESSION_BUS_ADDRESS=bus.address)
    try:
        assert app.polls_within(60)
        assert app.polls_within(60)
        bus.daemon.kill()
        bus.daemon.wait()
        assert app.polls_within(60)
    finally:
        assert app.end() == (0, "")


def test_that_no_bus_is_started_where_there_is_none(real_ledger: Path, tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    launcher = tools / "dbus-launch"
    launcher.write_text(f"#!/bin/sh\ntouch {tmp_path}/launched\n", encoding="utf-8")
    launcher.chmod(0o755)
    app = App(real_ledger, tmp_path, PATH=f"{tools}:{os.environ['PATH']}", DISPLAY=":99")
    try:
        assert app.polls_within(60)
        assert app.polls_within(60)
    finally:
        assert app.end() == (0, "")
    assert not (tmp_path / "launched").exists()
