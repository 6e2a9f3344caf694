"""The gate: one at a time, in a queue, with a time limit; and nobody keeps it from those who wait."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetmon.core.storage.gate import TURN_SECONDS, Gate


@pytest.fixture
def gates(tmp_path: Path) -> Iterator[tuple[Gate, Gate]]:
    """Two that have opened the file apart, as two processes would: the lock belongs to the open file."""
    pair = Gate(tmp_path / "gate"), Gate(tmp_path / "gate")
    yield pair
    for gate in pair:
        gate.close()


def soon() -> float:
    return time.monotonic() + 10.0


def crowd(gate: Gate, other: Gate) -> None:
    """Lets ``gate`` learn that it is not alone."""
    assert other.enter(soon())
    threading.Timer(0.02, other.leave).start()
    assert gate.enter(soon())
    gate.leave()


def test_that_one_is_in_at_a_time_and_waiting_has_a_limit(gates: tuple[Gate, Gate]) -> None:
    one, other = gates
    assert one.enter(soon())
    assert not other.enter(time.monotonic() + 0.02)
    one.leave()
    assert other.enter(soon())
    other.leave()


def test_that_whoever_comes_again_and_again_lets_the_others_in(gates: tuple[Gate, Gate]) -> None:
    busy, waiting = gates
    crowd(busy, waiting)
    entered = threading.Event()

    def wait() -> None:
        assert waiting.enter(soon())
        entered.set()
        waiting.leave()

    waiter = threading.Thread(target=wait)
    waiter.start()
    until = soon()
    while not entered.is_set() and time.monotonic() < until:
        assert busy.enter(soon())
        busy.leave()
    waiter.join()
    assert entered.is_set()


def test_that_stepping_aside_ends_once_nobody_waits_any_more(gates: tuple[Gate, Gate], monkeypatch: pytest.MonkeyPatch) -> None:
    alone, other = gates
    crowd(alone, other)
    aside: list[float] = []
    monkeypatch.setattr(time, "sleep", aside.append)
    until = time.monotonic() + 3 * TURN_SECONDS
    while time.monotonic() < until:
        assert alone.enter(soon())
        alone.leave()
    assert len(aside) == 1
