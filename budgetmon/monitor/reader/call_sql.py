"""The calls of an export in SQL: as raw values, and as the very lines of a file, which SQLite makes faster than Python."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.export.cells import Kind
from budgetmon.monitor.export.source import CALL_COLUMNS

FROM = (
    "FROM call JOIN model ON model.id = call.model LEFT JOIN tag ON tag.id = call.tag LEFT JOIN run ON run.id = call.run"
    " LEFT JOIN source ON source.id = call.source"
)
_STATES = " ".join(f"WHEN {int(state)} THEN '{state.word}'" for state in CallState)
_VALUES = {
    "id": "call.id",
    "at": "call.at",
    "took_ms": "call.took",
    "state": f"CASE call.state {_STATES} END",
    "ok": "call.ok",
    "provider": "model.provider",
    "model": "model.name",
    "tag": "tag.name",
    "run": "run.name",
    "worker": "call.worker",
    "input_tokens": "call.input",
    "output_tokens": "call.output",
    "cached_input_tokens": "call.cached_input",
    "cache_write_tokens": "call.cache_write",
    "calls": "call.calls",
    "credits": "call.credits",
    "hold": "call.hold",
    "cost": "call.cost",
    "overrun": "CASE WHEN call.hold > 0 AND call.cost > call.hold THEN call.cost - call.hold ELSE 0 END",
    "source": "source.kind",
}
# Text that a person or another program chose, and that a spreadsheet might take for a formula.
_NAMES = ("provider", "model", "tag", "run", "source")
_FORMULA_STARTS = "'=', '+', '-', '@', char(9), char(13)"
_NEEDS_QUOTES = "'*[\",' || char(10) || char(13) || ']*'"
_DAY = timedelta(days=1)


def raw_columns(local: str) -> str:
    """The columns as raw values; ``local`` is the expression of ``at_local``."""
    return ", ".join(_value(name, local) for name in CALL_COLUMNS)


def csv_line(local: str) -> str:
    """A call as the line of a CSV file, without its end: an expression."""
    return " || ',' || ".join(_csv_field(name, kind, _value(name, local)) for name, kind in CALL_COLUMNS.items())


def json_object(local: str) -> str:
    """A call as a JSON object: an expression."""
    pairs = (f"'{name}', {_json_value(kind, _value(name, local))}" for name, kind in CALL_COLUMNS.items())
    return f"json_object({', '.join(pairs)})"


def local_time(zone: str, since: int, until: int) -> str:
    """``call.at`` as ISO 8601 in ``zone``, for calls made in the range: an expression that knows its changes of offset."""
    changes = offsets(zone, since, until)
    minutes = str(changes[0][1])
    if len(changes) > 1:
        later = " ".join(f"WHEN call.at >= {start} THEN {offset}" for start, offset in reversed(changes[1:]))
        minutes = f"CASE {later} ELSE {changes[0][1]} END"
    suffix = f"printf('%s%02d:%02d', iif(({minutes}) < 0, '-', '+'), abs({minutes}) / 60, abs({minutes}) % 60)"
    seconds = f"call.at / 1000 + ({minutes}) * 60"
    return f"strftime('%Y-%m-%dT%H:%M:%S', {seconds}, 'unixepoch') || printf('.%03d', call.at % 1000) || {suffix}"


def offsets(zone: str, since: int, until: int) -> list[tuple[int, int]]:
    """From when on which offset holds in ``zone``, in UTC milliseconds and whole minutes, over ``[since, until]``.

    Found by looking at each day, and then by halving: zones change at most once in a day.
    """
    tz = ZoneInfo(zone)
    found = [(since, _minutes(tz, since))]
    day = _DAY // timedelta(milliseconds=1)
    before = since
    while before < until:
        after = min(before + day, until)
        if _minutes(tz, after) != found[-1][1]:
            low, high = before, after
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if _minutes(tz, middle) == found[-1][1] else (low, middle)
            found.append((high, _minutes(tz, high)))
        before = after
    return found


def _minutes(tz: ZoneInfo, at: int) -> int:
    offset = datetime.fromtimestamp(at / 1000, UTC).astimezone(tz).utcoffset()
    assert offset is not None
    return offset // timedelta(minutes=1)


def _value(name: str, local: str) -> str:
    return local if name == "at_local" else _VALUES[name]


def _csv_field(name: str, kind: Kind, value: str) -> str:
    if name not in _NAMES:
        return f"ifnull({_text(kind, value)}, '')"
    safe = f"iif(substr({value}, 1, 1) IN ({_FORMULA_STARTS}), char(39), '') || {value}"
    quoted = f"'\"' || replace({safe}, '\"', '\"\"') || '\"'"
    return f"ifnull(iif({value} GLOB {_NEEDS_QUOTES}, {quoted}, {safe}), '')"


def _json_value(kind: Kind, value: str) -> str:
    return f"json(iif({value}, 'true', 'false'))" if kind is Kind.TRUTH else _text(kind, value)


def _text(kind: Kind, value: str) -> str:
    match kind:
        case Kind.USD:
            whole, rest = f"({value}) / 1000000000", f"({value}) % 1000000000"
            digits = f"rtrim(printf('%d.%09d', {whole}, {rest}), '0')"
            return f"CASE WHEN ({value}) IS NULL THEN NULL WHEN {rest} = 0 THEN printf('%d', {whole}) ELSE {digits} END"
        case Kind.MOMENT:
            return f"strftime('%Y-%m-%dT%H:%M:%S', {value} / 1000, 'unixepoch') || printf('.%03dZ', {value} % 1000)"
        case Kind.TRUTH:
            return f"iif({value}, 'true', 'false')"
        case _:
            return value


def condition(table: str, since: int | None, until: int | None, providers: Sequence[str]) -> tuple[str, tuple[object, ...]]:
    """What is chosen of ``table``, call or refusal, joined with its model."""
    parts, values = ["1"], list[object]()
    for comparison, at in ((">=", since), ("<", until)):
        if at is not None:
            parts.append(f"{table}.at {comparison} ?")
            values.append(at)
    if providers:
        parts.append(f"model.provider IN ({', '.join('?' * len(providers))})")
        values += providers
    return " AND ".join(parts), tuple(values)
