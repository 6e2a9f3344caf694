"""A run's own process: it ends when it shall, and nothing of it is left."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from budgetmon.runs.child import Child, Grace, NotStartedError
from budgetmon.runs.events import EndReason, ProcessEnd
from budgetmon.runs.process_group import is_gone
from budgetmon.runs.pytest_command import RunCommand, pytest_command

SAMPLES = Path(__file__).parent / "sample_projects"
SHORT = Grace(timedelta(milliseconds=300), timedelta(milliseconds=300), timedelta(seconds=5))
WAIT_SECONDS = 20.0


def sample(name: str, tmp_path: Path) -> RunCommand:
    (tmp_path / "scratch").mkdir()
    folder = Path(shutil.copytree(SAMPLES / name, tmp_path / name))
    return pytest_command(folder, tmp_path / "scratch", environ=os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})


def shell(script: str, tmp_path: Path, *, cwd: Path | None = None) -> RunCommand:
    return RunCommand(
        ("/bin/sh", "-c", script), dict(os.environ), cwd or tmp_path, tmp_path / "events.jsonl", tmp_path / "output.txt"
    )


def waited_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def end_of(child: Child) -> ProcessEnd:
    ends: list[ProcessEnd] = []

    def polled() -> bool:
        end = child.poll()
        if end is not None:
            ends.append(end)
        return end is not None

    waited_for(polled)
    assert is_gone(child.pid)
    return ends[0]


def number_in(path: Path) -> int:
    waited_for(lambda: path.exists() and path.read_text().strip())
    return int(path.read_text())


def is_alive(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text[text.rindex(")") + 2] not in "ZX"


@pytest.mark.parametrize("background", [False, True], ids=["foreground", "background"])
def test_that_an_interrupt_lets_pytest_end_in_an_orderly_way_and_ends_the_grandchild(background: bool, tmp_path: Path) -> None:
    command = sample("hang", tmp_path)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN if background else signal.default_int_handler)
    try:
        child = Child(command, grace=Grace(after_interrupt=timedelta(seconds=15)))
        assert (signal.getsignal(signal.SIGINT) is signal.SIG_IGN) == background
    finally:
        signal.signal(signal.SIGINT, before)
    pid = number_in(command.cwd / "grandchild.txt")
    assert os.getpgid(pid) == os.getsid(pid) == child.pid != os.getpgid(0)

    child.end(EndReason.CANCELLED)
    child.end(EndReason.TIME_LIMIT)
    end = end_of(child)

    assert end.reason is EndReason.CANCELLED
    assert not is_alive(pid)
    assert "run_finished" in command.events_path.read_text()


def test_that_what_ignores_every_request_is_killed(tmp_path: Path) -> None:
    command = sample("stubborn", tmp_path)
    child = Child(command, grace=SHORT)
    pid = number_in(command.cwd / "grandchild.txt")
    waited_for((command.cwd / "ready.txt").exists)

    child.end(EndReason.CANCELLED)
    end = end_of(child)

    assert (end.reason, end.signal) == (EndReason.CANCELLED, signal.SIGKILL)
    assert not is_alive(pid)


def test_that_what_a_run_leaves_behind_is_ended_too(tmp_path: Path) -> None:
    child = Child(shell("sleep 600 & echo $! > left.txt; exit 3", tmp_path), grace=SHORT)
    pid = number_in(tmp_path / "left.txt")

    assert end_of(child) == ProcessEnd(EndReason.ITSELF, exit_code=3)
    assert not is_alive(pid)


def test_that_an_end_that_comes_by_itself_keeps_its_reason(tmp_path: Path) -> None:
    child = Child(shell("exit 0", tmp_path), grace=SHORT)
    end = end_of(child)

    child.end(EndReason.CANCELLED)
    assert child.poll() == end == ProcessEnd(EndReason.ITSELF, exit_code=0)


def test_that_the_child_inherits_no_descriptors(tmp_path: Path) -> None:
    with (tmp_path / "private.txt").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        end_of(Child(shell("ls -l /proc/self/fd", tmp_path), grace=SHORT))

    output = (tmp_path / "output.txt").read_text()
    assert "output.txt" in output
    assert "private.txt" not in output


@pytest.mark.parametrize("trouble", ["no program", "no folder", "no output"])
def test_that_a_command_that_cannot_start_says_why(tmp_path: Path, trouble: str) -> None:
    command = {
        "no program": RunCommand(("/no/such/python",), {}, tmp_path, tmp_path / "e", tmp_path / "o"),
        "no folder": shell("true", tmp_path, cwd=tmp_path / "missing"),
        "no output": RunCommand(("/bin/true",), {}, tmp_path, tmp_path / "e", tmp_path / "missing" / "o"),
    }[trouble]

    with pytest.raises(NotStartedError, match=r"^Cannot start /.*: "):
        Child(command)


def test_that_the_environment_is_that_of_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEPT", "as it \udcff is")
    monkeypatch.setenv("DROPPED", "x")
    env = {name: value for name, value in os.environ.items() if name != "DROPPED"} | {"ADDED": "ä"}
    script = 'printf "%s|%s|%s" "$KEPT" "$DROPPED" "$ADDED"'

    end_of(Child(RunCommand(("/bin/sh", "-c", script), env, tmp_path, tmp_path / "e", tmp_path / "o"), grace=SHORT))

    assert (tmp_path / "o").read_bytes() == b"as it \xff is||" + "ä".encode()
