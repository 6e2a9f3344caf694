"""Traces of calls in CSV."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from unit.workloads.shared_data import shared_file

from budgetmon.workloads.trace import AZURE, TraceCall, TraceColumns, TraceError, count_calls, read_trace

OWN = TraceColumns(at="when", input_tokens="in", output_tokens="out", model="model", tag="ticker")
AZURE_HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "trace.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def calls(folder: Path, *lines: str, columns: TraceColumns = AZURE) -> list[TraceCall]:
    return list(read_trace(written(folder, "\n".join(lines)), columns))


def message(folder: Path, *lines: str, columns: TraceColumns = AZURE) -> str:
    with pytest.raises(TraceError) as caught:
        calls(folder, *lines, columns=columns)
    return str(caught.value)


def test_that_the_recorded_trace_reads_exactly() -> None:
    path = shared_file("llm_traces", "AzureLLMInferenceTrace_code.csv")
    trace = list(read_trace(path))
    assert len(trace) == count_calls(path) == 8_819
    assert sum(call.input_tokens for call in trace) == 18_059_974
    assert sum(call.output_tokens for call in trace) == 245_896
    assert trace[0] == TraceCall(1_700_158_623_979_960, 0, 4808, 10)
    assert trace[-1].at == datetime(2023, 11, 16, 19, 14, 19, 928016, tzinfo=UTC)
    assert trace[-1].offset_us == 3_435_948_056
    assert sum(call.at.hour == 18 for call in trace) == 7_717


def test_that_times_are_exact_to_the_microsecond_and_finer_digits_are_cut_off(tmp_path: Path) -> None:
    first, second = calls(tmp_path, AZURE_HEADER, "2023-11-16 18:17:03.0000019,1,2", "2023-11-16 18:17:04.9999999,3,4")
    assert (first.at_us % 1_000_000, first.offset_us) == (1, 0)
    assert second.offset_us == 1_999_998
    assert second.at == datetime(2023, 11, 16, 18, 17, 4, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2023-11-16 18:17:03.5",
        "2023-11-16T18:17:03.500Z",
        "2023-11-16T13:17:03.5-05:00",
        "1700158623.5",
        "1.7001586235e9",
        " 1700158623.5000009 ",
    ],
)
def test_that_a_moment_reads_the_same_in_every_notation(text: str, tmp_path: Path) -> None:
    (call,) = calls(tmp_path, AZURE_HEADER, f"{text},1,2")
    assert call.at_us == 1_700_158_623_500_000


def test_that_columns_are_found_by_name_in_any_order(tmp_path: Path) -> None:
    (call,) = calls(tmp_path, "out,ticker,note,when,model,in", "7,AAPL,x,10.25,sonar-pro,5", columns=OWN)
    assert call == TraceCall(10_250_000, 0, 5, 7, "sonar-pro", "AAPL")


def test_that_an_empty_model_or_tag_is_none(tmp_path: Path) -> None:
    (call,) = calls(tmp_path, "when,in,out,model,ticker", "10,5,7,, ", columns=OWN)
    assert (call.model, call.tag) == (None, None)


def test_that_rows_out_of_order_stay_where_they_are_and_no_offset_is_negative(tmp_path: Path) -> None:
    trace = calls(tmp_path, AZURE_HEADER, "100,1,1", "105,1,1", "99,1,1", "103,1,1")
    assert [call.offset_us for call in trace] == [0, 5_000_000, 0, 3_000_000]
    assert [call.at_us for call in trace] == [100_000_000, 105_000_000, 99_000_000, 103_000_000]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("last", [True, False])
def test_that_line_ends_blank_lines_and_a_byte_order_mark_do_not_matter(ending: str, last: bool, tmp_path: Path) -> None:
    text = ending.join(["\ufeff" + AZURE_HEADER, "1,2,3", "", "4,5,6"]) + (ending if last else "")
    path = written(tmp_path, text)
    assert [call.input_tokens for call in read_trace(path)] == [2, 5]
    assert count_calls(path) == 2


def test_that_quoted_fields_may_hold_commas(tmp_path: Path) -> None:
    (call,) = calls(tmp_path, "when,in,out,model,ticker", '10,5,7,"a,b","c ""d"""', columns=OWN)
    assert (call.model, call.tag) == ("a,b", 'c "d"')


def test_that_a_trace_without_rows_is_empty(tmp_path: Path) -> None:
    assert calls(tmp_path, AZURE_HEADER) == []
    assert count_calls(written(tmp_path, AZURE_HEADER)) == 0
    assert count_calls(written(tmp_path, "")) == 0


def test_that_a_trace_is_read_as_a_stream(tmp_path: Path) -> None:
    path = written(tmp_path, f"{AZURE_HEADER}\n1,2,3\nbroken,2,3\n")
    trace = read_trace(path)
    assert next(trace).input_tokens == 2
    with pytest.raises(TraceError):
        next(trace)


def test_that_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    text = message(tmp_path, "time,ContextTokens,GeneratedTokens", "1,2,3")
    assert text.endswith(
        "trace.csv, line 1: expected a column 'TIMESTAMP'; the columns are: 'time', 'ContextTokens', 'GeneratedTokens'"
    )


def test_that_an_empty_file_has_no_columns(tmp_path: Path) -> None:
    assert "line 1: expected a column 'TIMESTAMP'; the columns are: none" in message(tmp_path, "")


def test_that_a_column_that_is_there_twice_is_refused(tmp_path: Path) -> None:
    assert "'ContextTokens' is there more than once" in message(tmp_path, f"{AZURE_HEADER},ContextTokens", "1,2,3,4")


@pytest.mark.parametrize("tokens", ["-5", "1.5", "", "many", "1_000", "²", "9007199254740992", "1e3", "9" * 5000])
def test_that_a_bad_count_names_line_column_and_value(tokens: str, tmp_path: Path) -> None:
    text = message(tmp_path, AZURE_HEADER, "1,2,3", f"2,{tokens},3")
    assert "trace.csv, line 3: column 'ContextTokens': expected a whole number from 0" in text
    assert text.endswith(f"not {tokens[:80]!r}")


@pytest.mark.parametrize("time", ["yesterday", "", "-5", "1e300", "999999999999999", "2023-13-01 00:00", "NaN", "Infinity"])
def test_that_a_bad_time_names_line_column_and_value(time: str, tmp_path: Path) -> None:
    text = message(tmp_path, AZURE_HEADER, f"{time},2,3")
    assert "trace.csv, line 2: column 'TIMESTAMP': expected" in text
    assert text.endswith(f"not {time!r}")


@pytest.mark.parametrize("row", ["1,2", "1,2,3,4"])
def test_that_a_row_of_another_width_is_refused(row: str, tmp_path: Path) -> None:
    assert "line 2: expected 3 fields as in the header, found" in message(tmp_path, AZURE_HEADER, row)


def test_that_bytes_that_are_no_text_name_their_line(tmp_path: Path) -> None:
    path = written(tmp_path, AZURE_HEADER.encode() + b"\n1,2,3\n4,5,\xff\n")
    with pytest.raises(TraceError, match="line 3: expected text in UTF-8"):
        list(read_trace(path))


def test_that_a_field_too_long_for_csv_is_refused(tmp_path: Path) -> None:
    assert "line 2: expected CSV: field larger than" in message(tmp_path, AZURE_HEADER, "1,2," + "x" * 200_000)


def test_that_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(read_trace(tmp_path / "none.csv"))
