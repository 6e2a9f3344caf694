"""A COMMIT that fails may have taken place after all. The file is asked, and a write counts once either way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import apsw
import pytest

from budgetmon import LedgerError, Usage, UsageTracker
from budgetmon.core.storage import pool
from budgetmon.monitor.reader import LedgerReader

MODELS = "models: {m: {provider: p, per_call: 1}}"


class Failing:
    """A connection whose next COMMIT raises: after it took place, or instead of taking place."""

    def __init__(self, db: apsw.Connection, plan: dict[str, bool]) -> None:
        self._db = db
        self._plan = plan

    def __getattr__(self, name: str) -> Any:
        return getattr(self._db, name)

    def execute(self, sql: str, *arguments: Any) -> Any:
        if sql == "COMMIT" and self._plan.pop("armed", False):
            if self._plan["lands"]:
                self._db.execute(sql)
            raise apsw.IOError("disk I/O error")
        return self._db.execute(sql, *arguments)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """The plan for the next COMMIT; what pools open from now on follows it."""
    plan: dict[str, bool] = {}
    plain = pool.ConnectionPool.__init__

    def patched(self: pool.ConnectionPool, open_connection: Callable[[], apsw.Connection], name: str) -> None:
        plain(self, lambda: Failing(open_connection(), plan), name)  # type: ignore[arg-type, return-value]

    monkeypatch.setattr(pool.ConnectionPool, "__init__", patched)
    return plan


def calls(tracker: UsageTracker) -> int:
    with LedgerReader(tracker.db_path) as reader:
        return reader.snapshot().totals.calls


def test_that_a_commit_that_took_place_counts_once_and_raises_nothing(
    commits: dict[str, bool], make_tracker: Callable[..., UsageTracker]
) -> None:
    tracker = make_tracker(MODELS)
    tracker.record("m")
    commits.update(armed=True, lands=True)
    tracker.record("m", Usage(calls=1))
    assert calls(tracker) == 2


def test_that_a_commit_that_did_not_take_place_raises_and_leaves_nothing(
    commits: dict[str, bool], make_tracker: Callable[..., UsageTracker]
) -> None:
    tracker = make_tracker(MODELS)
    tracker.record("m")
    commits.update(armed=True, lands=False)
    with pytest.raises(LedgerError, match="disk") as raised:
        tracker.record("m")
    assert isinstance(raised.value.__cause__, apsw.IOError)
    assert calls(tracker) == 1
    tracker.record("m")
    assert calls(tracker) == 2
