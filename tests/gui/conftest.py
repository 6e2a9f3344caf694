"""Fixtures of the desktop app's tests. Qt runs offscreen here; tests that want a real screen start their own in a child."""

from __future__ import annotations

import os

# Before Qt is imported, and whatever the caller's environment says: these tests must not open windows on anybody's desk.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui.fakes import FakeClock, FakeLedger
from PySide6.QtCore import QLocale, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from budgetmon.gui.app import make_application
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.number_style import NumberStyle, write_numbers
from budgetmon.gui.theme.themer import Scheme, Themer

LEDGER = Path("/srv/desk/ledger.db")


@pytest.fixture(autouse=True, scope="session")
def _application(qapp: QApplication) -> None:
    """Words that count come from the translators, in English too, so every test has an application."""
    make_application()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    old = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    yield
    QLocale.setDefault(old)
    write_numbers(NumberStyle())


@pytest.fixture
def themer(qapp: QApplication) -> Iterator[Themer]:
    themer = Themer(make_application(), Scheme.LIGHT)
    yield themer
    qapp.setStyleSheet("")
    themer.deleteLater()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def ledger() -> FakeLedger:
    return FakeLedger()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def open_window(
    qtbot: QtBot, themer: Themer, settings: Settings, ledger: FakeLedger, clock: FakeClock
) -> Iterator[Callable[[], MainWindow]]:
    """Opens windows on the fake ledger and closes them at the end."""
    opened: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(
            LEDGER, ledger.open, themer, settings, title_note="demo", now=clock.now, monotonic=clock.monotonic, period_ms=10
        )
        opened.append(window)
        qtbot.addWidget(window)
        window.show()
        window.start()
        return window

    yield make
    for window in opened:
        window.close()


@pytest.fixture
def window(open_window: Callable[[], MainWindow], qtbot: QtBot) -> MainWindow:
    """A window that shows its first picture."""
    window = open_window()
    qtbot.waitUntil(lambda: window.snapshot is not None)
    return window
