"""How exports come to lie where they belong: whole or not at all, and nothing else is touched."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from budgetmon.monitor.export.landing import land_file, land_folder

FILES = {"a.csv": b"one", "b.csv": b"two"}


def tree(folder: Path) -> dict[str, bytes | str]:
    """Every name below ``folder``, with what it holds."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        found[name] = f"-> {path.readlink()}" if path.is_symlink() else "folder" if path.is_dir() else path.read_bytes()
    return found


def fail(*_: Any, **__: Any) -> NoReturn:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_that_a_file_lands_with_its_content_and_nothing_beside_it(tmp_path: Path) -> None:
    land_file(tmp_path / "new", b"text", overwrite=False)
    assert tree(tmp_path) == {"new": b"text"}


def test_that_a_folder_lands_with_its_files_and_nothing_beside_it(tmp_path: Path) -> None:
    land_folder(tmp_path / "new", FILES, overwrite=False)
    assert tree(tmp_path) == {"new": "folder", "new/a.csv": b"one", "new/b.csv": b"two"}


def test_that_a_relative_name_lands_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    land_file(Path("new"), b"text", overwrite=False)
    assert tree(tmp_path) == {"new": b"text"}


@pytest.mark.parametrize("what", ["file", "folder", "link", "dangling link"])
@pytest.mark.parametrize("land", [land_file, land_folder])
def test_that_anything_in_the_way_is_refused_and_stays(what: str, land: Any, tmp_path: Path) -> None:
    target, other = tmp_path / "target", tmp_path / "other"
    match what:
        case "file":
            target.write_bytes(b"mine")
        case "folder":
            target.mkdir()
        case "link":
            other.write_bytes(b"theirs")
            target.symlink_to(other)
        case _:
            target.symlink_to(other)
    before = tree(tmp_path)
    with pytest.raises(FileExistsError, match="target"):
        land(target, b"new" if land is land_file else FILES, overwrite=False)
    assert tree(tmp_path) == before


def test_that_overwriting_a_link_replaces_the_link_and_not_what_it_points_to(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"theirs")
    (tmp_path / "target").symlink_to("other")
    land_file(tmp_path / "target", b"new", overwrite=True)
    assert tree(tmp_path) == {"other": b"theirs", "target": b"new"}


def test_that_overwriting_replaces_an_earlier_export(tmp_path: Path) -> None:
    land_folder(tmp_path / "target", {"a.csv": b"old"}, overwrite=True)
    land_folder(tmp_path / "target", FILES, overwrite=True)
    assert tree(tmp_path) == {"target": "folder", "target/a.csv": b"one", "target/b.csv": b"two"}


@pytest.mark.parametrize("name", ["letter.txt", "a.csv/inner"])
def test_that_overwriting_never_deletes_what_is_not_of_an_export(name: str, tmp_path: Path) -> None:
    stranger = tmp_path / "target" / name
    stranger.parent.mkdir(parents=True)
    stranger.write_bytes(b"mine")
    before = tree(tmp_path)
    with pytest.raises(FileExistsError, match="not of an export"):
        land_folder(tmp_path / "target", FILES, overwrite=True)
    assert tree(tmp_path) == before


def test_that_a_link_inside_the_folder_is_not_of_an_export(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"theirs")
    (tmp_path / "target").mkdir()
    (tmp_path / "target" / "a.csv").symlink_to(tmp_path / "other")
    with pytest.raises(FileExistsError, match=r"a\.csv"):
        land_folder(tmp_path / "target", FILES, overwrite=True)


@pytest.mark.parametrize("kind", ["file", "link to a folder"])
def test_that_a_folder_replaces_only_folders(kind: str, tmp_path: Path) -> None:
    if kind == "file":
        (tmp_path / "target").write_bytes(b"mine")
    else:
        (tmp_path / "other").mkdir()
        (tmp_path / "target").symlink_to("other")
    before = tree(tmp_path)
    with pytest.raises(NotADirectoryError, match="not a folder"):
        land_folder(tmp_path / "target", FILES, overwrite=True)
    assert tree(tmp_path) == before


def test_that_a_file_does_not_replace_a_folder(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    with pytest.raises(OSError, match="target"):
        land_file(tmp_path / "target", b"new", overwrite=True)
    assert tree(tmp_path) == {"target": "folder"}


@pytest.mark.parametrize("step", ["fsync", "link"])
def test_that_a_new_file_that_cannot_be_written_leaves_nothing(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match=r"No space left.*target"):
        land_file(tmp_path / "target", b"new", overwrite=False)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_that_a_file_that_cannot_be_overwritten_stays(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "target").write_bytes(b"mine")
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        land_file(tmp_path / "target", b"new", overwrite=True)
    assert tree(tmp_path) == {"target": b"mine"}


@pytest.mark.parametrize("step", ["fsync", "rename"])
@pytest.mark.parametrize("exists", [False, True])
def test_that_a_folder_that_cannot_be_written_leaves_all_as_it_was(
    step: str, exists: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if exists:
        land_folder(tmp_path / "target", {"a.csv": b"old"}, overwrite=False)
    before = tree(tmp_path)
    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="No space left"):
        land_folder(tmp_path / "target", FILES, overwrite=exists)
    assert tree(tmp_path) == before


def test_that_a_swap_that_fails_half_way_puts_the_old_folder_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    land_folder(tmp_path / "target", {"a.csv": b"old"}, overwrite=False)
    before, rename, done = tree(tmp_path), os.rename, []

    def fails_the_second_time(*args: Any, **kwargs: Any) -> None:
        done.append(args)
        if len(done) == 2:
            fail()
        rename(*args, **kwargs)

    monkeypatch.setattr(os, "rename", fails_the_second_time)
    with pytest.raises(OSError, match="No space left"):
        land_folder(tmp_path / "target", FILES, overwrite=True)
    assert tree(tmp_path) == before


def test_that_a_file_that_arrives_during_the_export_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def someone_else_is_faster(descriptor: int) -> None:
        (tmp_path / "target").write_bytes(b"theirs")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", someone_else_is_faster)
    with pytest.raises(FileExistsError):
        land_file(tmp_path / "target", b"new", overwrite=False)
    assert tree(tmp_path) == {"target": b"theirs"}


def test_that_a_file_that_arrives_in_the_old_folder_is_not_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    land_folder(tmp_path / "target", {"a.csv": b"old"}, overwrite=False)
    fsync = os.fsync

    def someone_else_is_faster(descriptor: int) -> None:
        (tmp_path / "target" / "letter.txt").write_bytes(b"theirs")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", someone_else_is_faster)
    with pytest.raises(FileExistsError, match=r"letter\.txt"):
        land_folder(tmp_path / "target", FILES, overwrite=True)
    assert tree(tmp_path) == {"target": "folder", "target/a.csv": b"old", "target/letter.txt": b"theirs"}


def test_that_a_file_system_without_hard_links_serves_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: Any, **__: Any) -> NoReturn:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    land_file(tmp_path / "target", b"new", overwrite=False)
    assert tree(tmp_path) == {"target": b"new"}


def test_that_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        land_file(tmp_path / "target", b"new", overwrite=False)
    with pytest.raises(KeyboardInterrupt):
        land_folder(tmp_path / "target", FILES, overwrite=False)
    assert tree(tmp_path) == {}


def test_that_a_missing_parent_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        land_file(tmp_path / "nowhere" / "target", b"new", overwrite=False)


def test_that_files_get_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        land_file(tmp_path / "target", b"new", overwrite=False)
    finally:
        os.umask(before)
    assert (tmp_path / "target").stat().st_mode & 0o777 == 0o640
