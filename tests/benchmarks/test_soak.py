"""Eight hours at full length: a hundred thousand polls over a ledger that grows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from integration.soak import CONFIG, soak

from budgetmon import UsageTracker

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]


def test_that_a_hundred_thousand_polls_leave_nothing_behind(make_tracker: Callable[..., UsageTracker]) -> None:
    soaked = soak(make_tracker(CONFIG), 100_000, every=10)
    print(f"\n{soaked}")  # noqa: T201
    assert (soaked.descriptors_grown, soaked.threads_grown) == (0, 0)
    assert soaked.bytes_grown < 16 * 1024 * 1024
