"""Every shape of the older tracker's files is read, or refused with one clear line and nothing imported."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import apsw
import pytest
from integration import import_workers
from integration.import_workers import NO_SPLIT, Ended, calls_of, desk_call, import_desk, ledger_of, write_config, write_desk

Command = Callable[..., Ended]


@pytest.fixture
def config(ledger_folder: Path) -> Path:
    return write_config(ledger_folder)


@pytest.fixture
def command(config: Path) -> Command:
    return partial(import_workers.command, config)


def test_that_a_schema_without_the_split_is_read(tmp_path: Path, config: Path) -> None:
    import_desk(config, write_desk(tmp_path / "u.db", [desk_call(), desk_call(1, success=0)], NO_SPLIT))
    assert sorted((call.input_tokens, call.output_tokens, call.ok) for call in calls_of(config)) == [
        (1382, 0, False),
        (1382, 0, True),
    ]


def test_that_rows_from_before_the_split_are_read(tmp_path: Path, config: Path) -> None:
    rows = [desk_call(1, input_tokens=None, output_tokens=None), desk_call(2, input_tokens=0, output_tokens=0)]
    import_desk(config, write_desk(tmp_path / "u.db", [*rows, desk_call(3, input_tokens=1000, output_tokens=82)]))
    counts = sorted((call.input_tokens, call.output_tokens) for call in calls_of(config))
    assert counts == [(1300, 82), (1382, 0), (1382, 0)]


@pytest.mark.parametrize("text", ['{"calls": []}', '\ufeff{"calls": [], "month": "2025-10"}'])
def test_that_a_file_without_calls_is_fine(text: str, tmp_path: Path, command: Command) -> None:
    (tmp_path / "usage.json").write_text(text)
    assert command(tmp_path / "usage.json").out.startswith("usage.json: 0 calls added; 0 were in the ledger already.")
    assert command(write_desk(tmp_path / "u.db", [])).code == 0


def bytes_of(*calls: dict[str, Any]) -> bytes:
    return json.dumps({"calls": calls}).encode()


REFUSED = {
    "an empty file": (b"", "the file is empty"),
    "a truncated JSON": (bytes_of(desk_call(1), desk_call(2))[:-40], "the JSON breaks off or is damaged at line 1, column"),
    "another JSON": (b'{"messages": []}', "neither a usage.db nor a usage.json"),
    "a list": (b"[]", "neither a usage.db nor a usage.json"),
    "text": (b"month,cost\n2025-10,3\n", "neither a usage.db nor a usage.json"),
    "binary": (b"\xff\xfe\x00\x01" * 100, "neither a usage.db nor a usage.json"),
    "a bottomless JSON": (b'{"calls": ' + b"[" * 200_000, "the JSON"),
    "not a number": (b'{"calls": [{"cost": NaN}]}', "NaN is no number"),
    "a call that is none": (b'{"calls": [7]}', "calls[0] is no call: 7"),
    "no model": (bytes_of(desk_call(), desk_call(1, model=None)), "calls[1]: expected model to be a text, but it is None"),
    "no time": (bytes_of(desk_call(), desk_call(1, timestamp="soon")), "calls[1]: expected a time such as"),
    "no cost": (
        bytes_of({"timestamp": "x", "model": "m"}),
        "calls[0]: expected cost to be an amount in USD, but it is missing",
    ),
    "a negative cost": (bytes_of(desk_call(cost=-1)), "expected cost to be an amount in USD of zero or more"),
    "an endless cost": (bytes_of(desk_call(cost=1e300)), "expected cost to be an amount in USD of zero or more"),
    "a cost beyond floats": (b'{"calls": [{"cost": 1' + b"0" * 400 + b"}]}", "expected cost to be an amount in USD"),
    "negative tokens": (bytes_of(desk_call(tokens=-1)), "expected tokens to be a whole number of zero or more, but it is -1"),
    "half a token": (bytes_of(desk_call(tokens=0.5)), "expected tokens to be a whole number"),
    "success of neither kind": (bytes_of(desk_call(success="yes")), "expected success to be 0 or 1, but it is 'yes'"),
    "text that cannot be stored": (bytes_of(desk_call(model="\ud800")), "expected model to be a text"),
    "a cut database": (b"SQLite format 3\x00" + bytes(50), "not an SQLite database"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_that_what_cannot_be_used_is_one_clear_line_and_nothing_is_imported(
    what: str, tmp_path: Path, command: Command, config: Path
) -> None:
    content, line = REFUSED[what]
    path = tmp_path / "usage.json"
    path.write_bytes(content)
    ended = command(path)
    assert ended.code == 2
    assert ended.err.startswith(f"budgetmon: {path}: ")
    assert ended.err.count("\n") == 1
    assert line in ended.err
    assert ended.out == ""
    assert calls_of(config) == ()


def test_that_other_databases_are_refused(tmp_path: Path, command: Command) -> None:
    with closing(apsw.Connection(str(tmp_path / "other.db"))) as db:
        db.execute("CREATE TABLE notes (a)")
    assert "it has no table api_calls" in command(tmp_path / "other.db").err
    write_desk(tmp_path / "old.db", [], NO_SPLIT.replace(" cost REAL NOT NULL,", ""))
    assert "its table api_calls lacks cost" in command(tmp_path / "old.db").err


def test_that_one_damaged_row_keeps_all_others_out(tmp_path: Path, command: Command, config: Path) -> None:
    source = write_desk(tmp_path / "u.db", [*(desk_call(number) for number in range(50)), desk_call(51, cost="much")])
    ended = command(source)
    assert (ended.code, "row 51 of api_calls: expected cost to be an amount in USD, but it is 'much'" in ended.err) == (2, True)
    assert calls_of(config) == ()


def test_that_paths_that_are_no_file_are_refused(tmp_path: Path, command: Command, config: Path) -> None:
    assert (command(tmp_path / "missing").code, command(tmp_path).code) == (2, 2)
    import_desk(config, write_desk(tmp_path / "u.db", [desk_call()]))
    assert "this is the ledger itself" in command(ledger_of(config)).err


def test_that_a_zone_must_exist(tmp_path: Path, command: Command) -> None:
    ended = command(write_desk(tmp_path / "u.db", [desk_call()]), "--zone", "Mars/Olympus")
    assert ended.code == 2
    assert "expected an IANA time zone" in ended.err


def test_that_the_future_is_refused_unless_no_budget_counts_it(tmp_path: Path, command: Command, config: Path) -> None:
    source = write_desk(tmp_path / "u.db", [desk_call(), desk_call(1, timestamp="2999-01-01T00:00:00")])
    ended = command(source, "--count")
    assert (ended.code, "2999-01-01T05:00:00.000Z, which is in the future" in ended.err) == (2, True)
    assert calls_of(config) == ()
    assert command(source, "--no-count").code == 0
    assert len(calls_of(config)) == 2
