"""The newest calls, of which a poll reads those that are new and those that were not settled yet."""

from __future__ import annotations

import json
import time
from typing import Any

import apsw

from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.snapshot import Ask, CallRow

SELECT_CALLS = (
    "SELECT call.id, at, took, state, ok, provider, model.name, tag.name, run.name, worker, input, output, cached_input,"
    " calls, hold, cost FROM call {which} model ON model.id = call.model LEFT JOIN tag ON tag.id = call.tag"
    " LEFT JOIN run ON run.id = call.run {only} ORDER BY call.id DESC LIMIT ?"
)
_IN_DOUBT = SELECT_CALLS.format(which="INDEXED BY call_open JOIN", only="WHERE state = 3 AND state IN (0, 3)")
_NEWER = SELECT_CALLS.format(which="JOIN", only="WHERE call.id > ?")
# The calls whose numbers stand in a JSON array.
CALLS_NAMED = SELECT_CALLS.format(which="JOIN", only="WHERE call.id IN (SELECT value FROM json_each(?))")

# A settled call stays as it is. All the same, nothing is believed for longer than that.
_FORGET_SECONDS = 60.0


class NewestCalls:
    """What one reader remembers of one ledger. Used in the reader's thread."""

    def __init__(self) -> None:
        self._rows: tuple[CallRow, ...] = ()
        self._wanted = 0
        self._pruned_to = 0
        self._since = 0.0

    def read(self, db: apsw.Connection, ask: Ask) -> tuple[CallRow, ...]:
        """The newest calls, as many as were asked for; all that are in doubt, when those were asked for."""
        if ask.in_doubt:
            return call_rows(db, _IN_DOUBT, -1)
        self._forget_what_may_be_wrong(db, ask.rows)
        known = self._rows
        newer = call_rows(db, _NEWER, known[0].id if known else 0, ask.rows)
        kept = known[: max(0, ask.rows - len(newer))]
        unsettled = [row.id for row in kept if row.state is not CallState.SETTLED]
        if unsettled:
            again = {row.id: row for row in call_rows(db, CALLS_NAMED, json.dumps(unsettled), len(unsettled))}
            kept = tuple(again.get(row.id, row) for row in kept)
        self._rows = newer + kept
        return self._rows

    def _forget_what_may_be_wrong(self, db: apsw.Connection, wanted: int) -> None:
        """Rows go only when old ones are pruned, and only then can the number of a call be given again."""
        pruned_to = int(db.execute("SELECT pruned_to FROM ledger").get)
        now = time.monotonic()
        if (wanted, pruned_to) != (self._wanted, self._pruned_to) or now - self._since >= _FORGET_SECONDS:
            self._rows = ()
            self._wanted, self._pruned_to, self._since = wanted, pruned_to, now


def call_rows(db: apsw.Connection, query: str, *values: Any) -> tuple[CallRow, ...]:
    """What a query made of ``SELECT_CALLS`` finds."""
    found: list[tuple[Any, ...]] = db.execute(query, values).fetchall()
    return tuple(CallRow(row[0], row[1], row[2], CallState(row[3]), bool(row[4]), *row[5:]) for row in found)
