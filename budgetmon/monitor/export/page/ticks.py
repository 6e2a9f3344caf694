"""Where the axes of a chart have their marks, and what stands at them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import NANOS_PER_USD, display_usd

_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720)
_DAYS = (1, 2, 7, 14, 30, 91, 182, 365, 730, 1_825, 3_650, 7_300)
_MOST = 7
_LETTERS = ((10**12, "T"), (10**9, "G"), (10**6, "M"))


def amount_ticks(most: int, unit: Unit) -> tuple[tuple[int, str], ...]:
    """Round amounts from 0 up to the first that is not below ``most``, at most five steps; ``most`` is at least 1."""
    step = next(size for size in _round_numbers() if size * 5 >= most)
    steps = -(-most // step)
    return tuple((step * place, _words(unit, step * place)) for place in range(steps + 1))


def time_ticks(since: int, until: int, zone: ZoneInfo) -> list[tuple[int, str]]:
    """Instants in ``[since, until]`` (UTC milliseconds) at round times in ``zone``, some seven at most."""
    minutes = (until - since) / 60_000
    for step in _MINUTES:
        if minutes / step <= _MOST:
            return [(at, _local(at, zone).strftime("%H:%M")) for at in _times(since, until, step, zone)]
    days = next((step for step in _DAYS if minutes / 1_440 / step <= _MOST), _DAYS[-1])
    style = "%d %b" if days < 91 else "%b %Y" if days < 365 else "%Y"
    return [(at, _local(at, zone).strftime(style)) for at in _midnights(since, until, days, zone)]


def _round_numbers() -> Iterator[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _words(unit: Unit, value: int) -> str:
    """Short enough for the room beside the axis."""
    sign, one = ("$", NANOS_PER_USD) if unit is Unit.USD else ("", 1)
    for size, letter in _LETTERS:
        if value >= size * one:
            return f"{sign}{value / (size * one):g}{letter}"
    return display_usd(value) if unit is Unit.USD else f"{value:,}"


def _local(at: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)


def _times(since: int, until: int, minutes: int, zone: ZoneInfo) -> Iterator[int]:
    """Every so many minutes by the clock on the wall, from midnight on."""
    wall = datetime.combine(_local(since, zone).date(), time())
    while (at := _instant(wall, zone)) <= until:
        if at >= since:
            yield at
        wall += timedelta(minutes=minutes)


def _midnights(since: int, until: int, days: int, zone: ZoneInfo) -> Iterator[int]:
    wall = datetime.combine(_local(since, zone).date(), time()) + timedelta(days=1)
    while (at := _instant(wall, zone)) <= until:
        yield at
        wall += timedelta(days=days)


def _instant(wall: datetime, zone: ZoneInfo) -> int:
    return (wall.replace(tzinfo=zone) - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1)
