"""What a garbage collection has left to write.

The collector may run at any allocation, even while this thread is inside a write of the ledger. What a dropped stream or
generator has left to write then would wait for that very write for ever; so it is put aside, and written at the next call of
this process.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from queue import Empty, SimpleQueue

_log = logging.getLogger(__name__)

_left: SimpleQueue[tuple[int, Callable[[], None]]] = SimpleQueue()  # its put is safe at any moment


def leave(write: Callable[[], None]) -> None:
    """Puts ``write`` aside for the next call of this process. Safe in a finalizer. A forked child does not inherit it."""
    _left.put((os.getpid(), write))


def write_what_was_left() -> None:
    """Runs what was put aside. What fails is logged: its call stays held, and is in doubt once this process has ended."""
    while not _left.empty():
        try:
            process, write = _left.get_nowait()
        except Empty:
            return
        if process != os.getpid():
            continue
        try:
            write()
        except Exception as error:  # whatever it is, it is not the business of the call that comes next
            _log.error("what became of a dropped call could not be written: %s", error)
