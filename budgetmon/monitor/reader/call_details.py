"""One call with everything that belongs to it."""

from __future__ import annotations

import json
from typing import Any

import apsw

from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.liveness import Liveness
from budgetmon.monitor.call_details import CallDetails, Source
from budgetmon.monitor.reader.newest_calls import CALLS_NAMED, call_rows
from budgetmon.monitor.reader.tables import read_worker

_BESIDES = (
    "SELECT call.input, call.output, call.cached_input, call.cache_write, calls, credits,"
    " rates.input, rates.output, rates.cached_input, rates.cache_write, per_call, per_credit, rates.source,"
    " source.kind, source.name, source.trust, source.imported_at"
    " FROM call JOIN rates ON rates.id = call.rates LEFT JOIN source ON source.id = call.source WHERE call.id = ?"
)


def read_call(db: apsw.Connection, number: int, liveness: Liveness) -> CallDetails | None:
    """The call of that number; None when there is none, or it was pruned."""
    rows = call_rows(db, CALLS_NAMED, json.dumps([number]), 1)
    besides: tuple[Any, ...] | None = db.execute(_BESIDES, (number,)).fetchone()
    if not rows or besides is None:
        return None
    source = Source(*besides[13:]) if besides[13] is not None else None
    worker = read_worker(db, rows[0].worker, liveness)
    return CallDetails(rows[0], Usage(*besides[:6]), Rates(*besides[6:13]), worker, source)
