"""The pool of the scan: a worker that dies, leaves or hangs costs the item that it was at."""

from __future__ import annotations

import os
import signal
from contextlib import closing

from integration.pool_workers import work

from budgetmon.workloads.earnings.pool import Lost, WorkPool


def pool(count: int = 2, time_limit: float = 60.0) -> WorkPool[str, str, str]:
    return WorkPool("pool", count, work, "did", time_limit=time_limit)


def test_that_each_item_has_one_outcome_whatever_happens_to_workers() -> None:
    items = ["a", "fail", "die 1", "b", "die 2", "leave", "c", "d"]
    with closing(pool().run(items)) as outcomes:
        found = list(outcomes)
    assert sorted(each for each in found if isinstance(each, str)) == ["did a", "did b", "did c", "did d"]
    assert {each.item: each.reason for each in found if isinstance(each, Lost)} == {
        "fail": "ValueError: cannot do fail",
        "die 1": "its worker was ended by SIGKILL",
        "die 2": "its worker was ended by SIGKILL",
        "leave": "its worker ended with exit code 3",
    }


def test_that_what_takes_too_long_is_ended_and_the_rest_goes_on() -> None:
    with closing(pool(time_limit=5.0).run(["hang", "a", "b", "c"])) as outcomes:
        found = list(outcomes)
    assert [each for each in found if isinstance(each, Lost)] == [Lost("hang", "no result within 5 s; its worker was ended")]
    assert len(found) == 4


def test_that_workers_end_when_nobody_listens_any_more() -> None:
    crowd = pool()
    outcomes = crowd.run(["a", "b", "c", "d"])
    next(outcomes)
    pids = crowd.pids
    outcomes.close()
    assert crowd.pids == ()
    for pid in pids:
        try:
            os.kill(pid, signal.SIGCONT)
        except ProcessLookupError:
            continue
        raise AssertionError(f"process {pid} is still there")


def test_that_nothing_to_do_is_done_at_once() -> None:
    assert list(pool().run([])) == []
