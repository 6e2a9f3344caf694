"""A run as a child process of the app: it ends when it shall, and nothing of it is left."""

import os
import shutil
import signal
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from budgetmon.gui.process.run_process import Grace, RunProcess
from budgetmon.runs.events import Event, EventDecodeError, Outcome, RunFinished
from budgetmon.runs.process_group import is_gone
from budgetmon.runs.pytest_command import RunCommand, pytest_command
from budgetmon.runs.summary import EndReason, ProcessEnd, RunState, Verdict, close, fold

SAMPLES = Path(__file__).parents[1] / "integration" / "sample_projects"
SHORT = Grace(timedelta(milliseconds=300), timedelta(milliseconds=300), timedelta(seconds=5))
WAIT_MS = 20_000

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")


@dataclass
class Watched:
    """A process and what it has told."""

    process: RunProcess
    state: RunState = field(default_factory=RunState)
    ends: list[ProcessEnd] = field(default_factory=list)

    def receive(self, events: list[Event | EventDecodeError]) -> None:
        assert not self.ends, "events after the end"
        self.state = fold(self.state, events)

    def end(self, end: ProcessEnd) -> None:
        self.ends.append(end)
        self.state = close(self.state, end)


@pytest.fixture
def watched(qtbot: QtBot):
    watched = Watched(RunProcess(grace=SHORT))
    watched.process.received.connect(watched.receive)
    watched.process.ended.connect(watched.end)
    yield watched
    watched.process.shutdown()
    watched.process.deleteLater()


def sample(name: str, tmp_path: Path) -> RunCommand:
    (tmp_path / "scratch").mkdir()
    folder = Path(shutil.copytree(SAMPLES / name, tmp_path / name))
    return pytest_command(folder, tmp_path / "scratch", environ=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})


def shell(script: str, tmp_path: Path, *, cwd: Path | None = None) -> RunCommand:
    return RunCommand(
        ("/bin/sh", "-c", script), dict(os.environ), cwd or tmp_path, tmp_path / "events.jsonl", tmp_path / "output.txt"
    )


def grandchild(qtbot: QtBot, folder: Path, name: str = "grandchild.txt") -> int:
    path = folder / name
    qtbot.waitUntil(lambda: path.exists() and path.read_text() != "", timeout=WAIT_MS)
    return int(path.read_text())


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits for its parent does not."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text[text.rindex(")") + 2] not in "ZX"


def is_zombie_of_ours(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    state, parent = text[text.rindex(")") + 2 :].split()[:2]
    return state == "Z" and int(parent) == os.getpid()


def wait_for_end(qtbot: QtBot, watched: Watched) -> ProcessEnd:
    qtbot.waitUntil(lambda: bool(watched.ends), timeout=WAIT_MS)
    (end,) = watched.ends
    assert not watched.process.running
    assert is_gone(watched.process.pid)
    assert not is_zombie_of_ours(watched.process.pid)
    return end


def test_that_results_come_while_the_run_goes_on(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    command = sample("hang", tmp_path)
    watched.process.start(command)

    qtbot.waitUntil(lambda: watched.state.done == 1, timeout=WAIT_MS)

    assert watched.process.running
    assert watched.state.total == 2
    qtbot.waitUntil(lambda: list(watched.state.running) == ["check_hang.py::test_hangs_with_a_grandchild"], timeout=WAIT_MS)


def test_that_a_run_ends_with_all_its_events_and_its_output_in_a_file(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    command = sample("every_outcome", tmp_path)
    watched.process.start(command)

    end = wait_for_end(qtbot, watched)

    assert end == ProcessEnd(EndReason.ITSELF, exit_code=1)
    assert isinstance(watched.state.finished, RunFinished)
    assert watched.state.verdict is Verdict.FAILED
    assert "short test summary" in command.output_path.read_text(errors="replace")


@pytest.mark.parametrize(("name", "code", "number"), [("abort", None, signal.SIGABRT), ("early_exit", 0, None)])
def test_that_a_death_in_mid_run_is_a_crash(
    qtbot: QtBot, watched: Watched, tmp_path: Path, name: str, code: int | None, number: int | None
) -> None:
    watched.process.start(sample(name, tmp_path))

    end = wait_for_end(qtbot, watched)

    assert (end.exit_code, end.signal) == (code, number)
    assert watched.state.verdict is Verdict.CRASHED
    assert watched.state.counts[Outcome.CRASHED] == 1


def test_that_cancel_ends_a_hanging_test_and_its_grandchild(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    command = sample("hang", tmp_path)
    watched.process.start(command)
    pid = grandchild(qtbot, command.cwd)
    assert is_alive(pid)
    assert os.getpgid(pid) == os.getsid(pid) == watched.process.pid != os.getpgid(0)

    watched.process.cancel()
    watched.process.cancel()
    end = wait_for_end(qtbot, watched)

    assert end.reason is EndReason.CANCELLED
    assert not is_alive(pid)
    assert watched.state.finished is not None, "an interrupt lets pytest end in an orderly way"
    assert watched.state.verdict is Verdict.CANCELLED


def test_that_cancel_kills_what_ignores_every_request(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    command = sample("stubborn", tmp_path)
    watched.process.start(command)
    pid = grandchild(qtbot, command.cwd)
    qtbot.waitUntil((command.cwd / "ready.txt").exists, timeout=WAIT_MS)

    watched.process.cancel()
    end = wait_for_end(qtbot, watched)

    assert (end.reason, end.signal) == (EndReason.CANCELLED, signal.SIGKILL)
    assert not is_alive(pid)


def test_that_the_time_limit_ends_a_run(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    command = sample("hang", tmp_path)
    watched.process.start(command, timedelta(seconds=1.5))
    pid = grandchild(qtbot, command.cwd)

    end = wait_for_end(qtbot, watched)

    assert end.reason is EndReason.TIME_LIMIT
    assert "0:00:01.5" in end.detail
    assert watched.state.verdict is Verdict.TIMED_OUT
    assert not is_alive(pid)


def test_that_shutdown_waits_until_all_is_gone(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    command = sample("stubborn", tmp_path)
    watched.process.start(command)
    pid = grandchild(qtbot, command.cwd)
    qtbot.waitUntil((command.cwd / "ready.txt").exists, timeout=WAIT_MS)

    began = time.monotonic()
    watched.process.shutdown()

    assert time.monotonic() - began < 3.5
    assert not is_alive(pid)
    assert is_gone(watched.process.pid)
    assert [end.reason for end in watched.ends] == [EndReason.CANCELLED]
    watched.process.shutdown()
    assert len(watched.ends) == 1


def test_that_what_a_run_leaves_behind_is_ended_too(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    watched.process.start(shell("sleep 600 & echo $! > left.txt; exit 3", tmp_path))
    pid = grandchild(qtbot, tmp_path, "left.txt")

    end = wait_for_end(qtbot, watched)

    assert end == ProcessEnd(EndReason.ITSELF, exit_code=3)
    assert not is_alive(pid)


def test_that_an_app_that_ignores_interrupts_can_still_interrupt_a_run(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        watched.process.start(shell("echo up; sleep 600", tmp_path))
    finally:
        signal.signal(signal.SIGINT, before)

    # Between fork and exec the child still has this process's own handler, which would swallow the signal.
    output = tmp_path / "output.txt"
    qtbot.waitUntil(lambda: output.exists() and output.read_text() == "up\n", timeout=10_000)
    watched.process.cancel()

    assert wait_for_end(qtbot, watched).signal == signal.SIGINT


def test_that_the_child_inherits_no_descriptors(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    with (tmp_path / "private.txt").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        watched.process.start(shell("ls -l /proc/self/fd", tmp_path))
        wait_for_end(qtbot, watched)

    output = (tmp_path / "output.txt").read_text()
    assert "output.txt" in output
    assert "private.txt" not in output


@pytest.mark.parametrize("trouble", ["no program", "no folder", "no output", "not UTF-8"])
def test_that_a_run_that_cannot_start_says_why(qtbot: QtBot, watched: Watched, tmp_path: Path, trouble: str) -> None:
    command = {
        "no program": RunCommand(("/no/such/python",), {}, tmp_path, tmp_path / "e", tmp_path / "o"),
        "no folder": shell("true", tmp_path, cwd=tmp_path / "missing"),
        "no output": RunCommand(("/bin/true",), {}, tmp_path, tmp_path / "e", tmp_path / "missing" / "o"),
        "not UTF-8": shell("true", tmp_path, cwd=tmp_path / "\udcff"),
    }[trouble]

    watched.process.start(command)

    (end,) = watched.ends
    assert end.reason is EndReason.NOT_STARTED
    assert end.detail.startswith("Cannot start /")
    assert watched.state.verdict is Verdict.NOT_STARTED
    assert not watched.process.running


def test_that_one_process_runs_one_command_at_a_time_and_then_the_next(qtbot: QtBot, watched: Watched, tmp_path: Path) -> None:
    watched.process.start(shell("sleep 600", tmp_path))
    with pytest.raises(RuntimeError, match="a run is going on"):
        watched.process.start(shell("true", tmp_path))
    watched.process.shutdown()
    watched.ends.clear()

    watched.process.start(shell("exit 7", tmp_path))

    assert wait_for_end(qtbot, watched).exit_code == 7


def test_that_the_environment_is_that_of_the_command(
    qtbot: QtBot, watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEPT", "as it \udcff is")
    monkeypatch.setenv("DROPPED", "x")
    env = {name: value for name, value in os.environ.items() if name != "DROPPED"} | {"ADDED": "ä"}
    script = 'printf "%s|%s|%s" "$KEPT" "$DROPPED" "$ADDED"'
    command = RunCommand(("/bin/sh", "-c", script), env, tmp_path, tmp_path / "e", tmp_path / "o")

    watched.process.start(command)
    wait_for_end(qtbot, watched)

    assert (tmp_path / "o").read_bytes() == b"as it \xff is||" + "ä".encode()
