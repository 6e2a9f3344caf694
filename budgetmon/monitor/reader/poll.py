"""LedgerReader: the poller's side of a ledger. Nothing new costs one PRAGMA and one stat."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import apsw

from budgetmon.core.ledger import rule_book
from budgetmon.core.rules.runs import RunResult
from budgetmon.core.storage.files import LedgerFiles, identity
from budgetmon.core.storage.liveness import Liveness
from budgetmon.monitor.reader import access, caches, close_up, history, runs, sums, tables
from budgetmon.monitor.snapshot import Ask, LedgerInfo, LedgerTrouble, RunRow, Snapshot, Trouble

# Even when nobody writes, windows end, workers die and forecasts move: look again after this many seconds.
REFRESH_SECONDS = 10.0


def wall_clock() -> int:
    """UTC milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class LedgerReader:
    """Reads snapshots of one ledger over a read-only connection. To be made, used and closed in one thread."""

    def __init__(self, path: Path, *, clock: Callable[[], int] = wall_clock) -> None:
        self._files = LedgerFiles(path)
        self._clock = clock
        self._liveness = Liveness(self._files.alive, read_only=True)
        self._db: apsw.Connection | None = None
        self._identity: tuple[int, int] | None = None
        self._seen: tuple[int, Ask] | None = None
        self._read_at = 0.0

    def poll(self, ask: Ask) -> Snapshot | None:
        """A new snapshot, or None when nothing changed since the last answer to an equal ask. Raises LedgerTrouble."""
        try:
            db = self._connected()
            version = int(db.execute("PRAGMA data_version").get)
            recent = time.monotonic() - self._read_at < REFRESH_SECONDS
            if self._seen == (version, ask) and recent:
                return None
            snapshot = self._read(db, ask)
        except apsw.Error as error:
            self.close()
            raise access.trouble_of(error, self._files.database) from error
        except LedgerTrouble:
            self.close()
            raise
        self._seen = (version, ask)
        self._read_at = time.monotonic()
        return snapshot

    def snapshot(self, ask: Ask | None = None, *, since: int | None = None, until: int | None = None) -> Snapshot:
        """A snapshot in any case. ``since`` and ``until`` (UTC milliseconds) narrow totals, providers and models.

        Raises LedgerTrouble.
        """
        try:
            return self._read(self._connected(), ask or Ask(), since, until)
        except apsw.Error as error:
            self.close()
            raise access.trouble_of(error, self._files.database) from error

    def run(self, number: int) -> RunRow | None:
        """One run of any age; None when there is none of that number. Raises LedgerTrouble."""
        try:
            db = self._connected()
            found = runs.read_runs(db, access.check(db, self._files.database), self._liveness, only=number)
        except apsw.Error as error:
            self.close()
            raise access.trouble_of(error, self._files.database) from error
        return found[0] if found else None

    def run_results(self, run: int) -> tuple[RunResult, ...]:
        """The results of one run in the order of arrival; none once they were dropped. Raises LedgerTrouble."""
        try:
            db = self._connected()
            return runs.read_results(db, access.check(db, self._files.database), run)
        except apsw.Error as error:
            self.close()
            raise access.trouble_of(error, self._files.database) from error

    def close(self) -> None:
        """Closes the connection; the next poll opens a new one."""
        db, self._db = self._db, None
        self._seen = None
        self._liveness.close()
        if db is not None:
            db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _connected(self) -> apsw.Connection:
        path = self._files.database
        try:
            now_there = identity(path)
        except OSError as error:
            raise access.out_of_reach(path, error) from error
        if self._db is not None and now_there != self._identity:
            # A replaced file would go on answering its old numbers without any error.
            self.close()
            if now_there is not None:
                raise LedgerTrouble(Trouble.REPLACED, str(path), "Another file has taken its place; opening that one.")
        if self._db is None:
            self._db = access.open_ledger(path)
            self._identity = now_there
        return self._db

    def _read(self, db: apsw.Connection, ask: Ask, since: int | None = None, until: int | None = None) -> Snapshot:
        now = self._clock()
        db.execute("BEGIN")
        try:
            info = self._info(db)
            models = sums.read_models(db, since, until)
            budgets = sums.read_budgets(db, now)
            workers = tables.read_workers(db, self._liveness)
            pauses = rule_book.read_pauses(db)
            return Snapshot(
                as_of=now,
                ledger=info,
                totals=sums.add_up(models),
                providers=sums.providers_of(models, budgets),
                models=models,
                budgets=budgets,
                consumption=history.consumption(db, ask, now),
                caches=caches.read_caches(db, ask, now, workers),
                calls=tables.read_calls(db, ask),
                refusals=tables.read_refusals(db, ask.rows),
                workers=workers,
                paused=tuple(pauses),
                ask=ask,
                stacked=history.stacked(db, ask, now),
                latencies=history.latencies(db, ask, now),
                close_up=None if ask.charts.budget is None else close_up.read_close_up(db, ask.charts.budget, now),
                paused_since=pauses,
                runs=runs.read_runs(db, info.schema, self._liveness),
            )
        finally:
            # An open read transaction would keep the writers' log from being emptied.
            with contextlib.suppress(apsw.Error):
                db.execute("ROLLBACK")

    def _info(self, db: apsw.Connection) -> LedgerInfo:
        version = access.check(db, self._files.database)
        row: tuple[Any, ...] | None = db.execute("SELECT created_at, zone, durability FROM ledger").fetchone()
        if row is None:
            raise LedgerTrouble(Trouble.NOT_A_LEDGER, str(self._files.database), "Its tables are empty.")
        try:
            wal_bytes = self._files.wal.stat().st_size
        except OSError:
            wal_bytes = 0
        return LedgerInfo(
            path=str(self._files.database),
            schema=version,
            durability=row[2],
            zone=row[1],
            created_at=row[0],
            wal_bytes=wal_bytes,
        )
