"""Work in turns: one step at a time, the newest picture wins, a choice is never undone."""

from __future__ import annotations

from functools import partial

from gui.snapshots import rich_snapshot, with_calls
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from budgetmon.gui.in_turns import InTurns
from budgetmon.gui.main_window import MainWindow


def test_that_steps_run_one_by_one_and_newer_ones_take_the_place_of_the_rest(qapp: QApplication, qtbot: QtBot) -> None:
    owner = QObject()
    turns, seen = InTurns(owner), []
    turns.take([partial(seen.append, f"old {number}") for number in range(3)])
    assert seen == ["old 0"]
    turns.take([partial(seen.append, f"new {number}") for number in range(3)])
    assert seen == ["old 0", "new 0"]
    qtbot.waitUntil(lambda: turns.is_done)
    assert seen == ["old 0", "new 0", "new 1", "new 2"]


def test_that_a_choice_made_between_two_steps_stays(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.dashboard.turns.is_done)
    window.dashboard.show_picture(with_calls(rich_snapshot(), 5), window.dashboard.charts.now)
    assert not window.dashboard.turns.is_done
    window.dashboard.choose("gemini")
    qtbot.waitUntil(lambda: window.dashboard.turns.is_done)
    chosen = window.dashboard.charts.burn_down.chosen
    assert chosen is not None
    assert chosen.scope.provider == "gemini"
    assert window.dashboard.calls.table.model().rowCount() > 0
