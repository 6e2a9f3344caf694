"""Who lives: each worker locks one byte of a side file, and the kernel drops the lock when the process ends.

The locks are Linux's open-file-description locks. They belong to an open file and not to a pid, so a reused pid does not
match them; a stopped process keeps them; containers with other pid namespaces see them, since they live in the inode;
and closing some other descriptor of the file does not drop them. A forked child shares its parent's descriptor and must
close it, or the parent would seem to live on in the child.
"""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path

# struct flock of Linux on 64 bits: l_type, l_whence, l_start, l_len, l_pid.
_FLOCK = struct.Struct("hhqqi0q")


class Liveness:
    """Claims a worker's byte, and asks about others. Not safe between threads: the caller serialises.

    ``read_only`` is for watchers: it creates nothing and may only ask.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._flags = os.O_RDONLY if read_only else os.O_RDWR | os.O_CREAT
        self._descriptor: int | None = None

    def claim(self, worker: int) -> None:
        """Marks ``worker`` alive until ``resign``, ``close`` or the end of the process. Raises OSError when it is taken."""
        self._lock(fcntl.F_WRLCK, worker)

    def resign(self, worker: int) -> None:
        """Ends the claim before the process ends."""
        self._lock(fcntl.F_UNLCK, worker)

    def is_alive(self, worker: int) -> bool:
        """Whether the process that claimed ``worker`` lives, stopped or not. Asking disturbs nobody.

        Through the descriptor that made the claim the answer would be no: ask about other workers only. Raises OSError.
        """
        request = _FLOCK.pack(fcntl.F_RDLCK, os.SEEK_SET, worker, 1, 0)
        answer = fcntl.fcntl(self._open(), fcntl.F_OFD_GETLK, request)
        return bool(_FLOCK.unpack(answer)[0] != fcntl.F_UNLCK)

    def close(self) -> None:
        """Gives up every claim. In a forked child: closes the child's copy of the descriptor; the parent's claims stay."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def _lock(self, kind: int, worker: int) -> None:
        fcntl.fcntl(self._open(), fcntl.F_OFD_SETLK, _FLOCK.pack(kind, os.SEEK_SET, worker, 1, 0))

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, self._flags | os.O_CLOEXEC, 0o666)
        return self._descriptor
