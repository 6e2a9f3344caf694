"""Money: integers in nanos, exact in and out."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal, localcontext

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budgetmon.core.rules.money import (
    MAX_INT64,
    NANOS_PER_USD,
    checked_nanos,
    decimal_text,
    display_usd,
    nanos_charged,
    parse_usd,
    to_decimal,
)

nanos = st.integers(min_value=0, max_value=MAX_INT64)


@pytest.mark.parametrize(
    ("given_as", "expected"),
    [
        ("4.98 USD", 4_980_000_000),
        ("4.98", 4_980_000_000),
        ("$4.98", 4_980_000_000),
        (" 4.98  usd ", 4_980_000_000),
        ("0", 0),
        ("0.000000001 USD", 1),
        ("9223372036.854775807", MAX_INT64),
        (5, 5_000_000_000),
        (Decimal("0.1"), 100_000_000),
        (Decimal("1E+2"), 100_000_000_000),
    ],
)
def test_that_amounts_are_read_exactly(given_as: object, expected: int) -> None:
    assert parse_usd(given_as) == expected


@pytest.mark.parametrize(
    "impossible",
    [
        4.98,
        True,
        False,
        None,
        b"4.98",
        "",
        "USD",
        "a lot",
        "4,98",
        "-0.01 USD",
        "-1",
        -1,
        Decimal("-1"),
        "NaN",
        "sNaN",
        "Infinity",
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        "0.0000000001",
        "9223372036.854775808",
        "1e19",
        "1e400",
        "1e-400",
        "1e999999",
        2**63,
    ],
)
def test_that_what_is_no_exact_amount_is_refused(impossible: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_usd(impossible)


def test_that_no_digit_is_too_far_out_to_count() -> None:
    with pytest.raises(ValueError, match="finer"):
        parse_usd("1." + "0" * 70 + "1")


@given(nanos)
@example(0)
@example(1)
@example(MAX_INT64)
def test_that_every_amount_survives_text_and_decimal(amount: int) -> None:
    assert parse_usd(decimal_text(amount)) == amount
    assert parse_usd(f"{decimal_text(amount)} USD") == amount
    assert parse_usd(to_decimal(amount)) == amount
    assert nanos_charged(to_decimal(amount)) == amount


@given(nanos)
def test_that_text_is_plain_digits(amount: int) -> None:
    text = decimal_text(amount)
    assert "e" not in text.lower()
    assert not ("." in text and text.endswith("0"))
    assert decimal_text(-amount) == (f"-{text}" if amount else "0")


@given(st.decimals(min_value=0, max_value=Decimal(9_000_000_000), allow_nan=False, allow_infinity=False, places=20))
def test_that_a_charge_rounds_up_to_the_next_nano(cost: Decimal) -> None:
    with localcontext() as context:
        context.prec = 200
        expected = int((cost * NANOS_PER_USD).to_integral_value(ROUND_CEILING))
    assert nanos_charged(cost) == expected


def test_that_the_last_of_many_digits_still_rounds_up() -> None:
    assert nanos_charged(Decimal("1." + "0" * 70 + "1")) == NANOS_PER_USD + 1


@pytest.mark.parametrize(
    ("cost", "expected"), [(0.1, 100_000_000), (0.0042, 4_200_000), (1e-9, 1), (1e-10, 1), (0.0, 0), (-0.0, 0), (3, 3 * 10**9)]
)
def test_that_a_float_counts_as_the_decimal_that_names_it(cost: float, expected: int) -> None:
    assert nanos_charged(cost) == expected


class _ScientificFloat(float):
    """A float as numerical libraries make them: its repr names its type."""

    def __repr__(self) -> str:
        return f"np.float64({float(self)})"


def test_that_floats_of_numerical_libraries_are_costs_too() -> None:
    assert nanos_charged(_ScientificFloat(0.25)) == 250_000_000


@pytest.mark.parametrize(
    "impossible",
    [
        True,
        "0.1",
        None,
        float("nan"),
        float("inf"),
        -0.01,
        -1,
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("-1"),
        2**63,
        1e30,
        1e300,
    ],
)
def test_that_a_charge_that_is_no_amount_is_refused(impossible: object) -> None:
    with pytest.raises(ValueError, match="cost"):
        nanos_charged(impossible)


@pytest.mark.parametrize("impossible", [True, 1.0, "1", None, -1, 2**63])
def test_that_nanos_are_ints_in_64_bits(impossible: object) -> None:
    with pytest.raises(ValueError, match="the limit"):
        checked_nanos(impossible, "the limit")


def test_that_nanos_are_taken_to_both_ends_of_their_range() -> None:
    assert checked_nanos(0, "x") == 0
    assert checked_nanos(MAX_INT64, "x") == MAX_INT64


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "$0.00"),
        (4_980_000_000, "$4.98"),
        (1_234_500_000_000, "$1,234.50"),
        (4_213_000, "$0.004213"),
        (1, "$0.000000001"),
        (-1_500_000_000, "-$1.50"),
        (100_000_000, "$0.10"),
    ],
)
def test_that_people_read_dollars(amount: int, shown: str) -> None:
    assert display_usd(amount) == shown
