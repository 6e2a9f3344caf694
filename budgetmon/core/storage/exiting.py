"""Cleaning up when a process ends, also in children of multiprocessing, which leave without running atexit."""

from __future__ import annotations

import atexit
import os
import sys
import weakref
from typing import Any, Protocol


class Closes(Protocol):
    """Whatever has something left to write or to close."""

    def close(self) -> None:
        """Closes; doing so twice is harmless."""


_open: weakref.WeakSet[Any] = weakref.WeakSet()
_arranged_in: int | None = None


def close_at_exit(thing: Closes) -> None:
    """Sees to it that ``thing.close()`` runs when this process ends by itself, in a forked child too."""
    _open.add(thing)
    _arrange()


def _arrange() -> None:
    global _arranged_in  # noqa: PLW0603  # one arrangement per process is the point
    if _arranged_in == os.getpid():
        return
    if _arranged_in is None:
        atexit.register(_close_all)
    _arranged_in = os.getpid()
    if "multiprocessing.util" in sys.modules:
        from multiprocessing import util

        # Higher priorities run first; pools and queues register at 15 and below, and may still use a tracker.
        util.Finalize(None, _close_all, exitpriority=1)


def _arrange_in_child() -> None:
    if _open and "multiprocessing.util" in sys.modules:
        from multiprocessing import util

        # multiprocessing clears its finalizers right after this hook and runs these callbacks then.
        util.register_after_fork(_hook, _arrange_for)


class _Hook:
    """Something with an identity for multiprocessing's registry, which holds its keys weakly."""


_hook = _Hook()


def _arrange_for(_: _Hook) -> None:
    _arrange()


def _close_all() -> None:
    for thing in list(_open):
        thing.close()


os.register_at_fork(after_in_child=_arrange_in_child)
