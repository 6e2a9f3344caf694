"""One SqliteLedger per file and process, however many trackers use it: they share its worker, its queue and its locks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from budgetmon.core.config.values import Config, Durability
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.storage import forking


class _OpenLedgers:
    """The ledgers that this process has open, with the number of their users. Safe between threads and after a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ledgers: dict[Path, tuple[SqliteLedger, int]] = {}
        forking.join(self, forking.Rest.REGISTRY)

    def acquire(self, path: Path, *, zone: str, power_safe: bool) -> SqliteLedger:
        """The process's ledger at ``path``, opened on first use. The strictest durability that was asked for applies."""
        path = path.resolve()
        with self._lock:
            ledger, users = self._ledgers.get(path, (None, 0))
            if ledger is None:
                ledger = SqliteLedger(path, zone=zone, power_safe=power_safe)
            elif power_safe:
                ledger.require_power_safety()
            self._ledgers[path] = (ledger, users + 1)
            return ledger

    def give_back(self, ledger: SqliteLedger) -> None:
        """Closes the ledger when its last user is done."""
        with self._lock:
            _, users = self._ledgers[ledger.path]
            if users > 1:
                self._ledgers[ledger.path] = (ledger, users - 1)
                return
            del self._ledgers[ledger.path]
        ledger.close()

    def before_fork(self) -> None:
        self._lock.acquire()

    def after_fork_in_parent(self) -> None:
        self._lock.release()

    def after_fork_in_child(self) -> None:
        self._lock = threading.Lock()


open_ledgers = _OpenLedgers()


@contextmanager
def opened(config: Config) -> Iterator[SqliteLedger]:
    """The ledger of a configuration, for one order of an operator. Registers no budgets. Raises LedgerError."""
    ledger = open_ledgers.acquire(config.database, zone=config.zone, power_safe=config.durability is Durability.POWER)
    try:
        yield ledger
    finally:
        open_ledgers.give_back(ledger)
