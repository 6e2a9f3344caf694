"""Money as integer nanos: billionths of the account currency. No float ever holds money."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation, localcontext

NANOS_PER_USD = 1_000_000_000
MAX_INT64 = 2**63 - 1
_NANOS = Decimal(NANOS_PER_USD)
# A float names at most 17 digits, below some 300 zeros; nothing of it is lost above the nano.
_DIGITS_OF_A_FLOAT = 40

_CURRENCY_MARKS = ("USD", "usd", "$")


def parse_usd(value: object) -> int:
    """Nanos of an amount in USD given as ``"4.98 USD"``, ``"$4.98"``, ``"4.98"``, an int or a Decimal.

    Raises ValueError for a float, for what is not a number, is negative, is finer than a nano or does not fit in 64 bits.
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise ValueError(f"expected an amount such as '4.98 USD', a Decimal or an int, not {value!r}")
    text = str(value).strip()
    for mark in _CURRENCY_MARKS:
        text = text.removeprefix(mark).removesuffix(mark).strip()
    return scaled(text, NANOS_PER_USD, "USD")


def scaled(text: str, scale: int, unit: str) -> int:
    """``text`` times ``scale`` as an exact non-negative 64-bit integer; ValueError says what is wrong with it."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is not a number of {unit}") from None
    if not number.is_finite() or number < 0:
        raise ValueError(f"{text} {unit} is not a finite amount of zero or more")
    if number.adjusted() > 18:
        raise ValueError(f"{text} {unit} is too large")
    with localcontext() as context:
        context.prec = _enough_digits(number)
        product = number * scale
        whole = int(product)
        if whole != product:
            raise ValueError(f"{text} {unit} is finer than 1/{scale} {unit}")
    if whole > MAX_INT64:
        raise ValueError(f"{text} {unit} is too large")
    return whole


def _enough_digits(number: Decimal) -> int:
    """A precision at which no digit of ``number`` times a scale is rounded away."""
    return len(number.as_tuple().digits) + 40


def checked_nanos(value: object, what: str) -> int:
    """``value`` if it is an int (no bool) from 0 to 2**63 - 1; otherwise ValueError names ``what``."""
    if type(value) is not int:
        raise ValueError(f"{what} must be an int, not {value!r}")
    if not 0 <= value <= MAX_INT64:
        raise ValueError(f"{what} must be from 0 to 2**63 - 1, not {value}")
    return value


def nanos_charged(cost: object) -> int:
    """Nanos of a cost in USD that a provider or a caller names: an int, a Decimal or a float; finer digits round up.

    A float counts as the shortest decimal that names it. Raises ValueError for bool, text, NaN, infinities, negative
    amounts and what does not fit in 64 bits.
    """
    if isinstance(cost, bool) or not isinstance(cost, (int, float, Decimal)):
        raise ValueError(f"a cost must be an int, a float or a Decimal in USD, not {cost!r}")
    # Not repr(): numbers of numerical libraries are floats, too, with a repr of their own.
    amount = Decimal(float.__repr__(cost)) if isinstance(cost, float) else Decimal(cost)
    if not amount.is_finite() or amount < 0 or amount.adjusted() > 18:
        raise ValueError(f"a cost must be a finite amount of zero or more that fits in 64 bits of nanos, not {cost!r}")
    # A context of our own: whatever the program set as its default, nothing is rounded before the last step.
    context = Context(prec=_DIGITS_OF_A_FLOAT if isinstance(cost, float) else _enough_digits(amount))
    return checked_nanos(int(context.multiply(amount, _NANOS).to_integral_value(ROUND_CEILING, context)), "a cost in nanos")


def to_decimal(nanos: int) -> Decimal:
    """The exact amount in USD."""
    return Decimal(decimal_text(nanos))


def decimal_text(nanos: int) -> str:
    """The exact amount in USD as plain digits without trailing zeros: ``"57.868362"``, ``"0"``."""
    sign = "-" if nanos < 0 else ""
    whole, fraction = divmod(abs(nanos), NANOS_PER_USD)
    digits = f"{fraction:09d}".rstrip("0")
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def display_usd(nanos: int) -> str:
    """For people: ``"$1,234.50"``; amounts under ten cents keep four significant digits: ``"$0.004213"``."""
    amount = to_decimal(abs(nanos))
    sign = "-" if nanos < 0 else ""
    if nanos and amount < Decimal("0.1"):
        places = min(9, 3 - amount.adjusted())
        text = format(amount.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN), "f")
        whole, _, fraction = text.partition(".")
        return f"{sign}${whole}.{fraction.rstrip('0').ljust(2, '0')}"
    return f"{sign}${amount.quantize(Decimal('0.01'), ROUND_HALF_EVEN):,f}"
