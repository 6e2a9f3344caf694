"""A pool of worker processes, one item each at a time: whatever happens to a worker costs the item it was at, and no other."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any, Generic, TypeVar

A = TypeVar("A")
T = TypeVar("T")
R = TypeVar("R")

_LEAVES_WITHIN_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """An item without a result, and why."""

    item: T
    reason: str


class _Worker(Generic[T]):
    """One process and the item that it is at."""

    def __init__(self, name: str, function: Callable[[A, T], R], argument: A) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.item: T | None = None
        self.deadline = 0.0
        self.process: SpawnProcess = context.Process(target=_serve, args=(theirs, function, argument), name=name, daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, item: T, time_limit: float) -> None:
        self.item = item
        self.deadline = time.monotonic() + time_limit
        with suppress(OSError):  # a worker that is gone: whoever waits for its answer hears of it
            self.pipe.send(item)

    def end(self, patience: float) -> str:
        """Ends the process, by force after ``patience`` seconds. How it ended, in words."""
        self.pipe.close()
        self.process.join(patience)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        code = self.process.exitcode or 0
        self.process.close()
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"


class WorkPool(Generic[A, T, R]):
    """Runs ``function(argument, item)`` in ``count`` spawned processes. All three must pickle, and what comes back, too.

    ``time_limit`` in seconds bounds the work on an item, with the start of its process. For one thread.
    """

    def __init__(self, name: str, count: int, function: Callable[[A, T], R], argument: A, *, time_limit: float) -> None:
        self._name = name
        self._count = count
        self._function = function
        self._argument = argument
        self._time_limit = time_limit
        self._workers: list[_Worker[T]] = []
        self._started = 0

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that are at work."""
        return tuple(worker.process.pid or 0 for worker in self._workers)

    def run(self, items: Sequence[T]) -> Generator[R | Lost[T]]:
        """One result or loss for each item, as they come. When the iterator is closed, workers end after what they are at."""
        waiting = deque(items)
        try:
            while waiting or self._workers:
                while waiting and len(self._workers) < self._count:
                    self._start().begin(waiting.popleft(), self._time_limit)
                for worker in self._heard_of():
                    yield self._outcome(worker)
                    self._go_on(worker, waiting)
        finally:
            for worker in self._workers:
                worker.end(_LEAVES_WITHIN_SECONDS)
            self._workers = []

    def _start(self) -> _Worker[T]:
        self._started += 1
        worker: _Worker[T] = _Worker(f"{self._name}-{self._started}", self._function, self._argument)
        self._workers.append(worker)
        return worker

    def _heard_of(self) -> list[_Worker[T]]:
        """Workers that answered, ended, or are out of time; waits for the first of them."""
        nearest = min(worker.deadline for worker in self._workers)
        ready = wait([worker.pipe for worker in self._workers], max(0.0, nearest - time.monotonic()))
        now = time.monotonic()
        return [worker for worker in self._workers if worker.pipe in ready or worker.deadline <= now]

    def _outcome(self, worker: _Worker[T]) -> R | Lost[T]:
        """What came of the worker's item; a worker that can do no more is taken out."""
        item, worker.item = worker.item, None
        assert item is not None
        if not worker.pipe.poll():
            self._workers.remove(worker)
            worker.end(0)
            return Lost(item, f"no result within {self._time_limit:g} s; its worker was ended")
        try:
            result: R | Lost[T] = worker.pipe.recv()
        except (EOFError, OSError):
            self._workers.remove(worker)
            return Lost(item, f"its worker {worker.end(_LEAVES_WITHIN_SECONDS)}")
        return result

    def _go_on(self, worker: _Worker[T], waiting: deque[T]) -> None:
        if worker not in self._workers:
            return
        if waiting:
            worker.begin(waiting.popleft(), self._time_limit)
        else:
            self._workers.remove(worker)
            worker.end(_LEAVES_WITHIN_SECONDS)


def _serve(pipe: Connection[Any, Any], function: Callable[[Any, Any], Any], argument: Any) -> None:
    """A worker's life: it ends when its parent hangs up, or is gone."""
    # Ctrl+C goes to the whole process group; the parent decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = function(argument, item)
        except Exception as error:
            answer = Lost(item, f"{type(error).__name__}: {error}")
        try:
            pipe.send(answer)
        except OSError:
            return
