"""Session logs of Claude Code: one JSON object a line; those with a message that has usage are calls.

``input_tokens`` excludes both cache counts. While an answer streams in, the same message may be logged several times under
one message id and request id: it is one call, and its last line has the final counts.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers.fields import count, instant, nanos, optional_text, text
from budgetmon.integrations.importers.records import Reading, Record, Unread
from budgetmon.integrations.importers.source_files import SourceFile

KIND = "claude-code"
_PROVIDER = "anthropic"
# Written by the program itself in place of an answer; nobody was paid for it.
_NOT_A_MODEL = "<synthetic>"
# The lines of one message lie close together: so many others may come in between.
_OPEN_MESSAGES = 64


def read(file: SourceFile, reading: Reading) -> Iterator[Record | Unread]:
    """The calls of one session."""
    recent: OrderedDict[str, Record] = OrderedDict()
    for number, line in file.json_lines():
        try:
            record = _record(line, reading)
        except ValueError as error:
            yield Unread(file.where(number), str(error))
            continue
        if record is None:
            continue
        before = recent.pop(record.key, None)
        recent[record.key] = record if before is None or record.usage.tokens >= before.usage.tokens else before
        if len(recent) > _OPEN_MESSAGES:
            yield recent.popitem(last=False)[1]
    yield from recent.values()


def _record(line: dict[str, Any] | str, reading: Reading) -> Record | None:
    if isinstance(line, str):
        raise ValueError(line)
    message = line.get("message")
    usage = message.get("usage") if isinstance(message, dict) else None
    if not isinstance(message, dict) or not isinstance(usage, dict):
        return None
    model = text(message.get("model"), "the model")
    if model == _NOT_A_MODEL:
        return None
    return Record(
        key=_key(line, message),
        at=instant(line.get("timestamp"), reading.zone),
        model=model,
        usage=Usage(
            input_tokens=count(usage.get("input_tokens"), "input_tokens"),
            output_tokens=count(usage.get("output_tokens"), "output_tokens"),
            cached_input_tokens=count(usage.get("cache_read_input_tokens"), "cache_read_input_tokens"),
            cache_write_tokens=count(usage.get("cache_creation_input_tokens"), "cache_creation_input_tokens"),
        ),
        provider=_PROVIDER,
        tag=optional_text(line.get("sessionId")),
        cost=nanos(line.get("costUSD"), "costUSD"),
    )


def _key(line: dict[str, Any], message: dict[str, Any]) -> str:
    """The message and request ids; older lines without them are told apart by what they say."""
    identity, request = message.get("id"), line.get("requestId")
    if identity:
        return f"{identity}:{request or ''}"
    said = f"{line.get('timestamp')} {line.get('sessionId')} {message.get('model')} {message.get('usage')}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]
