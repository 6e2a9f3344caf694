"""The tree of results: its shape, its order, its filter, and that it keeps up with large runs."""

import time
from collections.abc import Iterable

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from budgetmon.gui.state.run_filter import RunFilter
from budgetmon.gui.state.run_tree import NOT_RUN, RUNNING, STATUS_ROLE, WAITING, Column, RunTree
from budgetmon.gui.widgets.run_results import RunResults
from budgetmon.runs.events import Collected, CollectError, Event, Outcome, TestFinished, TestStarted
from budgetmon.runs.summary import EndReason, ProcessEnd, RunState, close, fold

IDS = (
    "a.py::test_one",
    "a.py::test_two[x::y]",
    "a.py::TestGroup::test_three",
    "a.py::TestGroup::Inner::test_four[a::b[c]]",
    "dir/b.py::test_five",
)


def begun(id: str) -> TestStarted:
    return TestStarted(id, "/p/f.py", 3)


def ended(id: str, outcome: Outcome = Outcome.PASSED, seconds: float = 0.5) -> TestFinished:
    return TestFinished(id, outcome, seconds, "", None, (), "/p/f.py", 3)


def state_after(*events: Event, before: RunState | None = None) -> RunState:
    return fold(before or RunState(), events)


def outline(model: RunTree | RunFilter, parent: QModelIndex | None = None) -> list[object]:
    """The names of all rows, the children of each after it in a list of their own."""
    parent = parent or QModelIndex()
    lines: list[object] = []
    for row in range(model.rowCount(parent)):
        index = model.index(row, 0, parent)
        lines.append(index.data())
        if model.rowCount(index):
            lines.append(outline(model, index))
    return lines


def of(model: RunTree, id: str, column: Column = Column.OUTCOME) -> str:
    return str(model.index_of(id).siblingAtColumn(column).data())


@pytest.fixture
def tree(qtmodeltester: ModelTester) -> Iterable[RunTree]:
    tree = RunTree()
    yield tree
    qtmodeltester.check(tree)
    tree.deleteLater()


def test_that_tests_stand_below_their_class_and_file(tree: RunTree) -> None:
    tree.show(state_after(Collected(5, IDS)))

    assert outline(tree) == [
        "a.py",
        ["test_one", "test_two[x::y]", "TestGroup", ["test_three"], "TestGroup.Inner", ["test_four[a::b[c]]"]],
        "dir/b.py",
        ["test_five"],
    ]


def test_that_a_test_waits_runs_and_has_its_outcome(tree: RunTree) -> None:
    state = state_after(Collected(5, IDS))
    tree.show(state)
    assert of(tree, IDS[0]) == WAITING

    state = state_after(begun(IDS[0]), before=state)
    tree.show(state)
    assert of(tree, IDS[0]) == RUNNING
    assert of(tree, IDS[0], Column.SECONDS) == ""

    state = state_after(ended(IDS[0], Outcome.XFAILED, 1234.567), before=state)
    tree.show(state)
    assert of(tree, IDS[0]) == "xfailed"
    assert of(tree, IDS[0], Column.SECONDS) == "1,234.57"


def test_that_a_file_shows_the_worst_and_counts_and_adds_up(tree: RunTree) -> None:
    state = state_after(Collected(5, IDS), ended(IDS[0]), ended(IDS[2], Outcome.FAILED), begun(IDS[3]))
    tree.show(state)
    file = tree.index(0, 0)

    assert file.data(STATUS_ROLE) == "failed"
    assert file.siblingAtColumn(Column.OUTCOME).data() == "1 failed, 1 running, 1 passed, 1 waiting"
    assert file.siblingAtColumn(Column.SECONDS).data() == "1.00"


def test_that_a_file_is_running_between_two_of_its_tests(tree: RunTree) -> None:
    tree.show(state_after(Collected(5, IDS), ended(IDS[0])))

    assert tree.index(0, 0).data(STATUS_ROLE) == RUNNING
    assert tree.index(1, 0).data(STATUS_ROLE) == WAITING


def test_that_what_never_ran_says_so_at_the_end(tree: RunTree) -> None:
    state = state_after(Collected(5, IDS), ended(IDS[0]), begun(IDS[1]))
    tree.show(state)

    tree.show(close(state, ProcessEnd(EndReason.CANCELLED)))

    assert [of(tree, id) for id in IDS[:3]] == ["passed", NOT_RUN, NOT_RUN]


def test_that_a_crash_reaches_the_test_that_ran(tree: RunTree) -> None:
    state = state_after(Collected(5, IDS), begun(IDS[1]))
    tree.show(state)

    tree.show(close(state, ProcessEnd(EndReason.ITSELF, exit_code=0)))

    assert of(tree, IDS[1]) == "crashed"
    assert of(tree, IDS[1], Column.SECONDS) == ""


def test_that_files_that_could_not_be_collected_are_there_too(tree: RunTree) -> None:
    tree.show(state_after(CollectError("c.py", "no module", None, "/p/c.py")))
    tree.show(state_after(CollectError("c.py", "no module", None, "/p/c.py"), Collected(5, IDS)))

    assert outline(tree)[:2] == ["c.py", ["(whole file)"]]
    assert of(tree, "c.py") == "error"


def test_that_tests_that_nobody_announced_are_added(tree: RunTree) -> None:
    state = state_after(begun("late.py::test_a"))
    tree.show(state)
    tree.show(state_after(ended("late.py::test_a"), ended("late.py::test_b", Outcome.FAILED), before=state))

    assert outline(tree) == ["late.py", ["test_a", "test_b"]]
    assert tree.index(0, 0).siblingAtColumn(Column.OUTCOME).data() == "1 failed, 1 passed"


def test_that_a_second_result_of_a_test_replaces_the_first(tree: RunTree) -> None:
    state = state_after(ended("f.py::a", Outcome.FAILED, 1.0))
    tree.show(state)
    tree.show(state_after(ended("f.py::a", Outcome.PASSED, 2.0), before=state))

    file = tree.index(0, 0)
    assert [file.siblingAtColumn(column).data() for column in Column] == ["f.py", "1 passed", "2.00"]


def test_that_clear_starts_anew(tree: RunTree) -> None:
    tree.show(state_after(Collected(5, IDS)))
    tree.clear()
    assert outline(tree) == []

    tree.show(state_after(ended(IDS[4])))
    assert outline(tree) == ["dir/b.py", ["test_five"]]


def test_that_failures_can_come_first_and_selections_follow(tree: RunTree) -> None:
    state = state_after(Collected(5, IDS), *map(ended, IDS[:4]), ended(IDS[4], Outcome.FAILED))
    tree.show(state)
    kept = QPersistentModelIndex(tree.index_of(IDS[4]))

    tree.set_failed_first(True)
    assert outline(tree)[0] == "dir/b.py"
    assert tree.id_of(kept) == IDS[4]

    tree.set_failed_first(False)
    assert outline(tree)[0] == "a.py"
    assert tree.id_of(kept) == IDS[4]


def test_that_the_order_follows_new_failures_but_not_at_every_one(qtmodeltester: ModelTester) -> None:
    now = [100.0]
    tree = RunTree(clock=lambda: now[0])
    tree.set_failed_first(True)
    state = state_after(Collected(5, IDS), ended(IDS[0]))
    tree.show(state)

    state = state_after(ended(IDS[1], Outcome.FAILED), before=state)
    tree.show(state)
    assert outline(tree)[1][0] == "test_one"  # type: ignore[index]

    now[0] += 0.5
    state = state_after(ended(IDS[2]), before=state)
    tree.show(state)
    assert outline(tree)[1][0] == "test_two[x::y]"  # type: ignore[index]

    state = state_after(ended(IDS[4], Outcome.FAILED), before=state)
    tree.show(state)
    tree.show(close(state, ProcessEnd(EndReason.ITSELF, 1)))
    assert outline(tree)[0] == "a.py"
    qtmodeltester.check(tree)


def test_that_the_filter_follows_live_results(qtmodeltester: ModelTester) -> None:
    tree = RunTree()
    failures = RunFilter(tree)
    qtmodeltester.check(failures)
    failures.choose(["failed", "crashed"])
    state = state_after(Collected(5, IDS))
    tree.show(state)
    assert outline(failures) == []

    state = state_after(ended(IDS[0]), ended(IDS[3], Outcome.FAILED), begun(IDS[4]), before=state)
    tree.show(state)
    assert outline(failures) == ["a.py", ["TestGroup.Inner", ["test_four[a::b[c]]"]]]

    tree.show(close(state, ProcessEnd(EndReason.ITSELF, 0)))
    assert outline(failures)[-2:] == ["dir/b.py", ["test_five"]]

    failures.choose([])
    assert outline(failures) == outline(tree)


def test_that_every_row_says_in_words_what_it_is(tree: RunTree) -> None:
    tree.show(state_after(Collected(1, ("f.py::t[\n]",)), ended("f.py::t[\n]")))

    index = tree.index_of("f.py::t[\n]")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == r"t[\n], passed, 0.50"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == r"f.py::t[\n]"
    header = [tree.headerData(column, Qt.Orientation.Horizontal) for column in range(tree.columnCount())]
    assert header == ["Test", "Outcome", "Seconds"]


def test_that_a_collection_of_any_size_is_a_handful_of_signals(tree: RunTree, qtbot: QtBot) -> None:
    inserts: list[int] = []
    changes: list[int] = []
    tree.rowsInserted.connect(lambda parent, first, last: inserts.append(last - first + 1))
    tree.dataChanged.connect(lambda first, last: changes.append(last.row() - first.row() + 1))
    ids = tuple(f"f{number % 20}.py::test_{number}" for number in range(2_000))

    state = state_after(Collected(len(ids), ids))
    tree.show(state)
    assert inserts == [20]

    tree.show(state_after(*map(ended, ids[:400]), before=state))
    assert len(changes) == 21


def test_that_the_view_opens_failures_and_goes_from_one_to_the_next(qtbot: QtBot) -> None:
    view = RunResults()
    qtbot.addWidget(view)
    ids = tuple(f"f{number // 100}.py::test_{number}" for number in range(300))
    bad = (ids[120], ids[130], ids[250])
    state = state_after(Collected(300, ids))
    view.show_state(state)
    view.show_state(state_after(*(ended(id, Outcome.FAILED if id in bad else Outcome.PASSED) for id in ids), before=state))

    opened = [view.isExpanded(view.model().index(row, 0)) for row in range(3)]
    assert opened == [False, True, True]
    seen = []
    for step in (1, 1, 1, 1, -1, -1):
        view.go_to_failure(step)
        seen.append(view.current_id)
    assert seen == [bad[0], bad[1], bad[2], bad[0], bad[2], bad[1]]


def test_that_the_filter_keeps_the_current_test_and_what_was_open(qtbot: QtBot) -> None:
    view = RunResults()
    qtbot.addWidget(view)
    ids = tuple(f"f{number // 100}.py::test_{number}" for number in range(300))
    state = state_after(Collected(300, ids), *map(ended, ids[:299]), ended(ids[299], Outcome.FAILED))
    view.show_state(state)
    view.expand(view.model().index(1, 0))
    view.choose(ids[299])
    chosen: list[str] = []
    view.test_chosen.connect(chosen.append)

    view.filter([Outcome.FAILED])
    assert (view.current_id, view.model().rowCount()) == (ids[299], 1)
    view.filter([Outcome.SKIPPED])
    assert (view.current_id, view.model().rowCount()) == ("", 0)
    view.filter([])

    assert [view.isExpanded(view.model().index(row, 0)) for row in range(3)] == [False, True, True]
    assert chosen[-1] == ""


@pytest.mark.benchmark
def test_that_prints_what_20_000_results_cost(qtbot: QtBot) -> None:
    view = RunResults()
    qtbot.addWidget(view)
    view.resize(700, 900)
    view.show()
    ids = tuple(f"tests/f{number // 100}.py::TestGroup::test_{number}" for number in range(20_000))
    state = state_after(Collected(len(ids), ids))
    began = time.perf_counter()
    view.show_state(state)
    qtbot.wait(1)
    first = time.perf_counter() - began
    worst = 0.0
    for start in range(0, len(ids), 200):
        events = [
            ended(id, Outcome.PASSED if number % 50 else Outcome.FAILED) for number, id in enumerate(ids[start : start + 200])
        ]
        began = time.perf_counter()
        state = fold(state, events)
        view.show_state(state)
        qtbot.wait(1)
        worst = max(worst, time.perf_counter() - began)
    print(f"20,000 tests: insert {first * 1000:.0f} ms; worst of 100 ticks with 200 results each {worst * 1000:.0f} ms")  # noqa: T201
