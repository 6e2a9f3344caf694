"""The gate: one writer at a time over all processes, in a queue, with a time limit.

SQLite's own lock stays the truth. But its busy handler sleeps and retries, so that under load some writers starve for
seconds; the gate only decides who tries next.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

# A waiter polls; the longer it has waited the more often, so that the oldest is likely to be next.
_FIRST_PAUSE = 0.0008
_SHORTEST_PAUSE = 0.00005
_OLD_AFTER = 0.02


class Gate:
    """A lock file that orders writers. One per process and ledger; threads of the process take turns before they come here.

    The kernel drops the lock when its owner dies. Not safe between threads: the caller holds the process's own lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        # Lets the next one in; harmless when this process is not in. Set anew with each descriptor.
        self.leave: Callable[[], object] = _not_in

    def enter(self, deadline: float) -> bool:
        """Waits until this process may write; False when ``time.monotonic()`` passes ``deadline`` first. Raises OSError."""
        descriptor = self._open()
        started = time.monotonic()
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                return True
            now = time.monotonic()
            if now >= deadline:
                return False
            age = min(1.0, (now - started) / _OLD_AFTER)
            pause = _FIRST_PAUSE + (_SHORTEST_PAUSE - _FIRST_PAUSE) * age
            time.sleep(min(pause * random.uniform(0.5, 1.5), deadline - now))

    def close(self) -> None:
        """Closes the file. In a forked child this leaves the parent's place in the queue alone."""
        if self._descriptor is not None:
            self.leave = _not_in
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            self.leave = partial(fcntl.flock, self._descriptor, fcntl.LOCK_UN)
        return self._descriptor


def _not_in() -> None:
    """What leaving is while the gate's file is closed."""
