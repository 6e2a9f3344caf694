"""Exports of real ledgers: whole, exact, safe, and consistent while others write."""

from __future__ import annotations

import csv
import json
import re
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq
import pytest

from budgetmon import BudgetExceededError, LRUCache, Usage, UsageTracker
from budgetmon.core.ledger import facts
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.money import to_decimal
from budgetmon.monitor.export.formats import Format, Order, export
from budgetmon.monitor.export.page.contents import MOST_ROWS
from budgetmon.monitor.export.source import CALL_COLUMNS, Chosen, OrderError
from budgetmon.monitor.reader import LedgerReader

CONFIG = """
unpriced: allow
models:
  m: {provider: p, input_per_mtok: 3, output_per_mtok: 15}
  odd: {provider: "=cmd()", per_call: 0.000000001}
  nobody: {provider: p}
budgets: [{name: "@cap, with \\"quotes\\"", limit: 0.01 USD, per: lifetime, provider: p}]
"""
HOSTILE = ["=1+1", "+1", "-1", "@x", "\tt", "\rr", 'a,"b"\nc', "\u202egnp.exe", "<script>", "nul\x00", "x" * 100_000, "ü"]


@pytest.fixture
def tracker(make_tracker: Callable[..., UsageTracker]) -> UsageTracker:
    """A ledger with every kind of row, and names that somebody chose badly."""
    tracker = make_tracker(CONFIG)
    for tag in HOSTILE:
        tracker.record("odd", tag=tag)
    tracker.record("m", Usage(input_tokens=1_001, output_tokens=7), tag="AAPL")
    tracker.record("nobody", Usage(input_tokens=5))
    with tracker.call("m", estimate=Usage(input_tokens=10)) as released:
        released.release()
    with pytest.raises(ZeroDivisionError), tracker.call("m", estimate=Usage(input_tokens=100)):
        raise ZeroDivisionError
    with pytest.raises(BudgetExceededError), tracker.call("m", estimate=Usage(output_tokens=10_000)):
        pass
    return tracker


def exported(tracker: UsageTracker, target: Path, format: Format, chosen: Chosen | None = None) -> Path:
    export(Order(tracker.db_path, target, format, chosen or Chosen()))
    return target


def settled(tracker: UsageTracker) -> Decimal:
    with LedgerReader(tracker.db_path) as reader:
        return to_decimal(reader.snapshot().totals.cost)


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def command(tracker: UsageTracker, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "budgetmon", "export", "--config", str(tracker.config.path), *arguments]


def test_that_every_format_sums_to_the_nano(tracker: UsageTracker, tmp_path: Path) -> None:
    cost = settled(tracker)
    tables = exported(tracker, tmp_path / "csv", Format.CSV)
    assert sum(Decimal(row["cost"]) for row in csv_rows(tables / "calls.csv") if row["cost"]) == cost
    document = json.loads(exported(tracker, tmp_path / "o.json", Format.JSON).read_text(encoding="utf-8"))
    assert sum(Decimal(call["cost"]) for call in document["calls"] if call["cost"] is not None) == cost
    assert Decimal(document["totals"]["cost"]) == cost
    lines = [
        json.loads(line)
        for line in exported(tracker, tmp_path / "o.jsonl", Format.JSONL).read_text(encoding="utf-8").splitlines()
    ]
    assert sum(Decimal(row["cost"]) for row in lines if row["table"] == "calls" and row["cost"] is not None) == cost
    book = openpyxl.load_workbook(exported(tracker, tmp_path / "o.xlsx", Format.XLSX), read_only=True)
    values = list(book["Calls"].values)
    place = values[0].index("cost")
    assert sum(round(Decimal(str(row[place])), 9) for row in values[1:] if row[place] is not None) == cost
    book.close()
    parquet = pq.read_table(exported(tracker, tmp_path / "parquet", Format.PARQUET) / "calls.parquet")
    assert sum(value for value in parquet.column("cost").to_pylist() if value is not None) == cost
    focus = csv_rows(exported(tracker, tmp_path / "f.csv", Format.FOCUS))
    assert sum(Decimal(row["BilledCost"]) for row in focus) == cost
    assert sum(int(row["x_UnpricedCalls"]) for row in focus) == 1


def test_that_calls_are_the_same_in_every_format(tracker: UsageTracker, tmp_path: Path) -> None:
    rows = csv_rows(exported(tracker, tmp_path / "csv", Format.CSV) / "calls.csv")
    calls = json.loads(exported(tracker, tmp_path / "o.json", Format.JSON).read_text(encoding="utf-8"))["calls"]
    parquet = pq.read_table(exported(tracker, tmp_path / "p", Format.PARQUET) / "calls.parquet").to_pylist()
    assert list(rows[0]) == list(calls[0]) == list(parquet[0]) == list(CALL_COLUMNS)
    assert len(rows) == len(calls) == len(parquet) == len(HOSTILE) + 4
    for row, call, columns in zip(rows, calls, parquet, strict=True):
        assert {"true": True, "false": False}[row["ok"]] is call["ok"] is columns["ok"]
        assert row["at"] == call["at"] == columns["at"].isoformat(timespec="milliseconds").replace("+00:00", "Z")
        assert call["tag"] == columns["tag"]
        assert row["state"] == call["state"] == columns["state"]
    assert {row["state"] for row in rows} == {"settled", "released", "in doubt"}


def test_that_no_spreadsheet_runs_a_name(tracker: UsageTracker, tmp_path: Path) -> None:
    tables = exported(tracker, tmp_path / "csv", Format.CSV)
    for path in tables.iterdir():
        for row in csv_rows(path):
            assert not [value for value in row.values() if value.startswith(("=", "+", "@", "\t", "\r"))], path.name
    tags = {row["tag"] for row in csv_rows(tables / "calls.csv")}
    assert {"'=1+1", "'-1", 'a,"b"\nc', "ü"} <= tags
    book = openpyxl.load_workbook(exported(tracker, tmp_path / "o.xlsx", Format.XLSX))
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    book.close()


def test_that_a_page_is_one_file_in_which_no_name_is_markup(make_tracker: Callable[..., UsageTracker], tmp_path: Path) -> None:
    name = "<script>alert(1)</script><img src=x onerror=alert(2)>'\""
    models = json.dumps({name: {"provider": name, "per_call": 1}})
    budgets = json.dumps([{"name": each, "limit": "9 USD", "per": per} for each, per in ((name, "lifetime"), ("m", "month"))])
    tracker = make_tracker(f"models: {models}\nbudgets: {budgets}")
    LRUCache(max_size=2, name=name, tracker=tracker).get("x")
    for _ in range(5):
        tracker.record(name, tag=name)
    with pytest.raises(BudgetExceededError), tracker.call(name, estimate=Usage(calls=9), tag=name):
        pass
    tracker.close()
    page = exported(tracker, tmp_path / "o.html", Format.HTML).read_text(encoding="utf-8")
    assert "$5.00" in page
    assert not re.search(r"<(script|img|iframe|link|object|b)\b|\son\w+=\"|(src|href)=\"|url\(|@import", page)
    assert page.count("&lt;script&gt;") > 10
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) == 1 + 2 + 2 + 1  # budgets, their burn-downs, cost and calls, hit rates
    for chart in charts:
        ElementTree.fromstring(chart)


def test_that_a_page_says_which_rows_it_leaves_out(make_tracker: Callable[..., UsageTracker], tmp_path: Path) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 0.01}}")
    for number in range(MOST_ROWS + 3):
        tracker.record("m", tag=f"tag {number}.")
    page = exported(tracker, tmp_path / "o.html", Format.HTML).read_text(encoding="utf-8")
    assert f"The newest {MOST_ROWS} of {MOST_ROWS + 3}; 3 are left out." in page
    assert f"tag {MOST_ROWS + 2}." in page
    assert "tag 3." in page
    assert "tag 2." not in page


def test_that_a_range_and_providers_narrow_everything(tracker: UsageTracker, tmp_path: Path) -> None:
    only_p = Chosen(providers=("p",))
    document = json.loads(exported(tracker, tmp_path / "p.json", Format.JSON, only_p).read_text(encoding="utf-8"))
    assert {call["provider"] for call in document["calls"]} == {"p"}
    assert [provider["name"] for provider in document["providers"]] == ["p"]
    assert len(document["refusals"]) == 1
    future = Chosen(since=tracker._ledger._clock() + 60_000)
    empty = json.loads(exported(tracker, tmp_path / "f.json", Format.JSON, future).read_text(encoding="utf-8"))
    assert empty["calls"] == empty["refusals"] == []
    assert empty["totals"]["calls"] == 0


def test_that_a_copy_is_a_ledger_like_any_other(tracker: UsageTracker, tmp_path: Path) -> None:
    copy = exported(tracker, tmp_path / "copy.db", Format.SQLITE)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["books", "copy.db"]
    assert verify(copy).holds
    with LedgerReader(copy) as reader:
        assert to_decimal(reader.snapshot().totals.cost) == settled(tracker)
    with UsageTracker(db_path=copy) as writer:
        writer.record("m", cost=1)
    assert facts.of_file(copy).journal_mode == "wal"
    assert verify(copy).holds
    with pytest.raises(OrderError, match="always the whole ledger"):
        exported(tracker, tmp_path / "part.db", Format.SQLITE, Chosen(providers=("p",)))


def test_that_an_export_lands_whole_or_not_at_all(tracker: UsageTracker, tmp_path: Path) -> None:
    target = tmp_path / "o.json"
    target.write_text("mine")
    with pytest.raises(FileExistsError):
        exported(tracker, target, Format.JSON)
    assert target.read_text() == "mine"

    def stop(_rows: int) -> None:
        raise KeyboardInterrupt

    for format in Format:
        if format not in (Format.SQLITE, Format.PDF):
            with pytest.raises(KeyboardInterrupt):
                export(Order(tracker.db_path, tmp_path / "half", format), moved=stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["books", "o.json"]


def test_that_a_zip_holds_the_same_tables(tracker: UsageTracker, tmp_path: Path) -> None:
    archive = exported(tracker, tmp_path / "all.zip", Format.CSV)
    folder = exported(tracker, tmp_path / "all", Format.CSV)
    with zipfile.ZipFile(archive) as files:
        assert sorted(files.namelist()) == sorted(path.name for path in folder.iterdir())
        assert files.read("calls.csv") == (folder / "calls.csv").read_bytes()


def test_that_each_snapshot_under_writers_is_consistent(make_tracker: Callable[..., UsageTracker], tmp_path: Path) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 0.01}}\nbudgets: [{name: all, limit: 9999 USD, per: lifetime}]")
    tracker.record("m")
    stopping = threading.Event()

    def write() -> None:
        while not stopping.is_set():
            with tracker.call("m") as call:
                call.settle(Usage())

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        for number in range(10):
            copy = exported(tracker, tmp_path / f"{number}.db", Format.SQLITE)
            document = json.loads(exported(tracker, tmp_path / f"{number}.json", Format.JSON).read_text(encoding="utf-8"))
            assert verify(copy).holds
            states = [call["state"] for call in document["calls"]]
            assert states.count("settled") == document["totals"]["calls"]
            assert Decimal(document["budgets"][0]["spent"]) == Decimal("0.01") * states.count("settled")
    finally:
        stopping.set()
        for writer in writers:
            writer.join()


def test_that_the_verb_tells_the_format_by_the_name(tracker: UsageTracker, tmp_path: Path) -> None:
    target = tmp_path / "o.jsonl"
    done = subprocess.run(command(tracker, "--out", str(target)), capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == str(target)
    assert json.loads(target.read_text(encoding="utf-8").splitlines()[0])["table"] == "export"


def test_that_snapshots_come_again_and_again_and_old_ones_go(tracker: UsageTracker, tmp_path: Path) -> None:
    folder = tmp_path / "snapshots"
    folder.mkdir()
    (folder / "mine.json").write_text("mine")
    arguments = command(tracker, "--out", str(folder), "--format", "json", "--every", "1s", "--keep", "2")
    child = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        names = [Path(child.stdout.readline().strip()).name for _ in range(4)]
        until = time.monotonic() + 20
        while (folder / names[1]).exists() and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=30)
    left = sorted(path.name for path in folder.iterdir())
    assert "mine.json" in left
    assert not set(names[:2]) & set(left)
    assert len(left) <= 3 + 1
    assert child.returncode == 130


def test_that_a_missing_library_is_named_with_its_extra(
    tracker: UsageTracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from budgetmon.monitor.export.needs import MissingError

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingError, match=r"pip install 'budgetmon\[xlsx\]'"):
        exported(tracker, tmp_path / "o.xlsx", Format.XLSX)
    assert [path.name for path in tmp_path.iterdir()] == ["books"]


def test_that_a_dry_run_says_what_the_export_then_holds(tracker: UsageTracker, tmp_path: Path) -> None:
    for name in ("o.jsonl", "folder", "o.zip", "o.html", "o.db", "o.focus"):
        target = tmp_path / name
        kind = ("--format", "focus") if name == "o.focus" else ()
        arguments = command(tracker, "--out", str(target), "--dry-run", "--json", *kind)
        size = json.loads(subprocess.run(arguments, capture_output=True, check=True, timeout=60).stdout)
        assert (size["calls"], size["refusals"]) == (len(HOSTILE) + 4, 1)
        assert Decimal(size["cost"]) == settled(tracker)
        assert size["bytes"] > 0
    assert [path.name for path in tmp_path.iterdir()] == ["books"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--provider", "q"], "knows no provider 'q': it knows =cmd(), p"),
        (["--since", "2026-03-02", "--until", "2026-03-01"], "2026-03-02 is not before --until 2026-03-01"),
        (["--format", "sqlite", "--provider", "p"], "always the whole ledger"),
        (["--out", "books"], "Already there: choose another name, or replace it with --force"),
        (["--out", "nowhere/o.json"], "nowhere: No such file or directory"),
        (["--db", "other.db"], "No ledger here yet"),
    ],
)
def test_that_a_refused_order_says_what_to_do(options: list[str], said: str, tracker: UsageTracker, tmp_path: Path) -> None:
    arguments = command(tracker, "--out", str(tmp_path / "o"), *options)
    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert [path.name for path in tmp_path.iterdir()] == ["books"]


def test_that_progress_counts_every_row(tracker: UsageTracker, tmp_path: Path) -> None:
    told: list[Any] = []
    export(Order(tracker.db_path, tmp_path / "o.json", Format.JSON), begun=told.append, moved=told.append)
    assert told[0] == len(HOSTILE) + 4 + 1 == sum(told[1:])
