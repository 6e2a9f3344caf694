"""The demo without a window: workers and the scan spend, the books add up, and nothing is left running."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from budgetmon.core.ledger.verify import verify
from budgetmon.monitor.reader import LedgerReader


def test_that_the_demo_spends_scans_and_ends(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "budgetmon", "demo", "--headless", "--seconds", "6", "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 0, done.stderr
    assert "tickerline calls" in done.stdout
    ledger = tmp_path / "ledger.db"
    assert verify(ledger).holds
    with LedgerReader(ledger) as reader:
        snapshot = reader.snapshot()
    assert {"expirations", "chains", "stand-in-search"} <= {model.name for model in snapshot.models}
    assert not [worker for worker in snapshot.workers if worker.alive]
