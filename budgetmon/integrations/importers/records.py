"""What an importer makes of a source: a record per call, and a remainder for whatever could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

from budgetmon.core.rules.usage import Usage
from budgetmon.integrations.importers.source_files import SourceFile


class Record(NamedTuple):
    """One call as the source tells of it.

    ``key`` tells it from every other call of that tool, in all files. ``at`` is UTC milliseconds. ``provider`` None is left
    to the config and the price list. ``cost`` is nanos; None means that the source names none, so that it is computed.
    """

    key: str
    at: int
    model: str
    usage: Usage
    provider: str | None = None
    tag: str | None = None
    run: str | None = None
    cost: int | None = None
    ok: bool = True


class Unread(NamedTuple):
    """A piece of the source that is no record: ``where`` it stands, and why it cannot be read."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read. ``zone`` is that of times which name none; ``now`` (UTC milliseconds) is when the import began.

    ``columns`` maps our names of columns to those of the file, where they differ.
    """

    zone: ZoneInfo
    now: int
    columns: dict[str, str]


Importer = Callable[[SourceFile, Reading], Iterator[Record | Unread]]
