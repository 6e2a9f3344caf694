"""Columns of tables: which are shown, how wide and in which order is remembered, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gui.snapshots import NOW, ZONE, rich_snapshot
from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from budgetmon.gui.dashboard import Dashboard
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.calls_model import CallsModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.table import Table


@pytest.fixture
def table(qtbot: QtBot, themer: Themer) -> Iterator[Table]:
    model = CallsModel()
    table = Table(themer, model, "Calls")
    model.setParent(table)
    qtbot.addWidget(table)
    table.resize(900, 300)
    table.show()
    model.show(rich_snapshot().calls[:5], Clock(ZONE, NOW))
    yield table


def entries(table: Table) -> list[QAction]:
    """What the menu of the header offers."""
    table.horizontalHeader().customContextMenuRequested.emit(QPoint(5, 5))
    menu = next(menu for menu in table.findChildren(QMenu) if menu.isVisible())
    return menu.actions()


def choose(table: Table, title: str) -> None:
    actions = entries(table)
    next(action for action in actions if action.text() == title).trigger()
    actions[0].parent().close()


def looks(table: Table) -> list[tuple[int, int, bool]]:
    header = table.horizontalHeader()
    return [(header.visualIndex(n), header.sectionSize(n), table.isColumnHidden(n)) for n in range(header.count())]


def test_that_columns_are_hidden_and_shown_by_the_menu_of_the_header(table: Table) -> None:
    assert not table.isColumnHidden(2) and table.isColumnHidden(12)
    choose(table, "Provider")
    choose(table, "Run")
    assert table.isColumnHidden(2) and not table.isColumnHidden(12)
    assert "Provider" in table.as_tsv().splitlines()[0]  # what is copied is whole


def test_that_one_column_always_stays(table: Table) -> None:
    for action in [action.text() for action in entries(table) if action.isChecked()]:
        choose(table, action)
    assert table.horizontalHeader().hiddenSectionCount() == table.model().columnCount() - 1


def test_that_what_was_made_of_the_columns_is_told_and_restored(table: Table, themer: Themer, qtbot: QtBot) -> None:
    first = looks(table)
    assert table.columns_state().isEmpty()
    table.horizontalHeader().moveSection(0, 3)
    table.setColumnWidth(1, 222)
    choose(table, "Tag")
    changed = looks(table)
    state = table.columns_state()
    choose(table, "Columns as at first")
    assert looks(table) == first and table.columns_state().isEmpty()
    table.restore_columns(state)
    assert looks(table) == changed
    table.resize(1500, 300)
    assert looks(table) == changed


def test_that_a_state_that_fits_nothing_counts_as_none(table: Table) -> None:
    first = looks(table)
    state = table.columns_state()
    state.append(b"not a state")
    table.restore_columns(state)
    assert looks(table) == first


def test_that_the_columns_come_back_with_the_next_start(themer: Themer, settings: Settings, qtbot: QtBot) -> None:
    for turn in range(2):
        dashboard = Dashboard(themer)
        qtbot.addWidget(dashboard)
        dashboard.restore_layout(settings)
        assert dashboard.workers.table.isColumnHidden(3) == bool(turn)
        choose(dashboard.workers.table, "Host")
        if turn == 0:
            dashboard.save_layout(settings)
        else:
            dashboard.reset_layout()
            assert not dashboard.workers.table.isColumnHidden(3)
        dashboard.runs.shutdown()
