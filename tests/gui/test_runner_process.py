"""The runner as a child of the app: followed, ended, and never left behind."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from budgetmon.gui.process.command import Question
from budgetmon.gui.process.editor import editor_command
from budgetmon.gui.process.runner_process import Begun, RunnerProcess
from budgetmon.runs.events import EndReason, Event, EventDecodeError
from budgetmon.runs.process_group import is_gone
from budgetmon.runs.summary import RunState, Verdict, fold

SAMPLES = Path(__file__).parents[1] / "integration" / "sample_projects"
WAIT_MS = 20_000


@dataclass
class Watched:
    """A runner and what it has told."""

    process: RunnerProcess
    state: RunState = field(default_factory=RunState)
    begun: list[Begun] = field(default_factory=list)
    ends: int = 0

    def receive(self, events: list[Event | EventDecodeError]) -> None:
        assert not self.ends, "events after the end"
        self.state = fold(self.state, events)

    def end(self) -> None:
        self.ends += 1


@pytest.fixture
def watched(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    watched = Watched(RunnerProcess())
    watched.process.begun.connect(watched.begun.append)
    watched.process.received.connect(watched.receive)
    watched.process.ended.connect(watched.end)
    yield watched
    watched.process.shutdown()
    watched.process.deleteLater()


def start(watched: Watched, name: str, tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SAMPLES / name, tmp_path / name))
    watched.process.start(["--folder", str(folder), "--db", str(tmp_path / "ledger.db")])
    return folder


def test_that_results_come_while_the_run_goes_on(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    start(watched, "hang", tmp_path)

    qtbot.waitUntil(lambda: watched.state.done == 1, timeout=WAIT_MS)

    assert watched.process.running
    assert watched.state.total == 2
    (begun,) = watched.begun
    assert (begun.id, begun.name) == (1, "hang #1")
    with pytest.raises(RuntimeError, match="a run is going on"):
        watched.process.start([])


def test_that_shutdown_hurries_a_run_that_ignores_every_request(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    folder = start(watched, "stubborn", tmp_path)
    qtbot.waitUntil((folder / "ready.txt").exists, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: watched.state.started is not None, timeout=WAIT_MS)
    assert watched.state.started is not None

    began = time.monotonic()
    watched.process.shutdown()

    assert time.monotonic() - began < 5
    assert is_gone(watched.state.started.pid)
    assert (watched.ends, watched.state.verdict) == (1, Verdict.CANCELLED)
    watched.process.shutdown()
    assert watched.ends == 1


def test_that_a_killed_runner_is_a_crash_and_its_run_does_not_live_on(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    folder = start(watched, "hang", tmp_path)
    qtbot.waitUntil(lambda: watched.state.done == 1 and (folder / "grandchild.txt").exists(), timeout=WAIT_MS)
    assert watched.state.started is not None
    group = watched.state.started.pid

    os.kill(parent_of(group), signal.SIGKILL)
    qtbot.waitUntil(lambda: watched.ends == 1, timeout=WAIT_MS)

    assert watched.state.verdict is Verdict.CRASHED
    assert watched.state.explanation == "Its runner died before it ended."
    qtbot.waitUntil(lambda: is_gone(group), timeout=WAIT_MS)


def parent_of(pid: int) -> int:
    text = Path(f"/proc/{pid}/stat").read_text()
    return int(text[text.rindex(")") + 2 :].split()[1])


def test_that_a_run_that_cannot_begin_says_what_the_command_line_says(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    (tmp_path / "budget.yaml").write_text("database: ledger.db\n")
    watched.process.start(["nope", "--config", str(tmp_path / "budget.yaml")])

    qtbot.waitUntil(lambda: watched.ends == 1, timeout=WAIT_MS)

    assert watched.begun == []
    assert watched.state.end is not None
    assert watched.state.end.reason is EndReason.NOT_STARTED
    assert "no run named 'nope'; add it under 'runs'" in watched.state.explanation


def test_that_of_questions_asked_meanwhile_the_last_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "budget.yaml").write_text("runs: [{name: a, kind: audit}]\n")
    question = Question()
    answers: list[dict[str, object]] = []
    problems: list[str] = []
    question.answered.connect(answers.append)
    question.failed.connect(problems.append)

    question.ask(["run", "show", "1", "--db", str(tmp_path / "none.db")])
    question.ask(["run", "show", "2"])
    question.ask(["run", "list", "--json", "--config", str(tmp_path / "budget.yaml"), "--db", str(tmp_path / "none.db")])
    qtbot.waitUntil(lambda: bool(answers), timeout=WAIT_MS)

    assert len(problems) == 1
    assert "No ledger here yet" in problems[0]
    assert [answer["runs"] for answer in answers] == [[]]
    question.shutdown()


def test_that_an_editor_is_told_file_and_line() -> None:
    file = Path("/srv/a b.py")

    assert editor_command(file, 7, {"BUDGETMON_EDITOR": "ed --at {line} {file}"}) == ["ed", "--at", "7", "/srv/a b.py"]
    assert editor_command(file, 0, {"BUDGETMON_EDITOR": "ed +{line}"}) == ["ed", "+1", "/srv/a b.py"]
    found = editor_command(file, 3, {}, {"kate": "/usr/bin/kate", "gedit": "/usr/bin/gedit"}.get)
    assert found == ["kate", "-l", "3", "/srv/a b.py"]
    assert editor_command(file, 3, {}, lambda _: None) is None
    assert editor_command(file, 3, {"BUDGETMON_EDITOR": "broken 'quote"}) is None
