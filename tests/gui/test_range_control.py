"""The range of the charts: chosen, walked back, said in words, and asked for."""

from datetime import timedelta

import pytest
from gui.fakes import FakeClock, FakeLedger
from gui.snapshots import DAY, NOW
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from budgetmon.gui.dialogs.range_dialog import RangeDialog
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.widgets.range_bar import RangeBar

HOUR = 3_600_000


@pytest.fixture
def bar(window: MainWindow) -> RangeBar:
    bar = window.findChild(RangeBar)
    assert bar is not None
    return bar


def test_that_a_stretch_dragged_over_a_chart_is_asked_for_and_said_in_the_bar(
    window: MainWindow, ledger: FakeLedger, bar: RangeBar, qtbot: QtBot
) -> None:
    assert bar.custom.text() == ""
    window.dashboard.stretch_chosen.emit(NOW - 2 * HOUR, NOW - HOUR)
    qtbot.waitUntil(lambda: any(ask.until == NOW - HOUR and ask.span == timedelta(hours=1) for ask in ledger.asks))
    assert bar.custom.text().startswith("from ")
    assert not any(action.isChecked() for action in window.actions_registry.spans.actions())


def test_that_keys_walk_back_and_forward_and_a_double_click_follows_again(
    window: MainWindow, bar: RangeBar, qtbot: QtBot
) -> None:
    window.actions_registry.spans.actions()[3].trigger()
    window.dashboard.stretch_chosen.emit(NOW - 2 * HOUR, NOW - HOUR)
    assert window.feed.ask.until == NOW - HOUR
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (window.feed.ask.until, window.feed.ask.span) == (None, timedelta(hours=24))
    assert bar.custom.text() == ""
    qtbot.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert window.feed.ask.until == NOW - HOUR
    window.dashboard.follow_asked.emit()
    assert (window.feed.ask.until, window.feed.ask.span) == (None, timedelta(hours=24))
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window, Qt.Key.Key_0)
    assert window.ranges.current.follows


def test_that_choosing_the_preset_in_force_again_leaves_it_chosen(window: MainWindow) -> None:
    hour = window.actions_registry.spans.actions()[1]
    assert hour.isChecked()
    hour.trigger()
    assert hour.isChecked()
    assert not window.actions_registry["range_back"].isEnabled()


def test_that_the_window_of_the_chosen_budget_is_shown_and_grows(window: MainWindow, clock: FakeClock, bar: RangeBar) -> None:
    window.dashboard.choose("perplexity")
    budget = window.dashboard.charts.burn_down.chosen
    assert budget is not None
    window.actions_registry["range_window"].trigger()
    assert window.ranges.current.since == budget.window.start
    assert bar.custom.text().startswith("since ")
    before = window.feed.ask.span
    clock.pass_seconds(DAY / 1000)
    window.time.on_tick()
    assert window.feed.ask.span > before


def test_that_two_instants_are_chosen_in_the_shown_zone(window: MainWindow) -> None:
    window.ranges.on_range_custom()
    dialog = window.findChild(RangeDialog)
    assert dialog.since.timeZone().id().data().decode() == window.snapshot.ledger.zone  # type: ignore[union-attr]
    since = dialog.since.dateTime()
    dialog.since.setDateTime(dialog.until.dateTime().addSecs(60))
    show = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not show.isEnabled()
    dialog.since.setDateTime(since.addSecs(-3600))
    show.click()
    assert window.feed.ask.span == timedelta(hours=2)
    assert window.feed.ask.until is not None


def test_that_what_is_long_ago_is_shown_as_a_stretch_and_what_is_in_sight_changes_nothing(window: MainWindow) -> None:
    window.ranges.cover(NOW - HOUR // 2, NOW)
    assert window.ranges.current.span == timedelta(hours=1)
    window.ranges.cover(NOW - 3 * HOUR, NOW)
    assert window.ranges.current.span == timedelta(hours=6)
    window.ranges.cover(NOW - 40 * DAY, NOW - 39 * DAY)
    assert window.ranges.current.until is not None
