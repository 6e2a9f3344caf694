"""A window that is shown picture after picture: no thread, timer or widget more than after the first few."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

from gui.fakes import FakeClock, FakeLedger
from gui.snapshots import rich_snapshot, with_calls
from PySide6.QtCore import QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Themer

PICTURES = 120
WARM = 20


def counted(window: MainWindow) -> dict[str, int]:
    gc.collect()
    kinds = (QThread, QTimer, QWidget, QObject)
    return {kind.__name__: len(window.findChildren(kind)) for kind in kinds}


def test_that_many_pictures_leave_no_object_behind(qtbot: QtBot, themer: Themer, settings: Settings, clock: FakeClock) -> None:
    ledger = FakeLedger()
    window = MainWindow(Path("/x/ledger.db"), ledger.open, themer, settings, now=clock.now, period_ms=100_000)
    qtbot.addWidget(window)
    window.show()
    window.start()
    qtbot.waitUntil(lambda: window.snapshot is not None)
    before: dict[str, int] = {}
    for number in range(PICTURES):
        clock.pass_seconds(240)
        window.feed.pictured.emit(replace(with_calls(rich_snapshot(), number), as_of=clock.now()))
        QApplication.processEvents()
        if number == WARM:
            before = counted(window)
    assert all(number <= before[kind] for kind, number in counted(window).items()), (before, counted(window))
    window.close()
    assert all(thread.isFinished() for thread in window.findChildren(QThread))
    assert not any(timer.isActive() for timer in window.feed.findChildren(QTimer))
