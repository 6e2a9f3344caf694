"""Other users and read-only places: a plain word for each, and no file that locks the owner out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.other_user import as_nobody

from budgetmon import UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

CONFIG = "models: {m: {provider: p, per_call: 1}}\n"

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="needs the superuser, to become another user"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can reach; pytest's own are for one user only."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "budget.yaml").write_text(f"database: ledger.db\n{CONFIG}")
        yield folder


def record(folder: Path) -> None:
    with UsageTracker(folder / "budget.yaml") as tracker:
        tracker.record("m")


def calls_seen(folder: Path) -> int:
    with LedgerReader(folder / "ledger.db") as reader:
        snapshot = reader.poll(Ask())
        assert snapshot is not None
        return snapshot.totals.calls


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def owners(folder: Path) -> set[int]:
    return {file.stat().st_uid for file in folder.iterdir()}


def test_that_a_read_only_folder_says_who_may_not_write(folder: Path) -> None:
    record(folder)
    before = names(folder)
    error = as_nobody(record, folder)
    assert type(error).__name__ == "LedgerAccessError"
    assert str(folder / "ledger.db") in str(error)
    assert names(folder) == before
    assert verify(folder / "ledger.db").calls == 1


def test_that_a_new_ledger_in_a_read_only_folder_says_so(folder: Path) -> None:
    error = as_nobody(record, folder)
    assert type(error).__name__ == "LedgerAccessError"
    assert names(folder) == {"budget.yaml"}


def test_that_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    (folder / "budget.yaml").write_text(f"database: deep/er/ledger.db\n{CONFIG}")
    error = as_nobody(record, folder)
    assert type(error).__name__ == "LedgerAccessError"
    assert "folder cannot be made" in str(error)


def test_that_another_users_ledger_in_a_shared_folder_is_not_poisoned(folder: Path) -> None:
    record(folder)
    folder.chmod(0o777)
    error = as_nobody(record, folder)
    assert type(error).__name__ == "LedgerAccessError"
    assert owners(folder) == {0}
    record(folder)
    assert verify(folder / "ledger.db").calls == 2


@pytest.mark.parametrize("mode", [0o755, 0o777], ids=["folder of the owner", "folder of everybody"])
def test_that_another_user_reads_while_a_writer_is_connected(mode: int, folder: Path) -> None:
    folder.chmod(mode)
    with UsageTracker(folder / "budget.yaml") as tracker:
        tracker.record("m")
        assert as_nobody(calls_seen, folder) == 1
        tracker.record("m")
        assert as_nobody(calls_seen, folder) == 2
    assert owners(folder) == {0}


@pytest.mark.parametrize("mode", [0o755, 0o777], ids=["folder of the owner", "folder of everybody"])
def test_that_another_user_reads_a_ledger_at_rest(mode: int, folder: Path) -> None:
    record(folder)
    folder.chmod(mode)
    before = names(folder)
    assert as_nobody(calls_seen, folder) == 1
    assert (names(folder), owners(folder)) == (before, {0})
    record(folder)
    assert as_nobody(calls_seen, folder) == 2


@pytest.mark.parametrize("mode", [0o755, 0o777], ids=["folder of the owner", "folder of everybody"])
def test_that_another_user_makes_no_log_that_the_owner_cannot_write(mode: int, folder: Path) -> None:
    record(folder)
    for suffix in ("-wal", "-shm"):
        (folder / f"ledger.db{suffix}").unlink()
    folder.chmod(mode)
    before = names(folder)
    assert as_nobody(calls_seen, folder) == 1
    assert (names(folder), owners(folder)) == (before, {0})
    record(folder)


def test_that_a_ledger_that_may_not_be_read_says_so(folder: Path) -> None:
    record(folder)
    (folder / "ledger.db").chmod(0o600)
    error = as_nobody(calls_seen, folder)
    assert isinstance(error, LedgerTrouble)
    assert error.trouble is Trouble.UNREADABLE


def test_that_a_ledger_behind_a_closed_folder_says_so(folder: Path) -> None:
    record(folder)
    folder.chmod(0o700)
    error = as_nobody(calls_seen, folder)
    assert isinstance(error, LedgerTrouble)
    assert error.trouble is Trouble.UNREADABLE
