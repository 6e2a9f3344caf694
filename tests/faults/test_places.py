"""Places where a ledger cannot live are refused before anything is written; calls go ahead only where that was asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from budgetmon import LedgerError, Usage, UsageTracker
from budgetmon.core.storage import filesystem
from budgetmon.core.storage.errors import LedgerFullError, NetworkFileSystemError

MOUNTS = [
    "21 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw",
    "40 21 0:35 / /mnt/team rw,relatime - nfs4 server:/team rw",
    "41 40 0:36 / /mnt/team/fast\\040disk rw - tmpfs tmpfs rw",
    "42 21 0:37 / /mnt/ssh rw - fuse.sshfs me@host:/ rw",
]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/ledger.db", "ext4"),
        ("/mnt/team/ledger.db", "nfs4"),
        ("/mnt/team/fast disk/ledger.db", "tmpfs"),
        ("/mnt/teamwork/ledger.db", "ext4"),
        ("/mnt/ssh/ledger.db", "fuse.sshfs"),
    ],
)
def test_that_the_longest_mount_point_tells_the_file_system(path: str, kind: str) -> None:
    assert filesystem.file_system(Path(path), MOUNTS) == kind


def test_that_a_network_file_system_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetmon.core.ledger.sqlite_ledger.network_type", lambda path: "nfs4")
    with pytest.raises(NetworkFileSystemError, match="nfs4"):
        UsageTracker(db_path=tmp_path / "ledger.db")
    assert not (tmp_path / "ledger.db").exists()


def test_that_a_disk_without_room_is_refused_before_sqlite_touches_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetmon.core.ledger.sqlite_ledger.has_room", lambda folder: False)
    with pytest.raises(LedgerFullError):
        UsageTracker(db_path=tmp_path / "ledger.db")
    assert not (tmp_path / "ledger.db").exists()


@pytest.mark.parametrize("fail_open", [False, True])
def test_that_a_call_goes_ahead_without_the_ledger_only_with_fail_open(
    make_tracker: Callable[..., UsageTracker], fail_open: bool, caplog: pytest.LogCaptureFixture
) -> None:
    tracker = make_tracker(f"fail_open: {str(fail_open).lower()}\nmodels: {{m: {{provider: p, per_call: 1}}}}")
    tracker.record("m")
    hidden = tracker.db_path.with_name("elsewhere")
    tracker.db_path.rename(hidden)
    try:
        call = tracker.call("m")
        if not fail_open:
            with pytest.raises(LedgerError, match="deleted or replaced"), call:
                pass
            return
        with caplog.at_level(logging.ERROR), call:
            call.settle(Usage())
        assert call.id == 0
        assert "goes ahead without the ledger" in caplog.text
    finally:
        hidden.rename(tracker.db_path)


def test_that_a_deleted_ledger_takes_no_write_into_the_void(make_tracker: Callable[..., UsageTracker], tmp_path: Path) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}")
    tracker.record("m")
    hidden = tmp_path / "hidden"
    tracker.db_path.rename(hidden)
    with pytest.raises(LedgerError, match="deleted or replaced"):
        tracker.record("m")
    hidden.rename(tracker.db_path)
    tracker.record("m")
    assert tracker.get_usage_summary()["totals"]["calls"] == 2
