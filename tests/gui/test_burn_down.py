"""The burn-down beyond its line: the fan of paces, what is open, what happened, spent or left, other units, its table."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from gui.snapshots import BUDGET_CLOSE_UP, DAY, HOUR, NOW, ZONE, budgets, rich_snapshot
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.burn_down import BurnDownChart
from budgetmon.gui.charts.burn_down_labels import Place, burn_down_labels
from budgetmon.gui.charts.burn_down_open import Happening, levels, marks
from budgetmon.gui.charts.burn_down_shape import MOST_STEPS, burn_down_shape, in_unit, thinned
from budgetmon.gui.charts.burn_down_view import View, range_view, whole_view
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import load_tokens
from budgetmon.monitor.snapshot import Ask, BudgetStatus, CloseUp, PauseRow, Snapshot, Steps

BUDGETS = {each.name: each for each in budgets()}
MONTH = BUDGETS["perplexity month"]


def banded(budget: BudgetStatus, slow: float, fast: float) -> BudgetStatus:
    return replace(budget, pace=replace(budget.pace, slow_per_hour=slow, fast_per_hour=fast))


@pytest.fixture
def snapshot() -> Snapshot:
    pauses = (PauseRow("gemini", NOW, "anna", in_force=True), PauseRow("perplexity", NOW - 2 * HOUR, "anna", in_force=True))
    return replace(rich_snapshot(), close_up=BUDGET_CLOSE_UP, pauses=pauses)


@pytest.fixture
def chart(qtbot: QtBot, themer: Themer, snapshot: Snapshot) -> BurnDownChart:
    chart = BurnDownChart(themer, SeriesLooks())
    qtbot.addWidget(chart)
    chart.resize(640, 400)
    chart.show()
    chart.show_picture(snapshot, [MONTH], NOW)
    return chart


def test_that_the_fan_opens_at_what_is_left_and_never_goes_below_nothing() -> None:
    shape = burn_down_shape(banded(MONTH, 5e6, 5e7), NOW)
    assert shape.fan is not None
    assert shape.fan.upper[0] == shape.fan.lower[0] == shape.free
    assert (shape.fan.upper >= shape.fan.lower).all()
    assert shape.fan.lower.min() == 0
    assert shape.fan.at[-1] == shape.end
    hours = (shape.end - shape.now) / 3600
    assert shape.fan.upper[-1] == pytest.approx(max(0.0, shape.free - 0.005 * hours))


def test_that_steady_and_unknown_paces_have_no_fan() -> None:
    assert burn_down_shape(banded(MONTH, 1e7, 1e7), NOW).fan is None
    assert burn_down_shape(MONTH, NOW).fan is None


def test_that_what_is_open_lies_between_what_is_left_and_what_is_free() -> None:
    shape = burn_down_shape(MONTH, NOW)
    found = levels(MONTH, shape, BUDGET_CLOSE_UP, whole_view(shape))
    assert found is not None
    assert (np.diff(found.at) >= 0).all()
    assert (found.left >= found.after_held).all()
    assert (found.after_held >= found.after_doubt).all()
    assert found.after_doubt[-1] == pytest.approx(shape.free)
    assert found.left[-1] - found.after_held[-1] == pytest.approx(0.0412)
    assert levels(replace(MONTH, held=0, in_doubt=0), shape, BUDGET_CLOSE_UP, whole_view(shape)) is None


def test_that_ten_thousand_open_calls_are_no_more_than_one_corner_a_pixel() -> None:
    many = Steps(tuple(NOW - 10_000 * 50 + number * 50 for number in range(10_000)), tuple(range(1, 10_001)))
    shape = burn_down_shape(MONTH, NOW)
    found = levels(MONTH, shape, replace(BUDGET_CLOSE_UP, held=many), whole_view(shape))
    assert found is not None
    assert len(found.at) < 2_100
    assert found.left[-1] - found.after_held[-1] == pytest.approx(10_000 / 1e9)


def test_that_marks_show_what_happened_in_view_to_this_budget(snapshot: Snapshot) -> None:
    shape = burn_down_shape(MONTH, NOW)
    found = marks(snapshot, MONTH, BUDGET_CLOSE_UP, whole_view(shape))
    assert {mark.kind for mark in found} == {Happening.REFUSED, Happening.ALERT, Happening.PAUSED}
    assert sum(mark.count for mark in found if mark.kind is Happening.REFUSED) == 7
    assert [mark.name for mark in found if mark.kind is Happening.PAUSED] == ["perplexity"], "another provider's pause"
    assert [mark.name for mark in found if mark.kind is Happening.ALERT] == ["50%"]
    none = marks(snapshot, MONTH, BUDGET_CLOSE_UP, range_view(shape, shape.now - 60, shape.now - 30))
    assert none == ()


def test_that_refusals_too_close_to_tell_apart_are_joined(snapshot: Snapshot) -> None:
    many = replace(BUDGET_CLOSE_UP, refused=tuple((NOW - number * 1_000, 2) for number in range(5_000, 0, -1)))
    found = marks(snapshot, MONTH, many, whole_view(burn_down_shape(MONTH, NOW)))
    refused = [mark for mark in found if mark.kind is Happening.REFUSED]
    assert sum(mark.count for mark in refused) == 10_000
    assert len(refused) <= 61


def test_that_many_steps_are_thinned_and_keep_their_end() -> None:
    steps = Steps(tuple(range(10_000)), tuple(range(10_000)))
    thin = thinned(steps)
    assert len(thin.at) <= MOST_STEPS
    assert (thin.at[-1], thin.total[-1]) == (9_999, 9_999)
    assert thinned(Steps((1, 2), (3, 4))) == Steps((1, 2), (3, 4))


def test_that_left_turns_into_spent_and_back(chart: BurnDownChart) -> None:
    assert "$1.80 left" in chart.canvas.label_words()
    chart._options.show_spent(True)
    chart.grab()
    assert "$3.12 spent" in chart.canvas.label_words()
    assert "limit $4.98" in chart.canvas.label_words()
    assert any(line.startswith("spent") for line in chart.lines_at(NOW / 1000 - 60))
    chart._options.show_spent(False)
    assert "$1.80 left" in chart.canvas.label_words()


def test_that_words_of_a_line_at_the_top_stand_below_it(chart: BurnDownChart) -> None:
    hardly = replace(MONTH, spent=1_000_000, held=0, in_doubt=0, remaining=MONTH.limit - 1_000_000, burn_down=Steps())
    chart._on_recent(False)
    for budget, below in ((hardly, True), (MONTH, False)):
        chart.show_budgets([budget], ZONE, NOW)
        (label,) = [item for item in chart.canvas._labels if item.isVisible() and item.toPlainText().endswith(" left")]
        assert (label.anchor.y() < 0) is below


def test_that_another_unit_is_counted_without_the_limit(chart: BurnDownChart) -> None:
    chart.count_in(Unit.CALLS)
    chart.grab()
    shown = chart.canvas.label_words()
    assert "900 calls" in shown
    assert not [each for each in shown if "limit" in each or "runs out" in each or "% used" in each]
    assert chart.sheet().titles == ("From", "Spent", "Refused", "Paused")
    assert in_unit(MONTH, Steps(), Unit.TOKENS).limit == 1, "nothing used is still a picture"
    chart.count_in(None)
    assert "limit $4.98" in chart.canvas.label_words()


def test_that_the_readout_has_the_largest_first_and_what_happened_last(chart: BurnDownChart) -> None:
    chart.grab()
    name, *lines = chart.lines_at(BUDGET_CLOSE_UP.crossings[0].at / 1000)
    assert name == "perplexity month"
    assert "alert: 50% used" in lines[-2:]
    amounts = [float(line.split("$")[1]) for line in lines if "$" in line]
    assert amounts == sorted(amounts, reverse=True)


def test_that_the_future_is_told_as_a_range(chart: BurnDownChart) -> None:
    chart.show_budgets([banded(MONTH, 5e6, 5e7)], ZONE, NOW)
    words = " ".join(chart.lines_at(NOW / 1000 + 3600))
    assert "slowest recent pace" in words
    assert "left" not in words


def test_that_a_chosen_stretch_is_what_is_shown(chart: BurnDownChart, snapshot: Snapshot) -> None:
    ask = Ask(span=timedelta(hours=3), until=NOW - DAY)
    chart.show_picture(replace(snapshot, ask=ask), [MONTH], NOW)
    (x0, x1), _ = chart.canvas.getPlotItem().getViewBox().viewRange()
    assert (x0, x1) == pytest.approx(((NOW - DAY - 3 * HOUR) / 1000, (NOW - DAY) / 1000))


def test_that_the_close_up_of_another_budget_is_not_drawn(chart: BurnDownChart, snapshot: Snapshot) -> None:
    other = replace(snapshot, close_up=CloseUp("another"))
    chart.show_picture(other, [MONTH], NOW)
    assert chart._marks == ()
    assert chart._open is None


def test_that_the_most_urgent_budget_is_shown_until_somebody_chooses(chart: BurnDownChart, snapshot: Snapshot) -> None:
    urgent = BUDGETS["sonar-pro day"]
    chart.show_picture(snapshot, [urgent, MONTH], NOW)
    assert chart.chosen == urgent
    chart.choose("perplexity month")
    chart.show_picture(snapshot, [urgent, MONTH], NOW)
    assert chart.chosen == MONTH


def test_that_a_choice_asks_for_its_close_up(chart: BurnDownChart, snapshot: Snapshot, qtbot: QtBot) -> None:
    both = [MONTH, BUDGETS["sonar-pro day"]]
    chart.show_picture(snapshot, both, NOW)
    with qtbot.waitSignal(chart.asked):
        chart.choose("sonar-pro day")


def test_that_the_table_has_the_figures_of_the_line(chart: BurnDownChart) -> None:
    chart._as_table.trigger()
    assert chart.table is not None
    assert chart.table.model().rowCount() == len(MONTH.burn_down.at) + 1, "a row for now"
    chart.copy_data()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "From\tSpent\tLeft\tRefused\tPaused"
    assert lines[-1].split("\t")[1:3] == ["3.12", "1.86"]
    assert sum(int(line.split("\t")[3]) for line in lines[1:]) == 7
    chart._as_table.trigger()
    assert chart.table is None


@pytest.mark.parametrize(("passed", "is_beside"), [(0.01, True), (0.5, False)])
def test_that_the_limits_words_stand_clear_of_now(passed: float, is_beside: bool) -> None:
    shape = burn_down_shape(MONTH, NOW)
    width = shape.end - shape.now
    begin = shape.now - width * passed
    view = View(begin, begin + width, 0.0, shape.limit * 1.1)
    place = Place(view, view.high, 400 / width, 200 / shape.limit)
    labels = burn_down_labels(MONTH, shape, place, load_tokens("light"), "#000000", ZONE, NOW)
    limit = next(label for label in labels if label.text.startswith("limit"))
    assert limit.x == (pytest.approx(shape.now + 24 * width / 400) if is_beside else view.start)
