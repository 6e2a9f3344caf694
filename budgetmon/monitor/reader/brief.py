"""Read transactions that end in time: one that takes too long is broken off, so that no reader holds up the writers' log."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from contextlib import contextmanager

import apsw

LONGEST_SECONDS = 0.05
# How often SQLite asks whether to go on: about every 0.1 ms.
_STEPS = 2_000


@contextmanager
def read_transaction(db: apsw.Connection, seconds: float) -> Iterator[None]:
    """One consistent read. After ``seconds`` what runs in it raises apsw.InterruptError; it ends in any case."""
    deadline = time.monotonic() + seconds

    def too_late() -> bool:
        return time.monotonic() > deadline

    db.set_progress_handler(too_late, _STEPS)
    db.execute("BEGIN")
    try:
        yield
    finally:
        db.set_progress_handler(None)
        # An open read transaction would keep the writers' log from being emptied.
        with contextlib.suppress(apsw.Error):
            db.execute("ROLLBACK")
