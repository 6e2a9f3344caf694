"""Importing streams through the command line: each call once, the rest of it listed, other writers let through."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from unit.integrations.importers.reading import lines

from budgetmon import UsageTracker
from budgetmon.cli.imports import Kind
from budgetmon.integrations.importers import booking
from budgetmon.integrations.importers.catalog import TOOLS
from budgetmon.integrations.trading_desk import KIND
from budgetmon.monitor.reader import LedgerReader

CONFIG = """
models: {m: {provider: house, input_per_mtok: 2}}
budgets: [{name: all, limit: 100 USD, per: lifetime}]
"""


@pytest.fixture
def tracker(make_tracker: Callable[..., UsageTracker]) -> UsageTracker:
    return make_tracker(CONFIG)


def imported(tracker: UsageTracker, kind: str, path: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "budgetmon", "import", kind, str(path), "--json", "--config", str(tracker.config.path)]
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def spent(tracker: UsageTracker) -> int:
    with LedgerReader(tracker.db_path) as reader:
        return reader.snapshot().budgets[0].spent


def test_that_every_kind_of_the_command_line_has_a_reader() -> None:
    assert {str(kind) for kind in Kind} == {KIND, *TOOLS}


def test_that_importing_a_grown_file_adds_only_what_is_new(tracker: UsageTracker, tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    rows = [{"at": number, "model": "m", "id": f"c{number}", "input_tokens": 1_000} for number in range(5)]
    path.write_text(lines(*rows[:3]))
    first = imported(tracker, "jsonl", path)
    assert first["added"] == {"calls": 3, "computed": 3, "cost": "0.006"}
    path.write_text(lines(*rows) + "garbage\n" + lines({"at": 1}))
    second = imported(tracker, "jsonl", path)
    assert (second["added"]["calls"], second["known"], second["unread"]) == (2, 3, 2)
    assert second["reasons"] == {"not a whole JSON object": 1, "model is missing": 1}
    assert second["examples"][0] == {"where": "calls.jsonl, line 6", "reason": "not a whole JSON object"}
    assert tracker.get_usage_summary()["models"]["m"]["calls"] == 5


def test_that_budgets_count_imported_calls_only_when_asked_to(tracker: UsageTracker, tmp_path: Path) -> None:
    now = time.time_ns() // 1_000_000  # since the budget began, and not in the future
    for name in ("quiet", "counted"):
        (tmp_path / f"{name}.jsonl").write_text(lines({"at": now, "model": "m", "id": name, "cost": 1.5}))
    tracker.record("m", cost=1)
    imported(tracker, "jsonl", tmp_path / "quiet.jsonl")
    assert spent(tracker) == 10**9
    assert imported(tracker, "jsonl", tmp_path / "counted.jsonl", "--count")["counted"]
    assert spent(tracker) == 25 * 10**8


def test_that_the_recorded_sessions_come_in_once_from_a_folder(tracker: UsageTracker, shared_data: Path) -> None:
    folder = shared_data / "imports" / "claude_code"
    assert imported(tracker, "claude-code", folder)["added"] == {"calls": 5, "computed": 0, "cost": "1.09"}
    assert imported(tracker, "claude-code", folder / "session-alpha")["known"] == 3
    codex = imported(tracker, "codex", shared_data / "imports" / "codex")
    assert (codex["added"]["calls"], codex["added"]["computed"]) == (2, 2)
    assert sum(model["tokens"] for model in codex["models"]) == 3_925


def test_that_hostile_names_are_kept_as_text(tracker: UsageTracker, tmp_path: Path) -> None:
    names = ["=cmd()", "a\x00b", "line\nbreak", "\u202egnp.exe", "\ud800", "x" * 1_000_000, "[red]", "'; DROP TABLE call; --"]
    path = tmp_path / "hostile.jsonl"
    path.write_text(lines(*({"at": 1, "model": name, "tag": name, "id": name, "cost": 0} for name in names)))
    assert imported(tracker, "jsonl", path)["added"]["calls"] == len(names)
    assert imported(tracker, "jsonl", path)["known"] == len(names)


def test_that_batches_are_committed_as_they_come(
    tracker: UsageTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgetmon.cli.import_streams import import_stream

    monkeypatch.setattr(booking, "BATCH", 10)
    path = tmp_path / "calls.jsonl"
    path.write_text(lines(*({"at": number, "model": "m", "id": f"c{number}"} for number in range(25))))
    import_stream(TOOLS["jsonl"], path, tracker.config, "UTC", count=False, columns={}, json=True)
    assert tracker.get_usage_summary()["totals"]["calls"] == 25


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["jsonl", "nowhere.jsonl"], "No such file"),
        (["claude-code", "."], "no file in this folder ends in .jsonl"),
        (["csv", "empty.csv"], "the file is empty"),
        (["csv", "t.csv", "--column", "when=x"], "expected OURS=THEIRS"),
    ],
)
def test_that_what_cannot_be_imported_is_said_in_one_line(
    arguments: list[str], words: str, tracker: UsageTracker, tmp_path: Path
) -> None:
    home = tmp_path / "files"
    home.mkdir()
    (home / "empty.csv").touch()
    (home / "t.csv").write_text("at,model\n")
    command = [sys.executable, "-m", "budgetmon", "import", *arguments, "--config", str(tracker.config.path)]
    done = subprocess.run(
        command, cwd=home, capture_output=True, text=True, check=False, timeout=60, env={"COLUMNS": "300", "PATH": ""}
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
