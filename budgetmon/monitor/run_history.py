"""Which earlier run a run is to be looked at beside."""

from __future__ import annotations

from collections.abc import Iterable

from budgetmon.monitor.snapshot import RunRow


def run_before(run: RunRow, runs: Iterable[RunRow]) -> RunRow | None:
    """The run that ``run`` is to be compared with: the newest earlier one of its profile that ran about as many tests.

    A rerun of a few failures says little about all; it is taken only where there is nothing better.
    """
    earlier = [one for one in runs if one.profile == run.profile and one.id < run.id and one.counts and one.files]
    earlier.sort(key=lambda one: one.id, reverse=True)
    whole = (one for one in earlier if 2 * (one.total or 0) >= (run.total or 0))
    return next(whole, earlier[0] if earlier else None)
