"""Tables of other tools: LiteLLM's spend log, OpenAI's usage export, spans, and tables of one's own."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from unit.integrations.importers.reading import NOW, lines, read, records

from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.foreign import SourceError
from budgetmon.integrations.importers import litellm, openai_usage, otel, table
from budgetmon.integrations.importers.records import Unread

LITELLM = """request_id,model,custom_llm_provider,prompt_tokens,completion_tokens,spend,startTime,endTime,status
a,openai/gpt-x,openai,100,20,0.0012,2026-01-09 10:00:00.5,2026-01-09 10:00:02,success
b,claude-y,anthropic,7,,0,2026-01-09T10:00:01,2026-01-09T10:00:02,failure
,claude-y,anthropic,7,1,0,2026-01-09T10:00:01,2026-01-09T10:00:02,success
c,claude-y,anthropic,many,1,0,2026-01-09T10:00:01,2026-01-09T10:00:02,success
short,row
"""


def test_that_a_spend_log_is_read_as_csv_json_and_json_lines(tmp_path: Path) -> None:
    first, second, *unread = read(litellm.read, tmp_path / "s.csv", LITELLM, zone="America/New_York")
    assert (first.key, first.model, first.provider, first.cost, first.ok) == ("a", "gpt-x", "openai", 1_200_000, True)
    assert first.at == 1_767_952_800_500  # the table's times are UTC, whatever the zone of the import
    assert (second.usage, second.ok) == (Usage(input_tokens=7), False)
    assert [each.reason for each in unread] == [
        "request_id is missing",
        "prompt_tokens is 'many', not a count",
        "2 fields where the header has 9",
    ]
    row = dict(zip(*(line.split(",") for line in LITELLM.splitlines()[:2]), strict=True))
    assert read(litellm.read, tmp_path / "s.json", json.dumps([row])) == [first]
    assert read(litellm.read, tmp_path / "s.jsonl", lines(row)) == [first]


DAY = 86_400
START = 1_767_916_800  # 2026-01-09


def result(**more: Any) -> dict[str, Any]:
    return {
        "model": "gpt-x",
        "input_tokens": 1_000,
        "input_cached_tokens": 400,
        "output_tokens": 50,
        "num_model_requests": 9,
        **more,
    }


def page(start: int, *results: dict[str, Any]) -> str:
    return json.dumps(
        {"object": "page", "data": [{"object": "bucket", "start_time": start, "end_time": start + DAY, "results": results}]}
    )


def test_that_a_bucket_is_all_its_requests(tmp_path: Path) -> None:
    found = read(openai_usage.read, tmp_path / "u.json", page(START, result(project_id="one"), result(project_id="two")))
    assert [record.usage for record in records(found)] == [Usage(600, 50, 400, calls=9)] * 2
    assert len({record.key for record in found}) == 2
    assert found[0].at == START * 1000


def test_that_a_day_without_use_is_nothing_and_one_that_is_not_over_is_left_for_later(tmp_path: Path) -> None:
    header = "start_time,end_time,num_model_requests,model,input_tokens,output_tokens,input_cached_tokens"
    today = NOW // 1000 - 3_600
    text = f"{header}\n{START},{START + DAY},,,,,\n{START},{START + DAY},2,gpt-x,10,5,0\n{today},{today + DAY},2,gpt-x,10,5,0\n"
    found = read(openai_usage.read, tmp_path / "u.csv", text)
    assert [each.reason for each in found if isinstance(each, Unread)] == ["this day is not over yet: import it later"]
    assert [each.usage.calls for each in found if not isinstance(each, Unread)] == [2]


def otlp(**attributes: Any) -> dict[str, Any]:
    typed = [
        {"key": key.replace("__", "."), "value": {"intValue": str(value)} if isinstance(value, int) else {"stringValue": value}}
        for key, value in attributes.items()
    ]
    span = {"traceId": "t1", "spanId": "s1", "startTimeUnixNano": "1767952800250000000", "attributes": typed}
    return {"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]}


NEW_NAMES = {
    "gen_ai__operation__name": "chat",
    "gen_ai__provider__name": "openai",
    "gen_ai__request__model": "gpt-asked",
    "gen_ai__response__model": "gpt-x",
    "gen_ai__usage__input_tokens": 100,
    "gen_ai__usage__output_tokens": 20,
    "gen_ai__usage__cache_read__input_tokens": 40,
}


def test_that_spans_of_newer_and_older_names_are_read(tmp_path: Path) -> None:
    (new,) = records(read(otel.read, tmp_path / "t.jsonl", lines(otlp(**NEW_NAMES))))
    assert (new.key, new.at, new.model, new.provider) == ("t1:s1", 1_767_952_800_250, "gpt-x", "openai")
    assert new.usage == Usage(input_tokens=60, output_tokens=20, cached_input_tokens=40)
    flat = {
        "name": "chat gpt-x",
        "context": {"trace_id": "0xt1", "span_id": "0xs1"},
        "start_time": "2026-01-09T10:00:00.250000Z",
        "status": {"status_code": "ERROR"},
        "attributes": {"gen_ai.system": "openai", "gen_ai.request.model": "gpt-x", "gen_ai.usage.prompt_tokens": 7},
    }
    (old,) = records(read(otel.read, tmp_path / "f.jsonl", lines(flat)))
    assert (old.key, old.at, old.ok, old.usage) == ("t1:s1", new.at, False, Usage(input_tokens=7))


def test_that_spans_of_agents_and_of_other_things_are_no_calls(tmp_path: Path) -> None:
    agent = otlp(**{**NEW_NAMES, "gen_ai__operation__name": "invoke_agent"})
    assert read(otel.read, tmp_path / "t.jsonl", lines(agent, otlp(http__method="GET"))) == []


def test_that_a_table_of_ones_own_needs_a_time_and_a_model(tmp_path: Path) -> None:
    text = "When,model,cost,ok\n2026-01-09 05:00:00,m,0.1,true\n2026-01-09 05:00:00,m,0.1,true\n1767952800,m,,no\n"
    with pytest.raises(SourceError, match=r"no column 'at'.*--column at=ITS-NAME"):
        read(table.read, tmp_path / "t.csv", text)
    found = records(read(table.read, tmp_path / "t.csv", zone="America/New_York", at="When"))
    assert [record.at for record in found] == [1_767_952_800_000] * 3
    assert [record.cost for record in found] == [100_000_000, 100_000_000, None]
    assert [record.ok for record in found] == [True, True, False]
    assert len({record.key for record in found}) == 3  # equal rows are as many calls


@pytest.mark.parametrize("scale", [1, 1_000, 1_000_000, 1_000_000_000])
def test_that_numbers_of_any_scale_are_times(tmp_path: Path, scale: int) -> None:
    (record,) = read(table.read, tmp_path / "t.jsonl", lines({"at": 1_767_952_800 * scale, "model": "m"}))
    assert record.at == 1_767_952_800_000


@pytest.mark.parametrize("cost", ["-1", "NaN", "much", -0.5, True])
def test_that_an_impossible_cost_is_not_read(tmp_path: Path, cost: object) -> None:
    (unread,) = read(table.read, tmp_path / "t.jsonl", lines({"at": 0, "model": "m", "cost": cost}))
    assert "not an amount in USD" in unread.reason


def test_that_an_overlong_line_is_named_and_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetmon.integrations.importers.source_files.LONGEST_LINE", 64)
    text = lines({"at": 0, "model": "m" * 200}, {"at": 0, "model": "n"})
    first, second = read(table.read, tmp_path / "t.jsonl", text)
    assert isinstance(first, Unread)
    assert second.model == "n"


def test_that_what_is_no_csv_does_not_stop_what_comes_after_it(tmp_path: Path) -> None:
    text = "at,model,note\n1,m,a\n2,m,b\rc\n3,m,d\n4,m," + "long" * 50_000 + "\n5,m,e\n"
    limit = csv.field_size_limit()
    found = read(table.read, tmp_path / "t.csv", text)
    assert [each.reason.partition(":")[0] for each in found if isinstance(each, Unread)] == ["not CSV"]
    assert [each.at for each in found if not isinstance(each, Unread)] == [1_000, 3_000, 4_000, 5_000]
    assert csv.field_size_limit() == limit


def test_that_two_tables_which_both_count_from_one_hold_different_calls(tmp_path: Path) -> None:
    january, february = (
        records(read(table.read, tmp_path / name, f"id,at,model\n1,{at},m\n", zone="UTC"))
        for name, at in (("january.csv", "2026-01-09 05:00:00"), ("february.csv", "2026-02-09 05:00:00"))
    )
    again = records(read(table.read, tmp_path / "again.csv", f"id,at,model\n1,{january[0].at},m\n"))
    assert january[0].key == again[0].key != february[0].key


@pytest.mark.parametrize("odd", [True, 1, "x", [1, "x", None], {"a": 1}])
def test_that_odd_values_of_other_tools_are_passed_over(tmp_path: Path, odd: object) -> None:
    bucket = {"object": "bucket", "start_time": START, "end_time": START + DAY}
    pages = [{"object": "page", "data": odd}, {**bucket, "results": odd}, {**bucket, "results": [result()]}]
    assert len(records(read(openai_usage.read, tmp_path / "u.jsonl", lines(*pages)))) == 1
    span = otlp(**NEW_NAMES)
    attributes = span["resourceSpans"][0]["scopeSpans"][0]["spans"][0]["attributes"]
    attributes.append({"key": "seed", "value": {"intValue": odd}})
    assert len(records(read(otel.read, tmp_path / "t.jsonl", lines(span)))) == 1
