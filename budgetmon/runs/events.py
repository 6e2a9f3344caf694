"""What a test run reports: typed events, one JSON object per line.

A child finds the file to append to in the environment variable ``BUDGETMON_EVENTS``. The contract, for any kind of run:
first RunStarted; then Collected with the ids of all tests; for each test TestStarted, then TestFinished; last RunFinished
with the exit status that the process then ends with. The runner adds ProcessEnd when nothing of the run is left.

Programs of ours write through ``event_log``. For pytest the lines come from ``plugin/budgetmon_pytest_events.py``, which
cannot import this module and so builds them by hand.
Lines are pure ASCII: any id or output survives, lone surrogates and newlines included. Unknown keys are ignored, so that
a newer plugin may add some; anything else that does not fit raises EventDecodeError.
"""

from __future__ import annotations

import json
import math
import signal
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any

SCHEMA = 1

# Names the file that a child appends its events to. Taken out of the environment by whoever writes there.
EVENTS_VARIABLE = "BUDGETMON_EVENTS"


class Outcome(StrEnum):
    """What became of a test. The words are shown as they are. A strict xpass is FAILED."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"  # its setup or teardown failed, or its file could not be collected
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"
    CRASHED = "crashed"  # the process ended while it ran

    @property
    def bad(self) -> bool:
        """Whether somebody has to look at it."""
        return self in (Outcome.FAILED, Outcome.ERROR, Outcome.CRASHED)


class EndReason(StrEnum):
    """Why the process of a run is no more."""

    ITSELF = "ended by itself"
    CANCELLED = "cancelled"
    TIME_LIMIT = "time limit"
    NOT_STARTED = "not started"


class EventDecodeError(ValueError):
    """A line is not an event. ``line`` is the beginning of it."""

    def __init__(self, reason: str, line: str) -> None:
        super().__init__(f"{reason}: {line[:80]!r}")
        self.reason = reason
        self.line = line[:200]

    def __reduce__(self) -> tuple[type[EventDecodeError], tuple[str, str]]:
        return type(self), (self.reason, self.line)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A text whose middle may be left out. ``size`` is the full size in characters."""

    text: str
    size: int


@dataclass(frozen=True, slots=True)
class Section:
    """Output captured from a test: ``title`` such as "Captured stdout call", and ``text``/``size`` as in Excerpt."""

    title: str
    text: str
    size: int


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The run has begun: pytest has read its configuration. Always the first event; ``schema`` is that of all that follow.

    ``root`` is the folder that node ids are relative to. ``pytest`` is its version, empty where the run is none of pytest's.
    """

    python: str
    pytest: str
    root: str
    cwd: str
    args: tuple[str, ...]
    pid: int
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Collected:
    """Which tests will run, in their order."""

    total: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollectError:
    """A file (or a class in it) could not be collected, most often because an import failed."""

    id: str
    message: str
    longrepr: Excerpt | None
    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TestStarted:
    """A test begins with its setup. ``file`` is absolute, ``line`` counts from 1."""

    __test__ = False  # pytest must not take it for a test class

    id: str
    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class TestFinished:
    """Setup, call and teardown of a test, and its subtests, merged into one result.

    ``seconds`` is the sum of the phases; ``phase`` (collect, setup, call, teardown) is the one that the outcome came from.
    ``message`` is one line; ``longrepr`` the whole failure. A file that skips itself is one result with the id of the file.
    """

    __test__ = False  # pytest must not take it for a test class

    id: str
    outcome: Outcome
    seconds: float
    message: str
    longrepr: Excerpt | None
    sections: tuple[Section, ...]
    file: str
    line: int | None = None
    phase: str = "call"


@dataclass(frozen=True, slots=True)
class RunFinished:
    """The run has ended in an orderly way. A run without this event is a crash, whatever its exit code.

    ``counts`` has the number of results for each outcome that occurred, errors of collection not included.
    """

    exit_status: int
    counts: Mapping[Outcome, int] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ProcessEnd:
    """How the process of a run ended: the runner's own last word. ``signal`` is set when one killed it, else ``exit_code``.

    ``detail`` is one sentence for people where there is something to say.
    """

    reason: EndReason
    exit_code: int | None = None
    signal: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        if self.signal is not None:
            return f"signal {_signal_name(self.signal)}"
        return "no exit code" if self.exit_code is None else f"exit code {self.exit_code}"


Event = RunStarted | Collected | CollectError | TestStarted | TestFinished | RunFinished | ProcessEnd

_KINDS: dict[str, type[Event]] = {
    "run_started": RunStarted,
    "collected": Collected,
    "collect_error": CollectError,
    "test_started": TestStarted,
    "test_finished": TestFinished,
    "run_finished": RunFinished,
    "process_end": ProcessEnd,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def encode(event: Event) -> str:
    """The event as one line of ASCII without its newline."""
    return json.dumps({"event": _NAMES[type(event)], **asdict(event)}, separators=(",", ":"))


def decode(line: str) -> Event:
    """The event in one line. Raises EventDecodeError for half a line, garbage, an unknown kind or a newer schema."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise EventDecodeError("not a whole JSON line", line) from None
    if not isinstance(values, dict):
        raise EventDecodeError("not a JSON object", line)
    kind = _KINDS.get(values["event"]) if isinstance(values.get("event"), str) else None
    if kind is None:
        raise EventDecodeError("an unknown kind of event", line)
    try:
        event: Event = _build(kind, values)
    except (KeyError, TypeError, ValueError) as error:
        raise EventDecodeError(f"{_NAMES[kind]} without a usable {error}", line) from None
    if isinstance(event, RunStarted) and event.schema != SCHEMA:
        raise EventDecodeError(f"schema {event.schema}, and only {SCHEMA} is known here", line)
    return event


def _build(kind: type[Any], values: dict[str, Any]) -> Any:
    made = {}
    for each in fields(kind):
        try:
            made[each.name] = _READERS[str(each.type)](values[each.name])
        except (KeyError, TypeError, ValueError):
            raise ValueError(each.name) from None
    return kind(**made)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError
    return float(value)


def _many(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _signal_name(number: int) -> str:
    try:
        return f"{number} ({signal.Signals(number).name})"
    except ValueError:
        return str(number)


def _counts(value: Any) -> dict[Outcome, int]:
    if not isinstance(value, dict):
        raise TypeError
    return {Outcome(name): _whole(count) for name, count in value.items()}


# By the annotation as it is written above; a field of any other type fails the first test that decodes it.
_READERS: dict[str, Callable[[Any], Any]] = {
    "str": _text,
    "int": _whole,
    "float": _number,
    "int | None": lambda value: None if value is None else _whole(value),
    "Outcome": Outcome,
    "EndReason": EndReason,
    "Excerpt | None": lambda value: None if value is None else _build(Excerpt, value),
    "tuple[str, ...]": lambda value: tuple(map(_text, _many(value))),
    "tuple[Section, ...]": lambda value: tuple(_build(Section, each) for each in _many(value)),
    "Mapping[Outcome, int]": _counts,
}
