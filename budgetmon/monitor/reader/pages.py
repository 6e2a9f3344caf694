"""Pages of calls and refusals, found by number: a page costs the same at the newest row and at the ten-millionth.

Rows that pass a filter may be rare, so what is searched at a time is bounded, too: stretches of numbers, the next as long as
the last one was quick, until the page is full or the time is over. Where an index names few candidates, only those are read.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import apsw

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import MAX_INT64
from budgetmon.monitor.filters import Field, Filter
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.reader.conditions import Condition, conditions
from budgetmon.monitor.reader.newest_calls import CALLS_NAMED, call_rows
from budgetmon.monitor.reader.tables import SELECT_REFUSALS, refusal_rows
from budgetmon.monitor.snapshot import CallRow, RefusalRow

# Half of what a read transaction may take, so that the last stretch ends in time, too.
SEARCH_SECONDS = 0.025
_STRETCH = 2_048
_LONGEST_STRETCH = 131_072
_CANDIDATES = 20_000
_CANDIDATES_AT_ONCE = 500

_TABLE = {Listing.CALLS: "call", Listing.REFUSALS: "refusal"}
_REFUSALS_NAMED = SELECT_REFUSALS.format(only="WHERE refusal.id IN (SELECT value FROM json_each(?))")

Rows = tuple[CallRow | RefusalRow, ...]


def read_page(db: apsw.Connection, ask: PageAsk) -> Page:
    """The page, and the rows that were to be read again; inside the caller's read transaction.

    Raises apsw.InterruptError when not even the first stretch was read in time.
    """
    again = _named(db, ask.listing, ask.again)
    search = _Search(db, ask)
    complete = search.run()
    if complete:
        return Page(ask, search.found, again=again, newest=search.newest)
    return Page(ask, search.found, False, search.reached, _time_of(db, ask.listing, search.reached), again, search.newest)


class _Search:
    """One search in one direction. ``found`` holds the rows, newest first; ``reached`` is the number it came to.

    ``newest`` is the highest number that there is.
    """

    def __init__(self, db: apsw.Connection, ask: PageAsk) -> None:
        self._db = db
        self._ask = ask
        self._up = ask.after is not None
        self._passing = conditions(ask.only, ask.listing)
        table = _TABLE[ask.listing]
        self._first = int(str(db.execute(f"SELECT min(id) FROM {table}").get or 0))
        self.newest = int(str(db.execute(f"SELECT max(id) FROM {table}").get or 0))
        start = ask.after if ask.after is not None else ask.before
        self.reached = self.newest + 1 if start is None else min(start, self.newest + 1)
        self.found: Rows = ()

    def run(self) -> bool:
        """Searches until the page is full or the time is over; whether there is nothing more to search."""
        candidates = _candidates(self._db, self._ask)
        deadline = time.monotonic() + SEARCH_SECONDS
        steps = self._numbers() if candidates is None else self._among(candidates)
        searched = False
        try:
            for which, to in steps:
                if self._read(which, to):
                    return False
                searched = True
                if time.monotonic() > deadline:
                    return False
        except apsw.InterruptError:
            if not searched:
                raise
            return False
        return True

    def _read(self, which: Condition, to: int) -> bool:
        """One stretch, which searches up to the number ``to``; whether the page is full."""
        wanted = self._ask.rows - len(self.found)
        rows = _rows(self._db, self._ask, which, self._passing, wanted)
        self.found = rows + self.found if self._up else self.found + rows
        full = len(rows) == wanted
        self.reached = to if not full else rows[0].id if self._up else rows[-1].id
        return full

    def _numbers(self) -> Iterator[tuple[Condition, int]]:
        """Stretches of numbers, the next twice as long while they are read quickly."""
        length = _STRETCH if self._ask.only.terms else self.newest - self._first + 1
        while self.reached < self.newest if self._up else self.reached > self._first:
            began = time.monotonic()
            low = self.reached + 1 if self._up else max(self._first, self.reached - length)
            high = min(self.newest, self.reached + length) if self._up else self.reached - 1
            yield Condition(f"{_TABLE[self._ask.listing]}.id BETWEEN ? AND ?", (low, high)), high if self._up else low
            quick = time.monotonic() - began < SEARCH_SECONDS / 4
            length = min(_LONGEST_STRETCH, length * 2) if quick else max(_STRETCH, length // 2)

    def _among(self, candidates: list[int]) -> Iterator[tuple[Condition, int]]:
        """The candidates, a few hundred at a time."""
        ahead = [one for one in candidates if (one > self.reached if self._up else one < self.reached)]
        ahead.sort(reverse=not self._up)
        for place in range(0, len(ahead), _CANDIDATES_AT_ONCE):
            some = ahead[place : place + _CANDIDATES_AT_ONCE]
            yield (
                Condition(f"{_TABLE[self._ask.listing]}.id IN (SELECT value FROM json_each(?))", (json.dumps(some),)),
                some[-1],
            )


def _rows(db: apsw.Connection, ask: PageAsk, which: Condition, passing: Condition, wanted: int) -> Rows:
    """The first rows of a stretch that pass, in the direction of the search; newest first."""
    table = _TABLE[ask.listing]
    order = "DESC" if ask.after is None else "ASC"
    chosen = f"SELECT id FROM {table} WHERE {which.sql} AND {passing.sql} ORDER BY id {order} LIMIT ?"
    numbers = [int(str(row[0])) for row in db.execute(chosen, (*which.values, *passing.values, wanted))]
    return _named(db, ask.listing, tuple(numbers))


def _named(db: apsw.Connection, listing: Listing, numbers: tuple[int, ...]) -> Rows:
    if not numbers:
        return ()
    if listing is Listing.CALLS:
        return call_rows(db, CALLS_NAMED, json.dumps(numbers), len(numbers))
    return refusal_rows(db, _REFUSALS_NAMED, json.dumps(numbers), len(numbers))


def _candidates(db: apsw.Connection, ask: PageAsk) -> list[int] | None:
    """The numbers of all rows that can pass, where something names them without a search and they are few."""
    numbers = [int(term.value) for term in ask.only.of(Field.ID) if not term.exclude]
    if numbers:
        return sorted(set(numbers))
    if ask.listing is Listing.REFUSALS:
        return None
    named = _few(db, _open(ask.only))
    return _few(db, _in_time(ask.only)) if named is None else named


def _open(only: Filter) -> Condition | None:
    """Calls that are open, when only such are looked for."""
    states = [int(term.value) for term in only.of(Field.STATE) if not term.exclude]
    if not states or not set(states) <= {CallState.HELD, CallState.IN_DOUBT}:
        return None
    return Condition(
        "INDEXED BY call_open WHERE state IN (0, 3) AND state IN (SELECT value FROM json_each(?))", (json.dumps(states),)
    )


def _in_time(only: Filter) -> Condition | None:
    """Calls of a stretch of time, when one is named."""
    since = [int(term.value) for term in only.of(Field.SINCE) if not term.exclude]
    until = [int(term.value) for term in only.of(Field.UNTIL) if not term.exclude]
    if not since and not until:
        return None
    return Condition("INDEXED BY call_at WHERE at >= ? AND at < ?", (max(since, default=0), min(until, default=MAX_INT64)))


def _few(db: apsw.Connection, which: Condition | None) -> list[int] | None:
    if which is None:
        return None
    rows = db.execute(f"SELECT id FROM call {which.sql} LIMIT ?", (*which.values, _CANDIDATES + 1)).fetchall()
    return [int(str(row[0])) for row in rows] if len(rows) <= _CANDIDATES else None


def _time_of(db: apsw.Connection, listing: Listing, number: int) -> int | None:
    """When the row was written that stands at ``number`` or next above it."""
    at = db.execute(f"SELECT at FROM {_TABLE[listing]} WHERE id >= ? ORDER BY id LIMIT 1", (number,)).get
    return None if at is None else int(str(at))
