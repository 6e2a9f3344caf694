"""Models of tables: they announce what differs and nothing else."""

from dataclasses import replace
from typing import Any

import pytest
from gui.snapshots import NOW, ZONE, rich_snapshot, with_calls
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.calls import CallState
from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.state.caches_model import CachesModel
from budgetmon.gui.state.calls_model import CallsModel
from budgetmon.gui.state.formatting import NOTHING
from budgetmon.gui.state.models_model import ModelsModel
from budgetmon.gui.state.refusals_model import RefusalsModel
from budgetmon.gui.state.rows_model import SORT_ROLE, Clock, RowsModel
from budgetmon.gui.state.workers_model import WorkersModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.table import ROW_HEIGHT, shown_columns

CLOCK = Clock(ZONE, NOW)
RICH = rich_snapshot()


class Changes:
    """Counts what a model announces."""

    def __init__(self, model: RowsModel[Any]) -> None:
        self.inserted: list[tuple[int, int]] = []
        self.removed: list[tuple[int, int]] = []
        self.changed: list[int] = []
        self.resets = 0
        model.rowsInserted.connect(self.on_inserted)
        model.rowsRemoved.connect(self.on_removed)
        model.dataChanged.connect(self.on_changed)
        model.modelReset.connect(self.on_reset)

    def on_inserted(self, parent: object, first: int, last: int) -> None:
        self.inserted.append((first, last))

    def on_removed(self, parent: object, first: int, last: int) -> None:
        self.removed.append((first, last))

    def on_changed(self, top: Any, bottom: Any) -> None:
        self.changed += range(top.row(), bottom.row() + 1)

    def on_reset(self) -> None:
        self.resets += 1


@pytest.mark.parametrize(
    ("model", "rows"),
    [
        (CallsModel, RICH.calls),
        (RefusalsModel, RICH.refusals),
        (CachesModel, RICH.caches),
        (WorkersModel, RICH.workers),
        (ModelsModel, RICH.models),
    ],
)
def test_that_every_model_obeys_the_rules_of_qt(
    model: type[RowsModel[Any]], rows: tuple[Any, ...], qtmodeltester: ModelTester
) -> None:
    made = model()
    strict = QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for shown in (rows[3:], rows, rows[:2], rows[1:], ()):
        made.show(shown, CLOCK)
    made.show(rows, CLOCK)
    qtmodeltester.check(made)
    for row in range(made.rowCount()):
        for column in range(made.columnCount()):
            assert isinstance(made.index(row, column).data(), str)
            assert made.index(row, column).data(SORT_ROLE) is not None
    del strict


def test_that_new_calls_are_inserted_at_the_top_and_old_ones_stay(qapp: object) -> None:
    model = CallsModel()
    model.show(RICH.calls, CLOCK)
    kept = QPersistentModelIndex(model.index(10, 0))
    changes = Changes(model)
    model.show(with_calls(RICH, 3).calls, CLOCK)
    assert (changes.inserted, changes.removed, changes.changed, changes.resets) == ([(0, 2)], [], [], 0)
    assert kept.row() == 13


def test_that_a_settled_call_changes_its_own_row_only(qapp: object) -> None:
    model = CallsModel()
    model.show(RICH.calls, CLOCK)
    changes = Changes(model)
    settled = replace(RICH.calls[1], state=CallState.SETTLED, cost=5_000_000)
    model.show((RICH.calls[0], settled, *RICH.calls[2:]), CLOCK)
    assert (changes.changed, changes.inserted, changes.removed, changes.resets) == ([1], [], [], 0)


def test_that_rows_beyond_the_bound_are_removed_from_the_end(qapp: object) -> None:
    model = CallsModel()
    model.show(RICH.calls, CLOCK)
    changes = Changes(model)
    model.show((*with_calls(RICH, 5).calls[:5], *RICH.calls[:-5]), CLOCK)
    assert changes.removed == [(len(RICH.calls) - 5, len(RICH.calls) - 1)]
    assert changes.inserted == [(0, 4)]


def test_that_nothing_is_announced_when_nothing_changed(qapp: object) -> None:
    model = CallsModel()
    model.show(RICH.calls, CLOCK)
    changes = Changes(model)
    model.show(RICH.calls, CLOCK)
    assert (changes.changed, changes.inserted, changes.removed, changes.resets) == ([], [], [], 0)


def test_that_rows_that_changed_places_are_shown_in_their_new_order(qapp: object) -> None:
    model = CachesModel()
    model.show(RICH.caches, CLOCK)
    model.show(RICH.caches[::-1], CLOCK)
    assert [model.index(row, 0).data() for row in range(3)] == ["embeddings", "ticker-info", "earnings"]


def test_that_an_unpriced_call_says_so_and_an_unasked_cache_shows_no_zero(qapp: object) -> None:
    calls = CallsModel()
    unpriced = replace(RICH.calls[5], state=CallState.SETTLED, cost=None)
    calls.show((unpriced,), CLOCK)
    titles = [column.title for column in calls.columns]
    assert calls.index(0, titles.index("Cost")).data() == "unpriced"
    caches = CachesModel()
    caches.show(RICH.caches, CLOCK)
    assert caches.index(2, 1).data() == NOTHING


@pytest.fixture
def panel(qtbot: QtBot, themer: Themer) -> TablePanel:
    panel = TablePanel(themer, CallsModel(), "Calls", ("ledger", "No calls yet", "They appear here."))
    qtbot.addWidget(panel)
    panel.resize(900, 10 * ROW_HEIGHT)
    panel.show()
    return panel


def test_that_new_rows_move_neither_scroll_nor_selection(panel: TablePanel) -> None:
    table = panel.table
    panel.show_rows(RICH.calls, CLOCK)
    table.verticalScrollBar().setValue(20 * ROW_HEIGHT + 7)
    at_top = table.indexAt(table.viewport().rect().topLeft()).data()
    table.selectRow(22)
    y = table.rowViewportPosition(22)
    panel.show_rows(with_calls(RICH, 4).calls, CLOCK)
    assert table.indexAt(table.viewport().rect().topLeft()).data() == at_top
    assert [index.row() for index in table.selectionModel().selectedRows()] == [26]
    assert table.rowViewportPosition(26) == y


def test_that_the_newest_rows_show_while_the_table_is_at_its_top(panel: TablePanel) -> None:
    panel.show_rows(RICH.calls, CLOCK)
    panel.show_rows(with_calls(RICH, 4).calls, CLOCK)
    assert panel.table.verticalScrollBar().value() == 0


def test_that_an_empty_table_gives_way_to_words(panel: TablePanel) -> None:
    panel.show_rows((), CLOCK)
    assert panel.currentWidget() is not panel.table
    panel.show_rows(RICH.calls, CLOCK)
    assert panel.currentWidget() is panel.table


def test_that_copying_gives_tab_separated_rows_under_their_headers(panel: TablePanel) -> None:
    panel.show_rows(RICH.calls, CLOCK)
    select = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in (3, 5):
        panel.table.selectionModel().select(panel.table.model().index(row, 0), select)
    panel.table.copy_rows()
    header, *lines = QGuiApplication.clipboard().text().splitlines()
    assert header.split("\t")[:3] == ["Time", "State", "Provider"]
    assert len(lines) == 2
    fields = dict(zip(header.split("\t"), lines[0].split("\t"), strict=True))
    assert fields["Provider"] == RICH.calls[3].provider
    assert "$" not in lines[0], "money is copied as plain exact digits"


def test_that_sorting_by_cost_uses_the_exact_amounts(panel: TablePanel) -> None:
    panel.show_rows(RICH.calls, CLOCK)
    titles = [column.title for column in CallsModel().columns]
    panel.table.sortByColumn(titles.index("Cost"), Qt.SortOrder.DescendingOrder)
    model = panel.table.model()
    shown = [model.index(row, titles.index("Cost")).data(SORT_ROLE) for row in range(model.rowCount())]
    assert shown == sorted(shown, reverse=True)


def test_that_optional_columns_go_first_when_room_is_short(qapp: object) -> None:
    columns = CallsModel().columns
    needed = sum(column.width for column in columns if not column.optional)
    assert len(shown_columns(columns, 100)) == sum(1 for column in columns if not column.optional)
    first = next(column.width for column in columns if column.optional)
    assert len(shown_columns(columns, needed + first)) == len(shown_columns(columns, 100)) + 1
    assert len(shown_columns(columns, 5000)) == len(columns)
