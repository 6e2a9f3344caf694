"""Ticks fall on round local times and on round amounts."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from gui.snapshots import NOW

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import AmountAxis, AxisUnit, Measure, amount_label, round_step, time_label, time_ticks

ZURICH = ZoneInfo("Europe/Zurich")


def labels(start: datetime, end: datetime, at_most: int = 8) -> list[str]:
    (spacing, ticks), *_ = time_ticks(start.timestamp(), end.timestamp(), at_most, ZURICH)
    assert all(start.timestamp() <= tick <= end.timestamp() for tick in ticks)
    assert all(first < second for first, second in pairwise(ticks))
    return [time_label(tick, spacing, ZURICH) for tick in ticks]


def local(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZURICH)  # type: ignore[arg-type,misc]


def test_that_an_hour_has_ticks_every_ten_minutes() -> None:
    assert labels(local(2026, 3, 12, 14, 20), local(2026, 3, 12, 15, 20)) == [
        "14:20", "14:30", "14:40", "14:50", "15:00", "15:10", "15:20",
    ]  # fmt: skip


def test_that_a_day_has_its_date_at_midnight() -> None:
    assert labels(local(2026, 3, 12), local(2026, 3, 13)) == [
        "Thu 12",
        "03:00",
        "06:00",
        "09:00",
        "12:00",
        "15:00",
        "18:00",
        "21:00",
        "Fri 13",
    ]


def test_that_a_month_has_dates() -> None:
    assert labels(local(2026, 3, 1), local(2026, 4, 1), 5) == ["1 Mar", "8 Mar", "15 Mar", "22 Mar", "29 Mar"]


def test_that_years_have_months() -> None:
    assert labels(local(2025, 6, 5), local(2026, 3, 1), 5)[:3] == ["Jul", "Sep", "Nov"]
    assert "Jan 2026" in labels(local(2025, 6, 5), local(2026, 6, 1), 12)


@pytest.mark.parametrize(("day", "month"), [(29, 3), (25, 10)])
def test_that_ticks_stay_on_the_local_clock_when_it_is_moved(day: int, month: int) -> None:
    shown = labels(local(2026, month, day), local(2026, month, day, 23, 59), 9)
    assert [label for label in shown if label.endswith(":00")][-4:] == ["12:00", "15:00", "18:00", "21:00"]


@pytest.mark.parametrize("span", [1, 60, 3600, 86400, 30 * 86400, 900 * 86400, 20_000 * 86400])
def test_that_every_span_has_a_readable_number_of_ticks(span: int) -> None:
    end = NOW / 1000
    (_, ticks), *_ = time_ticks(end - span, end, 8, ZURICH)
    assert len(ticks) <= 10


def test_that_senseless_ranges_have_no_ticks() -> None:
    assert time_ticks(5.0, 5.0, 8, ZURICH) == []
    assert time_ticks(float("nan"), 5.0, 8, ZURICH) == []
    assert time_ticks(0.0, 1e12, 8, ZURICH) == []


@pytest.mark.parametrize(
    ("value", "spacing", "unit", "label"),
    [
        (0.5, 0.25, Unit.USD, "$0.50"),
        (5.0, 1.0, Unit.USD, "$5"),
        (0.025, 0.025, Unit.USD, "$0.025"),
        (0.0, 0.025, Unit.USD, "$0"),
        (-1.5, 0.5, Unit.USD, "-$1.50"),
        (2000.0, 500.0, Unit.CALLS, "2,000"),
        (1_500_000.0, 500_000.0, Unit.TOKENS, "1.5M"),
        (50.0, 25.0, Measure.SHARE, "50%"),
        (0.25, 0.05, Measure.SECONDS, "250 ms"),
        (1.5, 0.5, Measure.SECONDS, "1.5 s"),
        (0.5, 0.25, Measure.CALLS_A_MINUTE, "0.50"),
        (1200.0, 200.0, Measure.CALLS_A_MINUTE, "1,200"),
    ],
)  # fmt: skip
def test_that_amounts_have_as_many_digits_as_the_spacing_needs(
    value: float, spacing: float, unit: AxisUnit, label: str
) -> None:
    assert amount_label(value, spacing, unit) == label


def test_that_counts_step_by_whole_numbers() -> None:
    assert round_step(2.2) == 2.5
    assert round_step(2.2, whole=True) == 5
    assert round_step(1.0, whole=True) == 1
    assert round_step(0.0) == 1.0


def test_that_an_axis_can_count_down_from_the_limit(qapp: object) -> None:
    axis = AmountAxis()
    axis.set_unit(Unit.CALLS)
    axis.count_from(23.0)
    ((spacing, places),) = axis.tickValues(24.0, -1.0, 110)
    assert axis.tickStrings(places, 1.0, spacing) == ["0", "10", "20"]
    assert places == [23.0, 13.0, 3.0]
