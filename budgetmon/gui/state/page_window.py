"""The part of a long table that is in memory: which rows, what lies beyond them, and which page to ask for next. Pure."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto

from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.filters import Filter
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.snapshot import CallRow, RefusalRow

PAGE = 200
MOST_ROWS = 2_000
# A search that finds little goes on by itself for so many pages; then it waits to be told.
PATIENCE = 40
# New rows are counted up to here without waiting for the next picture.
MOST_COUNTED = 10_000
_READ_AGAIN = 200

Rows = tuple[CallRow | RefusalRow, ...]


class _Want(Enum):
    NEWEST = auto()  # start over at the newest row
    OLDER = auto()  # below the last row
    NEARER = auto()  # above the first row, next to it
    NEWS = auto()  # above everything that was ever seen


class PageWindow:
    """Rows of one table, newest first and without gaps among those that pass the filter.

    At the top new rows flow in (``following``); elsewhere they are only counted (``fresh``), so that nothing moves. At most
    MOST_ROWS are kept: going down drops the top ones, going up the bottom ones, and they are asked for again on the way back.
    ``searched_at`` (UTC milliseconds) says how far back was searched, None when nothing older is left.
    """

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self.only = Filter()
        self.rows: Rows = ()
        self._forget()

    def _forget(self) -> None:
        self.loaded = False
        self.following = True
        self.fresh = 0
        self.fresh_is_more = False
        self.searched_at: int | None = None
        self.complete = False
        self._below = 0
        self._seen = 0
        self._dropped_above = False
        self._patience = PATIENCE
        self._wants = {_Want.NEWEST}
        self._out: tuple[_Want, PageAsk] | None = None

    def filter(self, only: Filter) -> None:
        """Show other rows from now on. The old ones stay until the first page is there."""
        self.only = only
        self._forget()

    def clear(self) -> None:
        """Another ledger: nothing of the old one stays."""
        self.rows = ()
        self._forget()

    @property
    def more_above(self) -> bool:
        """Whether rows lie above the first one that are not in memory."""
        return self._dropped_above or self.fresh > 0

    @property
    def stopped(self) -> bool:
        """Whether a long search found little and waits for ``go_on``."""
        return self.loaded and not self.complete and self._patience <= 0

    # What happens

    def something_was_written(self) -> None:
        """The ledger changed: see what is new, and what became of the rows that were not settled."""
        self._wants.add(_Want.NEWS if self.loaded else _Want.NEWEST)

    def reach_top(self, at_top: bool) -> None:
        """The view stands at its top, or left it."""
        self.following = at_top and not self.more_above
        starting_over = _Want.NEWEST in self._wants or (self._out is not None and self._out[0] is _Want.NEWEST)
        if at_top and self.more_above and not starting_over:
            self._wants.add(_Want.NEARER)

    def reach_bottom(self) -> None:
        """The view comes near its last row."""
        if self.loaded and not self.complete and self._patience > 0:
            self._wants.add(_Want.OLDER)

    def go_on(self) -> None:
        """Search further back, although little was found so far."""
        self._patience = PATIENCE
        self.reach_bottom()

    def go_to_newest(self) -> None:
        """Start over at the newest row."""
        self._wants.add(_Want.NEWEST)

    def missed(self, ask: PageAsk) -> None:
        """A page did not come; it is asked for again after the next picture."""
        if self._out is not None and self._out[1] == ask:
            self._out = None
            self._wants.clear()

    # What to ask

    def next_ask(self) -> PageAsk | None:
        """The next page to ask for; None while one is on its way or nothing is wanted."""
        if self._out is not None:
            return None
        for want in _Want:
            if want in self._wants:
                self._wants.discard(want)
                ask = self._ask(want)
                self._out = (want, ask)
                return ask
        return None

    def _ask(self, want: _Want) -> PageAsk:
        ask = PageAsk(self._listing, self.only, PAGE)
        match want:
            case _Want.NEWEST:
                return ask
            case _Want.OLDER:
                return replace(ask, before=self._below)
            case _Want.NEARER:
                return replace(ask, after=self.rows[0].id if self.rows else 0)
        return replace(ask, after=self._seen, again=self._unsettled())

    def _unsettled(self) -> tuple[int, ...]:
        open_states = (CallState.HELD, CallState.IN_DOUBT)
        return tuple(row.id for row in self.rows if isinstance(row, CallRow) and row.state in open_states)[:_READ_AGAIN]

    # What came

    def take(self, page: Page) -> bool:
        """Take in a page that was asked for; False for one that nobody waits for any more."""
        if self._out is None or self._out[1] != page.ask:
            return False
        want, self._out = self._out[0], None
        match want:
            case _Want.NEWEST:
                self._take_newest(page)
            case _Want.OLDER:
                self._take_older(page)
            case _Want.NEARER:
                self._take_nearer(page)
            case _Want.NEWS:
                self._take_news(page)
        return True

    def _take_newest(self, page: Page) -> None:
        lowest = page.rows[-1].id if page.rows else 0
        meets = self.loaded and bool(page.rows) and bool(self.rows) and self.rows[0].id >= lowest and not page.complete
        if meets:
            self.rows = page.rows + tuple(row for row in self.rows if row.id < lowest)
        else:
            self.rows = page.rows
            self._note_below(page)
        self.loaded = True
        self.following = True
        self._dropped_above = False
        self.fresh, self.fresh_is_more = 0, False
        self._seen = page.newest
        self._keep_top()

    def _take_older(self, page: Page) -> None:
        self.rows = self.rows + page.rows
        self._note_below(page)
        if len(self.rows) > MOST_ROWS:
            self.rows = self.rows[-MOST_ROWS:]
            self._dropped_above = True
            self.following = False

    def _note_below(self, page: Page) -> None:
        self.complete = page.complete
        self.searched_at = page.searched_at
        self._below = page.searched_to
        found_enough = len(page.rows) >= page.ask.rows
        self._patience = PATIENCE if found_enough or page.complete else self._patience - 1

    def _take_nearer(self, page: Page) -> None:
        self.rows = page.rows + self.rows
        self._keep_top()
        if page.complete:
            self._dropped_above = False
            self.fresh, self.fresh_is_more = 0, False
            self._seen = page.newest

    def _take_news(self, page: Page) -> None:
        again = {row.id: row for row in page.again}
        self.rows = tuple(again.get(row.id, row) for row in self.rows)
        full = len(page.rows) >= page.ask.rows
        if self.following and full and not page.complete:
            self._wants.add(_Want.NEWEST)  # too many to catch up with one by one
            return
        self._seen = page.newest if page.complete else page.searched_to
        if not page.complete and not full:
            self._wants.add(_Want.NEWS)
        if self.following:
            self.rows = page.rows + self.rows
            self._keep_top()
        else:
            self.fresh += len(page.rows)
            self.fresh_is_more = full and not page.complete
            if self.fresh_is_more and self.fresh < MOST_COUNTED:
                self._wants.add(_Want.NEWS)

    def _keep_top(self) -> None:
        if len(self.rows) > MOST_ROWS:
            self.rows = self.rows[:MOST_ROWS]
            self.complete = False
            self._below = self.rows[-1].id
            self.searched_at = self.rows[-1].at
