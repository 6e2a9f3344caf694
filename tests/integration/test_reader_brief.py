"""Reads end in time: one that takes too long is broken off, tried again, and at last named."""

from __future__ import annotations

import time
from collections.abc import Callable

import apsw
import pytest

from budgetmon import UsageTracker
from budgetmon.monitor.reader import LedgerReader, poll
from budgetmon.monitor.reader.brief import read_transaction
from budgetmon.monitor.snapshot import Ask
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_that_a_long_read_is_broken_off_and_leaves_no_transaction() -> None:
    db = apsw.Connection(":memory:")
    began = time.monotonic()
    with pytest.raises(apsw.InterruptError), read_transaction(db, 0.02):
        db.execute(ENDLESS).fetchall()
    assert time.monotonic() - began < 2
    assert not db.in_transaction
    assert db.execute("SELECT 1").get == 1, "the connection goes on, without a limit"
    db.close()


def test_that_a_ledger_that_takes_too_long_each_time_is_named_and_read_when_it_no_longer_does(
    make_tracker: Callable[..., UsageTracker], monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}\n")
    for _ in range(300):
        tracker.record("m", tag="AAPL")
    with LedgerReader(tracker.db_path) as reader:
        with monkeypatch.context() as patched:
            patched.setattr(poll, "LONGEST_SECONDS", 0.0)
            with pytest.raises(LedgerTrouble) as caught:
                reader.poll(Ask())
        assert caught.value.trouble is Trouble.SLOW
        snapshot = reader.poll(Ask())
    assert snapshot is not None
    assert snapshot.totals.calls == 300
