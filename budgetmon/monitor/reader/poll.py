"""LedgerReader: the poller's side of a ledger. Nothing new costs one PRAGMA and one stat."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import apsw

from budgetmon.core.ledger import rule_book
from budgetmon.core.rules.runs import RunResult
from budgetmon.core.storage.files import LedgerFiles, identity
from budgetmon.core.storage.liveness import Liveness
from budgetmon.monitor.call_details import CallDetails
from budgetmon.monitor.paging import Page, PageAsk
from budgetmon.monitor.reader import access, at_rest, caches, call_details, close_up, history, pages, pauses, runs, sums, tables
from budgetmon.monitor.reader.aging import has_aged
from budgetmon.monitor.reader.at_rest import Rest
from budgetmon.monitor.reader.brief import LONGEST_SECONDS, read_transaction
from budgetmon.monitor.reader.newest_calls import NewestCalls
from budgetmon.monitor.reader.past_steps import PastSteps
from budgetmon.monitor.snapshot import Ask, LedgerInfo, RunRow, Snapshot
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

# While nobody writes, look this often whether the picture still holds, and read a new one at the latest after that long.
LOOK_SECONDS = 5.0
REFRESH_SECONDS = 60.0

# A read that was broken off has warmed the caches, so the next one is faster. Where even that does not do, a late picture
# is better than none: the last tries may take longer.
_TRIES = (1, 1, 1, 4, 16)


Found = TypeVar("Found")

# What is the same as long as nothing is written.
State = int | Rest | tuple[int, ...]


def wall_clock() -> int:
    """UTC milliseconds since 1970."""
    return time.time_ns() // 1_000_000


class LedgerReader:
    """Reads snapshots of one ledger over a read-only connection. To be made, used and closed in one thread."""

    def __init__(self, path: Path, *, clock: Callable[[], int] = wall_clock) -> None:
        self._path = path
        self._clock = clock
        self._aim()
        self._db: apsw.Connection | None = None
        self._rest: Rest | None = None
        self._is_owned_by_another = False
        self._identity: tuple[int, int] | None = None
        self._seen: tuple[State, Ask] | None = None
        self._told: Snapshot | None = None
        self._past = PastSteps()
        self._calls = NewestCalls()
        self._read_at = 0.0
        self._looked_at = 0.0

    def poll(self, ask: Ask) -> Snapshot | None:
        """A new snapshot, or None when nothing changed since the last answer to an equal ask. Raises LedgerTrouble."""
        with self._troubles():
            db = self._connected()
            state = self._state(db)
            if self._seen == (state, ask) and self._still_holds():
                return None
            self._told = self._read(ask)
            self._seen = (self._rest or state, ask)
            self._read_at = self._looked_at = time.monotonic()
            return self._told

    def snapshot(self, ask: Ask | None = None, *, since: int | None = None, until: int | None = None) -> Snapshot:
        """A snapshot in any case. ``since`` and ``until`` (UTC milliseconds) narrow totals, providers and models.

        Raises LedgerTrouble.
        """
        with self._troubles():
            return self._read(ask or Ask(), since, until)

    def page(self, ask: PageAsk) -> Page:
        """A page of calls or refusals, found in one short read. Raises LedgerTrouble."""
        with self._troubles():
            return self._consistent(lambda db: self._page(db, ask))

    def call(self, number: int) -> CallDetails | None:
        """All that is known of one call; None when there is none of that number. Raises LedgerTrouble."""
        with self._troubles():
            return self._consistent(lambda db: self._call(db, number))

    def run(self, number: int) -> RunRow | None:
        """One run of any age; None when there is none of that number. Raises LedgerTrouble."""
        with self._troubles():
            db = self._connected()
            found = runs.read_runs(db, access.check(db, self._files), self._liveness, only=number)
            return found[0] if found else None

    def run_results(self, run: int) -> tuple[RunResult, ...]:
        """The results of one run in the order of arrival; none once they were dropped. Raises LedgerTrouble."""
        with self._troubles():
            db = self._connected()
            return runs.read_results(db, access.check(db, self._files), run)

    def close(self) -> None:
        """Closes the connection; the next poll opens a new one."""
        db, self._db = self._db, None
        self._rest = None
        self._seen = self._told = None
        self._past, self._calls = PastSteps(), NewestCalls()
        self._liveness.close()
        if db is not None:
            db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _troubles(self) -> Iterator[None]:
        """Any trouble closes the file, and the next question opens it anew."""
        try:
            yield
        except apsw.Error as error:
            self.close()
            raise access.trouble_of(error, self._files) from error
        except LedgerTrouble:
            self.close()
            raise

    def _aim(self) -> None:
        """A link to a ledger has no log and no other side file beside it: those lie beside the file that it leads to."""
        self._files = LedgerFiles(Path(os.path.realpath(self._path)))
        self._liveness = Liveness(self._files.alive, read_only=True)

    def _connected(self) -> apsw.Connection:
        if self._db is None:
            self._liveness.close()
            self._aim()
        path = self._path
        try:
            now_there = identity(path)
            if self._db is None and now_there is not None:
                self._is_owned_by_another = at_rest.is_owned_by_another(path)
        except OSError as error:
            raise access.out_of_reach(self._files, error) from error
        if self._db is not None and now_there != self._identity:
            # A replaced file would go on answering its old numbers without any error.
            self.close()
            if now_there is not None:
                raise LedgerTrouble(Trouble.REPLACED, str(path), "Another file has taken its place; opening that one.")
        if self._rest is not None and access.has_moved(self._files, self._rest):
            self.close()
        if self._db is None:
            self._db, self._rest = access.open_ledger(self._files)
            self._identity = now_there
        return self._db

    def _state(self, db: apsw.Connection) -> State:
        if self._rest is not None:
            return self._rest
        if self._is_owned_by_another:
            return at_rest.marks_of(self._files)
        return int(db.execute("PRAGMA data_version").get)

    def _still_holds(self) -> bool:
        """Whether what was told last is still true, of a ledger in which nothing was written since."""
        now = time.monotonic()
        if self._told is None or now - self._read_at >= REFRESH_SECONDS:
            return False
        if now - self._looked_at < LOOK_SECONDS:
            return True
        self._looked_at = now
        return not has_aged(self._told, self._clock(), self._liveness)

    def _read(self, ask: Ask, since: int | None = None, until: int | None = None) -> Snapshot:
        return self._consistent(lambda db: self._picture(db, ask, since, until))

    def _consistent(self, read: Callable[[apsw.Connection], Found]) -> Found:
        """One whole read. One that was broken off, or of a file at rest that moved meanwhile, is done again."""
        broken_off: apsw.InterruptError | None = None
        for patience in _TRIES:
            db = self._connected()
            try:
                with read_transaction(db, patience * LONGEST_SECONDS):
                    found = read(db)
            except apsw.InterruptError as error:
                broken_off = error
                continue
            if self._rest is None or not access.has_moved(self._files, self._rest):
                return found
            self.close()
        raise broken_off or access.busy_at_rest(self._files)

    def _page(self, db: apsw.Connection, ask: PageAsk) -> Page:
        access.check(db, self._files)
        return pages.read_page(db, ask)

    def _call(self, db: apsw.Connection, number: int) -> CallDetails | None:
        access.check(db, self._files)
        return call_details.read_call(db, number, self._liveness)

    def _picture(self, db: apsw.Connection, ask: Ask, since: int | None, until: int | None) -> Snapshot:
        now = self._clock()
        info = self._info(db)
        models = sums.read_models(db, since, until)
        budgets = sums.read_budgets(db, now, self._past)
        workers = tables.read_workers(db, self._liveness)
        return Snapshot(
            as_of=now,
            ledger=info,
            totals=sums.add_up(models),
            providers=sums.providers_of(models, budgets, sums.read_spared(db, info.schema, since, until)),
            models=models,
            budgets=budgets,
            consumption=history.consumption(db, ask, now),
            caches=caches.read_caches(db, ask, now, workers),
            calls=self._calls.read(db, ask),
            refusals=tables.read_refusals(db, ask.rows),
            workers=workers,
            paused=tuple(rule_book.read_pauses(db)),
            ask=ask,
            stacked=history.stacked(db, ask, now),
            latencies=history.latencies(db, ask, now),
            close_up=None if ask.charts.budget is None else close_up.read_close_up(db, ask.charts.budget, now),
            runs=runs.read_runs(db, info.schema, self._liveness),
            pauses=pauses.read_shown(db, info.schema, ask, budgets, now),
        )

    def _info(self, db: apsw.Connection) -> LedgerInfo:
        version = access.check(db, self._files)
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
