"""Puts an export where it belongs, whole or not at all: written under a hidden name beside it, synced, then renamed.

All names are resolved from a descriptor of the folder that they lie in, so nobody can swap that folder underneath, and no
symbolic link is followed at the last step of a path.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISDIR

_NO_HARD_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK)


def land_file(target: Path, content: bytes, *, overwrite: bool) -> None:
    """Makes ``target`` a file with ``content``.

    Raises FileExistsError when ``target`` exists, even as a dangling link. With ``overwrite``, the file or the link itself is
    replaced. On any error all is as it was.
    """
    target = target.absolute()
    with _folder(target.parent) as parent:
        if not overwrite:
            _refuse_existing(target, parent)
        hidden = _hidden_name()
        try:
            _write(hidden, content, parent)
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


def land_folder(target: Path, files: Mapping[str, bytes], *, overwrite: bool) -> None:
    """Makes ``target`` a folder with ``files``, given by name.

    Raises FileExistsError when ``target`` exists. With ``overwrite``, a folder there is replaced if it holds no other names
    than those of ``files``: nothing else is ever deleted. On any error all is as it was.
    """
    target = target.absolute()
    with _folder(target.parent) as parent:
        replaces = overwrite and _is_replaceable(target.name, target, parent, files)
        if not replaces:
            _refuse_existing(target, parent)
        hidden = _hidden_name()
        try:
            _write_folder(hidden, files, parent)
            if replaces:
                _swap(hidden, target, parent, files)
            else:
                os.rename(hidden, target.name, src_dir_fd=parent, dst_dir_fd=parent)
        except BaseException as error:
            _remove_folder(hidden, files, parent)
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


def _write(name: str, content: bytes, parent: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(name, flags, 0o666, dir_fd=parent), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _write_folder(name: str, files: Mapping[str, bytes], parent: int) -> None:
    os.mkdir(name, dir_fd=parent)
    with _folder(Path(name), parent) as inside:
        for file, content in files.items():
            _write(file, content, inside)
        _sync(inside)


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


def _swap(hidden: str, target: Path, parent: int, files: Mapping[str, bytes]) -> None:
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


def _is_replaceable(name: str, target: Path, parent: int, files: Mapping[str, bytes]) -> bool:
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
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _remove_folder(name: str, files: Mapping[str, bytes], parent: int) -> None:
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
