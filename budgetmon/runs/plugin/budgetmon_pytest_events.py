"""A pytest plugin that reports a run as JSON lines while it happens. Loaded with ``-p budgetmon_pytest_events``.

This folder holds nothing else and is no package: it is put on PYTHONPATH of *any* environment, and nothing of budgetmon
may shadow or be shadowed by the project under test. Hence only the standard library and pytest (7 or later) are imported, and
the syntax is that of Python 3.8. What the lines mean is said in ``budgetmon.runs.events``; tests keep both sides in step.

Environment: ``BUDGETMON_EVENTS`` is the file to append to (without it the plugin does nothing); ``BUDGETMON_ONLY`` is a JSON
file with a list of node ids: all other tests are deselected. Ids travel in a file because a command line has an
end, and because pytest reads ids on it relative to the working directory but reports them relative to its root.
"""

from __future__ import annotations

import io
import json
import os
import platform
import sys
import time
from typing import Any

import pytest

try:  # private, so it may go one day
    from _pytest._io import TerminalWriter
except ImportError:
    TerminalWriter = None  # type: ignore[misc, assignment]

SCHEMA = 1
EVENTS_VARIABLE = "BUDGETMON_EVENTS"
ONLY_VARIABLE = "BUDGETMON_ONLY"

KEPT = 65_536  # characters of each text of a test that did not simply pass
KEPT_OF_PASSED = 4_096  # output of passed tests is rarely read, and there are many of them
KEPT_SECTIONS = 24
KEPT_OF_MESSAGE = 1_000

_RANK = ("passed", "xpassed", "xfailed", "skipped", "error", "failed", "crashed")


class EventFile:
    """Appends one line per event. Only the process that made it writes: forked children stay silent."""

    def __init__(self, path: str) -> None:
        self._path = os.path.abspath(path)  # noqa: PTH100 - tests may change the working directory
        self._pid = os.getpid()
        self._broken = False

    def write(self, kind: str, **values: Any) -> None:
        """Append one event. When the file cannot be written, say so once and let the tests go on."""
        if self._broken or os.getpid() != self._pid:
            return
        line = json.dumps({"event": kind, **values}, separators=(",", ":")).encode("ascii") + b"\n"
        try:
            self._append(line)
        except OSError as error:
            self._broken = True
            print(f"budgetmon: no more events of this run: {error}", file=sys.__stderr__)

    def _append(self, line: bytes) -> None:
        # Opened for each event: a test that closes descriptors it does not own must not redirect these lines elsewhere.
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            while line:
                line = line[os.write(descriptor, line) :]
        finally:
            os.close(descriptor)


def excerpt(text: str, keep: int) -> dict[str, Any]:
    """``text`` with its middle left out where it is longer than ``keep`` characters, and its full size in characters."""
    size = len(text)
    if len(text) > keep:
        head = keep // 4
        tail = keep - head
        text = f"{text[:head]}\n[... {len(text) - keep} characters left out ...]\n{text[-tail:]}"
    return {"text": text, "size": size}


def failure_text(report: Any) -> str:
    """The failure as pytest prints it. ``report.longreprtext`` would do, but for the indentation of its first line."""
    if TerminalWriter is None or report.longrepr is None:
        return str(report.longreprtext)
    lines = io.StringIO()
    writer = TerminalWriter(lines)
    writer.hasmarkup = False
    report.toterminal(writer)
    return lines.getvalue().strip("\n")


def first_line(report: Any) -> str:
    """What went wrong or why it was skipped, in one line."""
    longrepr = report.longrepr
    crash = getattr(longrepr, "reprcrash", None)
    if isinstance(longrepr, tuple):
        text = str(longrepr[2])
    elif crash is not None:
        text = str(crash.message)
    else:
        text = failure_text(report)
        errors = [line[1:] for line in text.splitlines() if line.startswith("E  ")]
        text = errors[-1] if errors else text
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return _without_prefix(line, "Skipped: ")[:KEPT_OF_MESSAGE]


def _without_prefix(text: str, prefix: str) -> str:
    return text[len(prefix) :] if text.startswith(prefix) else text


def _phase_outcome(report: Any) -> str:
    if report.when == "???":  # pytest-xdist: the worker that ran the test is gone
        return "crashed"
    if report.failed:
        return "failed" if report.when == "call" else "error"
    if hasattr(report, "wasxfail"):
        return "xfailed" if report.skipped else "xpassed"
    return str(report.outcome)


def _subtest_name(context: Any) -> str:
    values = ", ".join(f"{name}={value}" for name, value in dict(context.kwargs).items())
    return " ".join(part for part in (context.msg and f"[{context.msg}]", values and f"({values})") if part) or "(no name)"


class TestRecord:
    """The phases of one test (setup, call, teardown and its subtests) merged into one result."""

    __test__ = False

    def __init__(self) -> None:
        self.outcome = "passed"
        self.phase = "call"
        self.seconds = 0.0
        self.message = ""
        self._texts: list[str] = []
        self._text_size = 0
        self._sections: list[tuple[str, str]] = []
        self._subtest_sections: list[tuple[str, str]] = []
        self._subtests = 0
        self._failed_subtests = 0

    def add(self, report: Any) -> None:
        """Take in the report of one phase or subtest."""
        context = getattr(report, "context", None)
        if context is not None and hasattr(context, "kwargs"):
            self._add_subtest(report, _subtest_name(context))
            return
        self.seconds += float(report.duration)
        # Each phase repeats the output of those before it.
        self._sections = list(report.sections)
        outcome = _phase_outcome(report)
        if outcome in ("xfailed", "xpassed"):
            message = _without_prefix(str(report.wasxfail), "reason: ")[:KEPT_OF_MESSAGE]
        else:
            message = first_line(report) if outcome != "passed" else ""
        heading = f"at {report.when}" if outcome == "error" else ""
        self._merge(outcome, report.when, message, heading, "" if outcome == "skipped" else failure_text(report))

    def _add_subtest(self, report: Any, name: str) -> None:
        self._subtests += 1
        if report.failed:
            self._failed_subtests += 1
            own = [(f"{title} of subtest {name}", text) for title, text in report.sections]
            self._subtest_sections = (self._subtest_sections + own)[:KEPT_SECTIONS]
            self._merge("failed", "call", first_line(report), f"subtest {name}", failure_text(report))

    def _merge(self, outcome: str, phase: str, message: str, heading: str, text: str) -> None:
        if _RANK.index(outcome) > _RANK.index(self.outcome) or (outcome == self.outcome and not self.message):
            self.outcome, self.message = outcome, message
            self.phase = "call" if outcome == "passed" else phase
        if text:
            room = KEPT - self._text_size
            self._text_size += len(text)
            if room > 0:
                kept = excerpt(text, room)["text"]
                self._texts.append(f"{heading}:\n{kept}" if heading else kept)

    def values(self) -> dict[str, Any]:
        """The result as it is written."""
        message = self.message
        if self._failed_subtests:
            message = f"{self._failed_subtests} of {self._subtests} subtests failed: {message}"[:KEPT_OF_MESSAGE]
        keep = KEPT_OF_PASSED if self.outcome == "passed" else KEPT
        sections = [(title, text) for title, text in self._sections + self._subtest_sections if text]
        return {
            "outcome": self.outcome,
            "phase": self.phase,
            "seconds": self.seconds,
            "message": message,
            "longrepr": {"text": "\n\n".join(self._texts), "size": self._text_size} if self._texts else None,
            "sections": [{"title": title, **excerpt(str(text), keep)} for title, text in sections[:KEPT_SECTIONS]],
        }


class EventReporter:
    """The hooks. Registered in the process that the user started only, never in workers of pytest-xdist."""

    def __init__(self, config: pytest.Config, events: EventFile) -> None:
        self._root = str(config.rootpath)
        self._events = events
        self._began = time.perf_counter()
        self._session: Any = None
        self._collected = False
        self._records: dict[str, TestRecord] = {}
        self._retried: set[str] = set()
        self._counts: dict[str, int] = {}
        events.write(
            "run_started",
            schema=SCHEMA,
            python=platform.python_version(),
            pytest=pytest.__version__,
            root=self._root,
            cwd=str(config.invocation_params.dir),
            args=[str(arg) for arg in config.invocation_params.args],
            pid=os.getpid(),
        )

    def pytest_sessionstart(self, session: Any) -> None:
        self._session = session

    def pytest_collectreport(self, report: Any) -> None:
        if report.failed:
            self._events.write(
                "collect_error",
                id=report.nodeid,
                message=first_line(report),
                longrepr=excerpt(failure_text(report), KEPT),
                **self._place((report.nodeid.split("::")[0], None, "")),
            )
        elif report.skipped:  # the whole file skips itself
            record = TestRecord()
            record.outcome, record.phase, record.message = "skipped", "collect", first_line(report)
            self._finish(report.nodeid, (report.nodeid.split("::")[0], None, ""), record)

    def pytest_collection_finish(self, session: Any) -> None:
        self._write_collected([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self._write_collected(list(ids))

    def _write_collected(self, ids: list[str]) -> None:
        if not self._collected:  # each worker of pytest-xdist collects the same
            self._collected = True
            self._events.write("collected", total=len(ids), ids=ids)

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        self._events.write("test_started", id=nodeid, **self._place(location))

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.outcome == "rerun":  # pytest-rerunfailures: this try does not count, its teardown included
            self._records.pop(report.nodeid, None)
            self._retried.add(report.nodeid)
            return
        if report.nodeid in self._retried and report.when != "setup":
            return
        self._retried.discard(report.nodeid)
        self._records.setdefault(report.nodeid, TestRecord()).add(report)
        if report.when == "???":  # no other word on this test will come
            self.pytest_runtest_logfinish(report.nodeid, report.location)

    def pytest_runtest_logfinish(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        record = self._records.pop(nodeid, None)
        if record is not None:
            self._finish(nodeid, location, record)

    def _finish(self, nodeid: str, location: tuple[str, int | None, str], record: TestRecord) -> None:
        self._counts[record.outcome] = self._counts.get(record.outcome, 0) + 1
        self._events.write("test_finished", id=nodeid, **record.values(), **self._place(location))

    def _place(self, location: tuple[str, int | None, str]) -> dict[str, Any]:
        file, line, _ = location
        return {
            "file": os.path.normpath(os.path.join(self._root, file)),  # noqa: PTH118
            "line": None if line is None else line + 1,
        }

    @pytest.hookimpl(trylast=True)
    def pytest_unconfigure(self) -> None:
        # Not at sessionfinish: other plugins still change the exit status there, or crash.
        if self._session is not None:
            self._events.write(
                "run_finished",
                exit_status=int(self._session.exitstatus),
                counts=self._counts,
                seconds=time.perf_counter() - self._began,
            )


class Selection:
    """Keeps the tests with the given node ids; an id of a folder, file or class keeps all that is in it."""

    def __init__(self, path: str, root: str) -> None:
        with open(path, encoding="ascii") as file:  # noqa: PTH123
            self._ids = set(json.load(file))
        self._files = {each.partition("::")[0] for each in self._ids}
        self._root = root

    def pytest_ignore_collect(self, collection_path: Any) -> bool | None:
        """Leave out whole files: faster, and no error or skip of theirs gets into the run."""
        inside = os.path.relpath(str(collection_path), self._root).replace(os.sep, "/")
        if collection_path.is_dir() or collection_path.name == "__init__.py" or inside.startswith(".."):
            return None
        while inside and inside not in self._files:
            inside = inside.rpartition("/")[0]
        return None if inside else True

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[Any]) -> None:
        others = [item for item in items if not self._keeps(item)]
        if others:
            config.hook.pytest_deselected(items=others)
            items[:] = [item for item in items if self._keeps(item)]

    def _keeps(self, item: Any) -> bool:
        return any(node.nodeid in self._ids for node in item.listchain())


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start reporting when asked to by the environment."""
    only = os.environ.get(ONLY_VARIABLE)
    if only:  # stays in the environment: workers of pytest-xdist collect for themselves
        config.pluginmanager.register(Selection(only, str(config.rootpath)), "budgetmon-selection")
    path = os.environ.pop(EVENTS_VARIABLE, None)  # not for a pytest that a test starts
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(EventReporter(config, EventFile(path)), "budgetmon-events")
