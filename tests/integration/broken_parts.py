"""Trackers and caches that are wrong in one way each, to see the audit name it. Importable by name, for spawned processes."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw

from budgetmon import BudgetExceededError, LRUCache, Usage, UsageTracker
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.storage.connection import open_reader
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker


class ChecksThenWrites(UsageTracker):
    """Asks whether the call fits, and books it afterwards."""

    def call(self, model: str, **_: Any) -> Any:
        return _LateBooking(self, model)


class _LateBooking(AbstractContextManager["_LateBooking"]):
    def __init__(self, tracker: UsageTracker, model: str) -> None:
        self._tracker = tracker
        self._model = model

    def __enter__(self) -> Self:
        decision = self._tracker.can_make_call(self._model)
        if not decision:
            assert isinstance(decision.receipt, Receipt)
            raise BudgetExceededError(decision.receipt)
        time.sleep(0.002)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def settle(self, usage: Usage) -> None:
        self._tracker.record(self._model, usage)


class AcknowledgesWithoutWriting(UsageTracker):
    """Says that a call is booked, and books nothing."""

    def call(self, model: str, **_: Any) -> Any:
        return _NothingBooked()


class _NothingBooked(AbstractContextManager["_NothingBooked"]):
    id = 12_345

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pass

    def settle(self, usage: Usage) -> None:
        pass


class LeaksAConnection(UsageTracker):
    """Leaves a connection open when it closes."""

    leaked: list[apsw.Connection] = []  # noqa: RUF012  # shared on purpose: the test closes what is in it

    def __init__(self, config_path: Path) -> None:
        super().__init__(config_path)
        self.leaked.append(open_reader(self.db_path, busy_ms=100))
        self.leaked[-1].execute("SELECT count(*) FROM call").fetchall()


class OneTooMany(LRUCache[int, object]):
    """Holds one entry more than it should."""

    def __init__(self, max_size: int, *arguments: Any, **options: Any) -> None:
        super().__init__(max_size + 1, *arguments, **options)


class ExpiresLate(LRUCache[int, object]):
    """Keeps entries a moment too long."""

    def __init__(self, max_size: int, ttl: float | None = None, **options: Any) -> None:
        super().__init__(max_size, None if ttl is None else ttl + 0.002, **options)


class ScansAtEachStore(LRUCache[int, object]):
    """Costs in proportion to its size."""

    def set(self, key: int, value: object, **options: Any) -> None:
        sum(1 for _ in self._entries)
        super().set(key, value, **options)


class UnheardMisses(LRUCache[int, object]):
    """Publishes under its name, but counts no misses there."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._miss = self._counters.miss = lambda: 0


class KeepsInMemory(IVHistoryTracker):
    """Says that every other value is stored, and does not store it."""

    _left_out = False

    def record(self, ticker: str, day: date, iv: float) -> bool:
        self._left_out = not self._left_out
        return self._left_out or super().record(ticker, day, iv)
