"""The command that runs pytest in a folder."""

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from budgetmon.runs.pytest_command import NoPytestError, find_interpreter, pytest_command


def _environment(folder: Path, name: str, *, with_pytest: bool = True) -> Path:
    python = folder / name / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    if with_pytest:
        package = folder / name / "lib" / "python3.12" / "site-packages" / "pytest"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
    return python


def test_that_the_folders_own_environment_runs_its_tests(tmp_path: Path) -> None:
    other = _environment(tmp_path, "venv")
    assert find_interpreter(tmp_path) == other

    own = _environment(tmp_path, ".venv")
    assert find_interpreter(tmp_path) == own


def test_that_an_environment_without_pytest_does_not_count(tmp_path: Path) -> None:
    _environment(tmp_path, ".venv", with_pytest=False)

    assert find_interpreter(tmp_path) == Path(sys.executable)


def test_that_without_pytest_anywhere_the_error_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(NoPytestError, match=r"install it into one of them\.$"):
        find_interpreter(tmp_path)


def test_that_the_command_is_plain_pytest_with_one_plugin(tmp_path: Path) -> None:
    command = pytest_command(tmp_path, tmp_path / "s", python=Path("/some/python"), args=["-q"], environ={})

    assert command.argv == ("/some/python", "-m", "pytest", "-p", "budgetmon_pytest_events", "-q")
    assert command.cwd == tmp_path
    assert command.env["BUDGETMON_EVENTS"] == str(command.events_path)
    assert command.events_path.parent == command.output_path.parent == tmp_path / "s"
    assert "BUDGETMON_ONLY" not in command.env


def test_that_paths_are_absolute_because_the_child_runs_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    command = pytest_command(Path("project"), Path("scratch"), environ={})

    assert command.cwd == tmp_path / "project"
    assert command.events_path == tmp_path / "scratch" / "events.jsonl"


def test_that_the_environment_is_inherited_but_for_what_would_mislead(tmp_path: Path) -> None:
    inherited = {"HOME": "/h", "PYTHONPATH": "/mine", "PYTHONHOME": "/x", "PYTEST_CURRENT_TEST": "t", "BUDGETMON_ONLY": "o"}

    env = pytest_command(tmp_path, tmp_path, environ=inherited).env

    assert env["HOME"] == "/h"
    assert env.keys() == {"HOME", "PYTHONPATH", "BUDGETMON_EVENTS"}
    plugin, mine = env["PYTHONPATH"].split(os.pathsep)
    assert mine == "/mine"
    assert [entry.name for entry in Path(plugin).glob("*.py")] == ["budgetmon_pytest_events.py"]


def test_that_ids_of_any_kind_travel_in_a_file(tmp_path: Path) -> None:
    ids = ["a.py::t[line\nbreak]", "a.py::t[\udcff]", "ä"]

    command = pytest_command(tmp_path, tmp_path, only=ids, environ={})

    assert json.loads(Path(command.env["BUDGETMON_ONLY"]).read_text(encoding="ascii")) == ids
