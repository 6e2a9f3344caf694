"""The palette: everything that can be done is in it, found by letters, done by Enter."""

from datetime import timedelta

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from budgetmon.gui.dialogs.shortcuts import ShortcutsDialog
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.widgets.command_palette import CommandPalette


@pytest.fixture
def palette(window: MainWindow, qtbot: QtBot) -> CommandPalette:
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    return palette


def test_that_every_action_of_the_window_is_offered_with_its_keys(window: MainWindow, palette: CommandPalette) -> None:
    offered = {command.action for command in window.actions_registry.commands()}
    named = {action for action in window.actions() if isinstance(action, QAction) and action.text()}
    assert named <= offered
    enabled = [command for command in window.actions_registry.commands() if command.action.isEnabled()]
    assert palette.shown() == [command.text for command in enabled]
    assert palette.list.topLevelItem(0).text(1) == "Ctrl+O"


def test_that_every_action_does_something(window: MainWindow) -> None:
    actions = (window.actions_registry[spec.name] for spec in window.actions_registry.specs)
    assert not [action.objectName() for action in actions if not action.receivers(SIGNAL("triggered(bool)"))]


def test_that_letters_and_enter_bring_a_panel_to_the_front(window: MainWindow, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.dashboard.docks.is_in_front("calls"))
    qtbot.keyClicks(palette.words, "pawork")
    assert palette.shown()[0] == "Panel: Workers"
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.dashboard.docks.is_in_front("workers"))


def test_that_arrows_choose_while_the_words_keep_the_focus(window: MainWindow, palette: CommandPalette, qtbot: QtBot) -> None:
    qtbot.keyClicks(palette.words, "range7")
    assert palette.shown() == ["Range: 7 d"]
    qtbot.keyClicks(palette.words, "\b")
    first = palette.list.currentItem().text(0)
    qtbot.keyClick(palette.words, Qt.Key.Key_Up)
    assert palette.list.currentItem().text(0) == palette.shown()[-1]
    qtbot.keyClick(palette.words, Qt.Key.Key_Down)
    assert palette.list.currentItem().text(0) == first
    qtbot.keyClick(palette.words, Qt.Key.Key_PageDown)
    assert palette.list.currentItem().text(0) != first


def test_that_enter_with_nothing_found_does_nothing_and_escape_closes(
    window: MainWindow, palette: CommandPalette, qtbot: QtBot
) -> None:
    qtbot.keyClicks(palette.words, "qqqq")
    assert palette.shown() == []
    qtbot.keyClick(palette.words, Qt.Key.Key_Return)
    assert window.feed.ask.span == timedelta(hours=1)
    qtbot.keyClick(palette.words, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(CommandPalette) is None)


def test_that_the_sheet_of_keys_names_every_shortcut(window: MainWindow) -> None:
    window.help.on_shortcuts()
    sheet = next(dialog for dialog in window.findChildren(QDialog) if isinstance(dialog, ShortcutsDialog))
    words = {label.text() for label in sheet.findChildren(QLabel)}
    keys = {action.shortcut().toString() for action in window.actions() if not action.shortcut().isEmpty()}
    assert keys <= words
    assert {"Ledger", "Time", "View", "Help"} <= words
    sheet.close()
