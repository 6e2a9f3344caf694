"""Claude Code's logs: each message once, with its final counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from unit.integrations.importers.reading import lines, read, records, sums

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers import claude_code
from budgetmon.integrations.importers.records import Unread


def message(identity: str, output: int = 5, **line: Any) -> dict[str, Any]:
    usage = {"input_tokens": 10, "output_tokens": output, "cache_creation_input_tokens": 3, "cache_read_input_tokens": 4}
    return {
        "timestamp": "2026-01-09T10:00:00.250Z",
        "sessionId": "s",
        "requestId": f"r-{identity}",
        "message": {"role": "assistant", "id": identity, "model": "claude-x", "usage": usage},
        **line,
    }


def test_that_the_recorded_sessions_add_up(shared_data: Path) -> None:
    folder = shared_data / "imports" / "claude_code"
    alpha = read(claude_code.read, folder / "session-alpha" / "chat.jsonl")
    beta = read(claude_code.read, folder / "session-beta" / "chat.jsonl")
    assert sums(alpha) == (600, 250, 75, 70, 1_020_000_000)
    assert sums(beta) == (130, 60, 15, 40, 70_000_000)
    assert len({record.model for record in alpha}) == 2


def test_that_every_part_is_kept(tmp_path: Path) -> None:
    (record,) = records(read(claude_code.read, tmp_path / "s.jsonl", lines(message("m", costUSD=0.12))))
    assert record.key == "m:r-m"
    assert record.at == 1_767_952_800_250
    assert record.usage == Usage(input_tokens=10, output_tokens=5, cached_input_tokens=4, cache_write_tokens=3)
    assert (record.provider, record.model, record.tag, record.cost) == ("anthropic", "claude-x", "s", 120_000_000)


def test_that_a_streamed_message_is_one_call_with_its_last_counts(tmp_path: Path) -> None:
    text = lines(message("m", 1), {"type": "user"}, message("n", 7), message("m", 40), message("m", 40))
    assert [(each.key, each.usage.output_tokens) for each in read(claude_code.read, tmp_path / "s.jsonl", text)] == [
        ("n:r-n", 7),
        ("m:r-m", 40),
    ]


def test_that_lines_that_are_no_calls_are_passed_over_and_broken_ones_named(tmp_path: Path) -> None:
    synthetic = message("x")
    synthetic["message"]["model"] = "<synthetic>"
    text = lines({"type": "summary"}, {"message": {"role": "user", "content": "hi"}}, synthetic, message("m"))
    broken = message("bad")
    broken["message"]["usage"]["input_tokens"] = -1
    found = read(
        claude_code.read, tmp_path / "s.jsonl", text + '{"cut": \n' + "[]\n\n" + lines(broken, message("z", timestamp=None))
    )
    assert [each.where for each in found if isinstance(each, Unread)] == [f"s.jsonl, line {number}" for number in (5, 6, 8, 9)]
    assert [each.key for each in found if not isinstance(each, Unread)] == ["m:r-m"]


def test_that_lines_without_ids_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    first, second = message("", requestId=None), message("", 6, requestId=None)
    found = read(claude_code.read, tmp_path / "s.jsonl", lines(first, second, first))
    assert len(found) == 2
