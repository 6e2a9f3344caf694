"""Numbers, money and times as people read them."""

import pytest
from gui.snapshots import NOW
from PySide6.QtCore import QLocale

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.gui.state import formatting

ZONE = "Europe/Zurich"
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (0, "0 s"),
        (-5, "0 s"),
        (45_000, "45 s"),
        (4 * MINUTE, "4 min"),
        (9 * HOUR + 12 * MINUTE, "9 h 12 min"),
        (9 * HOUR, "9 h"),
        (3 * DAY + 4 * HOUR, "3 d 4 h"),
        (3 * DAY, "3 d"),
        (40 * DAY + 5 * HOUR, "40 d"),
    ],
)
def test_that_durations_show_their_two_largest_units(milliseconds: int, words: str) -> None:
    assert formatting.duration(milliseconds) == words


@pytest.mark.parametrize(
    ("share", "words"), [(0, "0%"), (0.004, "<1%"), (0.63, "63%"), (0.999, "99%"), (1, "100%"), (1.204, "120%")]
)
def test_that_percent_says_100_only_when_all_is_used(share: float, words: str) -> None:
    assert formatting.percent(share) == words


def test_that_money_takes_the_separators_of_the_locale() -> None:
    assert formatting.money(1_234_500_000_000) == "$1,234.50"
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert formatting.money(1_234_500_000_000) == "$1.234,50"
    assert formatting.count(12_431) == "12.431"


def test_that_the_bare_c_locale_still_groups_digits() -> None:
    QLocale.setDefault(QLocale.c())
    assert formatting.count(12_431) == "12,431"


def test_that_unknown_money_is_an_en_dash_and_never_zero() -> None:
    assert formatting.money_or_nothing(None) == formatting.NOTHING
    assert formatting.money_or_nothing(0) == "$0.00"


@pytest.mark.parametrize(
    ("number", "words"), [(999_999, "999,999"), (1_000_000, "1M"), (1_942_113, "1.94M"), (1_999_999, "1.99M")]
)
def test_that_short_counts_never_claim_more_than_there_is(number: int, words: str) -> None:
    assert formatting.short_count(number) == words


def test_that_amounts_carry_the_unit_of_their_budget() -> None:
    assert formatting.amount_words(Unit.USD, 4_200_000_000) == "$4.20"
    assert formatting.amount_words(Unit.CALLS, 1) == "1 call"
    assert formatting.amount_words(Unit.TOKENS, 25_000) == "25,000 tokens"
    assert formatting.short_amount_words(Unit.TOKENS, 5_000_000) == "5M tokens"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "15:20"),
        (NOW + DAY, "Fri 15:20"),
        (NOW - 2 * DAY, "Tue 15:20"),
        (NOW + 10 * DAY, "22 Mar 15:20"),
        (NOW - 80 * DAY, "22 Dec 2025 15:20"),
        (FAR_FUTURE, "never"),
    ],
)
def test_that_moments_are_as_short_as_they_can_be_told(at: int, words: str) -> None:
    assert formatting.moment(at, ZONE, NOW) == words


def test_that_times_are_shown_in_the_zone_of_the_ledger() -> None:
    assert formatting.stamp(NOW, ZONE, NOW) == "15:20:10"
    assert formatting.stamp(NOW, "America/New_York", NOW) == "10:20:10"
    assert formatting.full_stamp(NOW, ZONE) == "2026-03-12 15:20:10.000 CET"


def test_that_a_zone_that_this_machine_does_not_know_falls_back_to_utc() -> None:
    assert formatting.stamp(NOW, "Mars/Olympus", NOW) == "14:20:10"


@pytest.mark.parametrize(("took", "words"), [(None, formatting.NOTHING), (840, "840 ms"), (2400, "2.4 s"), (185_000, "3 min")])
def test_that_how_long_a_call_took_has_one_unit(took: int | None, words: str) -> None:
    assert formatting.took(took) == words


@pytest.mark.parametrize(("seconds", "words"), [(0.4, "just now"), (12, "12 s ago"), (200, "3 min ago"), (90_000, "1 d ago")])
def test_that_ages_are_told_in_one_unit(seconds: float, words: str) -> None:
    assert formatting.age(seconds) == words


def test_that_brief_money_has_two_digits_and_never_turns_to_nothing() -> None:
    assert [formatting.brief_money(each) for each in (27_160_000, 3_084_000, 7, 999_000_000, 1_234_000_000, 0)] == [
        "$0.027",
        "$0.0031",
        "$0.000000007",
        "$1.00",
        "$1.23",
        "$0.00",
    ]
