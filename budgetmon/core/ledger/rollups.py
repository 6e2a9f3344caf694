"""Sums over settled calls and refusals in buckets of time: what charts read, at a cost that history does not change.

A call counts in the buckets that hold the instant at which it was made, however late it settles.
"""

from __future__ import annotations

import apsw

from budgetmon.core.ledger.schema import ALL_TIME, PRUNED, SPANS
from budgetmon.core.ledger.values import Charge

NO_RUN = 0

COLUMNS = (
    "calls",
    "failed",
    "refused",
    "unpriced",
    "cost",
    "input",
    "output",
    "cached_input",
    "cache_write",
    "units",
)


def _bucket(span: int) -> str:
    start = "0" if span == ALL_TIME else f"?1 - ?1 % {span}"
    return f"({span}, {start}, ?2, ?3, {', '.join(f'?{4 + number}' for number in range(len(COLUMNS)))})"


_ADD = (
    f"INSERT INTO rollup (span, start, model, run, {', '.join(COLUMNS)}) VALUES {', '.join(map(_bucket, SPANS))}"
    " ON CONFLICT (span, start, model, run) DO UPDATE SET "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in COLUMNS)
)


def add_charge(db: apsw.Connection, at: int, model: int, run: int | None, charge: Charge) -> None:
    """Adds one settled call."""
    usage = charge.usage
    db.execute(
        _ADD,
        (
            at,
            model,
            run or NO_RUN,
            1,
            not charge.ok,
            0,
            charge.cost is None,
            charge.cost or 0,
            usage.input_tokens,
            usage.output_tokens,
            usage.cached_input_tokens,
            usage.cache_write_tokens,
            usage.calls,
        ),
    )


def add_refusal(db: apsw.Connection, at: int, model: int, run: int | None) -> None:
    """Adds one refusal."""
    db.execute(_ADD, (at, model, run or NO_RUN, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0))


def remember_pruned(db: apsw.Connection, model: int, run: int | None, sums: dict[str, int]) -> None:
    """Adds to the sums over what the journal no longer holds, so that the books can still be proved."""
    db.execute(
        f"INSERT INTO rollup (span, start, model, run, {', '.join(sums)})"
        f" VALUES (?, 0, ?, ?, {', '.join('?' * len(sums))}) ON CONFLICT (span, start, model, run) DO UPDATE SET "
        + ", ".join(f"{name} = {name} + excluded.{name}" for name in sums),
        (PRUNED, model, run or NO_RUN, *sums.values()),
    )
