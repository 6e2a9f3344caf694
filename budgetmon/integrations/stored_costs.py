"""What a cost that another tool stored as a float means in nanos."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from budgetmon.core.rules.money import MAX_INT64, NANOS_PER_USD

# A float carries 15 decimal digits; what comes after them is noise of binary arithmetic and not what was meant.
_NOISE = Decimal("1e-14")


def nanos_of_float(cost: float) -> tuple[int, Decimal]:
    """The nearest nanos to ``cost`` in USD, and the USD that this leaves out: 0 but for costs finer than a nano.

    A float stands for the shortest decimal that names it; where that is noise away from a whole number of nanos, those
    are what was meant. Raises ValueError for NaN, infinities, negative amounts, and what does not fit in 64 bits.
    """
    amount = Decimal(repr(float(cost)))
    if not amount.is_finite() or amount < 0 or amount * NANOS_PER_USD > MAX_INT64:
        raise ValueError(f"a cost must be a finite amount of zero or more that fits in 64 bits of nanos, not {cost!r}")
    exact = amount * NANOS_PER_USD
    nanos = exact.to_integral_value(ROUND_HALF_EVEN)
    left_out = exact - nanos
    if abs(left_out) <= exact * _NOISE:
        left_out = Decimal(0)
    return int(nanos), left_out / NANOS_PER_USD
