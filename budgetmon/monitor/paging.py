"""Pages of calls and refusals: what a view asks for and what it gets. Rows are found by number, never by place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from budgetmon.monitor.filters import OF_CALLS, OF_REFUSALS, Field, Filter
from budgetmon.monitor.snapshot import CallRow, RefusalRow


class Listing(StrEnum):
    """The tables that are read page by page."""

    CALLS = "calls"
    REFUSALS = "refusals"

    @property
    def fields(self) -> frozenset[Field]:
        """What a filter of it may be about."""
        return OF_CALLS if self is Listing.CALLS else OF_REFUSALS


@dataclass(frozen=True, slots=True)
class PageAsk:
    """Which rows a view wants: at most ``rows`` that pass ``only``, those nearest to where it stands.

    ``before`` asks for rows of lower numbers, ``after`` for rows of higher numbers; without either, the newest. ``again``
    names rows that are shown and may have changed: they are read once more, whether they still pass or not.
    """

    listing: Listing
    only: Filter = field(default_factory=Filter)
    rows: int = 200
    before: int | None = None
    after: int | None = None
    again: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Rows that were found, newest first, and how far was searched.

    With ``complete`` there is nothing more in that direction. Otherwise ``searched_to`` is where to go on from (the next
    ``before`` or ``after``), and ``searched_at`` the UTC millisecond of the call that stands there. ``newest`` is the
    highest number in the table, whether it passes or not: nothing above it was there yet.
    """

    ask: PageAsk
    rows: tuple[CallRow | RefusalRow, ...] = ()
    complete: bool = True
    searched_to: int = 0
    searched_at: int | None = None
    again: tuple[CallRow | RefusalRow, ...] = ()
    newest: int = 0
