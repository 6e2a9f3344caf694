"""Reading a text as an importer does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from budgetmon.integrations.importers.records import Importer, Reading, Record, Unread
from budgetmon.integrations.importers.source_files import SourceFile

NOW = 1_800_000_000_000  # 2027-01-15


def read(importer: Importer, path: Path, content: str | bytes | None = None, *, zone: str = "UTC", **columns: str) -> list[Any]:
    """What ``importer`` makes of ``content``, written to ``path`` first if it is given."""
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(importer(SourceFile(path), Reading(ZoneInfo(zone), NOW, columns)))


def lines(*objects: object) -> str:
    """JSON lines."""
    return "".join(json.dumps(each) + "\n" for each in objects)


def records(found: list[Any]) -> list[Record]:
    """What was read; nothing may have been unreadable."""
    assert not [each for each in found if isinstance(each, Unread)]
    return found


def sums(found: list[Any]) -> tuple[int, int, int, int, int]:
    """Input, output, cache write, cache read tokens, and cost in nanos."""
    usages = [record.usage for record in records(found)]
    return (
        sum(usage.input_tokens for usage in usages),
        sum(usage.output_tokens for usage in usages),
        sum(usage.cache_write_tokens for usage in usages),
        sum(usage.cached_input_tokens for usage in usages),
        sum(record.cost or 0 for record in found),
    )
