"""A stored float is the amount that was meant, to the nano; what nanos cannot hold is told."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.integrations.stored_costs import nanos_of_float


@pytest.mark.parametrize(
    ("cost", "nanos"),
    [
        (0.0, 0),
        (0, 0),
        (3, 3_000_000_000),
        (0.006382, 6_382_000),
        (0.0069770000000000006, 6_977_000),
        (0.010218350000000001, 10_218_350),
        (2.1984159999999995, 2_198_416_000),
        (0.1 + 0.2, 300_000_000),
        (1e-9, 1),
        (1234567.123456789, 1_234_567_123_456_789),
        (9_000_000_000.0, 9_000_000_000_000_000_000),
    ],
)
def test_that_noise_of_binary_arithmetic_is_not_money(cost: float, nanos: int) -> None:
    assert nanos_of_float(cost) == (nanos, 0)


@pytest.mark.parametrize(
    ("cost", "nanos", "left_out"),
    [
        (1.23e-8, 12, "0.0000000003"),
        (1e-10, 0, "0.0000000001"),
        (1.9e-9, 2, "-0.0000000001"),
        (0.0000000125, 12, "0.0000000005"),
        (0.0000000135, 14, "-0.0000000005"),
    ],
)
def test_that_what_is_finer_than_a_nano_is_told(cost: float, nanos: int, left_out: str) -> None:
    assert nanos_of_float(cost) == (nanos, Decimal(left_out))


@pytest.mark.parametrize("cost", [-0.01, float("nan"), float("inf"), 1e10, -1e-300])
def test_that_impossible_amounts_are_refused(cost: float) -> None:
    with pytest.raises(ValueError, match="finite amount"):
        nanos_of_float(cost)


@given(st.integers(0, 10**15))
def test_that_every_amount_in_nanos_comes_back(nanos: int) -> None:
    assert nanos_of_float(nanos / 1e9) == (nanos, 0)
