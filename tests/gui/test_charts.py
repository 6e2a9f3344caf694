"""Charts: what they draw and say, and that redrawing them costs nothing but time."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from gui.snapshots import DAY, HOUR, MINUTE, NOW, ZONE, budget, budgets, empty_snapshot, rich_snapshot, steps
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.budgets import Scope, Unit
from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.gui.charts.buckets import joined, lone_points, rate_line, shown_range, summed
from budgetmon.gui.charts.burn_down import BurnDownChart
from budgetmon.gui.charts.burn_down_shape import burn_down_shape
from budgetmon.gui.charts.burn_down_view import is_late, recent_view
from budgetmon.gui.charts.cache_rates import CacheRatesChart
from budgetmon.gui.charts.consumption import ConsumptionChart
from budgetmon.gui.charts.consumption_shape import Metric
from budgetmon.gui.charts.crosshair import Crosshair
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.monitor.snapshot import Ask, BudgetState, BudgetStatus, Steps

BUDGETS = {each.name: each for each in budgets()}


def shown(chart: ChartFrame, qtbot: QtBot, size: tuple[int, int] = (520, 380)) -> None:
    qtbot.addWidget(chart)
    chart.resize(*size)
    chart.show()


@pytest.fixture
def burn_down(qtbot: QtBot, themer: Themer) -> BurnDownChart:
    chart = BurnDownChart(themer, SeriesLooks())
    shown(chart, qtbot)
    return chart


def words(chart: ChartFrame) -> list[str]:
    return chart.canvas.label_words()


def test_that_the_burn_down_says_what_is_left_when_it_runs_out_and_where_the_limits_are(burn_down: BurnDownChart) -> None:
    burn_down.show_budgets([BUDGETS["perplexity month"]], ZONE, NOW)
    assert {"$1.80 left", "now", "limit $4.98", "runs out 19 Mar 18:45", "50% used", "80% used"} <= set(words(burn_down))


def test_that_a_budget_in_calls_is_counted_in_calls(burn_down: BurnDownChart) -> None:
    burn_down.show_budgets([BUDGETS["alpha vantage day"]], ZONE, NOW)
    assert {"0 calls left", "limit 25 calls"} <= set(words(burn_down))


def test_that_without_a_pace_nothing_is_projected(burn_down: BurnDownChart) -> None:
    burn_down.show_budgets([BUDGETS["AAPL ever"]], ZONE, NOW)
    assert not [each for each in words(burn_down) if each.startswith("runs out")]
    assert burn_down_shape(BUDGETS["AAPL ever"], NOW).projection is None


def test_that_the_tightest_budget_is_shown_first_and_the_choice_is_kept(burn_down: BurnDownChart) -> None:
    both = [BUDGETS["perplexity month"], BUDGETS["sonar-pro day"]]
    burn_down.show_budgets(both, ZONE, NOW)
    assert burn_down.chosen == both[0]
    burn_down.choose("sonar-pro day")
    burn_down.show_budgets(both[::-1], ZONE, NOW)
    assert burn_down.chosen == both[1]
    burn_down.show_budgets(both, ZONE, NOW, keep_choice=False)
    assert burn_down.chosen == both[0]


def test_that_no_budget_shows_words_instead_of_an_empty_plot(burn_down: BurnDownChart) -> None:
    burn_down.show_budgets([], ZONE, NOW)
    assert burn_down.is_empty
    burn_down.show_budgets([BUDGETS["gemini month"]], ZONE, NOW)
    assert not burn_down.is_empty


def calls_budget(window: Window, burned: Steps, spent: int = 0, limit: int = 10) -> BudgetStatus:
    made = budget("b", Scope("p"), Unit.CALLS, limit, "day", window, spent, NOW)
    return replace(made, burn_down=burned)


DAY_WINDOW = Window(NOW - 12 * HOUR, NOW + 12 * HOUR)


@pytest.mark.parametrize(
    "odd",
    [
        calls_budget(DAY_WINDOW, Steps()),
        calls_budget(DAY_WINDOW, Steps((NOW,), (0,))),
        calls_budget(DAY_WINDOW, Steps((NOW - 1,), (10,)), spent=10),
        calls_budget(DAY_WINDOW, Steps((NOW - 5,), (14,)), spent=14),
        calls_budget(DAY_WINDOW, Steps(), limit=0),
        calls_budget(Window(NOW, NOW + DAY), Steps()),
        calls_budget(Window(NOW - DAY, NOW - 5), Steps()),
        calls_budget(Window(0, FAR_FUTURE), Steps()),
        replace(calls_budget(Window(NOW - 5 * HOUR, NOW + MINUTE), steps("r", NOW - HOUR, NOW, 4), spent=4), per="5h rolling"),
        calls_budget(Window(0, FAR_FUTURE), steps("x", NOW - 3 * HOUR, NOW, 4), spent=4),
    ],
    ids=["nothing", "a zero", "at once", "overrun", "no limit", "just begun", "over", "lifetime unused", "rolling", "lifetime"],
)
@pytest.mark.parametrize("recent", [False, True])
def test_that_constant_and_extreme_data_is_drawn(burn_down: BurnDownChart, odd: BudgetStatus, recent: bool) -> None:
    burn_down.show_budgets([odd], ZONE, NOW)
    burn_down._on_recent(recent)
    burn_down.grab()
    (x0, x1), (y0, y1) = burn_down.canvas.getPlotItem().getViewBox().viewRange()
    assert np.isfinite([x0, x1, y0, y1]).all()
    assert x1 > x0
    assert y1 > y0


def test_that_an_overrun_shows_below_zero() -> None:
    shape = burn_down_shape(calls_budget(DAY_WINDOW, Steps((NOW - 5,), (14,)), spent=14), NOW)
    assert shape.bottom == -4


def test_that_steps_hold_until_the_next_instant() -> None:
    shape = burn_down_shape(calls_budget(DAY_WINDOW, Steps((NOW - HOUR, NOW - MINUTE), (2, 5)), spent=5), NOW)
    x, y = shape.corners()
    assert np.diff(x).min() >= 0
    assert list(y) == [10, 10, 8, 8, 5, 5, 5]


def test_that_spending_late_in_a_window_is_looked_at_closely(burn_down: BurnDownChart) -> None:
    late = calls_budget(DAY_WINDOW, steps("late", NOW - 3 * MINUTE, NOW, 6), spent=6)
    shape = burn_down_shape(late, NOW)
    assert is_late(shape)
    assert not is_late(burn_down_shape(BUDGETS["perplexity month"], NOW))
    view = recent_view(shape, 3600.0)
    assert view.start > shape.now - 300
    burn_down.show_budgets([late], ZONE, NOW)
    (x0, _), _ = burn_down.canvas.getPlotItem().getViewBox().viewRange()
    assert x0 == pytest.approx(view.start)


def test_that_a_flat_recent_stretch_is_magnified() -> None:
    shape = burn_down_shape(BUDGETS["perplexity month"], NOW)
    view = recent_view(shape, 6 * 3600.0)
    assert view.high - view.low < shape.limit / 5
    assert view.low < shape.free < view.high


def test_that_every_chart_redraws_in_the_other_theme(qtbot: QtBot, themer: Themer) -> None:
    looks, snapshot = SeriesLooks(), rich_snapshot()
    looks.learn(each.name for each in snapshot.providers)
    burn, bars, rates = BurnDownChart(themer, looks), ConsumptionChart(themer, looks), CacheRatesChart(themer, looks)
    burn.show_budgets(snapshot.budgets, ZONE, NOW)
    bars.show_picture(snapshot, NOW)
    rates.show_picture(snapshot, NOW)
    charts: Sequence[ChartFrame] = (burn, bars, rates)
    for chart in charts:
        shown(chart, qtbot)
    light = [chart.grab().toImage() for chart in charts]
    themer.choose(Scheme.DARK)
    for before, chart in zip(light, charts, strict=True):
        after = chart.grab().toImage()
        assert after.pixelColor(after.width() // 2, 5).name().upper() == themer.tokens.surface
        assert before != after


def test_that_consumption_stacks_to_the_exact_totals(qtbot: QtBot, themer: Themer) -> None:
    chart = ConsumptionChart(themer, SeriesLooks())
    shown(chart, qtbot)
    snapshot = rich_snapshot()
    chart.show_picture(snapshot, NOW)
    for unit, amounts in ((Unit.USD, snapshot.consumption.cost), (Unit.CALLS, snapshot.consumption.calls)):
        chart.show_metric(Metric.COST if unit is Unit.USD else Metric.CALLS)
        assert chart.shape is not None
        for name, values in chart.shape.amounts.items():
            assert sum(values) == sum(amounts[name]) == chart.shape.totals[name]
        assert set(chart.shape.amounts) == {name for name, values in amounts.items() if any(values)}


def test_that_the_readout_names_every_provider_of_a_bar_largest_first(qtbot: QtBot, themer: Themer) -> None:
    chart = ConsumptionChart(themer, SeriesLooks())
    shown(chart, qtbot)
    snapshot = rich_snapshot()
    chart.show_picture(snapshot, NOW)
    cost = snapshot.consumption.cost
    busiest = max(range(60), key=lambda number: sum(values[number] for values in cost.values()))
    first, *lines = chart.lines_at(snapshot.consumption.starts[busiest] / 1000 + 1)
    assert " to " in first
    by_size = sorted((values[busiest], name) for name, values in cost.items() if values[busiest])[::-1]
    assert [line.split()[0] for line in lines] == [name for _, name in by_size]
    assert list(chart.lines_at((NOW - 90 * DAY) / 1000)) == []


def test_that_nothing_in_the_span_is_words_and_no_zero_line(qtbot: QtBot, themer: Themer) -> None:
    bars, rates = ConsumptionChart(themer, SeriesLooks()), CacheRatesChart(themer, SeriesLooks())
    for chart in (bars, rates):
        shown(chart, qtbot)
        chart.show_picture(empty_snapshot(), NOW)
        assert chart.is_empty
        chart.show_picture(rich_snapshot(), NOW)
        assert not chart.is_empty


def test_that_hit_rates_have_gaps_where_nothing_was_looked_up() -> None:
    at, rates, lookups = rate_line((0, 60, 120, 300, 360), (1, 3, 0, 1, 4), (1, 1, 0, 0, 0), 60, (0, 420), 120)
    assert lookups == 11
    assert [None if np.isnan(rate) else round(rate) for rate in rates] == [50, 75, None, 100, 100]
    assert at[0] == 0.03


def test_that_a_lone_point_is_marked() -> None:
    gap = float("nan")
    assert list(lone_points(np.array([50.0, gap, 60.0, 70.0, gap, 80.0]))) == [True, False, False, False, False, True]


def test_that_joined_buckets_keep_their_sum_and_cover_the_same_time() -> None:
    starts, width, factor = joined(range(0, 1000, 10), 10, 72)
    assert (factor, width, starts[:2]) == (2, 20, [0, 20])
    assert summed([1] * 100, factor) == [2] * 50


def test_that_a_ledger_younger_than_the_span_is_shown_from_its_beginning() -> None:
    old = rich_snapshot(ask=Ask(span=timedelta(hours=6)))
    start, end = shown_range(old, NOW)
    assert end - start >= 6 * HOUR
    brought_in = replace(old, ledger=replace(old.ledger, created_at=NOW - HOUR))
    assert shown_range(brought_in, NOW)[0] <= old.consumption.starts[1], "calls from before it was created"
    young = replace(brought_in, consumption=replace(old.consumption, calls={}, refused={}))
    start, _ = shown_range(young, NOW)
    assert NOW - HOUR - old.consumption.width <= start <= NOW - HOUR


def test_that_the_mouse_gets_a_readout_and_leaving_takes_it_away(burn_down: BurnDownChart) -> None:
    burn_down.show_budgets([BUDGETS["perplexity month"]], ZONE, NOW)
    burn_down.grab()
    cross = Crosshair([burn_down], burn_down)
    box = burn_down.canvas.getPlotItem().getViewBox().sceneBoundingRect()
    burn_down.canvas._on_mouse(QPointF(box.left() + box.width() * 0.2, box.center().y()))
    readout = burn_down.canvas._readout
    assert readout.isVisible()
    assert "left" in readout.text()
    assert "even pace" in readout.text()
    burn_down.canvas._on_mouse(QPointF(-50, -50))
    assert not readout.isVisible()
    cross.deleteLater()


def test_that_a_chart_is_copied_and_saved_as_an_image(burn_down: BurnDownChart, qtbot: QtBot, tmp_path: Path) -> None:
    burn_down.show_budgets([BUDGETS["perplexity month"]], ZONE, NOW)
    burn_down.copy_image()
    assert QGuiApplication.clipboard().image().width() == 520
    with qtbot.waitSignal(burn_down.saved):
        burn_down.save_to(str(tmp_path / "chart.png"))
    assert QImage(str(tmp_path / "chart.png")).width() == 520
    with qtbot.waitSignal(burn_down.save_failed):
        burn_down.save_to(str(tmp_path / "absent" / "chart.png"))


def test_that_a_thousand_redraws_keep_none_alive_and_make_no_items(burn_down: BurnDownChart) -> None:
    """One release of PySide dropped a reference to None on each call that returns it, and aborted within seconds."""
    budgets_shown = [BUDGETS["perplexity month"]]
    burn_down.show_budgets(budgets_shown, ZONE, NOW)
    burn_down.grab()
    items = len(burn_down.canvas.scene().items())
    before = sys.getrefcount(None)
    for number in range(1000):
        burn_down.show_budgets(budgets_shown, ZONE, NOW + number * 1000)
    burn_down.grab()
    if sys.version_info < (3, 12):  # from 3.12 on None is immortal and its count says nothing
        assert sys.getrefcount(None) > before - 200
    assert len(burn_down.canvas.scene().items()) <= items + 4


def test_that_an_exhausted_budget_shows_no_run_out(burn_down: BurnDownChart) -> None:
    used_up = replace(
        BUDGETS["perplexity month"],
        remaining=0,
        state=BudgetState.EXHAUSTED,
        pace=replace(BUDGETS["perplexity month"].pace, runs_out_at=NOW),
    )
    burn_down.show_budgets([used_up], ZONE, NOW)
    assert not [each for each in words(burn_down) if "runs out" in each]
