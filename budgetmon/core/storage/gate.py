"""The gate: one writer at a time over all processes, in a queue, with a time limit.

SQLite's own lock stays the truth. But its busy handler sleeps and retries, so that under load some writers starve for
seconds; the gate only decides who tries next. Waiting is left to the kernel: polling would burn the time that the one
inside needs. Since a thread that waits for such a lock cannot be called back, another thread waits in its place.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue

# Whoever leaves may come in again before the next in line has woken up, which saves handing over. But not for longer than
# one turn, where others are known to wait: then it steps aside for as long as waking up takes.
TURN_SECONDS = 0.003
_STEP_ASIDE_SECONDS = 0.00005


class Gate:
    """A lock file that orders writers. One per process and ledger; threads of the process take turns before they come here.

    The kernel drops the lock when its owner dies. Not safe between threads: the caller holds the process's own lock.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None
        self._usher: _Usher | None = None
        self._crowded = False
        self._turn_began = 0.0
        # Lets the next one in; harmless when this process is not in. Set anew with each descriptor.
        self.leave: Callable[[], object] = _not_in

    def enter(self, deadline: float) -> bool:
        """Waits until this process may write; False when ``time.monotonic()`` passes ``deadline`` first. Raises OSError."""
        descriptor = self._open()
        turn_is_over = self._crowded and time.monotonic() - self._turn_began >= TURN_SECONDS
        if turn_is_over:
            time.sleep(_STEP_ASIDE_SECONDS)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return self._queue(descriptor, deadline)
        if turn_is_over:
            self._crowded = False  # nobody took it
        return True

    def close(self) -> None:
        """Closes the file."""
        if self._usher is not None:
            self._usher.dismiss()
        self._drop()

    def forget(self) -> None:
        """In a forked child: closes the child's copies, and leaves the parent's place in the queue alone."""
        if self._usher is not None:
            self._usher.forget()
        self._drop()

    def _queue(self, descriptor: int, deadline: float) -> bool:
        if self._usher is None:
            self._usher = _Usher(descriptor)
        entered = self._usher.wait(deadline)
        self._crowded = True
        self._turn_began = time.monotonic()
        return entered

    def _drop(self) -> None:
        self._usher = None
        if self._descriptor is not None:
            self.leave = _not_in
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        if self._descriptor is None:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            self.leave = partial(fcntl.flock, self._descriptor, fcntl.LOCK_UN)
        return self._descriptor


class _Usher:
    """A thread that stands in the kernel's queue for the others, so that they can stop waiting.

    Its descriptor is a copy, and so the same open file: the lock that it gets is the process's.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = os.dup(descriptor)
        self._wanted = False
        self._asked: SimpleQueue[bool] = SimpleQueue()
        self._granted: SimpleQueue[None] = SimpleQueue()
        threading.Thread(target=self._run, name="budgetmon-gate", daemon=True).start()

    def wait(self, deadline: float) -> bool:
        """Waits for the lock until ``deadline``; False when it did not come in time. An interrupt leaves nothing behind."""
        self._wanted = True
        try:
            self._asked.put(True)
            self._granted.get(timeout=max(0.0, deadline - time.monotonic()))
        except Empty:
            self._wanted = False
            return self._take()  # granted in this very moment: it is ours
        except BaseException:
            self._wanted = False
            self._take()  # whoever is interrupted leaves the gate in any case
            raise
        self._wanted = False
        return True

    def dismiss(self) -> None:
        """Ends the thread, once it has left the queue."""
        self._asked.put(False)

    def forget(self) -> None:
        """In a forked child, where the thread does not exist: closes its descriptor in its place."""
        os.close(self._descriptor)

    def _run(self) -> None:
        try:
            while self._asked.get():
                if not self._wanted:
                    continue
                fcntl.flock(self._descriptor, fcntl.LOCK_EX)
                self._granted.put(None)
                self._take_back_unwanted()
        finally:
            os.close(self._descriptor)

    def _take_back_unwanted(self) -> None:
        """Gives the lock away again when nobody waits for it any more and nobody took it."""
        if not self._wanted and self._take():
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def _take(self) -> bool:
        """Takes what was granted; whether there was anything. Of two that try, one gets it."""
        try:
            self._granted.get_nowait()
        except Empty:
            return False
        return True


def _not_in() -> None:
    """What leaving is while the gate's file is closed."""
