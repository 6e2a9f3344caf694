"""What the reader says when there is no picture: missing, replaced, foreign, newer, damaged. It goes on when it can."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from budgetmon import UsageTracker
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

MakeTracker = Callable[..., UsageTracker]
CONFIG = "models: {m: {provider: p, per_call: 1}}\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger at rest with one call, which the test may harm."""
    make_ledger(tmp_path / "ledger.db", 1)
    return tmp_path / "ledger.db"


def make_ledger(path: Path, calls: int) -> None:
    config = path.with_suffix(".yaml")
    config.write_text(f"database: {path}\n{CONFIG}")
    with UsageTracker(config) as tracker:
        for _ in range(calls):
            tracker.record("m")


def move(source: Path, target: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        shutil.move(f"{source}{suffix}", f"{target}{suffix}")


def trouble(reader: LedgerReader) -> Trouble:
    with pytest.raises(LedgerTrouble) as caught:
        reader.poll(Ask())
    assert str(caught.value)
    assert caught.value.detail.endswith(".")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (copy.trouble, copy.path, copy.detail) == (caught.value.trouble, caught.value.path, caught.value.detail)
    return caught.value.trouble


def test_that_a_missing_ledger_is_missing_until_it_appears(ledger_folder: Path, make_tracker: MakeTracker) -> None:
    with LedgerReader(ledger_folder / "ledger.db") as reader:
        for _ in range(2):
            assert trouble(reader) is Trouble.MISSING
        assert list(ledger_folder.iterdir()) == []
        make_tracker(CONFIG).record("m")
        snapshot = reader.poll(Ask())
        assert snapshot is not None
        assert snapshot.totals.calls == 1
        assert reader.poll(Ask()) is None


def test_that_a_ledger_in_a_missing_folder_names_the_folder_and_makes_none(tmp_path: Path) -> None:
    with LedgerReader(tmp_path / "no" / "where.db") as reader:
        assert trouble(reader) is Trouble.NO_FOLDER
    assert list(tmp_path.iterdir()) == []


def test_that_a_replaced_ledger_is_told_once_and_then_read(path: Path, tmp_path: Path) -> None:
    make_ledger(tmp_path / "other.db", 3)
    with LedgerReader(path) as reader:
        assert reader.snapshot().totals.calls == 1
        move(tmp_path / "other.db", path)
        assert trouble(reader) is Trouble.REPLACED
        snapshot = reader.poll(Ask())
        assert snapshot is not None
        assert snapshot.totals.calls == 3


def test_that_a_ledger_that_is_gone_comes_back(path: Path, tmp_path: Path) -> None:
    with LedgerReader(path) as reader:
        reader.poll(Ask())
        move(path, tmp_path / "away.db")
        assert trouble(reader) is Trouble.MISSING
        move(tmp_path / "away.db", path)
        snapshot = reader.poll(Ask())
        assert snapshot is not None
        assert snapshot.totals.calls == 1


def test_that_a_snapshot_of_a_replaced_ledger_is_never_the_old_one(path: Path, tmp_path: Path) -> None:
    make_ledger(tmp_path / "other.db", 3)
    with LedgerReader(path) as reader:
        reader.snapshot()
        move(tmp_path / "other.db", path)
        with pytest.raises(LedgerTrouble):
            reader.snapshot()
        assert reader.snapshot().totals.calls == 3


@pytest.mark.parametrize(
    "content",
    [b"", b"hello\n", b"not a database at all " * 500, bytes(range(256)) * 64, b"SQLite format 3\x00" + b"\xff" * 4096],
    ids=["empty", "text", "long text", "binary", "header only"],
)
def test_that_what_is_no_ledger_is_named_and_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "some.file"
    path.write_bytes(content)
    with LedgerReader(path) as reader:
        assert trouble(reader) in (Trouble.NOT_A_LEDGER, Trouble.DAMAGED)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == ["some.file"]


def test_that_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with LedgerReader(tmp_path) as reader:
        assert trouble(reader) is Trouble.NOT_A_LEDGER


def test_that_another_programs_database_is_no_ledger(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = apsw.Connection(str(path))
    db.execute("CREATE TABLE call (id INTEGER)")
    db.close()
    before = path.read_bytes()
    with LedgerReader(path) as reader:
        assert trouble(reader) is Trouble.NOT_A_LEDGER
    assert path.read_bytes() == before


def test_that_a_newer_ledger_is_named(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with LedgerReader(path) as reader:
        assert trouble(reader) is Trouble.NEWER
    assert path.read_bytes() == before


def test_that_a_ledger_without_its_tables_is_no_ledger(path: Path) -> None:
    db = apsw.Connection(str(path))
    db.execute("DROP TABLE call")
    db.close()
    with LedgerReader(path) as reader:
        assert trouble(reader) is Trouble.NOT_A_LEDGER


def test_that_a_damaged_ledger_is_named(path: Path) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:  # nobody has it open
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    with LedgerReader(path) as reader:
        assert trouble(reader) in (Trouble.DAMAGED, Trouble.NOT_A_LEDGER)


def test_that_a_truncated_ledger_is_named(path: Path) -> None:
    content = path.read_bytes()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    for length in (1, 50, 100, 4096, len(content) // 2, len(content) - 4096):
        path.write_bytes(content[:length])
        with LedgerReader(path) as reader:
            assert trouble(reader) in (Trouble.DAMAGED, Trouble.NOT_A_LEDGER)
        assert path.read_bytes() == content[:length]


def test_that_a_locked_ledger_is_locked_until_it_is_free(path: Path) -> None:
    locker = apsw.Connection(str(path))
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN IMMEDIATE; UPDATE ledger SET zone = zone; COMMIT")
    with LedgerReader(path) as reader:
        assert trouble(reader) is Trouble.LOCKED
        assert trouble(reader) is Trouble.LOCKED
        locker.close()
        snapshot = reader.poll(Ask())
        assert snapshot is not None
        assert snapshot.totals.calls == 1
