"""What the plugin may contain: it runs in any environment."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import ClassVar

import pytest

from budgetmon.runs import events, pytest_command
from budgetmon.runs.tail import EventTail

SOURCE = (pytest_command.PLUGIN_FOLDER / f"{pytest_command.PLUGIN_NAME}.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plugin() -> ModuleType:
    path = pytest_command.PLUGIN_FOLDER / f"{pytest_command.PLUGIN_NAME}.py"
    spec = importlib.util.spec_from_file_location("plugin_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_the_plugin_imports_only_the_standard_library_and_pytest() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(str(node.module).split(".", maxsplit=1)[0])

    assert imported <= sys.stdlib_module_names | {"pytest", "_pytest"}


def test_that_the_plugin_parses_on_python_3_8() -> None:
    ast.parse(SOURCE, feature_version=(3, 8))


def test_that_the_plugin_lies_in_no_package() -> None:
    assert not (pytest_command.PLUGIN_FOLDER / "__init__.py").exists()


def test_that_both_sides_agree_on_names(plugin: ModuleType) -> None:
    assert plugin.SCHEMA == events.SCHEMA
    assert plugin.EVENTS_VARIABLE == pytest_command.EVENTS_VARIABLE
    assert plugin.ONLY_VARIABLE == pytest_command.ONLY_VARIABLE


def test_that_an_excerpt_keeps_both_ends_and_says_what_is_missing(plugin: ModuleType) -> None:
    cut = plugin.excerpt("a" * 100 + "b" * 100, 40)

    assert cut["size"] == 200
    assert cut["text"] == "a" * 10 + "\n[... 160 characters left out ...]\n" + "b" * 30
    assert plugin.excerpt("short", 40) == {"text": "short", "size": 5}


def test_that_an_event_file_that_cannot_be_written_is_said_once_and_the_tests_go_on(
    plugin: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    file = plugin.EventFile(str(tmp_path))  # a folder

    file.write("collected", total=0, ids=[])
    file.write("collected", total=0, ids=[])

    assert capfd.readouterr().err.count("no more events of this run") == 1


class _Report:
    """As much of a report as the plugin reads."""

    nodeid, longrepr, longreprtext, duration, sections = "f.py::test_a", None, "", 0.1, ()

    def __init__(self, when: str, outcome: str) -> None:
        self.when, self.outcome = when, outcome
        self.failed, self.skipped = outcome == "failed", outcome == "skipped"


def test_that_a_try_that_is_rerun_does_not_count(plugin: ModuleType, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    reporter = plugin.EventReporter(pytestconfig, plugin.EventFile(str(path)))

    for tries, outcome in enumerate(["rerun", "rerun", "passed"]):
        for when, what in (("setup", "passed"), ("call", outcome), ("teardown", "passed")):
            reporter.pytest_runtest_logreport(_Report(when, what))
        reporter.pytest_runtest_logfinish("f.py::test_a", ("f.py", tries, "test_a"))

    finished = [event for event in EventTail(path).read_rest() if isinstance(event, events.TestFinished)]
    assert [(event.outcome, event.line) for event in finished] == [(events.Outcome.PASSED, 3)]


def test_that_a_dead_worker_of_a_distributed_run_is_a_crash_of_its_test(
    plugin: ModuleType, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    path = tmp_path / "events.jsonl"
    reporter = plugin.EventReporter(pytestconfig, plugin.EventFile(str(path)))
    report = _Report("???", "failed")
    report.longreprtext = "worker 'gw0' crashed while running 'f.py::test_a'"
    report.location = ("f.py", 4, "test_a")

    reporter.pytest_xdist_node_collection_finished(["f.py::test_a"])
    reporter.pytest_xdist_node_collection_finished(["f.py::test_a"])
    reporter.pytest_runtest_logreport(report)

    _, collected, finished = EventTail(path).read_rest()
    assert collected == events.Collected(1, ("f.py::test_a",))
    assert isinstance(finished, events.TestFinished)
    assert (finished.outcome, finished.message) == (events.Outcome.CRASHED, report.longreprtext)


def test_that_workers_of_a_distributed_run_stay_silent(
    plugin: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(plugin.EVENTS_VARIABLE, str(tmp_path / "events.jsonl"))

    class Worker:
        workerinput: ClassVar[dict[str, str]] = {}

    plugin.pytest_configure(Worker())

    assert not (tmp_path / "events.jsonl").exists()
