"""What is different between two runs of the same tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from budgetmon.core.rules.runs import RunResult
from budgetmon.runs.events import Outcome

# A test counts as slower when it took half as long again and the difference could be felt.
SLOWER_FACTOR = 1.5
SLOWER_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Change:
    """One test in both runs. ``before`` is None for a test that the earlier run did not have; times are in seconds."""

    test: str
    before: str | None
    after: str
    seconds_before: float
    seconds_after: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Tests that fail and did not, that no longer fail, and that became slower, the worst first; how many came and went."""

    newly_failing: tuple[Change, ...] = ()
    newly_passing: tuple[Change, ...] = ()
    slower: tuple[Change, ...] = ()
    added: int = 0
    gone: int = 0


def compare(before: Iterable[RunResult], after: Iterable[RunResult]) -> Comparison:
    """What changed from ``before`` to ``after``."""
    earlier = {result.test: result for result in before}
    later = {result.test: result for result in after}
    changes = [_change(earlier.get(test), result) for test, result in later.items()]
    return Comparison(
        newly_failing=tuple(change for change in changes if _bad(change.after) and not _bad(change.before)),
        newly_passing=tuple(change for change in changes if _bad(change.before) and change.after == Outcome.PASSED),
        slower=tuple(sorted(filter(_slower, changes), key=_by_added_time)),
        added=len(later.keys() - earlier.keys()),
        gone=len(earlier.keys() - later.keys()),
    )


def _change(before: RunResult | None, after: RunResult) -> Change:
    return Change(
        after.test,
        before.outcome if before else None,
        after.outcome,
        before.seconds if before else 0.0,
        after.seconds,
    )


def _bad(outcome: str | None) -> bool:
    return outcome is not None and Outcome(outcome).bad


def _slower(change: Change) -> bool:
    if change.before != Outcome.PASSED or change.after != Outcome.PASSED:
        return False
    longer = change.seconds_after - change.seconds_before
    return longer >= SLOWER_SECONDS and change.seconds_after >= SLOWER_FACTOR * change.seconds_before


def _by_added_time(change: Change) -> float:
    return change.seconds_before - change.seconds_after
