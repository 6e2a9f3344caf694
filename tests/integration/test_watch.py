"""The live view in a terminal: it follows the ledger, survives its absence, and ends with Ctrl+C."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from budgetmon import UsageTracker

PATIENCE_SECONDS = 30.0


def read_until(terminal: int, words: str) -> str:
    """What the terminal showed until ``words`` came."""
    shown, deadline = "", time.monotonic() + PATIENCE_SECONDS
    while words not in shown:
        assert time.monotonic() < deadline, shown[-2000:]
        shown += os.read(terminal, 65536).decode(errors="replace")
    return shown


def test_that_the_view_waits_for_the_ledger_follows_it_and_ends(
    make_tracker: Callable[..., UsageTracker], tmp_path: Path
) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 0.25}}\nbudgets: [{name: cap, limit: 9 USD, per: day}]")
    ledger = tmp_path / "elsewhere.db"
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "budgetmon", "watch", "--every", "0.2", "--db", str(ledger)],
        stdin=theirs,
        stdout=theirs,
        stderr=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "150", "LINES": "50"},
    )
    os.close(theirs)
    try:
        read_until(ours, "No ledger here yet")
        ledger.symlink_to(tracker.db_path)
        tracker.record("m")
        read_until(ours, "$0.25")
        tracker.record("m")
        read_until(ours, "$0.50")
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=PATIENCE_SECONDS)
    finally:
        child.kill()
        child.communicate()
        os.close(ours)
    assert (child.returncode, errors) == (0, b"")
