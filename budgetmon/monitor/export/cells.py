"""What stands in the cells of an export, so that each format can write it its own way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.periods import FAR_FUTURE, iso_utc


@dataclass(frozen=True, slots=True)
class Usd:
    """Money, exact to the nano."""

    nanos: int

    def __str__(self) -> str:
        return decimal_text(self.nanos)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, in UTC milliseconds."""

    at: int

    def __str__(self) -> str:
        return iso_utc(self.at)


Cell = str | int | float | bool | Usd | Moment | None


class Kind(Enum):
    """What a column of raw values holds. CELL: each value is a Cell that says itself what it is."""

    COUNT = "count"
    TEXT = "text"
    TRUTH = "truth"  # 0 or 1
    USD = "usd"  # nanos
    MOMENT = "moment"  # UTC milliseconds
    CELL = "cell"


def moment(at: int | None) -> Moment | None:
    """UTC milliseconds as a cell; None where there is no such moment: not yet, or never."""
    return None if at is None or at >= FAR_FUTURE else Moment(at)


def as_cell(kind: Kind, value: object) -> Cell:
    """A raw value as a cell."""
    if value is None or kind is Kind.CELL:
        return value  # type: ignore[return-value]  # that is what CELL says
    match kind, value:
        case Kind.USD, int():
            return Usd(value)
        case Kind.MOMENT, int():
            return Moment(value)
        case Kind.TRUTH, _:
            return bool(value)
        case _, str() | int() | float():
            return value
    raise TypeError(f"a column of {kind.value} holds {value!r}")


def plain(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it: money as decimal text, instants as ISO 8601 in UTC, all else as it is."""
    return str(cell) if isinstance(cell, (Usd, Moment)) else cell
