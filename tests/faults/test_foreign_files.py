"""Whatever is no ledger of ours is refused with the right word, and not one byte of it changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import apsw
import pytest

from budgetmon import LedgerError, UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.core.storage.errors import LedgerAccessError, LedgerDamagedError, NewerSchemaError, NotALedgerError

CONFIG = "database: ledger.db\nmodels: {m: {provider: p, per_call: 1}}\n"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    (tmp_path / "budget.yaml").write_text(CONFIG)
    return tmp_path / "budget.yaml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.db"


def contents(path: Path) -> dict[str, bytes]:
    """Every byte of the database and of its log. What readers mark in the -shm file and an empty log say nothing."""
    files = (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal"))
    return {file.name: file.read_bytes() for file in files if file.exists() and file.stat().st_size}


def refused(config: Path, *kinds: type[LedgerError]) -> LedgerError:
    with pytest.raises(LedgerError) as caught:
        UsageTracker(config)
    assert type(caught.value) in kinds
    assert "ledger.db" in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    "content",
    [b"hello\n", b"name,value\n" * 1_000, bytes(range(256)) * 64, b"\x7fELF" + b"\0" * 8_192],
    ids=["text", "a table", "binary", "a program"],
)
def test_that_a_file_of_another_kind_is_left_alone(content: bytes, config: Path, path: Path) -> None:
    path.write_bytes(content)
    refused(config, NotALedgerError)
    assert contents(path) == {"ledger.db": content}


def test_that_another_programs_database_is_left_alone(config: Path, path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE call (id INTEGER); INSERT INTO call VALUES (7)")
    db.close()
    before = contents(path)
    refused(config, NotALedgerError)
    assert contents(path) == before


def test_that_another_programs_database_without_tables_is_left_alone(config: Path, path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("PRAGMA application_id = 42")
    db.close()
    before = contents(path)
    refused(config, NotALedgerError)
    assert contents(path) == before


LEAVE_A_LOG = """\
import apsw, os, sys
db = apsw.Connection(sys.argv[1])
db.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0")
for statement in sys.argv[2:]:
    db.execute(statement)
os._exit(0)
"""


def leave_a_log(path: Path, *statements: str) -> dict[str, bytes]:
    """Changes a database as a program does that is killed before its log is carried over."""
    subprocess.run([sys.executable, "-c", LEAVE_A_LOG, str(path), *statements], check=True, timeout=60)
    before = contents(path)
    assert len(before["ledger.db-wal"]) > 0
    return before


def test_that_the_log_of_another_programs_database_is_left_alone(config: Path, path: Path) -> None:
    before = leave_a_log(path, "CREATE TABLE theirs (id INTEGER)", "INSERT INTO theirs VALUES (7)")
    refused(config, NotALedgerError)
    assert contents(path) == before


def test_that_a_newer_ledger_is_left_alone(config: Path, path: Path) -> None:
    with UsageTracker(config) as tracker:
        tracker.record("m")
    db = apsw.Connection(str(path))
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = contents(path)
    assert "upgrade" in str(refused(config, NewerSchemaError))
    assert contents(path) == before


def test_that_the_log_of_a_newer_ledger_is_left_alone(config: Path, path: Path) -> None:
    with UsageTracker(config) as tracker:
        tracker.record("m")
    before = leave_a_log(path, "PRAGMA user_version = 99", "CREATE TABLE from_the_future (id INTEGER)")
    refused(config, NewerSchemaError)
    assert contents(path) == before


def test_that_a_folder_is_no_ledger(config: Path, path: Path) -> None:
    path.mkdir()
    (path / "inside").write_text("kept")
    refused(config, LedgerAccessError, NotALedgerError)
    assert [file.name for file in path.iterdir()] == ["inside"]


def test_that_an_empty_file_becomes_a_ledger(config: Path, path: Path) -> None:
    path.touch()
    with UsageTracker(config) as tracker:
        tracker.record("m")
    assert verify(path).calls == 1


def test_that_a_broken_link_leads_to_a_new_ledger_at_its_end(config: Path, path: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    path.symlink_to(tmp_path / "real" / "books.db")
    with UsageTracker(config) as tracker:
        tracker.record("m")
    assert verify(tmp_path / "real" / "books.db").calls == 1
    assert not (tmp_path / "ledger.db-wal").exists()  # two names of one ledger must share one log


def test_that_a_truncated_ledger_is_damaged_and_left_alone(config: Path, path: Path) -> None:
    with UsageTracker(config) as tracker:
        tracker.record("m")
    content = path.read_bytes()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    for length in (4_096, len(content) // 8_192 * 4_096):
        path.write_bytes(content[:length])
        refused(config, LedgerDamagedError, NotALedgerError)
        assert contents(path)["ledger.db"] == content[:length]


def test_that_a_ledger_damaged_inside_is_found_out_and_left_alone(config: Path, path: Path) -> None:
    with UsageTracker(config) as tracker:
        for number in range(50):
            tracker.record("m", tag=f"tag {number}")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    content = path.read_bytes()
    broken = content[:4_096] + b"\xa5" * (len(content) - 4_096)
    path.write_bytes(broken)
    with pytest.raises(LedgerError) as caught, UsageTracker(config) as tracker:
        tracker.record("m")
    assert isinstance(caught.value, LedgerDamagedError)
    assert path.read_bytes() == broken
    with pytest.raises(LedgerDamagedError):
        verify(path)


def test_that_a_device_is_no_ledger(tmp_path: Path) -> None:
    config = tmp_path / "budget.yaml"
    os.mkfifo(tmp_path / "pipe")
    config.write_text("database: pipe\n")
    with pytest.raises(LedgerError):
        UsageTracker(config)
