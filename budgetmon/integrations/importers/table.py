"""Calls in a table of one's own: CSV with a header, or JSON lines, with the columns that our own exports have.

``at`` and ``model`` are needed, all else is optional: provider, tag, run, id, input_tokens, output_tokens,
cached_input_tokens, cache_write_tokens, calls, credits, cost (USD), ok. ``--column at=Time`` names a column that the file
calls otherwise. A row is told from others by its ``id`` and its time, since several tables may count from one; without an
``id`` by all that it says, and equal rows by their number.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.foreign import SourceError
from budgetmon.integrations.importers.fields import count, instant, nanos, optional_text, text
from budgetmon.integrations.importers.records import Reading, Record, Unread
from budgetmon.integrations.importers.source_files import Row, SourceFile

CSV_KIND, JSON_KIND = "csv", "jsonl"
COLUMNS = (
    "at",
    "model",
    "provider",
    "tag",
    "run",
    "id",
    "input_tokens",
    "output_tokens",
    "cached_input_tokens",
    "cache_write_tokens",
    "calls",
    "credits",
    "cost",
    "ok",
    "state",
)
_NEEDED = ("at", "model")
_COUNTS = ("input_tokens", "output_tokens", "cached_input_tokens", "cache_write_tokens", "calls", "credits")
_YES, _NO = ("true", "1", "yes", "ok", "success"), ("false", "0", "no", "failed", "error")
# In our own exports: calls that cost nothing, or whose cost nobody knows yet.
_OPEN_STATES = ("held", "released", "in doubt")


def read(file: SourceFile, reading: Reading) -> Iterator[Record | Unread]:
    """The calls of one table. Raises SourceError when a column that is needed is not there."""
    names = {column: reading.columns.get(column, column) for column in COLUMNS}
    wanted = tuple(names.items())
    seen: Counter[str] = Counter()
    first = True
    for number, row in file.rows():
        if first and isinstance(row, dict):
            _check(file, row, names)
            first = False
        try:
            if isinstance(row, str):
                raise ValueError(row)
            values = {
                column: value for column, name in wanted if name in row and (value := row[name]) is not None and value != ""
            }
            if values.get("state") in _OPEN_STATES:
                continue
            at = instant(values.get("at"), reading.zone, "at")
            yield _record(values, at, _key(row, values.get("id"), at, seen))
        except ValueError as error:
            yield Unread(file.where(number), str(error))


def _check(file: SourceFile, row: Row, names: dict[str, str]) -> None:
    for column in _NEEDED:
        if names[column] not in row:
            there = ", ".join(map(str, row))
            raise SourceError(
                file.path, f"no column {names[column]!r}; it has: {there:.200}. Name it with --column {column}=ITS-NAME"
            )


def _record(values: Row, at: int, key: str) -> Record:
    """The call of a row; what stands empty in it is not among ``values``."""
    get = values.get
    return Record(
        key=key,
        at=at,
        model=text(get("model"), "model"),
        usage=Usage(**{name: count(values[name], name) for name in _COUNTS if name in values}),
        provider=optional_text(get("provider")),
        tag=optional_text(get("tag")),
        run=optional_text(get("run")),
        cost=nanos(get("cost")),
        ok=_yes(values["ok"]) if "ok" in values else True,
    )


def _key(row: Row, identity: Any, at: int, seen: Counter[str]) -> str:
    if identity is not None:
        return f"{identity}:{at}"
    said = hashlib.sha256(repr(sorted(row.items(), key=str)).encode()).hexdigest()[:24]
    seen[said] += 1
    return f"{said}:{seen[said]}"


def _yes(value: Any) -> bool:
    word = str(value).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"ok is {value!r:.40}, not true or false")
