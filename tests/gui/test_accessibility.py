"""Everything can be reached by key and is named for screen readers."""

from dataclasses import replace

from gui.fakes import FakeLedger
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.panels.provider_card import ProviderCard
from budgetmon.gui.panels.runs_panel import RunsPanel


def ours(window: MainWindow) -> list[QWidget]:
    """The controls of the window, without those inside of Qt's own compound widgets and without the test runs."""
    kinds = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, ProviderCard)
    runs = window.findChild(RunsPanel)
    inside = (QTabBar, QComboBox, QHeaderView)
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, kinds)
        and not isinstance(widget, QHeaderView)
        and not widget.isHidden()
        and not runs.isAncestorOf(widget)
        and not any(isinstance(parent, inside) for parent in _parents(widget))
        and widget.objectName() not in ("qt_toolbar_ext_button", "qt_tableview_cornerbutton")
        and type(widget.parent()).__name__ not in ("QTableView", "Table")
    ]


def _parents(widget: QWidget) -> list[QWidget]:
    found, parent = [], widget.parentWidget()
    while parent is not None:
        found.append(parent)
        parent = parent.parentWidget()
    return found


def test_that_every_control_has_a_name(window: MainWindow) -> None:
    controls = ours(window)
    assert len(controls) > 20
    nameless = [widget for widget in controls if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert not nameless


def test_that_every_control_takes_the_focus_by_tab(window: MainWindow) -> None:
    unreachable = [
        widget
        for widget in ours(window)
        if widget.isVisible() and widget.isEnabled() and not widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert not unreachable, [(type(widget).__name__, widget.accessibleName()) for widget in unreachable]


def test_that_every_action_has_words_a_tip_and_no_shortcut_twice(window: MainWindow, ledger: FakeLedger) -> None:
    actions = [action for action in window.actions() if action.text()]
    shortcuts = [action.shortcut().toString() for action in actions if not action.shortcut().isEmpty()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {"Ctrl+O", "Ctrl+E", "Ctrl+R", "F5", "Space", "F1", "Ctrl+Q"} <= set(shortcuts)
    assert all(action.toolTip() for action in actions)


def test_that_cards_say_state_and_amounts_in_words(window: MainWindow) -> None:
    card = window.dashboard.cards.card("perplexity")
    assert card is not None
    assert card.accessibleName() == "perplexity, warning"
    assert "$3.12 spent" in card.accessibleDescription()


def test_that_a_paused_provider_says_so_before_anything_else(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.snapshot = replace(ledger.snapshot, paused=("perplexity",))
    qtbot.waitUntil(lambda: window.snapshot is ledger.snapshot)
    card = window.dashboard.cards.card("perplexity")
    assert card is not None
    assert card.accessibleName() == "perplexity, paused"
