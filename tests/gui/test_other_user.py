"""The app under another user id than the ledger's: it names what is closed to it, and comes back by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from faults.other_user import NOBODY, as_nobody

from budgetmon import UsageTracker
from budgetmon.gui.assets import asset

SCRIPT = Path(__file__).with_name("other_user_window.py")


def may_read(path: Path) -> bool:
    return path.is_file() and bool(path.read_bytes())


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can reach, with a ledger that somebody left at rest."""
    if os.geteuid() != 0:
        pytest.skip("needs the superuser, to become another user")
    if as_nobody(may_read, Path(asset("icons/ledger.svg"))) is not True:
        pytest.skip("this checkout is closed to other users")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o777)
        (folder / "budget.yaml").write_text("database: ledger.db\nmodels: {m: {provider: p, per_call: 1}}\n")
        record(folder)
        yield folder


def record(folder: Path) -> None:
    with UsageTracker(folder / "budget.yaml") as tracker:
        tracker.record("m")


def until(app: subprocess.Popen[str], calls: int | None, words: str) -> None:
    """Waits until the window shows this many calls and says these words."""
    assert app.stdout is not None
    for line in app.stdout:
        said: dict[str, Any] = json.loads(line)
        if said["calls"] == calls and (words in said["words"] if words else said["picture"] and not said["words"]):
            return
    pytest.fail(f"the window never said {words!r} about {calls} calls")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_that_the_window_of_another_user_goes_through_closed_doors_and_back(folder: Path) -> None:
    ledger = folder / "ledger.db"
    ledger.chmod(0o600)
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), str(ledger), str(NOBODY)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as app:
        until(app, None, f"chmod o+r {ledger}")
        ledger.chmod(0o644)
        until(app, 1, "")
        folder.chmod(0o700)
        until(app, 1, f"chmod o+x {folder}")
        folder.chmod(0o777)
        until(app, 1, "")
        record(folder)
        until(app, 2, "")
        assert app.stdin is not None
        app.stdin.close()
        assert app.wait(30) == 0
    assert {path.stat().st_uid for path in folder.iterdir()} == {0}
    record(folder)
