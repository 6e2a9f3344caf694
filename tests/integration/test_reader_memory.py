"""What a reader remembers between polls never shows: its pictures are those of a reader that reads all anew."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from budgetmon import Usage, UsageTracker
from budgetmon.core.call import Call
from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.reader.newest_calls import NewestCalls
from budgetmon.monitor.snapshot import Ask, Snapshot

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models:
  m: {provider: p, input_per_mtok: 1000}
  n: {provider: q, per_call: 0.25}
budgets:
  - {name: usd, limit: 5000 USD, per: month}
  - {name: calls, provider: q, limit: 30000 calls, per: lifetime}
  - {name: rolling, limit: 900000 tokens, per: 2h}
  - {name: tagged, tag: AAPL, limit: 900000 tokens, per: day}
"""
MINUTE = 60_000
STEPS = 120


class Clock:
    """The reader's clock, which runs ahead, so that calls made just now lie in the past that is remembered."""

    def __init__(self) -> None:
        self.ahead = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead


def step(dice: random.Random, tracker: UsageTracker, open_calls: list[Call], clock: Clock) -> None:
    match dice.randrange(6):
        case 0 | 1:
            tracker.record(dice.choice("mn"), Usage(input_tokens=dice.randrange(900)), tag=dice.choice((None, "AAPL")))
        case 2:
            open_calls.append(tracker.call("m", estimate=Usage(input_tokens=1000)).__enter__())
        case 3 if open_calls:
            open_calls.pop(dice.randrange(len(open_calls))).settle(Usage(input_tokens=dice.randrange(900)))
        case 4 if open_calls:
            open_calls.pop(0).release()
        case _:
            clock.ahead += dice.choice((0, 5_000, MINUTE, 20 * MINUTE))


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_that_a_reader_that_remembers_sees_what_a_new_one_sees(seed: int, make_tracker: MakeTracker) -> None:
    dice, clock = random.Random(seed), Clock()
    tracker = make_tracker(CONFIG)
    open_calls: list[Call] = []
    with LedgerReader(tracker.db_path, clock=clock) as reader:
        for number in range(STEPS):
            step(dice, tracker, open_calls, clock)
            ask = Ask(rows=dice.choice((5, 40, 40, 40)))
            snapshot = reader.snapshot(ask)
            with LedgerReader(tracker.db_path, clock=lambda at=snapshot.as_of: at) as fresh:
                assert_same(snapshot, fresh.snapshot(ask), number)
    for call in open_calls:
        call.release()


def assert_same(one: Snapshot, other: Snapshot, number: int) -> None:
    assert one.calls == other.calls, number
    assert one.budgets == other.budgets, number


def test_that_a_poll_reads_only_new_and_unsettled_calls(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(CONFIG)
    for _ in range(50):
        tracker.record("n")
    held = tracker.call("n").__enter__()
    newest = NewestCalls()
    with LedgerReader(tracker.db_path) as reader:
        db = reader._connected()
        first = newest.read(db, Ask(rows=40))
        tracker.record("n")
        held.settle(Usage(calls=1))
        second = newest.read(db, Ask(rows=40))
    assert len(second) == 40
    assert [row.id for row in second[1:]] == [row.id for row in first[:-1]]
    assert second[1].state is CallState.SETTLED
    assert all(new is old for new, old in zip(second[2:], first[1:], strict=False))
