"""One connection per thread, closed when its thread ends, at close, and before a fork."""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from types import TracebackType

import apsw

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.0005


@dataclass(frozen=True, slots=True)
class ConnectionCounts:
    """How many connections this process has opened and closed."""

    opened: int
    closed: int


class _Held:
    """Owns a thread's connection. The interpreter drops it with the thread, and the connection closes with it."""

    def __init__(self, db: apsw.Connection, pool: ConnectionPool) -> None:
        self.db: apsw.Connection | None = db
        self._pool = weakref.ref(pool)

    def close(self) -> None:
        db, self.db = self.db, None
        if db is not None:
            db.close()
            if pool := self._pool():
                pool.note_closed()

    def __del__(self) -> None:
        self.close()


class ConnectionPool:
    """Hands each thread its own connection. Safe between threads; see ``rest`` for forks."""

    def __init__(self, open_connection: Callable[[], apsw.Connection], name: str) -> None:
        self._open_connection = open_connection
        self._name = name
        self._loan = _Loan(self)
        self._reset()

    def _reset(self) -> None:
        self._local = threading.local()
        self._all: weakref.WeakSet[_Held] = weakref.WeakSet()
        # Threads that have borrowed. Adding and taking away are single steps of the interpreter: no lock, no interrupt.
        self._lent: set[int] = set()
        self._awake = threading.Event()
        self._awake.set()
        self._opened = 0
        self._closed = 0

    def borrow(self) -> AbstractContextManager[apsw.Connection]:
        """This thread's connection, opened on first use. While it is lent, no fork and no close happens."""
        return self._loan

    @property
    def is_lent_here(self) -> bool:
        """Whether this thread uses its connection just now: a write would run into what is under way on it."""
        return threading.get_ident() in self._lent

    def discard(self) -> None:
        """Closes this thread's connection, lent or not; the next one to be borrowed is new."""
        held: _Held | None = getattr(self._local, "held", None)
        if held is not None:
            held.close()

    def counts(self) -> ConnectionCounts:
        """Counts since the process began to use this ledger."""
        return ConnectionCounts(opened=self._opened, closed=self._closed)

    def rest(self) -> None:
        """Waits until nothing is lent, closes every connection and lends none until ``wake``."""
        self._awake.clear()
        # Whoever comes here uses nothing: an interrupt on the way out of a loan has kept it from being taken back.
        self._lent.discard(threading.get_ident())
        while self._lent:
            time.sleep(_LOOK_SECONDS)
        for held in list(self._all):
            held.close()

    def wake(self) -> None:
        """Lends again."""
        self._awake.set()

    def forget(self) -> None:
        """In a forked child: starts anew. The parent's connections were closed before the fork."""
        self._reset()

    def note_closed(self) -> None:
        """Called by a connection's owner as it closes."""
        self._closed += 1
        _log.debug("closed a connection to %s (%d opened, %d closed)", self._name, self._opened, self._closed)

    def _lend(self) -> apsw.Connection:
        me = threading.get_ident()
        try:
            self._lent.add(me)
            while not self._awake.is_set():
                self._lent.discard(me)
                self._awake.wait()
                self._lent.add(me)
            held: _Held | None = getattr(self._local, "held", None)
            if held is None or held.db is None:
                held = self._open()
            assert held.db is not None
            return held.db
        except BaseException:
            self._lent.discard(me)
            raise

    def _take_back(self) -> None:
        self._lent.discard(threading.get_ident())

    def _open(self) -> _Held:
        held = _Held(self._open_connection(), self)
        self._local.held = held
        self._all.add(held)
        self._opened += 1
        _log.debug("opened a connection to %s (%d opened, %d closed)", self._name, self._opened, self._closed)
        return held


class _Loan:
    """What ``borrow`` returns: the same for everybody, since it remembers nothing. A generator would cost as much as a read."""

    __slots__ = ("_pool",)

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def __enter__(self) -> apsw.Connection:
        return self._pool._lend()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._pool._take_back()
