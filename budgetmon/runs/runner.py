"""The runner: starts what a profile says, writes into the ledger what becomes of it, and ends it when it shall end."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from budgetmon.core.config.values import Config, RunConfig
from budgetmon.core.ledger.run_book import BegunRun, RunBook
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.rules.doubts import DoubtPolicy
from budgetmon.core.rules.runs import RunEnd, RunKind, RunOrder, RunProgress, RunResult, RunStatus
from budgetmon.core.storage.errors import LedgerError
from budgetmon.runs.child import Child, Grace, NotStartedError
from budgetmon.runs.event_log import EventLog
from budgetmon.runs.events import EndReason, Event, EventDecodeError, ProcessEnd, TestFinished
from budgetmon.runs.launch import ProfileError, command_of
from budgetmon.runs.process_group import adopt_orphans
from budgetmon.runs.pytest_command import NoPytestError, RunCommand
from budgetmon.runs.stop import Stop
from budgetmon.runs.summary import RunState, Verdict, fold
from budgetmon.runs.tail import EventTail

_log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
WRITE_SECONDS = 0.5
# Characters of a failure that the ledger keeps; the whole one is in the run's files.
KEPT_LONGREPR = 16_384
KEPT_ID = 4_096

_STATUSES = {
    Verdict.PASSED: RunStatus.PASSED,
    Verdict.FAILED: RunStatus.FAILED,
    Verdict.CANCELLED: RunStatus.CANCELLED,
    Verdict.TIMED_OUT: RunStatus.TIMED_OUT,
    Verdict.CRASHED: RunStatus.CRASHED,
}
_PYTEST_ITSELF_FAILED = (3, 4)


@dataclass(frozen=True, slots=True)
class Launch:
    """What is asked of the runner. ``only`` limits a run of pytest to these node ids."""

    config: Config
    profile: RunConfig
    only: tuple[str, ...] = ()


class Runner:
    """Runs one profile on one ledger, in a process that does nothing else and has no other children.

    ``began`` is told the run's number, name and files before anything starts; ``progressed`` every state while it goes on.
    """

    def __init__(
        self,
        launch: Launch,
        ledger: SqliteLedger,
        stop: Stop,
        *,
        began: Callable[[BegunRun], None] = lambda _: None,
        progressed: Callable[[RunState], None] = lambda _: None,
        grace: Grace | None = None,
    ) -> None:
        self._launch = launch
        self._ledger = ledger
        self._book = RunBook(ledger)
        self._stop = stop
        self._began = began
        self._progressed = progressed
        self._grace = grace
        self._state = RunState(kind=launch.profile.kind)
        self._unwritten: list[RunResult] = []
        self._write_due = 0.0

    def run(self, environ: Mapping[str, str] | None = None) -> tuple[BegunRun, RunState]:
        """Run to the end, whatever it is. Raises LedgerError when the ledger cannot take it; then nothing is left running."""
        profile, config = self._launch.profile, self._launch.config
        self._ledger.doubt_policy = DoubtPolicy(config.on_death, config.in_doubt)
        order = RunOrder(
            profile.name,
            profile.kind,
            str(profile.cwd),
            profile.args,
            str(files_of(self._ledger.path)),
            profile.budget,
            profile.time_limit,
        )
        run = self._book.begin(order)
        files = Path(run.files)
        try:
            _make(files)
            self._began(run)
            command = command_of(
                profile, run.name, files, config, only=self._launch.only, environ=os.environ if environ is None else environ
            )
            end = self._carried_out(run, command)
        except (ProfileError, NoPytestError, NotStartedError, OSError) as error:
            end = ProcessEnd(EndReason.NOT_STARTED, detail=str(error))
        self._close(run, end)
        return run, self._state

    def _carried_out(self, run: BegunRun, command: RunCommand) -> ProcessEnd:
        child = Child(command, grace=self._grace, orphans_are_ours=adopt_orphans())
        try:
            return self._watch(run, child, EventTail(command.events_path))
        except BaseException:
            child.kill()
            raise

    def _watch(self, run: BegunRun, child: Child, tail: EventTail) -> ProcessEnd:
        limit = self._launch.profile.time_limit
        deadline = time.monotonic() + limit.total_seconds() if limit else float("inf")
        while (end := child.poll()) is None:
            self._take(tail.read())
            self._write(run)
            if self._stop.hurried:
                child.kill()
            elif self._stop.asked:
                child.end(EndReason.CANCELLED)
            elif time.monotonic() >= deadline:
                child.end(EndReason.TIME_LIMIT, f"Ended after its time limit of {limit}.")
            time.sleep(POLL_SECONDS)
        self._take(tail.read_rest())
        return end

    def _take(self, events: Sequence[Event | EventDecodeError]) -> None:
        before = self._state
        if events:
            self._state = fold(before, events)
            self._note_new(before)
        self._progressed(self._state)

    def _note_new(self, before: RunState) -> None:
        new: list[TestFinished] = []
        for id in reversed(self._state.results):  # in the order of arrival: what is new is at the end
            result = self._state.results[id]
            if before.results.get(id) is result:
                break
            new.append(result)
        self._unwritten += map(_kept, reversed(new))

    def _write(self, run: BegunRun, *, last: bool = False) -> None:
        """Write what has come. Before the end a ledger that cannot be written is tried again: the run shall not suffer."""
        if not last and time.monotonic() < self._write_due:
            return
        self._write_due = time.monotonic() + WRITE_SECONDS
        counts = {outcome.value: count for outcome, count in self._state.counts.items()}
        if not last and not self._unwritten and self._state.total is None:
            return
        try:
            self._book.add(run.id, self._unwritten, RunProgress(self._state.total, counts))
        except LedgerError as error:
            if last:
                raise
            _log.warning("results of the run could not be written yet: %s", error)
        else:
            self._unwritten = []

    def _close(self, run: BegunRun, end: ProcessEnd) -> None:
        """The end goes to the files first: they tell it even when the ledger cannot."""
        self._take([end])
        try:
            EventLog(Path(run.files) / "events.jsonl").write(end)
        except OSError as error:
            _log.warning("the end of the run could not be written to its files: %s", error)
        self._ledger.sweep()  # calls that were killed with the run
        self._write(run, last=True)
        self._book.finish(run.id, _end_of(self._state, end))
        ours = files_of(self._ledger.path)
        for folder in map(Path, self._book.forget_old_results(self._launch.profile.name)):
            if folder.parent == ours:  # a copied or moved ledger names folders that are another's
                shutil.rmtree(folder, ignore_errors=True)


def files_of(ledger: Path) -> Path:
    """The folder beside the ledger that holds the files of its runs."""
    return ledger.with_name(f"{ledger.name}.runs")


def _make(files: Path) -> None:
    """Makes the folder of a run. One of the same number, left by a ledger that was here before, steps aside."""
    with contextlib.suppress(FileNotFoundError):
        files.rename(files.with_name(f"{files.name}.before-{time.time_ns()}"))
    files.mkdir(mode=0o700, parents=True)


def _kept(result: TestFinished) -> RunResult:
    longrepr = result.longrepr.text if result.longrepr else None
    if longrepr is not None and len(longrepr) > KEPT_LONGREPR:
        longrepr = f"{longrepr[:KEPT_LONGREPR]}\n[... more in the run's files ...]"
    return RunResult(
        test=result.id[:KEPT_ID],
        outcome=result.outcome.value,
        phase=result.phase,
        seconds=result.seconds,
        message=result.message,
        longrepr=longrepr,
        file=result.file,
        line=result.line,
    )


def _end_of(state: RunState, end: ProcessEnd) -> RunEnd:
    code = -end.signal if end.signal is not None else end.exit_code
    status = _STATUSES.get(state.verdict, RunStatus.ERROR)
    if status is RunStatus.FAILED and state.kind is RunKind.PYTEST and end.exit_code in _PYTEST_ITSELF_FAILED:
        status = RunStatus.ERROR
    return RunEnd(status, code, state.explanation)
