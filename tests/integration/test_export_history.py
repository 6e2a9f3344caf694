"""Pauses and runs in exports: the same in every format, whole over their range, and safe whatever they are called."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest

from budgetmon import UsageTracker
from budgetmon.core.ledger.run_book import RunBook
from budgetmon.core.rules.runs import RUN_VARIABLE, RunEnd, RunKind, RunOrder, RunProgress, RunStatus
from budgetmon.monitor.export.formats import Format, Order, export
from budgetmon.monitor.export.source import Chosen
from budgetmon.monitor.reader import LedgerReader

CONFIG = """
models:
  m: {provider: p, per_call: 0.01}
  odd: {provider: "=cmd()", per_call: 0.000000001}
"""
ODD = '@run, "of" <script>\n'
MINUTE = 60_000


@pytest.fixture
def tracker(make_tracker: Callable[..., UsageTracker], monkeypatch: pytest.MonkeyPatch) -> UsageTracker:
    """A ledger with two runs and three pauses, of people and programs with names that somebody chose badly."""
    monkeypatch.setenv("LOGNAME", "=anna()")
    tracker = make_tracker(CONFIG)
    book = RunBook(tracker._ledger)
    for provider in ("p", "=cmd()"):
        tracker._ledger.pause(provider)
        tracker._ledger.resume(provider)
    ended = book.begin(RunOrder(ODD, RunKind.PYTEST, "/srv/project", ("-q", "-k", "+x"), "/srv/files", 50_000_000))
    monkeypatch.setenv(RUN_VARIABLE, ended.name)
    tracker.record("m", tag="x")
    tracker.record("odd")
    book.add(ended.id, [], RunProgress(4, {"passed": 3, "failed": 1}))
    book.finish(ended.id, RunEnd(RunStatus.FAILED, 1, "-1 said so"))
    monkeypatch.setenv(RUN_VARIABLE, "only named")
    tracker.record("odd")
    monkeypatch.delenv(RUN_VARIABLE)
    tracker._ledger.pause("=cmd()")
    return tracker


def exported(tracker: UsageTracker, target: Path, format: Format, chosen: Chosen | None = None) -> Path:
    export(Order(tracker.db_path, target, format, chosen or Chosen()))
    return target


def document(tracker: UsageTracker, target: Path, chosen: Chosen | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(exported(tracker, target, Format.JSON, chosen).read_text(encoding="utf-8"))
    return found


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_that_pauses_are_the_same_in_every_format(tracker: UsageTracker, tmp_path: Path) -> None:
    pauses = document(tracker, tmp_path / "o.json")["pauses"]
    assert [(row["provider"], row["in_force"]) for row in pauses] == [("=cmd()", True), ("=cmd()", False), ("p", False)]
    assert {row["paused_by"] for row in pauses} == {"=anna()"}
    assert [row["resumed_by"] for row in pauses] == [None, "=anna()", "=anna()"]
    assert pauses[0]["resumed_at"] is None
    assert pauses[1]["paused_at"] <= pauses[1]["resumed_at"] <= pauses[0]["paused_at"], "ISO 8601 sorts as time does"

    rows = csv_rows(exported(tracker, tmp_path / "csv", Format.CSV) / "pauses.csv")
    assert [row["paused_at"] for row in rows] == [row["paused_at"] for row in pauses]
    assert [row["provider"] for row in rows] == ["'=cmd()", "'=cmd()", "p"]
    assert [row["in_force"] for row in rows] == ["true", "false", "false"]
    parquet = pq.read_table(exported(tracker, tmp_path / "parquet", Format.PARQUET) / "pauses.parquet").to_pylist()
    assert [row["in_force"] for row in parquet] == [True, False, False]
    assert [row["resumed_by"] for row in parquet] == [None, "=anna()", "=anna()"]
    book = openpyxl.load_workbook(exported(tracker, tmp_path / "o.xlsx", Format.XLSX))
    header, first, *_ = book["Pauses"].values
    assert dict(zip(header, first, strict=True))["paused_by"] == "=anna()"
    assert not [cell for row in book["Pauses"].iter_rows() for cell in row if cell.data_type == "f"]
    book.close()
    with LedgerReader(exported(tracker, tmp_path / "copy.db", Format.SQLITE)) as copy, LedgerReader(tracker.db_path) as reader:
        assert copy.snapshot().pauses == reader.snapshot().pauses


def test_that_runs_are_the_same_in_every_format_to_the_nano(tracker: UsageTracker, tmp_path: Path) -> None:
    named, ended = document(tracker, tmp_path / "o.json")["runs"]
    assert (ended["profile"], ended["kind"], ended["status"], ended["detail"]) == (ODD, "pytest", "failed", "-1 said so")
    assert (ended["counts"], ended["args"], ended["calls"]) == ({"passed": 3, "failed": 1}, ["-q", "-k", "+x"], 2)
    assert (ended["cost"], ended["budget"]) == ("0.010000001", "0.05")
    assert (named["name"], named["profile"], named["status"], named["ended_at"]) == ("only named", None, None, None)

    rows = csv_rows(exported(tracker, tmp_path / "csv", Format.CSV) / "runs.csv")
    assert [row["cost"] for row in rows] == ["0.000000001", "0.010000001"]
    assert (rows[1]["name"], rows[1]["detail"], rows[1]["counts"]) == (f"'{ended['name']}", "'-1 said so", "passed=3 failed=1")
    lines = map(json.loads, exported(tracker, tmp_path / "o.jsonl", Format.JSONL).read_text(encoding="utf-8").splitlines())
    assert [line["cost"] for line in lines if line["table"] == "runs"] == ["0.000000001", "0.010000001"]
    parquet = pq.read_table(exported(tracker, tmp_path / "parquet", Format.PARQUET) / "runs.parquet").to_pylist()
    assert [row["cost"] for row in parquet] == [Decimal("0.000000001"), Decimal("0.010000001")]
    book = openpyxl.load_workbook(exported(tracker, tmp_path / "o.xlsx", Format.XLSX))
    header, _, second = book["Runs"].values
    assert dict(zip(header, second, strict=True))["cost"] == pytest.approx(0.010000001, abs=1e-12)
    assert not [cell for row in book["Runs"].iter_rows() for cell in row if cell.data_type == "f"]
    book.close()


def test_that_the_page_has_both_and_no_name_is_markup(tracker: UsageTracker, tmp_path: Path) -> None:
    page = exported(tracker, tmp_path / "o.html", Format.HTML).read_text(encoding="utf-8")
    assert "<h2>Pauses</h2>" in page
    assert "still paused" in page
    assert "<h2>Runs</h2>" in page
    assert "3 passed, 1 failed" in page
    assert "<script" not in page
    assert "&lt;script&gt;\\n #1" in page


def test_that_providers_narrow_pauses_and_what_runs_spent(tracker: UsageTracker, tmp_path: Path) -> None:
    only_p = document(tracker, tmp_path / "p.json", Chosen(providers=("p",)))
    assert [row["provider"] for row in only_p["pauses"]] == ["p"]
    assert [(run["calls"], run["cost"]) for run in only_p["runs"]] == [(1, "0.01")], "and no run without a call to it"


def test_that_a_range_has_what_lies_in_it_or_reaches_into_it(tracker: UsageTracker, tmp_path: Path) -> None:
    later = tracker._ledger._clock() + MINUTE
    future = document(tracker, tmp_path / "f.json", Chosen(since=later))
    assert [(row["provider"], row["in_force"]) for row in future["pauses"]] == [("=cmd()", True)]
    past = document(tracker, tmp_path / "past.json", Chosen(until=later - 24 * 60 * MINUTE))
    assert past["pauses"] == past["runs"] == []


def test_that_every_run_of_the_range_is_there_and_not_the_newest_hundred(
    make_tracker: Callable[..., UsageTracker], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = make_tracker(CONFIG)
    for number in range(130):
        monkeypatch.setenv(RUN_VARIABLE, f"run {number}")
        tracker.record("m")
    began = tracker._ledger._clock()
    monkeypatch.setenv(RUN_VARIABLE, "run 7")
    tracker.record("m")
    assert len(document(tracker, tmp_path / "all.json")["runs"]) == 130
    late = document(tracker, tmp_path / "late.json", Chosen(since=began + 2 * 3_600_000))
    assert late["runs"] == []
    in_hour = document(tracker, tmp_path / "hour.json", Chosen(since=began))["runs"]
    assert "run 7" in {run["name"] for run in in_hour}, "an old run with a call in the range"
