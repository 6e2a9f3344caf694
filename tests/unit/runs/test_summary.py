"""The fold of events into the state of a run."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.runs.events import (
    Collected,
    CollectError,
    Event,
    EventDecodeError,
    Outcome,
    RunFinished,
    RunStarted,
    TestFinished,
    TestStarted,
)
from budgetmon.runs.summary import KEPT_PROBLEMS, EndReason, ProcessEnd, RunState, Verdict, close, fold

STARTED = RunStarted("3.11", "9.0", "/p", "/p", (), 1)


def begun(id: str) -> TestStarted:
    return TestStarted(id, "/p/f.py", 3)


def ended(id: str, outcome: Outcome = Outcome.PASSED) -> TestFinished:
    return TestFinished(id, outcome, 0.5, "", None, (), "/p/f.py", 3)


def run(*events: Event | EventDecodeError, exit_code: int | None = 0, signal: int | None = None) -> RunState:
    return close(fold(RunState(), events), ProcessEnd(EndReason.ITSELF, exit_code, signal))


def test_that_a_run_goes_through_its_phases() -> None:
    state = RunState()
    assert state.verdict is Verdict.STARTING
    state = fold(state, [STARTED])
    assert state.verdict is Verdict.COLLECTING
    state = fold(state, [Collected(2, ("a", "b"))])
    assert (state.verdict, state.total, state.done) == (Verdict.RUNNING, 2, 0)
    state = fold(state, [begun("a"), ended("a"), begun("b")])
    assert (state.done, list(state.running)) == (1, ["b"])


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(Outcome)), max_size=20), st.data())
def test_that_counts_are_those_of_the_last_result_of_each_test_and_batches_do_not_matter(
    finished: list[tuple[str, Outcome]], data: st.DataObject
) -> None:
    events = [event for id, outcome in finished for event in (begun(id), ended(id, outcome))]
    cut = data.draw(st.integers(0, len(events)))

    state = fold(fold(RunState(), events[:cut]), events[cut:])

    assert state == fold(RunState(), events)
    assert state.counts == Counter(dict(finished).values())
    assert state.done == len(dict(finished))
    assert set(state.bad) == {id for id, outcome in dict(finished).items() if outcome.bad}


def test_that_folding_leaves_the_state_before_as_it_was() -> None:
    before = fold(RunState(), [begun("a")])

    fold(before, [ended("a", Outcome.FAILED)])

    assert before == fold(RunState(), [begun("a")])


def test_that_only_an_orderly_end_with_good_results_is_passed() -> None:
    state = run(STARTED, Collected(1, ("a",)), begun("a"), ended("a"), RunFinished(0))

    assert state.verdict is Verdict.PASSED
    assert state.explanation == ""


@pytest.mark.parametrize(
    ("exit_code", "signal", "words"), [(0, None, "exit code 0"), (None, 6, "signal 6 (SIGABRT)"), (None, 250, "signal 250")]
)
def test_that_an_end_without_the_last_event_is_a_crash_whatever_the_exit_code(
    exit_code: int | None, signal: int | None, words: str
) -> None:
    events = (STARTED, Collected(3, ("a", "b", "c")), begun("a"), ended("a"), begun("b"))

    state = run(*events, exit_code=exit_code, signal=signal)

    assert state.verdict is Verdict.CRASHED
    assert state.explanation == f"pytest ended with {words} in the middle of the run."
    assert state.results["b"].outcome is Outcome.CRASHED
    assert state.counts == {Outcome.PASSED: 1, Outcome.CRASHED: 1}
    assert state.running == {}
    assert "c" not in state.results


def test_that_a_process_that_never_began_is_a_crash_too() -> None:
    state = run(exit_code=4)

    assert state.verdict is Verdict.CRASHED
    assert state.explanation == "pytest ended with exit code 4 before it began the run: see its output."


@pytest.mark.parametrize(("exit_code", "signal"), [(None, 11), (3, None)])
def test_that_a_process_that_dies_after_its_last_event_has_not_passed(exit_code: int | None, signal: int | None) -> None:
    state = run(STARTED, Collected(0, ()), RunFinished(0), exit_code=exit_code, signal=signal)

    assert state.verdict is Verdict.CRASHED
    assert "All results are in" in state.explanation


@pytest.mark.parametrize(
    ("status", "verdict"), [(1, Verdict.FAILED), (2, Verdict.INTERRUPTED), (3, Verdict.FAILED), (5, Verdict.NO_TESTS)]
)
def test_that_the_exit_status_says_how_an_orderly_run_went(status: int, verdict: Verdict) -> None:
    state = run(STARTED, Collected(0, ()), RunFinished(status), exit_code=status)

    assert state.verdict is verdict
    assert state.explanation.endswith(".")


def test_that_a_failure_is_never_passed_even_if_the_exit_status_says_so() -> None:
    state = run(STARTED, begun("a"), ended("a", Outcome.FAILED), RunFinished(0))

    assert state.verdict is Verdict.FAILED


def test_that_an_error_of_collection_is_a_bad_result_of_the_file() -> None:
    error = CollectError("f.py", "no module", None, "/p/f.py")

    state = run(STARTED, error, Collected(1, ("g.py::a",)), RunFinished(2), exit_code=2)

    assert state.bad == ("f.py",)
    assert state.counts == {Outcome.ERROR: 1}
    assert state.done == 0
    assert state.verdict is Verdict.FAILED
    assert state.explanation == "No test ran because of errors while collecting."


@pytest.mark.parametrize(
    ("reason", "verdict"),
    [
        (EndReason.CANCELLED, Verdict.CANCELLED),
        (EndReason.TIME_LIMIT, Verdict.TIMED_OUT),
        (EndReason.NOT_STARTED, Verdict.NOT_STARTED),
    ],
)
def test_that_an_end_of_our_own_making_is_no_crash(reason: EndReason, verdict: Verdict) -> None:
    state = close(fold(RunState(), [STARTED, begun("a")]), ProcessEnd(reason, None, 15, "because."))

    assert state.verdict is verdict
    assert state.results == {}
    assert state.running == {}
    assert state.explanation == "because."


def test_that_lines_that_are_no_events_are_counted_and_the_first_are_kept() -> None:
    errors = [EventDecodeError("garbage", f"line {number}") for number in range(KEPT_PROBLEMS + 5)]

    state = fold(fold(RunState(), errors[:3]), errors[3:])

    assert state.problem_count == KEPT_PROBLEMS + 5
    assert state.problems == tuple(map(str, errors[:KEPT_PROBLEMS]))


def test_that_an_internal_error_of_pytest_is_named_even_beside_bad_results() -> None:
    error = CollectError("f.py", "no module", None, "/p/f.py")

    assert run(STARTED, error, RunFinished(3), exit_code=3).explanation == "pytest had an internal error: see its output."
