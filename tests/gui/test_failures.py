"""Failures of the app itself: logged, shown with a report to copy, and survived."""

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from gui.fakes import FakeLedger
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from budgetmon.gui.diagnosis import diagnosis, versions
from budgetmon.gui.dialogs.about import AboutDialog
from budgetmon.gui.failure_hook import FailureHook
from budgetmon.gui.failure_log import FailureLog
from budgetmon.gui.main_window import MainWindow


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "app.log"


@pytest.fixture
def hook(window: MainWindow, log: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FailureHook]:
    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    hook = FailureHook(window, FailureLog(log))
    yield hook
    hook.remove()
    assert sys.excepthook is sys.__excepthook__


def banner(window: MainWindow) -> str:
    message = window.notices.stack.message("failure")
    return message.detail if message else ""


def test_that_an_exception_in_a_slot_is_logged_shown_and_survived(
    window: MainWindow, hook: FailureHook, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        raise LookupError("no such panel")
    except LookupError as error:
        sys.excepthook(LookupError, error, error.__traceback__)
    assert "LookupError: no such panel" in banner(window)
    assert "no such panel" in capsys.readouterr().err
    assert "LookupError: no such panel" in log.read_text(encoding="utf-8")
    assert window.isVisible()


def test_that_an_exception_in_a_thread_reaches_the_window(
    window: MainWindow, hook: FailureHook, log: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    thread = threading.Thread(target=_fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "seventh" in banner(window))
    assert "seventh" in log.read_text(encoding="utf-8")


def _fail() -> None:
    raise ZeroDivisionError("the seventh bucket")


def test_that_what_the_poller_reports_is_logged_too(
    window: MainWindow, hook: FailureHook, log: Path, ledger: FakeLedger, qtbot: QtBot
) -> None:
    ledger.problem = ZeroDivisionError("the eighth bucket")
    qtbot.waitUntil(lambda: log.exists() and "the eighth bucket" in log.read_text(encoding="utf-8"))


def test_that_the_copied_report_begins_with_the_diagnosis(window: MainWindow) -> None:
    window.report_failure("Traceback\nValueError: x")
    window.notices.stack.acted.emit("failure")
    text = QGuiApplication.clipboard().text()
    assert text == f"{diagnosis()}\n\nTraceback\nValueError: x"


def test_that_the_log_stays_small_and_the_same_report_is_not_written_each_time(log: Path) -> None:
    written = FailureLog(log)
    for _ in range(100):
        written.write("again")
    assert log.read_text(encoding="utf-8").count("again") == 7
    for number in range(30):
        written.write(f"{number} " + "x" * 100_000)
    assert sum(path.stat().st_size for path in log.parent.iterdir()) < 2_500_000


def test_that_a_log_that_cannot_be_written_harms_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    FailureLog(tmp_path / "file" / "app.log").write("report")
    assert not (tmp_path / "file").is_dir()


def test_that_about_names_every_version_and_copies_the_diagnosis(window: MainWindow) -> None:
    window.help.on_about()
    dialog = window.findChild(AboutDialog)
    dialog.copy.click()
    text = QGuiApplication.clipboard().text()
    for name, value in versions():
        assert value
        assert f"{name}: {value}" in text
    assert {"budgetmon", "Python", "Qt", "PySide6", "pyqtgraph", "SQLite", "Platform"} <= {name for name, _ in versions()}
    dialog.close()
