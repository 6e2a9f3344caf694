"""LiteLLM's spend log: its table as CSV, JSON or JSON lines. One row is one call, with what LiteLLM says that it cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers.fields import count, instant, nanos, optional_text, text
from budgetmon.integrations.importers.records import Reading, Record, Unread
from budgetmon.integrations.importers.source_files import SourceFile

KIND = "litellm"
# The table's times name no zone and are UTC.
_UTC = ZoneInfo("UTC")


def read(file: SourceFile, _reading: Reading) -> Iterator[Record | Unread]:
    """The calls of one table."""
    for number, row in file.rows():
        try:
            if isinstance(row, str):
                raise ValueError(row)
            yield _record(row)
        except ValueError as error:
            yield Unread(file.where(number), str(error))


def _record(row: dict[str, Any]) -> Record:
    provider = optional_text(row.get("custom_llm_provider"))
    model = text(row.get("model"), "model")
    if provider:
        model = model.removeprefix(f"{provider}/")
    return Record(
        key=text(row.get("request_id"), "request_id"),
        at=instant(row.get("startTime"), _UTC, "startTime"),
        model=model,
        usage=Usage(
            input_tokens=count(row.get("prompt_tokens"), "prompt_tokens"),
            output_tokens=count(row.get("completion_tokens"), "completion_tokens"),
        ),
        provider=provider,
        tag=optional_text(row.get("end_user")),
        cost=nanos(row.get("spend"), "spend"),
        ok=row.get("status") in (None, "", "success"),
    )
