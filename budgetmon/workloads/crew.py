"""A crew: worker processes that do one thing until they are done or told to stop, and count what they do."""

from __future__ import annotations

import ctypes
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterable
from multiprocessing.context import SpawnProcess
from multiprocessing.sharedctypes import RawArray
from typing import Any

_SLICE_SECONDS = 0.2


class Post:
    """A worker's side of its crew: its number, its counts, and whether to go on. For one process and thread."""

    def __init__(self, index: int, names: tuple[str, ...], cells: Any, halt: Any) -> None:
        self.index = index
        self._names = names
        self._cells = cells
        self._halt = halt
        self._parent = multiprocessing.parent_process()

    def add(self, name: str, amount: int = 1) -> None:
        """Counts ``amount`` more of ``name``."""
        self._cells[self.index * len(self._names) + self._names.index(name)] += amount

    @property
    def stopped(self) -> bool:
        """Whether the worker should end: it was told to, or its parent is gone."""
        return bool(self._halt[0]) or (self._parent is not None and not self._parent.is_alive())

    def wait_until(self, due: float) -> None:
        """Sleeps until ``time.monotonic()`` is ``due``, or until it is time to stop."""
        while (left := due - time.monotonic()) > 0 and not self.stopped:
            time.sleep(min(left, _SLICE_SECONDS))


class Crew:
    """``count`` spawned processes that each run ``work(post, *arguments)``. For one thread.

    Counts live in shared memory without a lock: each worker writes its own cells, so a killed one leaves nothing locked.
    """

    def __init__(
        self, name: str, count: int, work: Callable[..., None], arguments: Iterable[Any], counts: tuple[str, ...]
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._counts = counts
        self._cells = RawArray(ctypes.c_int64, count * len(counts))
        self._halt = RawArray(ctypes.c_int8, 1)
        given = tuple(arguments)
        self._processes: list[SpawnProcess] = [
            context.Process(
                target=_run,
                args=(work, index, counts, self._cells, self._halt, given),
                name=f"{name}-{index}",
                daemon=True,
            )
            for index in range(count)
        ]

    def start(self) -> None:
        """Starts the workers."""
        for process in self._processes:
            process.start()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers."""
        return tuple(process.pid or 0 for process in self._processes)

    @property
    def running(self) -> bool:
        """Whether any worker is at work."""
        return any(process.is_alive() for process in self._processes)

    def count(self, name: str) -> int:
        """The sum over the workers."""
        return sum(self._cells[self._counts.index(name) :: len(self._counts)])

    def stop(self) -> None:
        """Asks the workers to end after what they are at."""
        self._halt[0] = 1

    def join(self, patience: float | None = None) -> tuple[str, ...]:
        """Waits for the workers; after ``patience`` seconds, ends those that still run.

        Says of each that did not end well how it ended.
        """
        deadline = None if patience is None else time.monotonic() + patience
        for process in self._processes:
            process.join(None if deadline is None else max(0.0, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
        endings = tuple(
            f"{process.name} (pid {process.pid}) {_ending(process.exitcode)}"
            for process in self._processes
            if process.exitcode != 0
        )
        for process in self._processes:
            process.close()
        self._processes = []
        return endings


def _run(
    work: Callable[..., None], index: int, counts: tuple[str, ...], cells: Any, halt: Any, arguments: tuple[Any, ...]
) -> None:
    # Ctrl+C goes to the whole process group; the parent decides what it means, and tells.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(Post(index, counts, cells, halt), *arguments)


def _ending(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        return f"was ended by {signal.Signals(-exitcode).name}"
    return f"failed with exit code {exitcode}; its error stands above"
