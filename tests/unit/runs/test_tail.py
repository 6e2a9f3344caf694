"""Reading a file of events while it grows."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from budgetmon.runs.events import EventDecodeError, TestStarted, encode
from budgetmon.runs.tail import EventTail

EVENTS = [TestStarted(f"test_{number}", "f\u2028\n", number) for number in range(1, 20)]
DATA = "".join(encode(event) + "\n" for event in EVENTS).encode()


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.integers(0, len(DATA)), max_size=12).map(sorted), st.integers(1, len(DATA)))
def test_that_each_event_comes_once_however_the_file_grows(cuts: list[int], limit: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "events.jsonl"
        tail = EventTail(path)
        found = tail.read()
        for start, end in zip([0, *cuts], [*cuts, len(DATA)], strict=True):
            _append(path, DATA[start:end])
            found += tail.read(limit)
        found += tail.read_rest()

    assert found == EVENTS


def test_that_a_missing_file_is_just_not_there_yet(tmp_path: Path) -> None:
    tail = EventTail(tmp_path / "events.jsonl")

    assert tail.read() == []
    assert tail.read_rest() == []


def test_that_half_a_line_waits_for_its_rest(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    tail = EventTail(path)
    line = encode(EVENTS[0]).encode() + b"\n"
    _append(path, line[:10])

    assert tail.read() == []
    _append(path, line[10:])
    assert tail.read() == [EVENTS[0]]


def test_that_half_a_line_at_the_end_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    tail = EventTail(path)
    _append(path, DATA + b'{"event":"test_fin')

    *events, error = tail.read_rest()

    assert events == EVENTS
    assert isinstance(error, EventDecodeError)
    assert tail.read_rest() == []


def test_that_garbage_between_events_is_reported_and_survived(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    tail = EventTail(path)
    line = encode(EVENTS[0]).encode() + b"\n"
    _append(path, line + b"\xff\x00 no event\n\n" + line)

    first, error, second = tail.read()

    assert first == second == EVENTS[0]
    assert isinstance(error, EventDecodeError)
    assert r"\xff" in str(error)
