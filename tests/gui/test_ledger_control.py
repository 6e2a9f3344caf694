"""Other ledgers: the last ones, and files that are dropped on the window."""

from collections.abc import Callable
from pathlib import Path

from gui.fakes import FakeLedger
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.recent_ledgers import recent_titles, with_recent

COPY = Qt.DropAction.CopyAction
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def drop(target: QWidget, *paths: str) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    entered = QDragEnterEvent(QPoint(5, 5), COPY, data, LEFT, NONE)
    QApplication.sendEvent(target, entered)
    if entered.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(5, 5), COPY, data, LEFT, NONE))
    return entered.isAccepted()


def test_that_the_newest_comes_first_each_once_and_only_some_are_kept() -> None:
    assert with_recent(["/a", "/b", "/c"], "/c") == ["/c", "/a", "/b"]
    assert len(with_recent([f"/{number}" for number in range(30)], "/new")) == 10


def test_that_ledgers_of_one_name_are_told_apart_by_their_folders() -> None:
    assert recent_titles(["/a/x.db", "/b/x.db", "/b/y.db"]) == ["x.db  (/a)", "x.db  (/b)", "y.db"]


def test_that_a_file_dropped_on_the_window_is_opened(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    assert drop(window, "/elsewhere/other.db")
    assert window.windowTitle().startswith("other.db")
    qtbot.waitUntil(lambda: Path("/elsewhere/other.db") in ledger.paths)


def test_that_several_files_at_once_are_not_taken(window: MainWindow) -> None:
    assert not drop(window, "/a.db", "/b.db")
    assert window.windowTitle().startswith("ledger.db")


def test_that_a_ledger_that_showed_a_picture_is_offered_again(window: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    window._title_note = None
    settings.recent_ledgers = ["/old/one.db"]
    window.open_ledger("/new/two.db")
    qtbot.waitUntil(lambda: settings.recent_ledgers == ["/new/two.db", "/old/one.db"])
    window.ledgers.recent.fill()
    titles = [action.text() for action in window.ledgers.recent.actions()]
    assert titles == ["two.db", "one.db"]
    window.ledgers.recent.actions()[1].trigger()
    assert window.windowTitle().startswith("one.db")


def test_that_a_list_of_no_use_counts_as_absent(settings: Settings) -> None:
    for stored in ("nonsense", "7", "{}"):
        settings._store.setValue("ledgers/recent", stored)
        assert settings.recent_ledgers == []


def test_that_a_ledger_that_another_window_shows_is_not_opened_here(
    window: MainWindow, open_window: Callable[[], MainWindow]
) -> None:
    window._claim = lambda path: False
    window.open_ledger("/elsewhere/other.db")
    assert window.windowTitle().startswith("ledger.db")
    assert window.snapshot is not None
