"""The runs panel with real runs, by its own buttons and keys."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QDesktopServices, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QLabel, QPlainTextEdit, QProgressBar, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.runs import RunStatus
from budgetmon.gui.panels.runs_panel import RunsPanel
from budgetmon.gui.process.command import Place
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.state.run_subject import RunSubject
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.run_bar import RunBar
from budgetmon.gui.widgets.run_comparison import RunComparison
from budgetmon.gui.widgets.run_counts import RunCounts
from budgetmon.gui.widgets.run_details import RunDetails
from budgetmon.gui.widgets.run_empty import RunEmpty
from budgetmon.gui.widgets.run_outcome_look import outcome_colour
from budgetmon.gui.widgets.run_output import KEPT_BYTES, RunOutput
from budgetmon.gui.widgets.run_progress import RunProgress
from budgetmon.gui.widgets.run_results import RunResults
from budgetmon.gui.widgets.table import Table
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import RunRow
from budgetmon.runs.events import Outcome
from budgetmon.runs.process_group import is_gone
from budgetmon.runs.summary import RunState, Verdict

SAMPLES = Path(__file__).parents[1] / "integration" / "sample_projects"
WAIT_MS = 20_000
T = TypeVar("T", bound=QWidget)


@pytest.fixture(autouse=True)
def _quick_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


CONFIG = """
database: ledger.db
timezone: UTC
durability: process
runs:
  - {name: every outcome, kind: pytest, cwd: every_outcome}
  - {name: abort, kind: pytest, cwd: abort}
  - {name: say hello, kind: workload, args: [-c, "print('hello')"]}
"""


@pytest.fixture
def panel(qtbot: QtBot, themer: Themer, tmp_path: Path) -> Iterator[RunsPanel]:
    config = tmp_path / "budget.yaml"
    config.write_text(CONFIG)
    panel = RunsPanel(themer)
    panel.use(Place(tmp_path / "ledger.db", config))
    qtbot.addWidget(panel)
    panel.resize(1100, 700)
    panel.show()
    yield panel
    panel.shutdown()


def copy_of(name: str, tmp_path: Path) -> Path:
    return Path(shutil.copytree(SAMPLES / name, tmp_path / name))


def run(qtbot: QtBot, panel: RunsPanel, folder: Path) -> RunState:
    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS) as finished:
        panel.start(folder)
    state = finished.args[0] if finished.args else None
    assert isinstance(state, RunState)
    return state


def part(panel: RunsPanel, kind: type[T]) -> T:
    found = panel.findChild(kind)
    assert found is not None
    return found


def button(panel: RunsPanel, name: str) -> QAbstractButton:
    (found,) = [each for each in panel.findChildren(QAbstractButton) if each.accessibleName() == name]
    return found


def text_of(panel: RunsPanel) -> str:
    return part(panel, RunDetails).text()


def test_that_before_the_first_run_the_panel_says_what_to_do(panel: RunsPanel) -> None:
    empty = part(panel, RunEmpty)

    assert empty.isVisible()
    assert "No test run yet" in [label.text() for label in empty.findChildren(QLabel)]
    assert not part(panel, RunResults).isVisible()
    assert not panel.running
    for name in ("Cancel", "Rerun failed"):
        assert not button(panel, name).isEnabled()
    assert button(panel, "Run").isEnabled()
    assert button(panel, "Choose what to run").isEnabled()


def test_that_a_run_fills_the_panel(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("every_outcome", tmp_path)
    started: list[object] = []
    panel.run_started.connect(started.append)

    state = run(qtbot, panel, folder)

    assert started == [RunSubject.of_folder(folder)]
    assert state is panel.state
    assert state.verdict is Verdict.FAILED
    assert not part(panel, RunEmpty).isVisible()
    assert part(panel, RunProgress).words() == "Failed 28 of 28"
    bar = part(panel, QProgressBar)
    assert (bar.value(), bar.maximum()) == (28, 28)
    counts = part(panel, RunCounts)
    shown = {outcome: counts.button(outcome).text() for outcome in Outcome if counts.button(outcome).isVisible()}
    assert shown == {
        Outcome.PASSED: "14 passed",
        Outcome.FAILED: "8 failed",
        Outcome.ERROR: "3 error",
        Outcome.SKIPPED: "2 skipped",
        Outcome.XFAILED: "2 xfailed",
        Outcome.XPASSED: "1 xpassed",
    }
    assert not any(counts.button(outcome).icon().isNull() for outcome in Outcome)


def test_that_the_first_failure_is_shown_at_the_end(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("every_outcome", tmp_path))

    assert part(panel, RunResults).current_id == "check_noisy.py::test_prints_bytes_that_are_not_utf8"


def test_that_the_details_go_below_the_tree_in_a_narrow_panel(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, tmp_path / "missing")
    splitter = part(panel, QSplitter)
    assert splitter.orientation() is Qt.Orientation.Horizontal

    panel.resize(600, 700)

    assert splitter.orientation() is Qt.Orientation.Vertical


def test_that_a_failure_is_shown_with_its_output_and_can_be_copied(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("every_outcome", tmp_path)
    run(qtbot, panel, folder)

    part(panel, RunResults).choose("check_outcomes.py::test_fails")

    text = text_of(panel)
    assert text.startswith("check_outcomes.py::test_fails\nassert (1 + 1) == 3\nfailed in ")
    assert f"{folder / 'check_outcomes.py'}:" in text
    assert "E       assert (1 + 1) == 3" in text
    assert "Captured stdout call" in text
    assert "seen before the failure" in text
    qtbot.mouseClick(button(panel, "Copy the details of this test"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text


def test_that_large_and_odd_output_is_shown_without_harm(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("every_outcome", tmp_path))
    results = part(panel, RunResults)

    results.choose("check_noisy.py::test_prints_four_megabytes")
    assert "4,194,304 characters, shortened" in text_of(panel)
    assert panel.minimumSizeHint().width() < 1100
    results.choose("check_odd_ids.py::test_odd[lone \udcff surrogate]")
    assert r"test_odd[lone \udcff surrogate]" in text_of(panel)


def test_that_the_counts_filter_the_tree(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("every_outcome", tmp_path))
    counts, model = part(panel, RunCounts), part(panel, RunResults).model()
    everything = model.rowCount()

    qtbot.mouseClick(counts.button(Outcome.XPASSED), Qt.MouseButton.LeftButton)
    assert model.rowCount() == 1
    assert model.index(0, 0).data() == "check_outcomes.py"
    assert text_of(panel) == "", "the test that was shown is filtered out"
    qtbot.mouseClick(counts.button(Outcome.ERROR), Qt.MouseButton.LeftButton)
    assert model.rowCount() == 2
    counts.clear_choice()
    assert model.rowCount() == everything


def test_that_failed_first_brings_failures_up(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("every_outcome", tmp_path))
    model = part(panel, RunResults).model()
    qtbot.mouseClick(button(panel, "Failed first"), Qt.MouseButton.LeftButton)

    bad = {id.partition("::")[0] for id in panel.state.bad}
    files = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert set(files[: len(bad)]) == bad != set(files)


def test_that_rerun_failed_runs_just_those(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("every_outcome", tmp_path)
    first = run(qtbot, panel, folder)
    (folder / "check_outcomes.py").write_text((folder / "check_outcomes.py").read_text().replace("== 3", "== 2"))

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        qtbot.mouseClick(button(panel, "Rerun failed"), Qt.MouseButton.LeftButton)

    assert set(panel.state.results) == set(first.bad)
    assert set(first.bad) - set(panel.state.bad) == {"check_outcomes.py::test_fails"}


def test_that_keys_run_and_walk_through_failures(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    state = run(qtbot, panel, copy_of("every_outcome", tmp_path))
    results = part(panel, RunResults)
    results.setFocus()
    results.setCurrentIndex(results.model().index(0, 0))
    seen = []
    for _ in state.bad:
        qtbot.keyClick(results, Qt.Key.Key_F8)
        seen.append(results.current_id)
    assert set(seen) == set(state.bad)
    qtbot.keyClick(results, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert results.current_id == seen[-2]
    assert len(results.selectionModel().selectedRows()) == 1, "Shift moves on, it does not extend the selection"

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        qtbot.keyClick(results, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert panel.state.counts == state.counts


def test_that_rows_are_copied_as_a_table(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("abort", tmp_path))
    results = part(panel, RunResults)
    results.choose("check_abort.py::test_first")

    qtbot.keyClick(results, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    header, row = QGuiApplication.clipboard().text().split("\n")
    assert header == "Test\tOutcome\tSeconds"
    assert row == "check_abort.py::test_first\tpassed\t0.00"


def test_that_a_double_click_gives_file_and_line(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("abort", tmp_path)
    run(qtbot, panel, folder)
    results = part(panel, RunResults)
    results.choose("check_abort.py::test_aborts")

    with qtbot.waitSignal(panel.location_activated, timeout=1_000) as activated:
        results.activated.emit(results.currentIndex())

    assert activated.args == [str(folder / "check_abort.py"), 8]


@pytest.mark.parametrize(("name", "words"), [("abort", "signal 6 (SIGABRT)"), ("early_exit", "exit code 0")])
def test_that_a_run_that_dies_is_crashed_never_passed(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path, name: str, words: str
) -> None:
    run(qtbot, panel, copy_of(name, tmp_path))

    assert part(panel, RunProgress).words() == f"Crashed pytest ended with {words} in the middle of the run. 2 of 3"
    assert part(panel, RunCounts).button(Outcome.CRASHED).text() == "1 crashed"


def test_that_cancel_ends_a_hanging_run(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("hang", tmp_path)
    panel.start(folder)
    assert panel.running
    assert button(panel, "Cancel").isEnabled()
    assert not button(panel, "Run").isEnabled()
    qtbot.waitUntil((folder / "grandchild.txt").exists, timeout=WAIT_MS)
    panel.start(folder / "elsewhere")  # ignored while a run goes on

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        qtbot.mouseClick(button(panel, "Cancel"), Qt.MouseButton.LeftButton)
        assert part(panel, RunProgress).words().startswith("Cancelling")

    assert not panel.running
    assert part(panel, RunProgress).words().startswith("Cancelled")
    assert button(panel, "Run").isEnabled()


def test_that_shutdown_in_mid_run_leaves_nothing(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("hang", tmp_path)
    panel.start(folder)
    qtbot.waitUntil((folder / "grandchild.txt").exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: panel.state.started is not None, timeout=WAIT_MS)
    assert panel.state.started is not None
    group = panel.state.started.pid

    panel.shutdown()

    assert not panel.running
    assert is_gone(group)
    assert panel.state.verdict is Verdict.CANCELLED
    assert list(tmp_path.glob("budgetmon-run-*")) == []


def test_that_why_nothing_ran_stands_in_the_output(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = tmp_path / "bad config"
    folder.mkdir()
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n")

    state = run(qtbot, panel, folder)

    assert state.verdict is Verdict.CRASHED
    output = part(panel, RunOutput)
    assert output.isVisible()
    assert "--no-such-option" in output.toPlainText()


def test_that_a_folder_that_is_not_there_is_told(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    state = run(qtbot, panel, tmp_path / "missing")

    assert state.verdict is Verdict.NOT_STARTED
    assert "is not a folder" in part(panel, RunProgress).words()
    assert not panel.running


def test_that_a_chosen_folder_is_run(qtbot: QtBot, panel: RunsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copy_of("early_exit", tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(folder))

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        part(panel, RunBar).choose_folder.trigger()

    assert panel.state.total == 3


def profiles(panel: RunsPanel) -> dict[str, QAction]:
    return {action.data(): action for action in part(panel, RunBar).profiles.actions() if action.data()}


def pictured(panel: RunsPanel, tmp_path: Path) -> dict[int, RunRow]:
    """The runs of the ledger, shown to the panel as a picture would."""
    with LedgerReader(tmp_path / "ledger.db") as reader:
        snapshot = reader.snapshot()
    panel.show_runs(snapshot.runs, Clock("UTC", snapshot.as_of))
    return {row.id: row for row in snapshot.runs}


def test_that_the_run_button_offers_the_profiles_of_the_config(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: len(profiles(panel)) == 3, timeout=WAIT_MS)
    copy_of("abort", tmp_path)

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        profiles(panel)["abort"].trigger()

    assert panel.state.verdict is Verdict.CRASHED
    (row,) = pictured(panel, tmp_path).values()
    assert (row.profile, row.status) == ("abort", RunStatus.CRASHED)


def test_that_the_menu_follows_a_change_of_the_config_and_says_what_is_wrong_with_it(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path
) -> None:
    qtbot.waitUntil(lambda: len(profiles(panel)) == 3, timeout=WAIT_MS)
    (tmp_path / "budget.yaml").write_text("runs: [{name: x, kind: nonsense}]")

    qtbot.mouseClick(button(panel, "Run"), Qt.MouseButton.LeftButton)
    menu = part(panel, RunBar).profiles
    assert menu.isVisible()
    menu.hide()

    qtbot.waitUntil(lambda: "runs[0].kind" in menu.actions()[0].text(), timeout=WAIT_MS)
    assert not menu.actions()[0].isEnabled()


def test_that_a_workload_shows_its_output(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    qtbot.waitUntil(lambda: len(profiles(panel)) == 3, timeout=WAIT_MS)

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        panel.start_profile("say hello")

    assert part(panel, RunProgress).words() == "Passed"
    assert part(panel, RunOutput).toPlainText() == "hello\n"
    part(panel, RunBar).copy_log.trigger()
    assert QGuiApplication.clipboard().text() == "hello\n"


def test_that_the_log_is_saved_whole(qtbot: QtBot, panel: RunsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    panel.start_profile("say hello")
    qtbot.waitUntil(lambda: not panel.running, timeout=WAIT_MS)
    target = tmp_path / "log.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))

    part(panel, RunBar).save_log.trigger()

    qtbot.waitUntil(lambda: target.exists() and target.read_text() == "hello\n", timeout=WAIT_MS)


REPORTING = """
import os, pathlib
pathlib.Path(os.environ["BUDGETMON_EVENTS"]).with_name("report.html").write_text("<p>all is well</p>")
"""


def test_that_a_report_that_the_run_has_written_is_one_click_away(
    qtbot: QtBot, panel: RunsPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    (tmp_path / "budget.yaml").write_text(CONFIG + "  - {name: reporting, kind: workload, args: [report.py]}\n")
    (tmp_path / "report.py").write_text(REPORTING)
    assert not button(panel, "Report").isVisible()

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        panel.start_profile("reporting")
    qtbot.mouseClick(button(panel, "Report"), Qt.MouseButton.LeftButton)

    assert opened == [str(tmp_path / "ledger.db.runs" / "1" / "report.html")]


def test_that_only_selected_tests_are_run_again(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("every_outcome", tmp_path))
    part(panel, RunResults).choose("check_outcomes.py::test_passes")

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        part(panel, RunBar).rerun_one.trigger()

    assert list(panel.state.results) == ["check_outcomes.py::test_passes"]


def test_that_a_second_run_is_compared_with_the_first(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("every_outcome", tmp_path)
    changes = part(panel, RunComparison)
    run(qtbot, panel, folder)
    qtbot.waitUntil(lambda: "no earlier run" in changes.words(), timeout=WAIT_MS)
    checks = folder / "check_outcomes.py"
    checks.write_text(
        checks.read_text().replace("== 3", "== 2").replace("def test_passes():", "def test_passes():\n    assert 0")
    )

    run(qtbot, panel, folder)

    qtbot.waitUntil(lambda: changes.words().startswith("Beside"), timeout=WAIT_MS)
    assert changes.words() == "Beside every_outcome #1: 0 added, 0 gone"
    assert changes.tests("newly_failing") == ["check_outcomes.py::test_passes"]
    assert changes.tests("newly_passing") == ["check_outcomes.py::test_fails"]


def test_that_an_earlier_run_is_shown_again_from_the_history(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    first = run(qtbot, panel, copy_of("every_outcome", tmp_path))
    run(qtbot, panel, copy_of("abort", tmp_path))
    rows = pictured(panel, tmp_path)
    (history,) = [table for table in panel.findChildren(Table) if table.accessibleName() == "Earlier runs"]
    assert [history.model().index(place, 0).data() for place in range(2)] == ["abort #2", "every_outcome #1"]

    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        history.activated.emit(history.model().index(1, 0))

    assert panel.state.counts == first.counts
    assert panel.state.verdict is Verdict.FAILED
    assert rows[1].counts
    assert button(panel, "Rerun failed").isEnabled()


def test_that_a_run_started_elsewhere_is_followed_and_can_be_cancelled(qtbot: QtBot, panel: RunsPanel, tmp_path: Path) -> None:
    folder = copy_of("hang", tmp_path)
    command = [sys.executable, "-m", "budgetmon", "run", "start", "--folder", str(folder), "--detach", "--db"]
    subprocess.run([*command, str(tmp_path / "ledger.db")], check=True, timeout=60, stdout=subprocess.DEVNULL)
    (row,) = pictured(panel, tmp_path).values()

    panel.show_run(row)
    qtbot.waitUntil(lambda: panel.state.done == 1, timeout=WAIT_MS)
    with qtbot.waitSignal(panel.run_finished, timeout=WAIT_MS):
        qtbot.mouseClick(button(panel, "Cancel"), Qt.MouseButton.LeftButton)

    assert panel.state.verdict is Verdict.CANCELLED


def test_that_what_the_run_spent_is_shown(panel: RunsPanel, qtbot: QtBot, tmp_path: Path) -> None:
    run(qtbot, panel, copy_of("abort", tmp_path))
    (row,) = pictured(panel, tmp_path).values()

    panel.show_runs([replace(row, calls=12, cost=34_000_000, refused=2, hits=3, misses=1)], Clock("UTC", row.started_at))

    (spent,) = [label for label in panel.findChildren(QLabel) if label.accessibleName() == "What the run spent"]
    assert spent.text() == "12 calls  ·  $0.034  ·  2 refused  ·  hit rate 75.0%"


def test_that_the_output_shows_the_end_of_a_long_file(qtbot: QtBot, tmp_path: Path) -> None:
    output = RunOutput()
    qtbot.addWidget(output)
    path = tmp_path / "output.txt"
    output.follow(path)
    output.refresh()
    assert output.toPlainText() == ""

    path.write_bytes(b"start" + b"x" * KEPT_BYTES + b"\x1b[31m end \xff")
    output.refresh()

    text = output.toPlainText()
    assert text.startswith("[... ")
    assert text.endswith(r"x end \xff")


def test_that_every_control_has_a_name(panel: RunsPanel) -> None:
    kinds = (QAbstractButton, QPlainTextEdit, QProgressBar, RunResults)
    ours = [widget for kind in kinds for widget in panel.findChildren(kind) if not widget.isHidden()]
    unnamed = [widget for widget in ours if widget.focusPolicy() and not (widget.accessibleName() or widget.text())]

    assert unnamed == []


def test_that_outcome_colours_read_well_in_light_and_dark() -> None:
    for window in ("#F3F4F7", "#121418"):
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, QColor(window))
        for outcome in Outcome:
            assert _contrast(outcome_colour(outcome, palette), QColor(window)) >= 4.5


def _contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_that_a_theme_change_in_mid_life_is_followed(qtbot: QtBot) -> None:
    counts = RunCounts()
    qtbot.addWidget(counts)
    before = counts.button(Outcome.PASSED).icon().pixmap(16, 16).toImage()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor("black"))

    counts.setPalette(palette)

    assert counts.button(Outcome.PASSED).icon().pixmap(16, 16).toImage() != before
