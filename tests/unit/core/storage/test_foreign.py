"""Foreign SQLite files are read from a private copy, with what their side files hold, and stay as they are."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from budgetmon.core.storage import foreign
from budgetmon.core.storage.foreign import SourceError, has_side_file, private_copy, regular_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "their.db"
    with closing(apsw.Connection(str(path))) as db:
        db.execute("CREATE TABLE t (a INTEGER, b REAL, \"c d\" TEXT); INSERT INTO t VALUES (2, 0.1, 'x'), (1, NULL, x'00ff')")
    return path


@pytest.fixture
def open_wal(tmp_path: Path) -> Iterator[Path]:
    """A database whose last rows are in its -wal only, because its program is still running."""
    path = tmp_path / "running.db"
    with closing(apsw.Connection(str(path))) as db:
        for sql in ("PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0", "CREATE TABLE t (a)"):
            db.execute(sql).fetchall()
        db.execute("INSERT INTO t VALUES (1), (2), (3)")
        yield path


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}


def test_that_rows_come_as_they_were_stored(path: Path) -> None:
    before = everything(path.parent)
    with private_copy(path) as database:
        assert database.columns("t") == ("a", "b", "c d")
        assert database.columns("u") == ()
        assert database.count("t") == 2
        assert list(database.rows("t", ("c d", "b"), order="a")) == [(b"\x00\xff", None), ("x", 0.1)]
    assert everything(path.parent) == before


def test_that_a_wal_counts_and_stays_untouched(open_wal: Path, tmp_path: Path) -> None:
    before = everything(tmp_path)
    assert set(before) == {"running.db", "running.db-wal", "running.db-shm"}
    with private_copy(open_wal) as database:
        assert database.count("t") == 3
    assert everything(tmp_path) == before


def test_that_a_wal_of_a_killed_program_counts_without_its_shm(open_wal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    folder.mkdir()
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{open_wal}{suffix}", f"{folder / open_wal.name}{suffix}")
    before = everything(folder)
    with private_copy(folder / open_wal.name) as database:
        assert database.count("t") == 3
    assert everything(folder) == before


def test_that_a_torn_end_of_a_wal_is_left_out(open_wal: Path, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    folder.mkdir()
    shutil.copyfile(open_wal, folder / "x.db")
    (folder / "x.db-wal").write_bytes(Path(f"{open_wal}-wal").read_bytes()[:-100])
    with private_copy(folder / "x.db") as database:
        assert database.columns("t") == ("a",)
        assert database.count("t") == 0


def test_that_a_hot_journal_takes_an_unfinished_change_back(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    folder.mkdir()
    with closing(apsw.Connection(str(path))) as db:
        db.execute("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
        for number in range(300):
            db.execute("INSERT INTO t VALUES (?, 0, ?)", (number, "x" * 500))
        for suffix in ("", "-journal"):
            shutil.copyfile(f"{path}{suffix}", f"{folder / 'x.db'}{suffix}")
    with private_copy(folder / "x.db") as database:
        assert database.count("t") == 2


def test_that_a_link_is_followed_to_the_side_files(open_wal: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(open_wal)
    with private_copy(regular_file(link)) as database:
        assert database.count("t") == 3


def test_that_no_copy_stays_behind(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    with private_copy(path):
        assert len(list(scratch.iterdir())) == 1
    assert list(scratch.iterdir()) == []


def test_that_what_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("no database " * 500)
    with pytest.raises(SourceError, match="notes: this is not an SQLite database"), private_copy(tmp_path / "notes"):
        pass


def test_that_a_cut_database_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(SourceError, match=r"their\.db: the database"), private_copy(path):
        pass


def test_that_text_that_is_no_text_is_refused(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as db:
        db.execute("INSERT INTO t VALUES (3, 0, CAST(x'ff' AS TEXT))")
    with private_copy(path) as database, pytest.raises(SourceError, match="not UTF-8"):
        list(database.rows("t", ("c d",), order="a"))


def test_that_a_schema_that_calls_functions_gets_no_trust(path: Path) -> None:
    with closing(apsw.Connection(str(path))) as db:
        db.execute("CREATE VIEW v AS SELECT load_extension('x') AS a")
    with private_copy(path) as database, pytest.raises(SourceError, match="cannot be read"):
        list(database.rows("v", ("a",), order="a"))


def test_that_a_file_that_keeps_changing_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "_PAUSE_SECONDS", 0.0)
    real = shutil.copyfile

    def copy_while_written(source: Path, target: Path) -> None:
        real(source, target)
        with path.open("ab") as file:
            file.write(b"\0")

    monkeypatch.setattr(shutil, "copyfile", copy_while_written)
    with pytest.raises(SourceError, match="another program keeps writing"), private_copy(path):
        pass


@pytest.mark.parametrize("make", [os.mkdir, os.mkfifo])
def test_that_only_regular_files_are_read(make: object, tmp_path: Path) -> None:
    assert callable(make)
    make(tmp_path / "it")
    with pytest.raises(SourceError, match=r"folder|no regular file"):
        regular_file(tmp_path / "it")


def test_that_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        regular_file(tmp_path / "it")


def test_that_side_files_are_seen(open_wal: Path, path: Path) -> None:
    assert has_side_file(open_wal)
    assert not has_side_file(path)


def test_that_the_error_travels_between_processes() -> None:
    error = pickle.loads(pickle.dumps(SourceError(Path("a.db"), "is damaged")))
    assert (str(error), error.path, error.problem) == ("a.db: is damaged", "a.db", "is damaged")
