"""The CSV export."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from unit.monitor.snapshots import empty_snapshot, rich_snapshot

from budgetmon.monitor.export.columns import Usd
from budgetmon.monitor.export.csv_export import csv_files, export_csv, field
from budgetmon.monitor.export.json_export import export_document

TABLES = ["totals", "providers", "models", "budgets", "caches", "calls", "refusals", "workers", "consumption"]


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_that_the_folder_holds_one_file_per_table_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    assert export_csv(rich_snapshot(), folder) == folder
    assert sorted(path.name for path in folder.iterdir()) == sorted(f"{name}.csv" for name in TABLES)
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize("name", ["providers", "models", "calls", "refusals", "workers", "consumption"])
def test_that_a_table_says_the_same_as_the_json_export(name: str) -> None:
    snapshot = rich_snapshot()
    expected = [{key: field(value) for key, value in row.items()} for row in export_document(snapshot)[name]]
    assert rows(csv_files(snapshot)[f"{name}.csv"]) == expected


def test_that_the_totals_are_one_row_that_names_ledger_and_moment() -> None:
    (row,) = rows(csv_files(rich_snapshot())["totals.csv"])
    assert (row["as_of"], row["ledger"]) == ("2026-03-14T15:09:26.000Z", "/srv/desk/ledger.db")
    assert (row["cost"], row["calls"]) == ("3.141592653", "412")


def test_that_a_budget_is_one_flat_row() -> None:
    money, calls, lifetime = rows(csv_files(rich_snapshot())["budgets.csv"])
    assert (money["limit"], money["warn_at_percent"], money["pace_per_hour"]) == ("4.98", "50 80 95", "0.00975")
    assert (calls["limit"], calls["tag"], calls["model"]) == ("25", "AAPL", "")
    assert (lifetime["window_end"], lifetime["on_exceed"]) == ("", "warn")


def test_that_empty_tables_still_have_their_header() -> None:
    full, empty = csv_files(rich_snapshot()), csv_files(empty_snapshot())
    for name in TABLES[1:]:
        assert empty[f"{name}.csv"] == full[f"{name}.csv"].split(b"\r\n")[0] + b"\r\n"


def test_that_lines_end_as_rfc_4180_says_and_quotes_are_doubled() -> None:
    call = replace(rich_snapshot().calls[0], tag='a "b", c\r\nd')
    content = csv_files(rich_snapshot(calls=(call,)))["calls.csv"]
    assert content.endswith(b"\r\n")
    assert b'"a ""b"", c\r\nd"' in content
    assert rows(content)[0]["tag"] == call.tag


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=", "-"])
def test_that_text_which_looks_like_a_formula_gets_an_apostrophe(text: str) -> None:
    call = replace(rich_snapshot().calls[0], tag=text, model=text)
    (row,) = rows(csv_files(rich_snapshot(calls=(call,)))["calls.csv"])
    assert (row["tag"], row["model"]) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize("text", ["plain", "a=b", "'quoted", " =1", "7", ""])
def test_that_other_text_stays_as_it_is(text: str) -> None:
    assert field(text) == text


def test_that_numbers_stay_numbers_even_negative_ones() -> None:
    assert field(-3) == "-3"
    assert field(Usd(-1)) == "-0.000000001"
    assert field(-0.5) == "-0.5"
    assert (field(True), field(False), field(None)) == ("true", "false", "")


def test_that_a_name_beyond_ascii_comes_back() -> None:
    call = replace(rich_snapshot().calls[0], tag="Zürich 東京")
    assert rows(csv_files(rich_snapshot(calls=(call,)))["calls.csv"])[0]["tag"] == call.tag
