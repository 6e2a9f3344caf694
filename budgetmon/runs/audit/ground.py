"""Where an audit works: a folder of its own, and what stands on trial."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.audit.sizes import Sizes

T = TypeVar("T")

# Opens a reader of a ledger as the app has one; calling what it gives polls once.
OpenPoller = Callable[[Path], AbstractContextManager[Callable[[], object]]]


class HasVolatility(Protocol):
    """The implied volatility of a day."""

    @property
    def iv(self) -> float:
        """Its value."""


class KeepsVolatilities(Protocol):
    """A history of implied volatilities, as far as an audit needs one."""

    def record(self, ticker: str, day: date, iv: float) -> bool:
        """Stores the value of a day."""

    def record_many(self, rows: Iterable[tuple[str, date, float]]) -> int:
        """Stores many values at once."""

    def history(self, ticker: str, *, on: date | None = None) -> Sequence[HasVolatility]:
        """The days of the year that ends with ``on``, in order."""

    def iv_rank(self, ticker: str, iv: float | None = None, *, on: date | None = None) -> float | None:
        """The share of the past 365 days strictly below, in percent, one decimal."""

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


@dataclass(frozen=True, slots=True)
class OnTrial:
    """What is checked. All of it is importable by name, since worker processes make their own.

    ``tracker`` opens a tracker on a config; ``cache`` makes a cache of a size, with what LRUCache takes by name; ``history``
    opens an IV history, which lives above this layer and is handed in.
    """

    tracker: Callable[[Path], UsageTracker] = UsageTracker
    cache: Callable[..., LRUCache[int, object]] = LRUCache
    history: Callable[[Path], KeepsVolatilities] | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """The scratch folder of an audit, its sizes, and the operator's own ledger, which is only ever read."""

    folder: Path
    sizes: Sizes
    open_poller: OpenPoller
    own_ledger: Path | None = None
    on_trial: OnTrial = OnTrial()

    def config(self, name: str, text: str = "", *, durability: str = "process") -> Path:
        """A fresh folder below the scratch folder with a budget.yaml; its ledger lies beside it."""
        home = self.folder / name
        home.mkdir()
        path = home / "budget.yaml"
        path.write_text(f"database: ledger.db\ntimezone: UTC\ndurability: {durability}\n{text}", encoding="utf-8")
        return path


def ledger_of(config: Path) -> Path:
    """The ledger beside a config of ``Ground.config``."""
    return config.parent / "ledger.db"


def in_processes(count: int, work: Callable[..., T], *arguments: object) -> list[T]:
    """What ``work(number, *arguments)`` returned in each of ``count`` spawned processes that run at once.

    Raises what one of them raised.
    """
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        return [each.result() for each in [pool.submit(work, number, *arguments) for number in range(count)]]
