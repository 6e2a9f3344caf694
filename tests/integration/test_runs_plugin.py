"""pytest as a child process with our plugin: what it reports of every kind of test, and of runs that go wrong."""

import os
import shutil
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest

from budgetmon.runs.events import Event, EventDecodeError, Outcome, RunFinished, RunStarted, TestFinished, TestStarted
from budgetmon.runs.pytest_command import pytest_command
from budgetmon.runs.summary import EndReason, ProcessEnd, RunState, Verdict, close, fold
from budgetmon.runs.tail import EventTail

SAMPLES = Path(__file__).parent / "sample_projects"
KEPT = 65_536


@dataclass
class Run:
    """A run that is over."""

    events: list[Event | EventDecodeError]
    state: RunState
    output: str
    folder: Path

    def result(self, id: str) -> TestFinished:
        return self.state.results[id]

    def outcomes(self) -> dict[str, str]:
        return {id: result.outcome.value for id, result in self.state.results.items()}


def run(folder: Path, *args: str, only: tuple[str, ...] = ()) -> Run:
    scratch = folder.parent / f"{folder.name}-scratch"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    environ = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # faster, and nothing of our own tests' plugins
    command = pytest_command(folder, scratch, args=args, only=only, environ=environ)
    with command.output_path.open("wb") as output:
        code = subprocess.run(
            command.argv,
            env=dict(command.env),
            cwd=command.cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            timeout=60,
            check=False,
        ).returncode
    events = EventTail(command.events_path).read_rest()
    end = ProcessEnd(EndReason.ITSELF, code if code >= 0 else None, -code if code < 0 else None)
    state = close(fold(RunState(), events), end)
    return Run(events, state, command.output_path.read_text(errors="replace"), folder)


def run_source(tmp_path: Path, source: str, *args: str, only: tuple[str, ...] = ()) -> Run:
    folder = tmp_path / "project"
    folder.mkdir(exist_ok=True)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    (folder / "test_it.py").write_text(textwrap.dedent(source))
    return run(folder, *args, only=only)


def copy_of(name: str, parent: Path) -> Path:
    return Path(shutil.copytree(SAMPLES / name, parent / name))


@pytest.fixture(scope="module")
def every_outcome(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return run(copy_of("every_outcome", tmp_path_factory.mktemp("samples")))


def test_that_every_outcome_is_reported_as_what_it_is(every_outcome: Run) -> None:
    outcomes = every_outcome.outcomes()
    of_file = {id.partition("::")[2]: outcome for id, outcome in outcomes.items() if id.startswith("check_outcomes.py")}

    assert of_file == {
        "test_passes": "passed",
        "test_fails": "failed",
        "test_error_at_setup": "error",
        "test_error_at_teardown": "error",
        "test_fails_and_error_at_teardown": "failed",
        "test_skipped": "skipped",
        "test_xfailed": "xfailed",
        "test_xpassed": "xpassed",
        "test_strict_xpass_is_a_failure": "failed",
        "TestGroup::test_in_class": "passed",
        "TestGroup::TestInner::test_in_nested_class": "failed",
    }
    assert outcomes["deep/check_below.py::Older::test_expected_failure"] == "xfailed"
    assert outcomes["check_broken_import.py"] == "error"
    assert outcomes["check_skips_itself.py"] == "skipped"
    assert not any(id.startswith("check_empty.py") for id in outcomes)


def test_that_the_run_adds_up(every_outcome: Run) -> None:
    state = every_outcome.state

    assert state.problem_count == 0
    assert state.verdict is Verdict.FAILED
    assert state.total == state.done == len(state.ids) == 28
    assert state.finished is not None
    expected = dict(state.finished.counts)
    expected[Outcome.ERROR] += 1  # pytest's own count leaves collection out
    assert state.counts == expected


def test_that_each_test_starts_once_before_it_finishes_once(every_outcome: Run) -> None:
    seen: dict[str, list[str]] = {}
    for event in every_outcome.events:
        if isinstance(event, TestStarted | TestFinished):
            seen.setdefault(event.id, []).append(type(event).__name__)

    whole_files = {"check_skips_itself.py": ["TestFinished"]}
    assert seen == {id: ["TestStarted", "TestFinished"] for id in every_outcome.state.ids} | whole_files
    assert isinstance(every_outcome.events[0], RunStarted)
    assert isinstance(every_outcome.events[-1], RunFinished)


@pytest.mark.parametrize(
    ("id", "message"),
    [
        ("check_outcomes.py::test_fails", "assert (1 + 1) == 3"),
        ("check_outcomes.py::test_error_at_setup", "RuntimeError: setup is broken"),
        ("check_outcomes.py::test_error_at_teardown", "RuntimeError: teardown is broken"),
        ("check_outcomes.py::test_fails_and_error_at_teardown", "AssertionError: the call failed first"),
        ("check_outcomes.py::test_skipped", "not today"),
        ("check_outcomes.py::test_xfailed", "known to be wrong"),
        ("check_outcomes.py::test_xpassed", "thought to be wrong"),
        ("check_outcomes.py::test_strict_xpass_is_a_failure", "[XPASS(strict)] must be wrong"),
        ("check_skips_itself.py", "not on this machine"),
        ("check_broken_import.py", "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
    ],
)
def test_that_the_message_is_one_line_that_says_why(every_outcome: Run, id: str, message: str) -> None:
    assert every_outcome.result(id).message == message


def test_that_the_text_of_a_failure_is_that_of_pytest(every_outcome: Run) -> None:
    result = every_outcome.result("check_outcomes.py::test_fails")

    assert result.longrepr is not None
    assert result.longrepr.text.startswith("    def test_fails():\n        sys.stdout")
    assert result.longrepr.size == len(result.longrepr.text)
    assert [(section.title, section.text) for section in result.sections] == [
        ("Captured stdout call", "seen before the failure\n")
    ]
    both = every_outcome.result("check_outcomes.py::test_fails_and_error_at_teardown").longrepr
    assert both is not None
    assert "the call failed first" in both.text
    assert "at teardown:" in both.text


def test_that_a_result_names_its_place(every_outcome: Run) -> None:
    result = every_outcome.result("deep/check_below.py::Older::test_passes")

    assert Path(result.file) == every_outcome.folder / "deep" / "check_below.py"
    assert result.line == 5


def test_that_ids_arrive_as_they_are(every_outcome: Run) -> None:
    names = [
        "a::b",
        "[x]",
        "line\nbreak",
        "lone \udcff surrogate",
        "\u00e4\u4e2d\U0001f600",
        'quote"\\',
        "",
        " ",
        "\u2028",
        "\x1b[31m",
    ]

    for name in names:
        expected = Outcome.FAILED if name == "[x]" else Outcome.PASSED
        assert every_outcome.result(f"check_odd_ids.py::test_odd[{name}]").outcome is expected


def test_that_output_that_is_no_text_is_survived(every_outcome: Run) -> None:
    (section,) = every_outcome.result("check_noisy.py::test_prints_bytes_that_are_not_utf8").sections

    assert section.text.startswith("before ")
    assert section.text.endswith(" after\n")


def test_that_megabytes_are_cut_and_their_size_is_told(every_outcome: Run) -> None:
    result = every_outcome.result("check_noisy.py::test_prints_four_megabytes")
    (section,) = result.sections

    assert section.size == 4 * 1024 * 1024
    assert KEPT <= len(section.text) <= KEPT + 100
    assert result.longrepr is not None
    assert result.longrepr.size > 300_000
    assert KEPT <= len(result.longrepr.text) <= KEPT + 100
    assert len(result.message) <= 1000


def test_that_only_the_chosen_tests_run_whatever_their_ids(every_outcome: Run, tmp_path: Path) -> None:
    only = (
        "check_odd_ids.py::test_odd[line\nbreak]",
        "check_odd_ids.py::test_odd[lone \udcff surrogate]",
        "check_outcomes.py::TestGroup",
        "deep/check_below.py",
    )

    again = run(copy_of("every_outcome", tmp_path), only=only)

    assert set(again.state.ids) == {
        *only[:2],
        "check_outcomes.py::TestGroup::test_in_class",
        "check_outcomes.py::TestGroup::TestInner::test_in_nested_class",
        "deep/check_below.py::Older::test_passes",
        "deep/check_below.py::Older::test_expected_failure",
    }
    assert set(again.state.results) == set(again.state.ids), "files that hold none of them are not even collected"


@pytest.mark.parametrize(
    ("sample", "words", "crashed"),
    [
        ("abort", "signal 6 (SIGABRT)", "check_abort.py::test_aborts"),
        ("early_exit", "exit code 0", "check_exit.py::test_exits_with_zero"),
    ],
)
def test_that_a_process_that_dies_in_a_test_is_a_crash_of_that_test(
    sample: str, words: str, crashed: str, tmp_path: Path
) -> None:
    dead = run(copy_of(sample, tmp_path))

    assert dead.state.verdict is Verdict.CRASHED
    assert words in dead.state.explanation
    assert dead.state.bad == (crashed,)
    assert dead.state.counts == {Outcome.PASSED: 1, Outcome.CRASHED: 1}
    assert dead.state.total == 3


def test_that_a_broken_import_alone_fails_the_run(tmp_path: Path) -> None:
    broken = run_source(tmp_path, "import no_such_module_anywhere")

    assert broken.state.verdict is Verdict.FAILED
    assert broken.state.bad == ("test_it.py",)
    assert broken.state.explanation == "No test ran because of errors while collecting."


def test_that_no_tests_is_a_verdict_of_its_own(tmp_path: Path) -> None:
    assert run_source(tmp_path, "").state.verdict is Verdict.NO_TESTS


def test_that_options_that_pytest_refuses_are_not_passed(tmp_path: Path) -> None:
    refused = run_source(tmp_path, "def test_a(): pass", "--no-such-option")

    assert refused.state.verdict is Verdict.CRASHED
    assert "before it began" in refused.state.explanation
    assert "--no-such-option" in refused.output


def test_that_a_crash_at_exit_is_not_passed(tmp_path: Path) -> None:
    dead = run_source(tmp_path, "import atexit, os\natexit.register(os.abort)\ndef test_a(): pass")

    assert dead.state.counts == {Outcome.PASSED: 1}
    assert dead.state.verdict is Verdict.CRASHED


def test_that_only_the_process_that_was_started_reports(tmp_path: Path) -> None:
    forked = run_source(
        tmp_path,
        """
        import os, subprocess, sys

        def test_forks_and_the_child_goes_on_as_pytest():
            if os.fork() == 0:
                return  # the child now reports this test, runs the next one and ends in its own good time
            os.wait()

        def test_starts_pytest_itself():
            nested = [sys.executable, "-m", "pytest", "-p", "budgetmon_pytest_events", "--co", __file__]
            assert subprocess.run(nested).returncode == 0
        """,
    )

    assert [type(event).__name__ for event in forked.events].count("RunStarted") == 1
    assert [type(event).__name__ for event in forked.events].count("TestFinished") == 2
    assert forked.state.verdict is Verdict.PASSED


def test_that_a_test_may_close_descriptors_and_change_folder(tmp_path: Path) -> None:
    rough = run_source(
        tmp_path,
        """
        import os

        def test_closes_what_it_does_not_own():
            os.closerange(20, 256)

        def test_moves_away(tmp_path):
            os.chdir(tmp_path)

        def test_afterwards(): pass
        """,
    )

    assert rough.outcomes() == {
        "test_it.py::test_closes_what_it_does_not_own": "passed",
        "test_it.py::test_moves_away": "passed",
        "test_it.py::test_afterwards": "passed",
    }


def test_that_the_plugin_leaves_no_trace_for_the_tests(tmp_path: Path) -> None:
    run_ = run_source(
        tmp_path,
        """
        import os, sys

        def test_environment():
            assert "BUDGETMON_EVENTS" not in os.environ
            assert "budgetmon" not in sys.modules
        """,
    )

    assert run_.state.verdict is Verdict.PASSED


def test_that_output_of_passed_tests_is_kept_short(tmp_path: Path) -> None:
    loud = run_source(tmp_path, "def test_loud(): print('x' * 100_000)")

    (section,) = loud.result("test_it.py::test_loud").sections
    assert section.size == 100_001
    assert len(section.text) < 5_000


def test_that_unittest_subtests_are_part_of_their_test(tmp_path: Path) -> None:
    result = run_source(
        tmp_path,
        """
        import unittest

        class TestMany(unittest.TestCase):
            def test_numbers(self):
                for number in range(4):
                    with self.subTest("odd", number=number):
                        self.assertEqual(number % 2, 0)
        """,
    ).result("test_it.py::TestMany::test_numbers")

    assert result.outcome is Outcome.FAILED
    if int(pytest.__version__.split(".")[0]) >= 9:  # older ones stop at the first
        assert result.message.startswith("2 of 4 subtests failed: AssertionError: 1 != 0")


@pytest.mark.skipif(not hasattr(pytest, "Subtests"), reason="subtests came with pytest 9")
def test_that_failed_subtests_fail_their_test_and_are_all_told(tmp_path: Path) -> None:
    checked = run_source(
        tmp_path,
        """
        def test_some_fail(subtests):
            for number in range(3):
                with subtests.test("odd", number=number):
                    print("number", number)
                    assert number != 1, "one is bad"

        def test_all_pass(subtests):
            with subtests.test(): pass
        """,
    )

    assert checked.outcomes() == {"test_it.py::test_some_fail": "failed", "test_it.py::test_all_pass": "passed"}
    result = checked.result("test_it.py::test_some_fail")
    assert result.message == "1 of 3 subtests failed: AssertionError: one is bad"
    assert result.longrepr is not None
    assert "subtest [odd] (number=1):" in result.longrepr.text
    titles = {section.title: section.text for section in result.sections}
    assert titles["Captured stdout call of subtest [odd] (number=1)"] == "number 1\n"


def test_that_a_stop_at_the_first_failure_is_told(tmp_path: Path) -> None:
    stopped = run_source(tmp_path, "def test_a(): assert 0\ndef test_b(): pass", "-x")

    assert stopped.state.verdict is Verdict.FAILED
    assert (stopped.state.done, stopped.state.total) == (1, 2)


def test_that_our_own_pytest_never_collects_the_samples() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", str(SAMPLES)],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert listed.returncode == 5, listed.stdout
