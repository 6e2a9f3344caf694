"""Limits, shares and durations as people write them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from budgetmon.core.config.quantities import parse_count, parse_duration, parse_limit, parse_per_million, parse_share
from budgetmon.core.rules.budgets import Unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4.98 USD", (4_980_000_000, Unit.USD)),
        ("4.98 usd", (4_980_000_000, Unit.USD)),
        ("$4.98", (4_980_000_000, Unit.USD)),
        ("$4.98 USD", (4_980_000_000, Unit.USD)),
        ("0 USD", (0, Unit.USD)),
        ("25 calls", (25, Unit.CALLS)),
        ("1 call", (1, Unit.CALLS)),
        ("2_000_000 tokens", (2_000_000, Unit.TOKENS)),
        ("2,000,000 Tokens", (2_000_000, Unit.TOKENS)),
        ("0 calls", (0, Unit.CALLS)),
    ],
)
def test_that_limits_are_read_with_their_unit(text: str, expected: tuple[int, Unit]) -> None:
    assert parse_limit(text) == expected


@pytest.mark.parametrize(
    "text", ["", "5", "4.98", "USD", "5 rows", "calls", "x USD", "1.5 tokens", "-1 calls", "٣ calls", "inf USD"]
)
def test_that_a_limit_without_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        parse_limit(text)


@pytest.mark.parametrize(("text", "share"), [("1%", 1), ("80%", 80), ("100%", 100), ("80", 80), ("80 %", 80)])
def test_that_shares_are_whole_percentages(text: str, share: int) -> None:
    assert parse_share(text) == share


@pytest.mark.parametrize("text", ["0%", "101%", "-5%", "0.8", "12.5%", "%", "", "eighty"])
def test_that_other_shares_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="from 1% to 100%"):
        parse_share(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15m", timedelta(minutes=15)),
        ("90 s", timedelta(seconds=90)),
        ("1.5h", timedelta(minutes=90)),
        ("250ms", timedelta(milliseconds=250)),
        ("2d", timedelta(days=2)),
        ("1W", timedelta(weeks=1)),
    ],
)
def test_that_durations_are_read(text: str, expected: timedelta) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize("text", ["", "15", "m", "-1m", "0s", "1y", "1m30s", "nan s", "1e3s"])
def test_that_other_durations_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected a duration"):
        parse_duration(text)


def test_that_a_duration_beyond_all_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a duration"):
        parse_duration("9" * 30 + "w")


def test_that_counts_are_whole_and_positive() -> None:
    assert parse_count("1") == 1
    for text in ("0", "-1", "1.0", "", "one", "²"):
        with pytest.raises(ValueError, match="whole number of one or more"):
            parse_count(text)


def test_that_prices_per_million_are_exact() -> None:
    assert parse_per_million("0.075") == 75_000_000
    assert parse_per_million("0.000000001") == 1
    with pytest.raises(ValueError, match="finer"):
        parse_per_million("0.0000000001")
