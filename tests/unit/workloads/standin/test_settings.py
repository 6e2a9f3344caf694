"""What a stand-in is told to do, and the fates drawn from it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from budgetmon.workloads.standin.settings import ErrorKind, Fates, StandInSettings


def drawn(settings: StandInSettings, count: int = 2_000) -> list[ErrorKind | None]:
    fates = Fates(settings)
    return [fates.draw().error for _ in range(count)]


def test_that_by_default_every_call_is_answered_at_once() -> None:
    fates = Fates(StandInSettings())
    assert {(fate.delay_s, fate.error) for fate in (fates.draw() for _ in range(100))} == {(0.0, None)}


def test_that_the_same_seed_draws_the_same_fates() -> None:
    settings = StandInSettings(latency_ms=10, latency_jitter=0.5, error_rate=0.3, seed=7)
    first, second = Fates(settings), Fates(settings)
    assert [first.draw() for _ in range(50)] == [second.draw() for _ in range(50)]
    assert drawn(settings) != drawn(StandInSettings(error_rate=0.3, seed=8))


def test_that_latency_does_not_shift_which_calls_fail() -> None:
    slow, fast = (
        StandInSettings(latency_ms=900, latency_jitter=1, error_rate=0.3, seed=7),
        StandInSettings(error_rate=0.3, seed=7),
    )
    assert drawn(slow) == drawn(fast)


def test_that_a_higher_error_rate_only_adds_failures() -> None:
    few, many = (drawn(StandInSettings(error_rate=rate, seed=7)) for rate in (0.1, 0.6))
    assert all(more == less for less, more in zip(few, many, strict=True) if less is not None)


def test_that_delays_stay_within_the_jitter_around_the_latency() -> None:
    fates = Fates(StandInSettings(latency_ms=100, latency_jitter=0.25, seed=1))
    delays = [fates.draw().delay_s for _ in range(500)]
    assert 0.075 <= min(delays) < 0.08
    assert 0.12 < max(delays) <= 0.125


def test_that_errors_come_by_rate_and_weight() -> None:
    errors = ((ErrorKind.RATE_LIMITED, 3.0), (ErrorKind.SERVER_ERROR, 1.0), (ErrorKind.TIMEOUT, 0.0))
    counts = Counter(drawn(StandInSettings(error_rate=0.5, errors=errors, seed=3), 4_000))
    assert 1_900 < counts[None] < 2_100
    assert 2.5 < counts[ErrorKind.RATE_LIMITED] / counts[ErrorKind.SERVER_ERROR] < 3.5
    assert counts[ErrorKind.TIMEOUT] == 0


def test_that_an_error_rate_of_one_leaves_no_answer() -> None:
    assert None not in drawn(StandInSettings(error_rate=1))


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"latency_ms": -1}, "latency_ms"),
        ({"latency_ms": float("inf")}, "latency_ms"),
        ({"latency_jitter": 1.5}, "latency_jitter"),
        ({"error_rate": float("nan")}, "error_rate"),
        ({"error_rate": 1.01}, "error_rate"),
        ({"silence_ms": -1}, "silence_ms"),
        ({"max_body": -1}, "max_body"),
        ({"errors": (("429", -1),)}, "the weight of 429"),
        ({"errors": (("teapot", 1),)}, "teapot"),
        ({"error_rate": 0.1, "errors": ()}, "no kind in errors"),
        ({"error_rate": 0.1, "errors": (("500", 0),)}, "no kind in errors"),
    ],
)
def test_that_settings_that_make_no_sense_are_refused_by_name(wrong: dict[str, Any], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        StandInSettings(**wrong)
