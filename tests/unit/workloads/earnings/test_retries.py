"""Trying again: only while it makes sense, with growing pauses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from budgetmon.core.rules.refusals import RefusedError
from budgetmon.workloads.earnings.retries import InvalidAnswerError, tried
from budgetmon.workloads.session import NotBilled, Unclear


def attempts(*outcomes: object) -> Iterator[object]:
    yield from outcomes


def run(most: int, *outcomes: object) -> tuple[object, list[float]]:
    """What trying comes to, and the pauses."""
    stream, pauses = attempts(*outcomes), list[float]()

    def attempt() -> object:
        outcome = next(stream)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return tried(attempt, most, pauses.append), pauses


def test_that_pauses_grow() -> None:
    result, pauses = run(4, Unclear("500", 500), InvalidAnswerError("?"), NotBilled("no connection"), "done")
    assert result == "done"
    assert [round(pause / 0.2 / 2**number) for number, pause in enumerate(pauses)] == [1, 1, 1]


def test_that_the_server_may_say_how_long_but_not_for_ever() -> None:
    assert run(3, NotBilled("429", 429, 7.0), NotBilled("429", 429, 3600.0), "done") == ("done", [7.0, 20.0])


@pytest.mark.parametrize("error", [NotBilled("401", 401), RefusedError("no room")])
def test_that_what_will_not_change_is_not_tried_again(error: Exception) -> None:
    with pytest.raises(type(error)):
        run(3, error, "done")


def test_that_the_last_try_counts() -> None:
    with pytest.raises(Unclear, match="second"):
        run(2, Unclear("first"), Unclear("second"), "done")
