"""A reader that polls all day: its memory stays flat, and nothing piles up."""

from __future__ import annotations

from collections.abc import Callable

from integration.soak import CONFIG, soak

from budgetmon import UsageTracker

POLLS = 5_000
EVERY = 7


def test_that_eight_hours_of_polls_leave_nothing_behind(make_tracker: Callable[..., UsageTracker]) -> None:
    soaked = soak(make_tracker(CONFIG), POLLS, every=EVERY)
    assert soaked.pictures >= POLLS // EVERY
    assert soaked.descriptors_grown == 0
    assert soaked.threads_grown == 0
    assert soaked.bytes_grown < 4 * 1024 * 1024
