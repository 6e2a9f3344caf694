"""The state of a test run as a pure fold over its events, and what its end means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from budgetmon.core.rules.runs import RunKind
from budgetmon.runs.events import (
    Collected,
    CollectError,
    EndReason,
    Event,
    EventDecodeError,
    Outcome,
    ProcessEnd,
    RunFinished,
    RunStarted,
    TestFinished,
    TestStarted,
)

KEPT_PROBLEMS = 20


class Verdict(StrEnum):
    """How a run stands or what became of it. The words are shown as they are. Only PASSED is good news."""

    STARTING = "starting"
    COLLECTING = "collecting"
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    NO_TESTS = "no tests"
    INTERRUPTED = "interrupted"  # pytest stopped early: an error of collection, its own -x, pytest.exit()
    CANCELLED = "cancelled"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"
    NOT_STARTED = "not started"


# The exit statuses of pytest that say more than its results do.
_STATUS_EXPLANATIONS = {
    3: "pytest had an internal error: see its output.",
    4: "pytest could not use what it was started with: see its output.",
}
_WHO = {RunKind.PYTEST: "pytest", RunKind.AUDIT: "the audit", RunKind.WORKLOAD: "the workload"}
_EXPLANATIONS = {
    Verdict.NO_TESTS: "pytest found no tests to run here.",
    Verdict.INTERRUPTED: "pytest stopped before all tests had run.",
}


@dataclass(frozen=True, slots=True)
class RunState:
    """All that is known of a run. ``results`` is in the order of arrival, ``ids`` in the order of collection.

    ``results`` holds errors of collection too, under the id of the file. ``total`` is None until collection is over;
    ``bad`` are the ids that failed, had an error or crashed, in the order of arrival: what "rerun failed" runs.
    ``done`` counts the collected tests that have a result. ``problems`` are the first few of ``problem_count`` lines that
    were no events. A workload may do without a report; then its exit code is its word.
    """

    started: RunStarted | None = None
    ids: tuple[str, ...] = ()
    total: int | None = None
    done: int = 0
    results: dict[str, TestFinished] = field(default_factory=dict)
    running: dict[str, TestStarted] = field(default_factory=dict)
    counts: Mapping[Outcome, int] = field(default_factory=dict)
    bad: tuple[str, ...] = ()
    finished: RunFinished | None = None
    problems: tuple[str, ...] = ()
    problem_count: int = 0
    end: ProcessEnd | None = None
    kind: RunKind = RunKind.PYTEST

    @property
    def verdict(self) -> Verdict:
        """What to call the run. Never PASSED unless pytest said so in an orderly way and then exited like that."""
        if self.end is None:
            return self._verdict_while_running()
        by_us = {
            EndReason.NOT_STARTED: Verdict.NOT_STARTED,
            EndReason.CANCELLED: Verdict.CANCELLED,
            EndReason.TIME_LIMIT: Verdict.TIMED_OUT,
        }
        if self.end.reason in by_us:
            return by_us[self.end.reason]
        if self._silent:
            return self._verdict_by_exit(self.end)
        if self.finished is None or self.end.signal is not None or self.end.exit_code != self.finished.exit_status:
            return Verdict.CRASHED
        return self._verdict_by_status(self.finished.exit_status)

    @property
    def _silent(self) -> bool:
        return self.kind is RunKind.WORKLOAD and self.started is None

    @staticmethod
    def _verdict_by_exit(end: ProcessEnd) -> Verdict:
        if end.signal is not None:
            return Verdict.CRASHED
        return Verdict.FAILED if end.exit_code else Verdict.PASSED

    def _verdict_by_status(self, status: int) -> Verdict:
        if status == 0 and not self.bad:
            return Verdict.PASSED
        if status == 2 and not self._collection_failed:
            return Verdict.INTERRUPTED
        return Verdict.NO_TESTS if status == 5 else Verdict.FAILED

    @property
    def _collection_failed(self) -> bool:
        return self.done == 0 and bool(self.bad)

    def _verdict_while_running(self) -> Verdict:
        if self.started is None:
            return Verdict.RUNNING if self._silent else Verdict.STARTING
        return Verdict.COLLECTING if self.total is None else Verdict.RUNNING

    @property
    def explanation(self) -> str:
        """One sentence on a verdict that the results alone do not explain; empty otherwise."""
        if self.end is None or self.end.detail:
            return self.end.detail if self.end else ""
        verdict = self.verdict
        if self._silent:
            return "" if verdict is Verdict.PASSED else f"It ended with {self.end}: see its output."
        if verdict is Verdict.CRASHED:
            return self._crash_explanation(self.end)
        if verdict is Verdict.FAILED:
            return self._failure_explanation(self.end)
        return _EXPLANATIONS.get(verdict, "")

    def _failure_explanation(self, end: ProcessEnd) -> str:
        if self.kind is RunKind.PYTEST and end.exit_code in _STATUS_EXPLANATIONS:
            return _STATUS_EXPLANATIONS[end.exit_code]
        if not self.bad:
            return f"{_WHO[self.kind]} ended with {end} although no test failed: see its output."
        return "No test ran because of errors while collecting." if self._collection_failed else ""

    def _crash_explanation(self, end: ProcessEnd) -> str:
        who = _WHO[self.kind]
        if self.finished is not None:
            return f"All results are in, but {who} then ended with {end} instead of exit code {self.finished.exit_status}."
        if self.started is None:
            return f"{who} ended with {end} before it began the run: see its output."
        return f"{who} ended with {end} in the middle of the run."


def fold(state: RunState, events: Iterable[Event | EventDecodeError]) -> RunState:
    """The state after ``events``. Copies what it changes once per call, so hand it batches."""
    results, running = dict(state.results), dict(state.running)
    counts = Counter(state.counts)
    bad = dict.fromkeys(state.bad)
    changes: dict[str, object] = {}
    done, problems, problem_count = state.done, state.problems, state.problem_count
    end: ProcessEnd | None = None

    def settle(result: TestFinished) -> None:
        before = results.pop(result.id, None)  # a test that runs twice counts once, with its last result
        if before is not None:
            counts[before.outcome] -= 1
            bad.pop(result.id, None)
        results[result.id] = result
        counts[result.outcome] += 1
        if result.outcome.bad:
            bad[result.id] = None

    for event in events:
        match event:
            case TestStarted():
                running[event.id] = event
            case TestFinished():
                if running.pop(event.id, None) is not None and event.id not in results:
                    done += 1
                settle(event)
            case CollectError():
                settle(_as_result(event))
            case RunStarted():
                changes["started"] = event
            case Collected():
                changes |= {"ids": event.ids, "total": event.total}
            case RunFinished():
                changes["finished"] = event
            case ProcessEnd():
                end = event
            case EventDecodeError():
                problem_count += 1
                problems = (*problems, str(event))[:KEPT_PROBLEMS]
    folded = replace(
        state,
        results=results,
        running=running,
        counts={outcome: counts[outcome] for outcome in Outcome if counts[outcome]},
        bad=tuple(bad),
        done=done,
        problems=problems,
        problem_count=problem_count,
        **changes,  # type: ignore[arg-type]
    )
    return close(folded, end) if end else folded


def close(state: RunState, end: ProcessEnd) -> RunState:
    """The state once the process is gone. Tests that ran when it crashed get the outcome CRASHED; else they have none."""
    closed = replace(state, end=end)
    if closed.verdict is Verdict.CRASHED and closed.running:
        message = f"the process ended with {end} while this test ran"
        closed = fold(closed, [_crashed(test, message) for test in closed.running.values()])
    return replace(closed, running={})


def _crashed(test: TestStarted, message: str) -> TestFinished:
    return TestFinished(test.id, Outcome.CRASHED, 0.0, message, None, (), test.file, test.line)


def _as_result(error: CollectError) -> TestFinished:
    return TestFinished(error.id, Outcome.ERROR, 0.0, error.message, error.longrepr, (), error.file, error.line, "collect")


def remaining_seconds(state: RunState, testing: float) -> float | None:
    """About how long a run still takes, after ``testing`` seconds in its tests; None while that is anybody's guess."""
    if state.end is not None or not state.total or state.done < 3 or testing < 1:
        return None
    return testing / state.done * max(0, state.total - state.done)
