"""Puts an export where it belongs, whole or not at all: written under a hidden name beside it, synced, then renamed.

All names are resolved from a descriptor of the folder that they lie in, so nobody can swap that folder underneath, and no
symbolic link is followed at the last step of a path.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR
from typing import BinaryIO

_NO_HARD_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


class FilesOfFolder:
    """Opens the files of a folder under way, each once, under the names that the folder may hold."""

    def __init__(self, folder: int, names: Collection[str]) -> None:
        self._folder = folder
        self._names = names

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The new file ``name``, for writing; synced at the end. Raises OSError."""
        assert name in self._names
        with _created(name, self._folder) as file:
            yield file


@contextmanager
def landing_file(target: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """A file to write to, which becomes ``target`` at the end of the block.

    Raises FileExistsError at once when ``target`` exists, even as a dangling link. With ``overwrite``, the file or the link
    itself is replaced. On any error, and when the block raises, all is as it was.
    """
    with _landing(target, overwrite=overwrite) as (hidden, parent), _created(hidden, parent) as file:
        yield file


@contextmanager
def landing_path(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """The same for what writes its file by itself: a name at which there is nothing yet."""
    with _landing(target, overwrite=overwrite) as (hidden, parent):
        yield Path(f"/proc/self/fd/{parent}/{hidden}")
        with _opened(hidden, os.O_RDONLY, parent) as written:
            os.fsync(written)


@contextmanager
def landing_folder(target: Path, names: Collection[str], *, overwrite: bool) -> Iterator[FilesOfFolder]:
    """A folder to open files in, which becomes ``target`` at the end of the block. ``names`` are all that it may hold.

    Raises FileExistsError at once when ``target`` exists. With ``overwrite``, a folder there is replaced if it holds no other
    names than those in ``names``: nothing else is ever deleted. On any error, and when the block raises, all is as it was.
    """
    target = target.absolute()
    with _folder(target.parent) as parent:
        replaces = overwrite and _is_replaceable(target.name, target, parent, names)
        if not replaces:
            _refuse_existing(target, parent)
        hidden = _hidden_name()
        try:
            os.mkdir(hidden, dir_fd=parent)
            with _folder(Path(hidden), parent) as inside:
                yield FilesOfFolder(inside, names)
                _sync(inside)
            if replaces:
                _swap(hidden, target, parent, names)
            else:
                os.rename(hidden, target.name, src_dir_fd=parent, dst_dir_fd=parent)
        except BaseException as error:
            _remove_folder(hidden, names, parent)
            _name_target(error, target)
            raise
        _sync(parent)


def land_file(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Makes ``target`` a file with ``content``, as ``landing_file`` does."""
    with landing_file(target, overwrite=overwrite) as file:
        file.write(content)


def land_folder(target: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Makes ``target`` a folder with ``files``, given by name, as ``landing_folder`` does."""
    with landing_folder(target, files, overwrite=overwrite) as folder:
        for name, content in files.items():
            with folder.open(name) as file:
                file.write(content)


@contextmanager
def _landing(target: Path, *, overwrite: bool) -> Iterator[tuple[str, int]]:
    """A hidden name in the folder of ``target``, and that folder; what is there at the end of the block takes its place."""
    target = target.absolute()
    with _folder(target.parent) as parent:
        if not overwrite:
            _refuse_existing(target, parent)
        hidden = _hidden_name()
        try:
            yield hidden, parent
            if overwrite:
                os.replace(hidden, target.name, src_dir_fd=parent, dst_dir_fd=parent)
            else:
                _rename_to_new(hidden, target, parent)
        except BaseException as error:
            with suppress(FileNotFoundError):
                os.unlink(hidden, dir_fd=parent)
            _name_target(error, target)
            raise
        _sync(parent)


@contextmanager
def _folder(path: Path, parent: int | None = None) -> Iterator[int]:
    """A descriptor of a folder. Within ``parent``, ``path`` is a name that must not be a link."""
    links = os.O_NOFOLLOW if parent is not None else 0
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | links, dir_fd=parent)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _hidden_name() -> str:
    return f".budgetmon-export-{secrets.token_hex(8)}"


@contextmanager
def _created(name: str, parent: int) -> Iterator[BinaryIO]:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, 0o666, dir_fd=parent), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _opened(name: str, flags: int, parent: int) -> Iterator[int]:
    descriptor = os.open(name, flags | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=parent)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _rename_to_new(hidden: str, target: Path, parent: int) -> None:
    """A rename that never replaces: a hard link fails where a rename would overwrite what came in the meantime."""
    try:
        os.link(hidden, target.name, src_dir_fd=parent, dst_dir_fd=parent, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        _refuse_existing(target, parent)
        os.rename(hidden, target.name, src_dir_fd=parent, dst_dir_fd=parent)
    else:
        os.unlink(hidden, dir_fd=parent)


def _swap(hidden: str, target: Path, parent: int, files: Collection[str]) -> None:
    """Puts ``hidden`` in the place of the folder ``target``, and removes that."""
    former = _hidden_name()
    os.rename(target.name, former, src_dir_fd=parent, dst_dir_fd=parent)
    try:
        # Out of reach of others by now: look again before anything in it is deleted.
        _is_replaceable(former, target, parent, files)
        os.rename(hidden, target.name, src_dir_fd=parent, dst_dir_fd=parent)
    except BaseException:
        os.rename(former, target.name, src_dir_fd=parent, dst_dir_fd=parent)
        raise
    _remove_folder(former, files, parent)


def _is_replaceable(name: str, target: Path, parent: int, files: Collection[str]) -> bool:
    """Whether ``name`` in ``parent`` is a folder to replace; False when there is nothing. Raises for what must stay."""
    try:
        mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return False
    if not S_ISDIR(mode):
        raise NotADirectoryError(errno.ENOTDIR, "In the way, and not a folder", str(target))
    with _folder(Path(name), parent) as inside, os.scandir(inside) as entries:
        others = sorted(entry.name for entry in entries if entry.name not in files or not entry.is_file(follow_symlinks=False))
    if others:
        raise FileExistsError(errno.EEXIST, f"Holds what is not of an export ({others[0]}), so it is not replaced", str(target))
    return True


def _refuse_existing(target: Path, parent: int) -> None:
    with suppress(FileNotFoundError):
        os.stat(target.name, dir_fd=parent, follow_symlinks=False)
        raise FileExistsError(errno.EEXIST, "Already there: choose another name, or replace it with --force", str(target))


def _remove_folder(name: str, files: Collection[str], parent: int) -> None:
    """Removes a folder of ours and those ``files`` in it, if it is there."""
    with suppress(FileNotFoundError):
        with _folder(Path(name), parent) as inside:
            for file in files:
                with suppress(FileNotFoundError):
                    os.unlink(file, dir_fd=inside)
        os.rmdir(name, dir_fd=parent)


def _name_target(error: BaseException, target: Path) -> None:
    """Lets an error speak of the name that people gave, not of the hidden one."""
    if isinstance(error, OSError) and error.filename2 is None:
        error.filename = str(target)


def _sync(folder: int) -> None:
    # Some file systems cannot sync a folder. The export is complete and readable there all the same.
    with suppress(OSError):
        os.fsync(folder)
