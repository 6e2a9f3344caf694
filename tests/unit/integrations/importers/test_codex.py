"""Codex's logs: running totals subtracted, repeated and forked events counted once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from unit.integrations.importers.reading import lines, read, records, sums

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers import codex
from budgetmon.integrations.importers.records import Unread


def tokens(input: int, cached: int, output: int) -> dict[str, int]:
    return {"input_tokens": input, "cached_input_tokens": cached, "output_tokens": output, "total_tokens": input + output}


def event(total: dict[str, int] | None, last: dict[str, int] | None = None, at: str = "2026-05-13T09:01:00Z") -> dict[str, Any]:
    info = {"total_token_usage": total, "last_token_usage": last}
    return {"timestamp": at, "type": "event_msg", "payload": {"type": "token_count", "info": info}}


def meta(**payload: str) -> dict[str, Any]:
    return {"timestamp": "2026-05-13T09:00:00Z", "type": "session_meta", "payload": payload}


MODEL = {"type": "turn_context", "payload": {"model": "gpt-x"}}


def test_that_the_recorded_session_adds_up(shared_data: Path) -> None:
    found = read(codex.read, shared_data / "imports" / "codex" / "session-alpha.jsonl")
    assert sums(found) == (2_750, 425, 0, 750, 0)
    assert [record.model for record in found] == ["gpt-5.2-codex", "gpt-5.3-codex"]


def test_that_totals_are_subtracted(tmp_path: Path) -> None:
    text = lines(MODEL, event(tokens(100, 40, 10)), event(tokens(100, 40, 10)), event(tokens(350, 40, 15)))
    found = records(read(codex.read, tmp_path / "a.jsonl", text))
    assert [record.usage for record in found] == [
        Usage(input_tokens=60, cached_input_tokens=40, output_tokens=10),
        Usage(input_tokens=250, output_tokens=5),
    ]


def test_that_counters_that_began_anew_count_from_there(tmp_path: Path) -> None:
    text = lines(event(tokens(100, 0, 10)), event(tokens(30, 0, 3), tokens(30, 0, 3)))
    assert sums(read(codex.read, tmp_path / "a.jsonl", text))[:2] == (130, 13)


def test_that_turns_without_totals_are_added_up(tmp_path: Path) -> None:
    text = lines(event(None, tokens(100, 0, 10)), event(None, tokens(100, 0, 10)))
    found = records(read(codex.read, tmp_path / "a.jsonl", text))
    assert len({record.key for record in found}) == 2


def test_that_what_a_fork_repeats_has_the_keys_of_its_origin(tmp_path: Path) -> None:
    history = [event(tokens(100, 0, 10)), event(tokens(300, 0, 20))]
    origin = read(codex.read, tmp_path / "a.jsonl", lines(meta(id="one"), *history))
    later = [event(tokens(100, 0, 10), at="2026-05-14T00:00:00Z"), event(tokens(300, 0, 20), at="2026-05-14T00:00:00Z")]
    fork = read(
        codex.read,
        tmp_path / "b.jsonl",
        lines(meta(id="two", forked_from_id="one"), meta(id="one"), *later, event(tokens(400, 0, 30))),
    )
    assert [record.key for record in fork[:2]] == [record.key for record in origin]
    assert fork[2].usage == Usage(input_tokens=100, output_tokens=10)


def test_that_rate_limits_are_no_calls_and_broken_lines_are_named(tmp_path: Path) -> None:
    limits = {"type": "event_msg", "payload": {"type": "token_count", "info": None}}
    found = read(codex.read, tmp_path / "a.jsonl", lines(limits, event(None), {"type": "other"}) + "{\n")
    assert [each.reason for each in found if isinstance(each, Unread)] == [
        "token_count without counts",
        "not a whole JSON object",
    ]
