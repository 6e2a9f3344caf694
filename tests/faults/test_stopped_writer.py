"""A writer that is stopped in the middle of a write holds the others up for as long as they are patient, and no longer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.errors import LedgerBusyError

STOPS_INSIDE = """
    import os, signal, sys
    from pathlib import Path
    from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
    ledger = SqliteLedger(Path(sys.argv[1]), zone="UTC", power_safe=False)
    ledger._writer.run(lambda db: os.kill(os.getpid(), signal.SIGSTOP))
    ledger.close()
"""


def test_that_writers_give_up_after_their_patience_and_go_on_when_the_gate_is_free(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = SqliteLedger(path, zone="UTC", power_safe=False, patience=0.5)
    charge = Charge(Usage(), 5, Rates())
    ledger.record(Subject("p", "m"), charge)
    stopped = subprocess.Popen([sys.executable, "-c", textwrap.dedent(STOPS_INSIDE), str(path)])
    try:
        os.waitid(os.P_PID, stopped.pid, os.WSTOPPED | os.WNOWAIT)
        for _ in range(2):
            began = time.monotonic()
            with pytest.raises(LedgerBusyError, match="find out whether a writer is stopped"):
                ledger.record(Subject("p", "m"), charge)
            assert 0.4 < time.monotonic() - began < 5
        stopped.send_signal(signal.SIGCONT)
        assert stopped.wait(30) == 0
        ledger.record(Subject("p", "m"), charge)
    finally:
        stopped.kill()
        stopped.wait()
    ledger.close()
    assert verify(path).calls == 2
