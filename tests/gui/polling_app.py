"""The app as ``budgetmon`` starts it, offscreen, that writes a line for each poll. Run as a child process.

Usage: polling_app.py LEDGER
"""

from __future__ import annotations

import sys
from pathlib import Path

from budgetmon.gui import app
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, Snapshot


class TalkingReader(LedgerReader):
    """Writes ``poll`` before each."""

    def poll(self, ask: Ask) -> Snapshot | None:
        sys.stdout.write("poll\n")
        sys.stdout.flush()
        return super().poll(ask)


app.open_reader = TalkingReader
sys.exit(app.run(Path(sys.argv[1])))
