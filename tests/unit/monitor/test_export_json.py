"""The JSON export."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from unit.monitor.snapshots import empty_snapshot, rich_snapshot

from budgetmon.monitor.export.document import status_document
from budgetmon.monitor.export.json_export import export_document, export_json
from budgetmon.monitor.snapshot import LedgerInfo, Pace


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_that_the_export_returns_its_path_and_holds_the_document(tmp_path: Path) -> None:
    target = tmp_path / "snapshot.json"
    assert export_json(rich_snapshot(), target) == target
    assert read(target) == export_document(rich_snapshot())


def test_that_the_export_extends_the_status_document() -> None:
    snapshot = rich_snapshot()
    exported, status = export_document(snapshot), status_document(snapshot)
    for key in ("schema", "ledger", "as_of", "totals", "providers", "models"):
        assert exported[key] == status[key]
    for key in ("budgets", "caches"):
        for more, less in zip(exported[key], status[key], strict=True):
            assert less.items() <= more.items()


def test_that_every_table_is_there_with_all_its_rows() -> None:
    snapshot = rich_snapshot()
    exported = export_document(snapshot)
    assert [row["id"] for row in exported["calls"]] == [4, 3, 2, 1]
    assert len(exported["refusals"]) == len(snapshot.refusals)
    assert len(exported["workers"]) == len(snapshot.workers)
    assert len(exported["consumption"]) == 3 * 3
    assert exported["ledger_details"]["zone"] == "America/New_York"
    assert exported["span_ms"] == 3_600_000


def test_that_no_money_is_a_float_anywhere() -> None:
    floats: list[str] = []

    def walk(value: object, where: str) -> None:
        if isinstance(value, float):
            floats.append(where)
        elif isinstance(value, dict):
            for key, part in value.items():
                walk(part, f"{where}.{key}")
        elif isinstance(value, list):
            for place, part in enumerate(value):
                walk(part, f"{where}[{place}]")

    walk(export_document(rich_snapshot()), "")
    assert floats == [".budgets[2].pace_per_hour", ".caches[0].hit_rate"]  # tokens per hour, and a share


def test_that_a_call_tells_state_cost_and_overrun() -> None:
    held, settled, in_doubt, released = export_document(rich_snapshot())["calls"]
    assert (held["state"], held["cost"], held["took_ms"]) == ("held", None, None)
    assert (settled["state"], settled["cost"], settled["overrun"]) == ("settled", "0.009000001", "0.001000001")
    assert (in_doubt["state"], in_doubt["hold"], in_doubt["run"]) == ("in doubt", "0.009500001", None)
    assert (released["state"], released["cost"]) == ("released", "0")


def test_that_a_budget_tells_its_scope_pace_and_burn_down() -> None:
    money, calls, _ = export_document(rich_snapshot())["budgets"]
    assert money["provider"] == "perplexity"
    assert money["model"] is None
    assert money["warn_at_percent"] == [50, 80, 95]
    assert money["pace_per_hour"] == "0.00975"
    assert money["burn_down"][-1] == {"at": "2026-03-14T15:08:26.000Z", "total": "3.14159265"}
    assert calls["burn_down"] == [{"at": "2026-03-14T14:09:26.000Z", "total": 25}]
    assert (calls["pace_per_hour"], calls["runs_out_at"]) == (None, None)


@pytest.mark.parametrize("pace", [float("inf"), float("nan")])
def test_that_a_pace_without_a_number_is_null(pace: float, tmp_path: Path) -> None:
    budget = replace(rich_snapshot().budgets[2], pace=Pace(pace))
    (shown,) = read(export_json(rich_snapshot(budgets=(budget,)), tmp_path / "s.json"))["budgets"]
    assert shown["pace_per_hour"] is None


def test_that_a_provider_that_was_only_refused_has_its_row_of_consumption() -> None:
    rows = export_document(rich_snapshot())["consumption"]
    (refused,) = [row for row in rows if row["refused"]]
    assert refused == {
        "start": "2026-03-14T15:07:26.000Z",
        "end": "2026-03-14T15:08:26.000Z",
        "provider": "alphavantage",
        "cost": "0",
        "calls": 0,
        "failed": 0,
        "tokens": 0,
        "refused": 1,
    }


def test_that_an_empty_ledger_exports(tmp_path: Path) -> None:
    assert read(export_json(empty_snapshot(), tmp_path / "empty.json"))["consumption"] == []


def test_that_a_path_with_bytes_that_are_no_text_exports(tmp_path: Path) -> None:
    ledger = LedgerInfo("/srv/\udcffledger-ü.db", 1, "power", "UTC", 0, 0)
    exported = read(export_json(rich_snapshot(ledger=ledger), tmp_path / "odd.json"))
    assert exported["ledger"] == ledger.path


def test_that_an_existing_file_stays_unless_overwriting_is_asked_for(tmp_path: Path) -> None:
    target = tmp_path / "snapshot.json"
    target.write_text("mine")
    with pytest.raises(FileExistsError, match=r"snapshot\.json"):
        export_json(rich_snapshot(), target)
    assert target.read_text() == "mine"
    export_json(rich_snapshot(), target, overwrite=True)
    assert read(target)["schema"] == 1
