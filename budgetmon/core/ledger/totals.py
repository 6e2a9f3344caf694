"""Sums out of the rollups: over all time, a range, or local days. Reads only, inside the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import apsw

from budgetmon.core.ledger.cache_rollups import PROVIDER_COLUMNS
from budgetmon.core.ledger.schema import ALL_TIME
from budgetmon.core.ledger.values import ProviderCounts
from budgetmon.core.rules.periods import to_utc

HOUR = 3_600_000
MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over calls. ``cost`` is nanos and covers calls with a known price; ``input_tokens`` covers every kind of input."""

    calls: int = 0
    failed: int = 0
    refused: int = 0
    unpriced: int = 0
    cost: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def ok(self) -> int:
        """Calls that succeeded."""
        return self.calls - self.failed

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            self.calls + other.calls,
            self.failed + other.failed,
            self.refused + other.refused,
            self.unpriced + other.unpriced,
            self.cost + other.cost,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
        )


_SELECT = (
    "sum(calls), sum(failed), sum(refused), sum(unpriced), sum(cost), sum(input + cached_input + cache_write), sum(output)"
)


def by_model(db: apsw.Connection, since: int | None = None, until: int | None = None) -> dict[tuple[str, str], Sums]:
    """Sums per (provider, model), over all time or over ``[since, until)`` in UTC milliseconds.

    A range is cut at whole minutes: its ends are rounded down.
    """
    if since is None and until is None:
        rows: list[tuple[Any, ...]] = db.execute(
            f"SELECT provider, name, {_SELECT} FROM rollup JOIN model ON model.id = rollup.model"
            " WHERE span = ? GROUP BY model.id ORDER BY provider, name",
            (ALL_TIME,),
        ).fetchall()
        return {(provider, name): Sums(*sums) for provider, name, *sums in rows}
    totals: dict[tuple[str, str], Sums] = defaultdict(Sums)
    for span, start, end in _pieces(since, until):
        rows = db.execute(
            f"SELECT provider, name, {_SELECT} FROM rollup JOIN model ON model.id = rollup.model"
            " WHERE span = ? AND start >= ? AND start < ? GROUP BY model.id ORDER BY provider, name",
            (span, start, end),
        ).fetchall()
        for provider, name, *sums in rows:
            totals[provider, name] += Sums(*sums)
    return dict(totals)


def by_provider(models: Iterable[tuple[tuple[str, str], Sums]]) -> dict[str, Sums]:
    """Sums per provider, from sums per model."""
    totals: dict[str, Sums] = defaultdict(Sums)
    for (provider, _), sums in models:
        totals[provider] += sums
    return dict(totals)


def by_provider_of_caches(db: apsw.Connection, since: int | None = None, until: int | None = None) -> dict[str, ProviderCounts]:
    """What all caches counted per provider, over all time or over the same range as ``by_model``."""
    pieces = [(ALL_TIME, 0, 1)] if since is None and until is None else _pieces(since, until)
    totals: dict[str, ProviderCounts] = {}
    for piece in pieces:
        rows: list[tuple[Any, ...]] = db.execute(
            f"SELECT provider, {', '.join(f'sum({column})' for column in PROVIDER_COLUMNS)} FROM cache_provider_rollup"
            " WHERE span = ? AND start >= ? AND start < ? GROUP BY provider",
            piece,
        ).fetchall()
        for provider, *counts in rows:
            totals[provider] = totals.get(provider, ProviderCounts(provider)) + ProviderCounts(provider, *counts)
    return totals


def by_day(db: apsw.Connection, zone: str) -> dict[date, Sums]:
    """Sums per local day of the IANA zone, oldest first; days without calls are left out.

    Whole hours are read where days of the zone begin on the hour in UTC, minutes where they do not.
    """
    tz = ZoneInfo(zone)
    days: dict[date, Sums] = defaultdict(Sums)
    rows: list[tuple[Any, ...]] = db.execute(
        f"SELECT start, {_SELECT} FROM rollup WHERE span = ? GROUP BY start ORDER BY start", (HOUR,)
    ).fetchall()
    for start, *sums in rows:
        if _within_one_day(start, tz):
            days[_day(start, tz)] += Sums(*sums)
            continue
        minutes: list[tuple[Any, ...]] = db.execute(
            f"SELECT start, {_SELECT} FROM rollup WHERE span = ? AND start >= ? AND start < ? GROUP BY start",
            (MINUTE, start, start + HOUR),
        ).fetchall()
        for minute, *parts in minutes:
            days[_day(minute, tz)] += Sums(*parts)
    return dict(days)


def _pieces(since: int | None, until: int | None) -> list[tuple[int, int, int]]:
    """The range as stretches of whole hours and, at its ends, whole minutes: ``(span, start, end)``."""
    end_of_time = 2**62
    start = 0 if since is None else since - since % MINUTE
    end = end_of_time if until is None else until - until % MINUTE
    first_hour = -(-start // HOUR) * HOUR
    last_hour = end // HOUR * HOUR
    if first_hour >= last_hour:
        return [(MINUTE, start, end)]
    return [(MINUTE, start, first_hour), (HOUR, first_hour, last_hour), (MINUTE, last_hour, end)]


def _day(at: int, tz: ZoneInfo) -> date:
    return to_utc(at).astimezone(tz).date()


def _within_one_day(hour: int, tz: ZoneInfo) -> bool:
    return _day(hour, tz) == _day(hour + HOUR - 1, tz)
