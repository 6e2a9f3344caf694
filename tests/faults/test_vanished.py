"""A ledger that is taken away under a tracker: no call may be acknowledged into a file that nobody will find."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from integration.ledger_view import picture

from budgetmon import LedgerError, UsageTracker

CONFIG = "models: {m: {provider: p, per_call: 1}}\nbudgets: [{name: b, limit: 5 calls, per: lifetime}]\n"


def tracker_on(folder: Path, name: str) -> UsageTracker:
    folder.mkdir(exist_ok=True)
    config = folder / f"{name}.yaml"
    config.write_text(f"database: {name}.db\n{CONFIG}")
    return UsageTracker(config)


@contextmanager
def doomed(tracker: UsageTracker) -> Iterator[UsageTracker]:
    """A tracker that cannot sign off at the end, and says so."""
    yield tracker
    with suppress(LedgerError):
        tracker.close()


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()


def acknowledged(tracker: UsageTracker) -> bool:
    try:
        tracker.record("m")
    except LedgerError:
        return False
    return True


def test_that_nothing_is_acknowledged_into_a_deleted_ledger(tmp_path: Path) -> None:
    with doomed(tracker_on(tmp_path, "ledger")) as tracker:
        tracker.record("m")
        remove(tracker.db_path)
        count = sum(acknowledged(tracker) for _ in range(3))
        assert count == (picture(tracker).totals.calls if tracker.db_path.exists() else 0)


def test_that_nothing_is_acknowledged_into_a_replaced_ledger(tmp_path: Path) -> None:
    with tracker_on(tmp_path / "other", "ledger") as other:
        other.record("m")
    with doomed(tracker_on(tmp_path, "ledger")) as tracker:
        tracker.record("m")
        remove(tracker.db_path)
        for suffix in ("", "-wal", "-shm"):
            shutil.copy(tmp_path / "other" / f"ledger.db{suffix}", tmp_path / f"ledger.db{suffix}")
        count = sum(acknowledged(tracker) for _ in range(3))
        assert picture(tracker.db_path).totals.calls == 1 + count


def test_that_a_ledger_without_its_side_files_for_order_and_liveness_still_works(tmp_path: Path) -> None:
    with tracker_on(tmp_path, "ledger") as tracker:
        tracker.record("m")
    for suffix in ("-gate", "-alive"):
        tracker.db_path.with_name(f"ledger.db{suffix}").unlink()
    with tracker_on(tmp_path, "ledger") as tracker:
        tracker.record("m")
        seen = picture(tracker)
    assert seen.totals.calls == 2
    assert [worker.alive for worker in seen.workers] == [True, False]


def test_that_a_copy_of_a_ledger_at_rest_is_a_ledger(tmp_path: Path) -> None:
    with tracker_on(tmp_path, "ledger") as tracker:
        tracker.record("m")
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(tracker.db_path, copy / "ledger.db")
    with tracker_on(copy, "ledger") as moved:
        moved.record("m")
        assert picture(moved).totals.calls == 2
    assert picture(tracker).totals.calls == 1
