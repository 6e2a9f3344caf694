"""The files of the trading-desk usage tracker: usage.db (SQLite) and its predecessor usage.json, told apart by content.

Both hold one row per call and sums beside them. Rows are what counts: the sums forget earlier months, and leave failed
calls out of some tables but not of others. A row names no provider, no zone, and in older files no split of its tokens.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

from budgetmon.core.rules.usage import MAX_COUNT
from budgetmon.core.storage.foreign import MAGIC, ForeignDatabase, SourceError, has_side_file, private_copy, regular_file
from budgetmon.integrations.provider_sums import PaidSum
from budgetmon.integrations.stored_costs import nanos_of_float

KIND = "trading-desk"

_TABLE = "api_calls"
_NEEDED = ("timestamp", "model", "tokens", "cost", "success")
_SOMETIMES = ("input_tokens", "output_tokens", "ticker")


@dataclass(frozen=True, slots=True)
class DeskCall:
    """One call as the tracker stored it. ``where`` names the row; ``timestamp`` is local time without a zone.

    ``input_tokens`` and ``output_tokens`` are 0 in files that are older than the split. ``cost`` is USD as it was stored,
    ``nanos`` what that means, and ``left_out`` the USD that nanos cannot hold.
    """

    where: str
    timestamp: str
    model: str
    tokens: int
    input_tokens: int
    output_tokens: int
    cost: float
    nanos: int
    left_out: Decimal
    ticker: str | None
    ok: bool

    @property
    def key(self) -> str:
        """What was stored, to the last digit, in the parts that both kinds of file have."""
        stored = [self.timestamp, self.model, self.tokens, self.cost, self.ticker, self.ok]
        return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class DeskSums:
    """The sums that the tracker kept: successful calls per month and provider, all calls per model."""

    months: Mapping[str, PaidSum] = field(default_factory=dict)
    providers: Mapping[str, PaidSum] = field(default_factory=dict)
    models: Mapping[str, PaidSum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeskFile:
    """Everything that one file holds."""

    path: Path
    calls: tuple[DeskCall, ...]
    sums: DeskSums


def read_desk_file(path: Path) -> DeskFile:
    """The calls and sums in a usage.db or usage.json, whatever it is named now. Leaves the file as it is.

    A -wal beside a database is honoured. Raises SourceError for anything else, for a damaged or unfinished file, and for a
    row that cannot be right; OSError when the file cannot be read.
    """
    place = regular_file(path)
    with place.open("rb") as file:
        start = file.read(len(MAGIC))
    if start == MAGIC or (not start and has_side_file(place)):
        with private_copy(place) as database:
            return _read_database(path, database)
    if not start:
        raise SourceError(path, "the file is empty: it holds nothing to import")
    return _read_json(path, place.read_bytes())


def _read_database(path: Path, database: ForeignDatabase) -> DeskFile:
    there = database.columns(_TABLE)
    missing = [name for name in _NEEDED if name not in there]
    if missing:
        lacks = f"its table {_TABLE} lacks {', '.join(missing)}" if there else f"it has no table {_TABLE}"
        raise SourceError(path, f"this is not a usage.db of the {KIND} tracker: {lacks}")
    columns = [*_NEEDED, *(name for name in _SOMETIMES if name in there)]
    number = "id" if "id" in there else "rowid"
    rows = database.rows(_TABLE, (number, *columns), order=number)
    calls = tuple(_call(path, f"row {row[0]} of {_TABLE}", dict(zip(columns, row[1:], strict=True))) for row in rows)
    return DeskFile(path, calls, _database_sums(database))


def _database_sums(database: ForeignDatabase) -> DeskSums:
    def table(name: str, key: str, calls: str, cost: str) -> dict[str, PaidSum]:
        if not {key, calls, cost} <= set(database.columns(name)):
            return {}
        return _sums(database.rows(name, (key, calls, cost), order=key))

    return DeskSums(
        months=table("usage_summary", "month", "total_calls", "total_cost"),
        providers=table("provider_usage", "provider", "calls", "cost"),
        models=table("model_usage", "model", "calls", "cost"),
    )


def _read_json(path: Path, content: bytes) -> DeskFile:
    neither = f"this is neither a usage.db nor a usage.json of the {KIND} tracker"
    try:
        text = content.decode("utf-8-sig")
        document = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if not error.doc.lstrip().startswith("{"):
            raise SourceError(path, neither) from None
        where = f"line {error.lineno}, column {error.colno}"
        raise SourceError(path, f"the JSON breaks off or is damaged at {where}: {error.msg}") from None
    except UnicodeDecodeError:
        raise SourceError(path, neither) from None
    except (ValueError, RecursionError) as error:
        raise SourceError(path, f"the JSON cannot be used: {error}") from None
    if not isinstance(document, dict) or not isinstance(document.get("calls"), list):
        raise SourceError(path, f"{neither}: it has no list of calls")
    calls: list[DeskCall] = []
    for number, entry in enumerate(document["calls"]):
        where = f"calls[{number}]"
        if not isinstance(entry, dict):
            raise SourceError(path, f"{where} is no call: {entry!r:.60}")
        calls.append(_call(path, where, {"success": True, **entry}))
    return DeskFile(path, tuple(calls), _json_sums(document))


def _json_sums(document: dict[str, Any]) -> DeskSums:
    def section(name: str) -> dict[str, PaidSum]:
        entries = document.get(name)
        if not isinstance(entries, dict):
            return {}
        return _sums((key, entry.get("calls"), entry.get("cost")) for key, entry in entries.items() if isinstance(entry, dict))

    months = _sums([(document.get("month"), document.get("total_calls"), document.get("total_cost"))])
    return DeskSums(months, section("provider_usage"), section("model_usage"))


def _call(path: Path, where: str, values: Mapping[str, Any]) -> DeskCall:
    """One stored row, checked. Raises SourceError that names it."""

    def wrong(name: str, expected: str) -> NoReturn:
        found = f"{values[name]!r:.60}" if name in values else "missing"
        raise SourceError(path, f"{where}: expected {name} to be {expected}, but it is {found}")

    def text(name: str) -> str:
        value = values.get(name)
        if not isinstance(value, str) or not value or not _is_unicode(value):
            wrong(name, "a text")
        return value

    def count(name: str) -> int:
        value = values.get(name)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if type(value) is not int or not 0 <= value <= MAX_COUNT:
            wrong(name, "a whole number of zero or more")
        return value

    cost = values.get("cost")
    if isinstance(cost, bool) or not isinstance(cost, (int, float)):
        wrong("cost", "an amount in USD")
    try:
        nanos, left_out = nanos_of_float(cost)
    except (ValueError, OverflowError):
        wrong("cost", "an amount in USD of zero or more that fits in 64 bits of nanos")
    if values.get("success") not in (0, 1):
        wrong("success", "0 or 1")
    return DeskCall(
        where=where,
        timestamp=text("timestamp"),
        model=text("model"),
        tokens=count("tokens"),
        input_tokens=count("input_tokens") if values.get("input_tokens") is not None else 0,
        output_tokens=count("output_tokens") if values.get("output_tokens") is not None else 0,
        cost=float(cost),
        nanos=nanos,
        left_out=left_out,
        ticker=text("ticker") if values.get("ticker") else None,
        ok=bool(values["success"]),
    )


def _sums(entries: Iterable[tuple[Any, ...]]) -> dict[str, PaidSum]:
    """Name, calls and cost of each entry. What is no sum is left out: sums are only compared with the rows, never imported."""
    sums: dict[str, PaidSum] = {}
    for name, calls, cost in entries:
        if isinstance(name, str) and type(calls) is int and isinstance(cost, (int, float)):
            with suppress(ValueError, OverflowError):
                sums[name] = PaidSum(calls, nanos_of_float(cost)[0])
    return sums


def _is_unicode(text: str) -> bool:
    """Whether the text can be stored: JSON can hold halves of surrogate pairs."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number")


def keyed(calls: tuple[DeskCall, ...]) -> Iterator[tuple[str, DeskCall]]:
    """Each call with its key; calls that are equal to the last digit are numbered.

    The tracker copied the rows of usage.json into its first usage.db and renamed the former to .migrated: by these keys
    such a row is one call in both files.
    """
    seen: dict[str, int] = {}
    for call in calls:
        key = call.key
        times = seen[key] = seen.get(key, 0) + 1
        yield (key if times == 1 else f"{key} {times}"), call
