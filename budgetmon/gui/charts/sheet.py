"""What a chart shows, as a table: its twin for screen readers, for copying and for whoever prefers figures. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.formatting import NOTHING, amount, full_stamp, percent, stamp


@dataclass(frozen=True, slots=True)
class Cell:
    """One value: as people read it, as programs read it, and what it sorts by."""

    text: str
    raw: str
    order: float


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row; ``key`` tells it from the others."""

    key: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns and rows. The first column is the instant or whatever else the chart's x axis shows; those in ``wordy`` hold
    sentences, the others figures."""

    titles: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    wordy: frozenset[int] = frozenset()


def instant_cell(at: int, zone: str, now: int) -> Cell:
    """A UTC millisecond."""
    return Cell(stamp(at, zone, now), full_stamp(at, zone), at)


def amount_cell(unit: Unit, value: int | None) -> Cell:
    """An amount in ``unit``; None is not known, and never 0."""
    if value is None:
        return Cell(NOTHING, "", -1.0)
    return Cell(amount(unit, value), decimal_text(value) if unit is Unit.USD else str(value), value)


def share_cell(share: float | None) -> Cell:
    """A share from 0 to 1."""
    return Cell(NOTHING, "", -1.0) if share is None else Cell(percent(share), f"{share:.4f}", share)


def text_cell(text: str, raw: str | None = None, order: float = 0.0) -> Cell:
    """Anything else."""
    return Cell(text, text if raw is None else raw, order)


def as_tsv(sheet: Sheet) -> str:
    """Tab-separated lines under a header, with values as programs read them."""
    lines = [sheet.titles, *(tuple(cell.raw for cell in row.cells) for row in sheet.rows)]
    return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)
