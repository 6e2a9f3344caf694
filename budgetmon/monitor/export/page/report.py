"""What stands on the page of an export: values, without any layout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its title. ``svg`` is one ``svg`` element, safe to be set into a page as it is."""

    title: str
    svg: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text, not escaped. ``numbers`` names the columns that are aligned at the right; ``left_out`` counts the
    rows that are not here because a page must end somewhere."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()
    left_out: int = 0

    @property
    def note(self) -> str:
        """What to say about rows that are not here; empty when all are."""
        kept = f"The newest {len(self.rows):,} of {len(self.rows) + self.left_out:,}"
        return f"{kept}; {self.left_out:,} are left out." if self.left_out else ""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the page: charts, then a table. ``empty`` is said when there is neither."""

    title: str
    empty: str
    note: str = ""
    charts: tuple[Chart, ...] = ()
    table: Table | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.charts and (self.table is None or not self.table.rows)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page. ``figures`` are the few numbers at its top, ``facts`` say which ledger and when; both not escaped."""

    title: str
    facts: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
