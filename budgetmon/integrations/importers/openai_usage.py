"""OpenAI's usage export: buckets of a day, as CSV or as the pages of its API. One row stands for all requests of its group.

``input_tokens`` includes the cached ones. A row without requests is a day without use. A day that is not over yet would be
imported with too little and never again: it is left for later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers.fields import count, instant, nanos, objects, optional_text, text
from budgetmon.integrations.importers.records import Reading, Record, Unread
from budgetmon.integrations.importers.source_files import Row, SourceFile

KIND = "openai-usage"
_PROVIDER = "openai"
_UTC = ZoneInfo("UTC")
_DAY = 24 * 3_600_000
# What tells one row of a bucket from another.
_GROUPS = ("project_id", "user_id", "api_key_id", "model", "batch", "service_tier")


def read(file: SourceFile, reading: Reading) -> Iterator[Record | Unread]:
    """The buckets of one export, whole days only."""
    for number, row in _rows(file):
        try:
            if isinstance(row, str):
                raise ValueError(row)
            record = _record(row, reading.now)
        except ValueError as error:
            yield Unread(file.where(number), str(error))
            continue
        if record is not None:
            yield record


def _rows(file: SourceFile) -> Iterator[tuple[int, Row | str]]:
    """Rows of a CSV; for pages of the API, the results in their buckets."""
    number = 0
    for place, row in file.rows():
        buckets = row.get("data") if isinstance(row, dict) and row.get("object") == "page" else None
        if buckets is None and isinstance(row, dict) and row.get("object") == "bucket":
            buckets = [row]
        if buckets is None:
            yield place, row
            continue
        for bucket in objects(buckets):
            for result in objects(bucket.get("results")):
                number += 1
                yield number, {**result, "start_time": bucket.get("start_time"), "end_time": bucket.get("end_time")}


def _record(row: Row, now: int) -> Record | None:
    requests = count(row.get("num_model_requests"), "num_model_requests")
    if not requests:
        return None
    start = instant(row.get("start_time"), _UTC, "start_time")
    end = instant(row["end_time"], _UTC, "end_time") if row.get("end_time") not in (None, "") else start + _DAY
    if end > now:
        raise ValueError("this day is not over yet: import it later")
    cached = count(row.get("input_cached_tokens"), "input_cached_tokens")
    return Record(
        key=_key(row, start),
        at=start,
        model=text(row.get("model"), "model"),
        usage=Usage(
            input_tokens=max(0, count(row.get("input_tokens"), "input_tokens") - cached),
            output_tokens=count(row.get("output_tokens"), "output_tokens"),
            cached_input_tokens=cached,
            calls=requests,
        ),
        provider=_PROVIDER,
        tag=optional_text(row.get("project_id")),
        cost=nanos(row.get("amount_value"), "amount_value"),
    )


def _key(row: Row, start: int) -> str:
    group = json.dumps([start, *(optional_text(row.get(name)) for name in _GROUPS)])
    return hashlib.sha256(group.encode()).hexdigest()[:32]
