"""The page of an export: marks at round places, charts that add up, names that cannot deceive."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import NANOS_PER_USD
from budgetmon.monitor.export.page import words
from budgetmon.monitor.export.page.stacked_bars import MOST_BARS, consumption_charts
from budgetmon.monitor.export.page.ticks import amount_ticks, time_ticks
from budgetmon.monitor.snapshot import Buckets

NEW_YORK = ZoneInfo("America/New_York")
HOUR = 3_600_000


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=NEW_YORK).timestamp() * 1000)


@pytest.mark.parametrize("most", [1, 3, 7, 25, 999, 4_980_000_000, 10**15])
def test_that_marks_of_amounts_are_few_and_reach_the_top(most: int) -> None:
    values = [value for value, _ in amount_ticks(most, Unit.CALLS)]
    assert values[0] == 0
    assert len(values) <= 6
    assert values[-2] < most <= values[-1]


def test_that_marks_of_money_say_so() -> None:
    assert amount_ticks(4 * NANOS_PER_USD, Unit.USD)[-1] == (4 * NANOS_PER_USD, "$4.00")
    assert amount_ticks(10**9 * NANOS_PER_USD, Unit.USD)[-1] == (10**9 * NANOS_PER_USD, "$1G")


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2026-03-07T09:58", "2026-03-07T10:07", "09:58", "10:06"),
        ("2026-03-08T00:00", "2026-03-09T00:00", "00:00", "00:00"),  # 23 hours
        ("2026-03-01T00:00", "2026-04-01T00:00", "02 Mar", "30 Mar"),
        ("2020-01-01T00:00", "2026-01-01T00:00", "2020", "2025"),
    ],
)
def test_that_marks_of_time_are_few_and_round_in_the_zone(since: str, until: str, first: str, last: str) -> None:
    marks = time_ticks(at(since), at(until), NEW_YORK)
    assert (marks[0][1], marks[-1][1]) == (first, last)
    assert 2 <= len(marks) <= 8
    assert all(at(since) <= instant <= at(until) for instant, _ in marks)


def test_that_many_providers_and_buckets_become_few_bars_that_still_add_up() -> None:
    starts = tuple(place * HOUR for place in range(250))
    calls = {f"provider {number}": (number + 1,) * 250 for number in range(12)}
    (chart,) = consumption_charts(Buckets(HOUR, starts, calls=calls), NEW_YORK)
    hints = [hint.text or "" for hint in ElementTree.fromstring(chart.svg).iter("{http://www.w3.org/2000/svg}title")]
    counted = [int(found[1].replace(",", "")) for hint in hints if (found := re.search(r": ([\d,]+) calls", hint))]
    assert sum(counted) == 250 * sum(range(1, 13))
    assert len(counted) <= 8 * MOST_BARS
    assert any(hint.startswith("all others") for hint in hints)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("AAPL", "AAPL"),
        (None, words.NOTHING),
        ("a\x00b\x1b[0m", "a\\x00b\\x1b[0m"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        ("x" * 1_000_000, "x" * 80 + "… (1,000,000 characters)"),
    ],
)
def test_that_a_name_hides_nothing(name: str | None, seen: str) -> None:
    assert words.visible(name) == seen
