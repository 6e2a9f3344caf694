"""What the import tests and their processes do, and files like those of the older tracker. Importable by name."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import apsw
from integration.ledger_view import picture

from budgetmon import UsageTracker
from budgetmon.cli.app import main
from budgetmon.core.config.loader import load_config
from budgetmon.core.ledger import journal
from budgetmon.core.ledger.opening import opened
from budgetmon.integrations.trading_desk import read_desk_file
from budgetmon.integrations.trading_desk_import import DeskImport
from budgetmon.monitor.snapshot import CallRow

SPLIT = ("id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL, model TEXT NOT NULL, tokens INTEGER NOT NULL,"
         " input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0, cost REAL NOT NULL, ticker TEXT,"
         " success INTEGER NOT NULL, date TEXT NOT NULL")  # fmt: skip
NO_SPLIT = SPLIT.replace(" input_tokens INTEGER DEFAULT 0, output_tokens INTEGER DEFAULT 0,", "")


class Ended(NamedTuple):
    """How the command line ended."""

    code: int
    out: str
    err: str


def command(config: Path, path: Path, *options: str) -> Ended:
    """Runs ``budgetmon import trading-desk`` in this process."""
    out, err = io.StringIO(), io.StringIO()
    argv = ["budgetmon", "import", "trading-desk", str(path), "--config", str(config), *options]
    code = 0
    with patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as leaving:
            code = int(leaving.code or 0)
    return Ended(code, out.getvalue(), err.getvalue())


def write_config(folder: Path) -> Path:
    """A config in the zone in which the recorded tracker ran."""
    path = folder / "budget.yaml"
    path.write_text(
        "database: ledger.db\ntimezone: America/New_York\ndurability: process\nmodels: {fee: {provider: p, per_call: 1}}\n"
    )
    return path


def ledger_of(config: Path) -> Path:
    """Where the ledger of ``write_config`` lies."""
    return config.parent / "ledger.db"


def calls_of(config: Path) -> tuple[CallRow, ...]:
    """Every call of that ledger; none where nothing made it yet."""
    return picture(ledger_of(config)).calls if ledger_of(config).exists() else ()


def write_desk(path: Path, calls: Sequence[dict[str, Any]], columns: str = SPLIT) -> Path:
    """A usage.db with these rows and no sums."""
    with closing(apsw.Connection(str(path))) as db:
        db.execute(f"CREATE TABLE api_calls ({columns})")
        with db:
            for call in calls:
                row = {**call, "date": str(call["timestamp"])[:10]}
                marks = ", ".join("?" * len(row))
                db.execute(f"INSERT INTO api_calls ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return path


def desk_call(number: int = 0, **more: Any) -> dict[str, Any]:
    """A row that every version of the tracker could have written."""
    return {
        "timestamp": f"2025-10-27T09:{number // 60 % 60:02}:{number % 60:02}.{number:06}",
        "model": "sonar",
        "tokens": 1382,
        "cost": 0.006382,
        "ticker": "ORCL",
        "success": 1,
        **more,
    }


def import_desk(config: Path, source: Path) -> int:
    """Imports the file; how many calls that added."""
    settings = load_config(config)
    desk = DeskImport(read_desk_file(source), "America/New_York", settings)
    with opened(settings) as ledger:
        return len(ledger.import_calls(desk.source(counted=True), desk).added)


def start_with_import(config: Path, source: Path, start: Any, results: Any) -> None:
    """Comes up like a worker that takes an older file along, at the same moment as everybody else."""
    start.wait(60)
    with UsageTracker(config) as tracker:
        results.put(import_desk(config, source))
        tracker.record("fee")


def die_while_importing(config: Path, source: Path, rows: int) -> None:
    """Is killed inside the transaction, when that many rows are prepared or, past their number, written."""
    real = journal.checksum
    left = iter(range(rows))

    def counting(row: tuple[int | None, ...]) -> int:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(row)

    journal.checksum = counting
    import_desk(config, source)


def die_before_the_commit(config: Path, source: Path) -> None:
    """Is killed when every row is written, and only the commit is missing."""
    settings = load_config(config)
    desk = DeskImport(read_desk_file(source), "America/New_York", settings)
    with opened(settings) as ledger:
        ledger.stamp = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
        ledger.import_calls(desk.source(counted=True), desk)
