"""Writing nothing from inside a garbage collection.

The collector may run at any allocation, even while this thread holds the ledger's lock. What a dropped stream has left to
write then would wait for that lock for ever; it is put aside and written at the next call of this process.
"""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue

from budgetmon.core.storage.errors import LedgerError

_log = logging.getLogger(__name__)

_collecting: set[int] = set()
_left: SimpleQueue[tuple[int, Callable[[], None]]] = SimpleQueue()  # its put is safe at any moment


def _watch(phase: str, _info: dict[str, int]) -> None:
    me = threading.get_ident()
    if phase == "start":
        _collecting.add(me)
    else:
        _collecting.discard(me)


gc.callbacks.append(_watch)


def write_or_leave(write: Callable[[], None]) -> None:
    """Runs ``write`` now, or at the next call of this process when the collector is what calls."""
    if threading.get_ident() in _collecting:
        leave(write)
    else:
        write()


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
        except LedgerError as error:
            _log.error("what became of a dropped call could not be written: %s", error)
