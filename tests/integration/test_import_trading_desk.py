"""The files of the older tracker: every row, exact, once, all or nothing, and the source left as it is."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import apsw
import pytest
from integration import import_workers
from integration.import_workers import Ended, calls_of, desk_call, import_desk, ledger_of, write_config, write_desk
from integration.ledger_view import picture

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import to_decimal
from budgetmon.core.storage.connection import open_reader
from budgetmon.monitor.snapshot import CallRow

NEW_YORK = ZoneInfo("America/New_York")
MODELS = {
    "sonar-pro": (205, 194, 391_012, Decimal("2.198416")),
    "gpt-4o-mini": (83, 81, 200_771, Decimal("0.01021835")),
    "sonar": (67, 63, 121_683, Decimal("0.436683")),
    "gemini-2.0-flash": (36, 36, 63_431, Decimal(0)),
}
MONTHS = {"2025-10": (139, 131, Decimal("0.9261053")), "2025-11": (252, 243, Decimal("1.71921205"))}

Command = Callable[..., Ended]


@pytest.fixture
def config(ledger_folder: Path) -> Path:
    return write_config(ledger_folder)


@pytest.fixture
def command(config: Path) -> Command:
    return partial(import_workers.command, config)


@pytest.fixture
def recorded(shared_data: Path, tmp_path: Path) -> Path:
    """The recorded files, in a folder that may be written: only so can it be seen that nothing writes."""
    folder = tmp_path / "desk"
    folder.mkdir()
    for name in ("usage.db", "usage.json", "budget.yaml"):
        shutil.copyfile(shared_data / "legacy" / name, folder / name)
    return folder


def everything(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in folder.iterdir()}


def stored_rows(path: Path) -> list[dict[str, Any]]:
    columns = ("timestamp", "model", "tokens", "input_tokens", "output_tokens", "cost", "ticker", "success", "date")
    with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as db:
        rows = db.execute(f"SELECT {', '.join(columns)} FROM api_calls ORDER BY timestamp").fetchall()
    return [dict(zip(columns, row, strict=True)) for row in rows]


# -- every call row, exact ------------------------------------------------------------------------------------------------


def test_that_the_totals_of_usage_db_come_over_exactly(recorded: Path, command: Command, config: Path) -> None:
    assert command(recorded / "usage.db").code == 0
    snapshot = picture(ledger_of(config))
    totals = snapshot.totals
    assert (totals.calls, totals.ok, totals.failed) == (391, 374, 17)
    assert (totals.input_tokens, totals.output_tokens) == (767_689, 9_208)
    assert to_decimal(totals.cost) == Decimal("2.64531735")
    assert totals.unpriced_calls == 0
    models = {
        model.name: (
            model.totals.calls,
            model.totals.ok,
            model.totals.input_tokens + model.totals.output_tokens,
            to_decimal(model.totals.cost),
        )
        for model in snapshot.models
    }
    assert models == MODELS


def test_that_every_row_comes_over_as_it_was(recorded: Path, command: Command, config: Path) -> None:
    command(recorded / "usage.db")
    stored = stored_rows(recorded / "usage.db")
    calls = sorted(calls_of(config), key=lambda call: call.at)
    assert len(calls) == len(stored) == 391
    for row, call in zip(stored, calls, strict=True):
        local = datetime.fromtimestamp(call.at / 1000, NEW_YORK).replace(tzinfo=None)
        assert local.isoformat(timespec="milliseconds") == row["timestamp"][:23]
        assert (call.model, call.tag) == (row["model"], row["ticker"])
        assert (call.input_tokens, call.output_tokens) == (row["input_tokens"], row["output_tokens"])
        assert call.cost is not None
        assert float(to_decimal(call.cost)) == pytest.approx(row["cost"], rel=1e-15)
        assert (call.ok, call.state) == (bool(row["success"]), CallState.SETTLED)


def test_that_what_was_stored_stays_in_the_ledger_to_the_last_digit(recorded: Path, command: Command, config: Path) -> None:
    command(recorded / "usage.db")
    with closing(open_reader(ledger_of(config), busy_ms=5_000)) as db:
        keys = [json.loads(str(key)) for (key,) in db.execute("SELECT key FROM imported")]
    parts = ("timestamp", "model", "tokens", "cost", "ticker", "success")
    assert sorted(keys) == sorted([row[part] for part in parts] for row in stored_rows(recorded / "usage.db"))


def test_that_months_that_the_sums_lost_come_from_the_rows(recorded: Path, command: Command, config: Path) -> None:
    ended = command(recorded / "usage.db")
    assert "the tracker's sums had lost 2025-10: recovered from its rows" in ended.out
    months: dict[str, list[CallRow]] = defaultdict(list)
    for call in calls_of(config):
        months[f"{datetime.fromtimestamp(call.at / 1000, NEW_YORK):%Y-%m}"].append(call)
    sums = {
        month: (len(calls), sum(call.ok for call in calls), to_decimal(sum(call.cost or 0 for call in calls)))
        for month, calls in months.items()
    }
    assert sums == MONTHS


def test_that_days_are_those_of_the_tracker_in_its_zone(recorded: Path, command: Command, config: Path) -> None:
    command(recorded / "usage.db", "--zone", "Asia/Tokyo")
    tokyo = ZoneInfo("Asia/Tokyo")
    days = Counter(f"{datetime.fromtimestamp(call.at / 1000, tokyo):%Y-%m-%d}" for call in calls_of(config))
    assert days == Counter(row["date"] for row in stored_rows(recorded / "usage.db"))


def test_that_the_totals_of_usage_json_come_over_exactly(recorded: Path, command: Command, config: Path) -> None:
    assert command(recorded / "usage.json").code == 0
    totals = picture(ledger_of(config)).totals
    assert (totals.calls, totals.ok, totals.failed) == (197, 188, 9)
    # There is no split in this format: what nobody split counts as input.
    assert (totals.input_tokens, totals.output_tokens) == (404_652, 0)
    assert to_decimal(totals.cost) == Decimal("1.3232266")


def test_that_providers_are_those_of_the_trackers_own_sums(recorded: Path, command: Command, config: Path) -> None:
    command(recorded / "usage.db")
    providers = {row.name: (row.totals.ok, to_decimal(row.totals.cost)) for row in picture(ledger_of(config)).providers}
    assert providers == {"perplexity": (338, Decimal("2.64531735")), "google": (36, Decimal(0))}


def test_that_the_config_says_who_is_paid(recorded: Path, command: Command, config: Path) -> None:
    with config.open("a") as file:
        file.write("  # mine\nproviders: {}\n")
    text = config.read_text().replace("models: {fee:", "models: {gpt-4o-mini: {provider: openai}, fee:")
    config.write_text(text)
    ended = command(recorded / "usage.db")
    assert "the config says that openai is paid for gpt-4o-mini; the file's own sums say perplexity" in ended.out
    assert {call.provider for call in calls_of(config) if call.model == "gpt-4o-mini"} == {"openai"}


def test_that_without_sums_the_price_list_says_who_is_paid(tmp_path: Path, config: Path) -> None:
    models = ("sonar", "gpt-4o-mini", "made-up")
    source = write_desk(tmp_path / "u.db", [desk_call(number, model=model) for number, model in enumerate(models)])
    import_desk(config, source)
    assert {call.model: call.provider for call in calls_of(config)} == {
        "sonar": "perplexity",
        "gpt-4o-mini": "openai",
        "made-up": "unknown",
    }


def test_that_the_flat_config_goes_with_the_file(recorded: Path, command: Command, config: Path) -> None:
    config.write_text((recorded / "budget.yaml").read_text() + "database: ledger.db\ndurability: process\n")
    ended = command(recorded / "usage.db", "--zone", "America/New_York", "--json")
    assert {model["name"]: model["provider"] for model in json.loads(ended.out)["models"]} == {
        "sonar-pro": "perplexity",
        "sonar": "perplexity",
        "gpt-4o-mini": "perplexity",
        "gemini-2.0-flash": "google",
    }
    assert json.loads(ended.out)["notes"] == ["the tracker's sums had lost 2025-10: recovered from its rows"]


# -- what a person is told ------------------------------------------------------------------------------------------------


def test_that_the_summary_names_the_zone_and_the_sums(recorded: Path, command: Command) -> None:
    ended = command(recorded / "usage.db", "--count")
    assert "usage.db: 391 calls added, 17 of them failed, for 2.64531735 USD; 0 were in the ledger already." in ended.out
    assert "local times in America/New_York. Budgets count them." in ended.out
    assert "2.198416 USD" in ended.out
    assert command(recorded / "usage.db").out.startswith("usage.db: 0 calls added; 391 were in the ledger already.")


def test_that_json_is_one_document(recorded: Path, command: Command, config: Path) -> None:
    ended = command(recorded / "usage.db", "--json", "--no-count")
    document = json.loads(ended.out)
    sums = {
        "calls": 391,
        "ok": 374,
        "failed": 17,
        "input_tokens": 767_689,
        "output_tokens": 9_208,
        "cost": "2.64531735",
    }
    assert (document["schema"], document["kind"], document["zone"]) == (1, "trading-desk", "America/New_York")
    assert (document["file"], document["added"], document["known"], document["counted"]) == (sums, sums, 0, False)
    assert document["ledger"] == str(ledger_of(config))
    assert document["months"][0] == {
        "month": "2025-10",
        "calls": 139,
        "ok": 131,
        "cost": "0.9261053",
        "remembered": False,
    }


@pytest.mark.parametrize(
    ("call", "note"),
    [
        (desk_call(timestamp="2025-11-02T01:30:00"), "came twice, as clocks were set back: 1, each taken as the first"),
        (desk_call(timestamp="2025-03-09T02:30:00"), "skipped as they were set forward: 1, moved on by the missing hour"),
        (
            desk_call(cost=1.23e-8),
            "a billionth of a dollar: 1, rounded to the nearest; the file's sum differs by +0.0000000003 USD",
        ),
        (desk_call(input_tokens=1000, output_tokens=1000), "more input and output tokens than tokens in all: 1"),
    ],
)
def test_that_whatever_is_not_plain_is_told(call: dict[str, Any], note: str, tmp_path: Path, command: Command) -> None:
    ended = command(write_desk(tmp_path / "u.db", [call]), "--json")
    assert note in " ".join(json.loads(ended.out)["notes"])


def test_that_calls_without_rows_are_told(recorded: Path, command: Command) -> None:
    document = json.loads((recorded / "usage.json").read_text())
    del document["calls"][0]
    (recorded / "usage.json").write_text(json.dumps(document))
    ended = command(recorded / "usage.json", "--json")
    month, model = json.loads(ended.out)["notes"]
    assert month.startswith("the tracker's sums count 188 calls in 2025-10 for 1.3232266 USD, its rows hold 187 for 1.3216016")
    assert model.startswith("the tracker's sums count 122 calls of sonar-pro for 1.30315 USD, its rows hold 121 for 1.301525")


# -- once -----------------------------------------------------------------------------------------------------------------


def test_that_importing_twice_adds_nothing(recorded: Path, command: Command, config: Path) -> None:
    command(recorded / "usage.db")
    before = calls_of(config)
    shutil.copyfile(recorded / "usage.db", recorded / "a copy.sqlite")
    for name in ("usage.db", "a copy.sqlite"):
        ended = command(recorded / name, "--json", "--zone", "Asia/Tokyo")
        assert (ended.code, json.loads(ended.out)["added"]["calls"], json.loads(ended.out)["known"]) == (0, 0, 391)
    assert calls_of(config) == before


def test_that_a_grown_file_adds_what_is_new(tmp_path: Path, config: Path) -> None:
    source = write_desk(tmp_path / "u.db", [desk_call(1), desk_call(2)])
    assert import_desk(config, source) == 2
    source.unlink()
    write_desk(source, [desk_call(1), desk_call(2), desk_call(3)])
    assert import_desk(config, source) == 1


def test_that_equal_rows_are_calls_of_their_own(tmp_path: Path, config: Path) -> None:
    source = write_desk(tmp_path / "u.db", [desk_call(), desk_call(), desk_call()])
    assert import_desk(config, source) == 3
    assert import_desk(config, source) == 0


def test_that_a_migrated_json_is_imported_and_is_not_counted_again(recorded: Path, command: Command, config: Path) -> None:
    migrated = (recorded / "usage.json").rename(recorded / "usage.json.migrated")
    assert command(migrated).code == 0
    # What the tracker made of it then: the same rows in usage.db, where new ones followed.
    rows = [{**call, "success": int(call["success"])} for call in json.loads(migrated.read_text())["calls"]]
    source = write_desk(recorded / "later.db", [*rows, desk_call(timestamp="2025-11-03T10:00:00.5")])
    document = json.loads(command(source, "--json").out)
    assert (document["added"]["calls"], document["known"]) == (1, 197)
    assert len(calls_of(config)) == 198


# -- the source is not touched --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["usage.db", "usage.json"])
def test_that_the_source_is_left_as_it_is(name: str, recorded: Path, command: Command) -> None:
    before = everything(recorded)
    command(recorded / name)
    assert everything(recorded) == before


def test_that_a_wal_beside_it_counts_and_is_left_as_it_is(tmp_path: Path, command: Command, config: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    source = write_desk(folder / "usage.db", [desk_call(1)])
    with closing(apsw.Connection(str(source))) as db:
        db.execute("PRAGMA journal_mode = WAL").fetchall()
        db.execute("PRAGMA wal_autocheckpoint = 0").fetchall()
        db.execute("UPDATE api_calls SET id = 7")
        db.execute("INSERT INTO api_calls SELECT 8, '2025-10-28T10:00:00', model, 5, 5, 0, 0.25, 'WAL', 1, date FROM api_calls")
        before = everything(folder)
        assert "usage.db-wal" in before
        assert command(source).code == 0
        assert everything(folder) == before
    assert {call.tag for call in calls_of(config)} == {"ORCL", "WAL"}
