"""Times on the command line: ISO 8601, in the ledger's own zone unless they name one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import typer

_EPOCH = datetime.fromtimestamp(0, UTC)


def milliseconds(text: str | None, zone: str) -> int | None:
    """UTC milliseconds of ``text``; None for None. Raises typer.BadParameter."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"expected a date or time such as 2026-03-01 or 2026-03-01T09:30, not {text!r}") from None
    if at.tzinfo is None:
        at = at.replace(tzinfo=ZoneInfo(zone))
    return (at - _EPOCH) // timedelta(milliseconds=1)
