"""A ledger that somebody keeps locked: waiting has an end, and what was not written raises."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest

from budgetmon import Usage
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.prices import Rates
from budgetmon.core.storage.errors import LedgerBusyError

PATIENCE = 0.25
SUBJECT = Subject("p", "m")
CHARGE = Charge(Usage(), 1, Rates(per_call=1))


def opened(folder: Path) -> SqliteLedger:
    return SqliteLedger(folder / "ledger.db", zone="UTC", power_safe=False, patience=PATIENCE)


@pytest.fixture
def ledger(ledger_folder: Path) -> Iterator[SqliteLedger]:
    ledger = opened(ledger_folder)
    ledger.record(SUBJECT, CHARGE)
    yield ledger
    ledger.close()


@contextmanager
def database_locked(path: Path) -> Iterator[None]:
    """As by another program that writes to the database and does not queue."""
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


@contextmanager
def gate_locked(path: Path) -> Iterator[None]:
    """As by a writer that was stopped while it was its turn."""
    with path.with_name(path.name + "-gate").open("r+b") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


LOCKS = pytest.mark.parametrize("locked", [database_locked, gate_locked])


@LOCKS
def test_that_a_lock_held_for_too_long_is_an_error(locked: object, ledger: SqliteLedger) -> None:
    with locked(ledger.path):  # type: ignore[operator]
        began = time.monotonic()
        with pytest.raises(LedgerBusyError, match="locked"):
            ledger.record(SUBJECT, CHARGE)
        assert PATIENCE * 0.8 <= time.monotonic() - began < 10 * PATIENCE
    assert verify(ledger.path).calls == 1
    ledger.record(SUBJECT, CHARGE)
    assert verify(ledger.path).calls == 2


@LOCKS
def test_that_every_thread_that_waits_is_told(locked: object, ledger: SqliteLedger) -> None:
    def record(_: int) -> bool:
        try:
            ledger.record(SUBJECT, CHARGE)
        except LedgerBusyError:
            return False
        return True

    with locked(ledger.path), ThreadPoolExecutor(6) as pool:  # type: ignore[operator]
        assert list(pool.map(record, range(6))) == [False] * 6
    assert verify(ledger.path).calls == 1


@LOCKS
def test_that_a_lock_that_is_freed_in_time_is_waited_for(locked: object, ledger: SqliteLedger) -> None:
    with ThreadPoolExecutor(1) as pool:
        with locked(ledger.path):  # type: ignore[operator]
            waiting = pool.submit(ledger.record, SUBJECT, CHARGE)
            time.sleep(PATIENCE / 3)
        waiting.result()
    assert verify(ledger.path).calls == 2


def test_that_opening_waits_no_longer_either(ledger: SqliteLedger) -> None:
    with gate_locked(ledger.path), pytest.raises(LedgerBusyError):
        opened(ledger.path.parent)


@LOCKS
def test_that_reading_needs_no_lock(locked: object, ledger: SqliteLedger) -> None:
    with locked(ledger.path):  # type: ignore[operator]
        (sums,) = ledger.totals()[0].values()
        assert sums.calls == 1
        assert verify(ledger.path).calls == 1
