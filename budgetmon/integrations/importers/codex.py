"""Session logs of Codex CLI: ``token_count`` events with the tokens of the turn and the running total of the session.

``input_tokens`` includes the cached ones, ``output_tokens`` the reasoning. The same event may be logged again with an
unchanged total, and a forked session begins with the events of the session that it came from: both are told by the totals
within the session that began it all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers.fields import count, instant
from budgetmon.integrations.importers.records import Reading, Record, Unread
from budgetmon.integrations.importers.source_files import SourceFile

KIND = "codex"
_PROVIDER = "openai"
_NO_MODEL = "unknown"


class _Tokens(NamedTuple):
    """Counts of a turn or a session, as Codex nests them."""

    input: int
    cached: int
    output: int

    def less(self, other: _Tokens) -> _Tokens | None:
        """What came on top of ``other``; None when a count went back, so that the counters began anew."""
        rest = _Tokens(self.input - other.input, self.cached - other.cached, self.output - other.output)
        return None if min(rest) < 0 else rest

    @property
    def usage(self) -> Usage:
        """The same in buckets that do not overlap."""
        return Usage(
            input_tokens=max(0, self.input - self.cached),
            cached_input_tokens=min(self.cached, self.input),
            output_tokens=self.output,
        )


_NOTHING = _Tokens(0, 0, 0)


def read(file: SourceFile, reading: Reading) -> Iterator[Record | Unread]:
    """The calls of one session."""
    session = _Session(file.path.stem)
    for number, line in file.json_lines():
        try:
            if isinstance(line, str):
                raise ValueError(line)
            record = session.record(line, reading)
        except ValueError as error:
            yield Unread(file.where(number), str(error))
            continue
        if record is not None:
            yield record


class _Session:
    """What the lines so far have told."""

    def __init__(self, name: str) -> None:
        self._root = name
        self._named = False
        self._model = _NO_MODEL
        self._total = _NOTHING

    def record(self, line: dict[str, Any], reading: Reading) -> Record | None:
        """The call that a line tells of, if it does. Raises ValueError."""
        payload = line.get("payload")
        if not isinstance(payload, dict):
            return None
        kind = line.get("type")
        if kind == "session_meta":
            self._begin(payload)
        elif kind == "turn_context" and payload.get("model"):
            self._model = str(payload["model"])
        elif kind == "event_msg" and payload.get("type") == "token_count":
            info = payload.get("info")
            if isinstance(info, dict):  # without one it only tells of rate limits
                return self._turn(line, info, reading)
        return None

    def _begin(self, payload: dict[str, Any]) -> None:
        """Only the first line names this session; what a fork repeats after it are its ancestors'."""
        if self._named:
            self._root = str(payload.get("id") or self._root)
            return
        self._named = True
        self._root = str(payload.get("forked_from_id") or payload.get("id") or self._root)

    def _turn(self, line: dict[str, Any], info: dict[str, Any], reading: Reading) -> Record | None:
        last, total = _tokens(info.get("last_token_usage")), _tokens(info.get("total_token_usage"))
        before = self._total
        if total is None:
            if last is None:
                raise ValueError("token_count without counts")
            total = _Tokens(*(one + other for one, other in zip(before, last, strict=True)))
        elif total == before:
            return None  # the same event again
        self._total = total
        turn = total.less(before) or last or total
        if turn == _NOTHING:
            return None
        return Record(
            key=f"{self._root}:{total.input}:{total.cached}:{total.output}",
            at=instant(line.get("timestamp"), reading.zone),
            model=str(info.get("model") or self._model),
            usage=turn.usage,
            provider=_PROVIDER,
            tag=self._root,
        )


def _tokens(value: Any) -> _Tokens | None:
    if not isinstance(value, dict):
        return None
    names = ("input_tokens", "cached_input_tokens", "output_tokens")
    return _Tokens(*(count(value.get(name), name) for name in names))
