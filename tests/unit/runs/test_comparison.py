"""What two runs of the same tests have in common, and what not."""

from __future__ import annotations

from budgetmon.core.rules.runs import RunResult
from budgetmon.runs.comparison import Comparison, compare


def result(test: str, outcome: str = "passed", seconds: float = 0.01) -> RunResult:
    return RunResult(test, outcome, "call", seconds, "", None, "f.py", 1)


def names(comparison: Comparison) -> dict[str, list[str]]:
    kinds = ("newly_failing", "newly_passing", "slower")
    return {kind: [change.test for change in getattr(comparison, kind)] for kind in kinds}


def test_that_equal_runs_have_no_differences() -> None:
    assert compare([result("a"), result("b", "failed")], [result("a"), result("b", "failed")]) == Comparison()


def test_that_what_fails_now_and_did_not_is_newly_failing_and_a_new_test_too() -> None:
    before = [result("a"), result("b", "skipped"), result("c", "error"), result("d")]
    after = [
        result("a", "failed"),
        result("b", "crashed"),
        result("c", "failed"),
        result("d", "skipped"),
        result("e", "failed"),
    ]

    comparison = compare(before, after)

    assert names(comparison) == {"newly_failing": ["a", "b", "e"], "newly_passing": [], "slower": []}
    assert comparison.newly_failing[2].before is None
    assert (comparison.added, comparison.gone) == (1, 0)


def test_that_only_what_passes_now_is_newly_passing() -> None:
    comparison = compare(
        [result("a", "failed"), result("b", "failed"), result("c", "error")], [result("a"), result("b", "skipped")]
    )

    assert names(comparison)["newly_passing"] == ["a"]
    assert comparison.gone == 1


def test_that_slower_is_half_as_long_again_and_long_enough_to_be_felt_the_worst_first() -> None:
    before = [result("a", seconds=0.01), result("b", seconds=1.0), result("c", seconds=1.0), result("d", seconds=0.5)]
    after = [result("a", seconds=0.09), result("b", seconds=1.4), result("c", seconds=1.6), result("d", seconds=3.0)]

    assert names(compare(before, after))["slower"] == ["d", "c"]


def test_that_a_failure_that_takes_longer_is_not_called_slower() -> None:
    assert names(compare([result("a")], [result("a", "failed", 9.0)]))["slower"] == []
