"""Snapshots again and again: their names by time, and which of the old ones go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime

_NAME = re.compile(r"budgetmon-\d{8}T\d{6}Z(\.\w+)?", re.ASCII)


def name_at(at: int, ending: str) -> str:
    """The name of the snapshot made at ``at`` (UTC milliseconds): in order of time when sorted."""
    return f"budgetmon-{datetime.fromtimestamp(at // 1000, UTC):%Y%m%dT%H%M%SZ}{ending}"


def outdated(names: Iterable[str], ending: str, keep: int) -> list[str]:
    """Those of the snapshots among ``names`` with this ending that are older than the newest ``keep``. Other names never go."""
    ours = sorted(name for name in names if _NAME.fullmatch(name) and name.partition("Z")[2] == ending)
    return ours[: max(0, len(ours) - keep)]
