"""The window on a real ledger that goes through every bad state and comes back: words, the last picture, and no crash."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from budgetmon import UsageTracker
from budgetmon.gui.app import open_reader
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.reader import LedgerReader

CONFIG = "models: {m: {provider: p, per_call: 1}}\n"
FILES = ("", "-wal", "-shm")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the ledger is to be; there is none yet."""
    return tmp_path / "desk" / "ledger.db"


def make_ledger(path: Path, calls: int) -> None:
    path.parent.mkdir(exist_ok=True)
    config = path.with_suffix(".yaml")
    config.write_text(f"database: {path}\n{CONFIG}")
    with UsageTracker(config) as tracker:
        for _ in range(calls):
            tracker.record("m")


def move(source: Path, target: Path) -> None:
    for suffix in FILES:
        shutil.move(f"{source}{suffix}", f"{target}{suffix}")


@pytest.fixture
def window(qtbot: QtBot, themer: Themer, settings: Settings, path: Path) -> Iterator[MainWindow]:
    window = MainWindow(path, open_reader, themer, settings, period_ms=10)
    qtbot.addWidget(window)
    window.show()
    window.start()
    yield window
    window.close()


def banner(window: MainWindow) -> str:
    message = window.notices.stack.message("trouble")
    return f"{message.headline}\n{message.detail}" if message else ""


def wait_for_picture(window: MainWindow, calls: int, qtbot: QtBot) -> None:
    def is_there() -> bool:
        return window.snapshot is not None and window.snapshot.totals.calls == calls and not banner(window)

    qtbot.waitUntil(is_there)
    assert window.pages.currentWidget() is window.dashboard


def harm(path: Path) -> None:
    content = path.read_bytes()
    for suffix in FILES[1:]:
        Path(f"{path}{suffix}").unlink()
    path.unlink()
    path.write_bytes(content[:2048] + b"\xa5" * (len(content) - 2048))


def make_newer(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("PRAGMA user_version = 99")
    db.close()


def replace_by_text(path: Path) -> None:
    path.unlink()
    path.write_text("hello\n" * 1000)


def take_away(path: Path) -> None:
    move(path, path.with_name("away.db"))


def take_folder_away(path: Path) -> None:
    path.parent.rename(path.parent.with_name("elsewhere"))


def empty(path: Path) -> None:
    path.unlink()
    path.touch()


BAD: dict[str, tuple[Callable[[Path], object], str]] = {
    "deleted": (take_away, "The ledger was deleted or moved\nPut it back"),
    "folder gone": (take_folder_away, "The ledger's disk or folder is gone\nConnect the disk"),
    "damaged": (harm, "The ledger is damaged\nStop the workers"),
    "newer": (make_newer, "Written by a newer budgetmon\nUpgrade"),
    "foreign": (replace_by_text, "Not a budgetmon ledger\nChoose another file"),
    "empty": (empty, "Not a budgetmon ledger\nThe file is empty"),
}


@pytest.mark.parametrize("name", BAD)
def test_that_a_ledger_goes_bad_under_its_last_picture_and_comes_back(
    name: str, window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_ledger(path, 2)
    wait_for_picture(window, 2, qtbot)
    shutil.copytree(path.parent, tmp_path / "copy")
    break_it, words = BAD[name]
    break_it(path)
    qtbot.waitUntil(lambda: banner(window).startswith(words))
    assert "last good picture" in banner(window)
    assert window.snapshot is not None
    assert window.snapshot.totals.calls == 2
    shutil.rmtree(path.parent, ignore_errors=True)
    shutil.copytree(tmp_path / "copy", path.parent)
    wait_for_picture(window, 2, qtbot)


def test_that_a_locked_ledger_says_so_until_it_is_free(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    make_ledger(path, 2)
    wait_for_picture(window, 2, qtbot)
    lock = (
        "import sys, apsw; db = apsw.Connection(sys.argv[1]); db.set_busy_timeout(5000)\n"
        "db.execute('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; UPDATE ledger SET zone = zone; COMMIT').fetchall()\n"
        "print('locked', flush=True); sys.stdin.read()"
    )
    window.feed.shutdown()
    window.close()
    locker = subprocess.Popen([sys.executable, "-c", lock, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with locker:
        assert locker.stdout is not None
        assert locker.stdout.readline() == "locked\n"
        second = MainWindow(path, open_reader, window._themer, window._settings, period_ms=10)
        qtbot.addWidget(second)
        second.show()
        second.start()
        try:
            qtbot.waitUntil(lambda: "The ledger is locked" in second.nothing.words())
            assert locker.stdin is not None
            locker.stdin.close()
            wait_for_picture(second, 2, qtbot)
        finally:
            second.close()


def test_that_a_ledger_that_is_replaced_is_shown_by_itself(
    window: MainWindow, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_ledger(path, 2)
    wait_for_picture(window, 2, qtbot)
    make_ledger(tmp_path / "other.db", 5)
    move(tmp_path / "other.db", path)
    wait_for_picture(window, 5, qtbot)


def offer(window: MainWindow, name: str) -> QPushButton:
    button = window.nothing.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button


def test_that_an_empty_window_waits_for_its_file_and_offers_what_makes_one(
    window: MainWindow, path: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: "No ledger here yet" in window.nothing.words() or "folder" in window.nothing.words())
    path.parent.mkdir()
    qtbot.waitUntil(lambda: window.nothing.words().startswith("No ledger here yet"))
    assert window.nothing.button.isVisible()
    assert offer(window, "demo").isVisible()
    qtbot.mouseClick(offer(window, "copy"), Qt.MouseButton.LeftButton)
    code = QGuiApplication.clipboard().text()
    assert len(code.splitlines()) == 5
    assert list(path.parent.iterdir()) == []
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=path.parent, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    wait_for_picture(window, 1, qtbot)


def test_that_a_file_dropped_on_the_empty_window_is_opened(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    make_ledger(tmp_path / "other.db", 5)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.db"))])
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    window.nothing.dropEvent(drop)
    wait_for_picture(window, 5, qtbot)


def test_that_the_window_leaves_no_file_beside_a_lone_ledger(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    make_ledger(path.with_name("made.db"), 3)
    for suffix in ("-wal", "-shm", "-gate", "-alive"):
        Path(f"{path.with_name('made.db')}{suffix}").unlink()
    path.with_name("made.db").rename(path)
    wait_for_picture(window, 3, qtbot)
    window.close()
    assert sorted(each.name for each in path.parent.iterdir()) == ["ledger.db", "made.yaml"]
    with LedgerReader(path) as reader:
        assert reader.snapshot().totals.calls == 3
