"""What it takes to write a million calls out and to read a million in. Asserts nothing about time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from budgetmon.monitor.export.source import CALL_COLUMNS
from budgetmon.monitor.reader import call_sql
from budgetmon.monitor.reader.export_reader import ExportReader
from budgetmon.runs.bench.generate import History, generate

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_800)]

_WATCH = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.write(f"{time.perf_counter() - began} {used.ru_utime + used.ru_stime} {used.ru_maxrss}\\n")
sys.exit(code)
"""


@dataclass(frozen=True, slots=True)
class Took:
    """What a finished process took: seconds by the clock and of a core, and the most memory in MB."""

    seconds: float
    core: float
    memory: float

    def __str__(self) -> str:
        return f"{self.seconds:6.1f} s, {self.core:6.1f} s of a core, {self.memory:5.0f} MB"


def took(command: Sequence[str], stdin: str = "") -> Took:
    """Runs ``command`` below a small process: a child of this one would begin with the memory of this one."""
    watched = [sys.executable, "-S", "-c", _WATCH, *command]
    done = subprocess.run(watched, input=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    seconds, core, memory = map(float, done.stderr.splitlines()[-1].split())
    return Took(seconds, core, memory / 1024)


def said(lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write("\n".join(("", *lines, "")))


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell to measure beside")
def test_what_a_csv_of_a_million_calls_takes_beside_the_shell(
    tmp_path: Path, full: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ledger.db"
    history = History(1_000_000 if full else 200_000)
    generate(path, history)
    with ExportReader(path) as reader:
        zone = reader.snapshot().ledger.zone
    local = call_sql.local_time(zone, history.until - 40 * 86_400_000, history.until)
    # The same columns with the same text in each; the shell separates and quotes them.
    columns = ", ".join(call_sql._text(kind, call_sql._value(name, local)) for name, kind in CALL_COLUMNS.items())
    query = f"SELECT {columns} {call_sql.FROM} ORDER BY call.id DESC;"
    shell_csv = tmp_path / "shell.csv"
    script = f".mode csv\n.headers on\n.once {shell_csv}\n{query}\n"
    lines = [f"csv of {history.calls:,} calls"]
    ratios = []
    for turn in range(3):
        folder = tmp_path / f"csv{turn}"
        ours = took([sys.executable, "-m", "budgetmon", "export", "--db", str(path), "--format", "csv", "--out", str(folder)])
        shell = took(["sqlite3", "-readonly", str(path)], script)
        ratios.append(ours.seconds / shell.seconds)
        lines += [f"  budgetmon {ours}", f"  sqlite3   {shell}"]
        assert (folder / "calls.csv").read_text().splitlines()[0] == ",".join(CALL_COLUMNS)
    lines.append(f"  of the shell's time: {sorted(ratios)[1]:.2f}")
    said(lines, capsys)


def test_what_an_import_of_a_million_lines_takes(tmp_path: Path, full: bool, capsys: pytest.CaptureFixture[str]) -> None:
    rows = 1_000_000 if full else 200_000
    config = tmp_path / "budget.yaml"
    config.write_text(
        "database: ledger.db\ntimezone: UTC\nmodels: {m: {provider: p, input_per_mtok: 3, output_per_mtok: 15}}\n"
    )
    source = tmp_path / "calls.jsonl"
    start = datetime.now(UTC) - timedelta(days=20)
    with source.open("w") as file:
        for number in range(rows):
            at = start + timedelta(seconds=number)
            file.write(
                json.dumps(
                    {
                        "id": f"call-{number}",
                        "at": at.isoformat(),
                        "provider": "p",
                        "model": "m",
                        "input_tokens": 100 + number % 900,
                        "output_tokens": number % 300,
                        "tag": f"tag {number % 24}",
                    }
                )
                + "\n"
            )
    command = [sys.executable, "-m", "budgetmon", "import", "jsonl", str(source), "--config", str(config), "--json"]
    first, again = took(command), took(command)
    with ExportReader(tmp_path / "ledger.db") as reader:
        assert reader.snapshot().totals.calls == rows
    said(
        [
            f"import of {rows:,} JSON lines: {rows / first.seconds:,.0f} a second",
            f"  the first time {first}",
            f"  again          {again}",
        ],
        capsys,
    )
