"""Consumption: every stack and measure, gaps, what could not be read, and the table with the same figures."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from gui.snapshots import HOUR, MINUTE, NOW, rich_snapshot
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from budgetmon.gui.charts.consumption import ConsumptionChart
from budgetmon.gui.charts.consumption_shape import (
    FAILED,
    MOST_NAMES,
    OTHERS,
    REFUSED,
    Metric,
    buckets_for,
    consumed,
    heights,
    latency_lines,
)
from budgetmon.gui.charts.consumption_words import name_words
from budgetmon.gui.charts.sheet import as_tsv
from budgetmon.gui.theme.series import SeriesLook, SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.snapshot import MODEL_MARK, Ask, Buckets, ChartAsk, Latencies, Snapshot, Stack

STARTS = tuple(NOW // MINUTE * MINUTE - number * MINUTE for number in range(9, -1, -1))


def buckets(names: int, complete_from: int | None = None) -> Buckets:
    """Name number n took n+1 in every bucket."""
    columns = {f"name {number}": (number + 1,) * len(STARTS) for number in range(names)}
    return Buckets(MINUTE, STARTS, columns, columns, columns, columns, columns, complete_from)


def asked(snapshot: Snapshot, charts: ChartAsk, stacked: Buckets | None = None, found: Latencies | None = None) -> Snapshot:
    return replace(snapshot, ask=replace(snapshot.ask, charts=charts), stacked=stacked, latencies=found)


@pytest.fixture
def chart(qtbot: QtBot, themer: Themer) -> ConsumptionChart:
    chart = ConsumptionChart(themer, SeriesLooks())
    qtbot.addWidget(chart)
    chart.resize(560, 300)
    chart.show()
    return chart


def test_that_more_names_than_can_be_told_apart_are_joined_and_nothing_is_lost() -> None:
    shape = consumed(buckets(12), Metric.CALLS)
    assert len(shape.amounts) == MOST_NAMES
    assert next(iter(shape.amounts)) == "name 11", "the largest first"
    assert list(shape.amounts)[-1] == OTHERS
    assert shape.joined_names == 6
    assert sum(shape.totals.values()) == sum(range(1, 13)) * len(STARTS)


@pytest.mark.parametrize("names", [0, 1, MOST_NAMES, MOST_NAMES + 1])
def test_that_any_number_of_names_adds_up(names: int) -> None:
    shape = consumed(buckets(names), Metric.CALLS)
    assert len(shape.amounts) == min(names, MOST_NAMES)
    assert sum(shape.totals.values()) == sum(range(1, names + 1)) * len(STARTS)


def test_that_a_young_ledger_is_cut_finely() -> None:
    old, young = (consumed(buckets(1), Metric.CALLS, since) for since in (0, STARTS[-3]))
    assert (len(old.starts), len(young.starts)) == (10, 3)
    assert young.totals == {"name 0": 3}


def test_that_a_model_is_named_with_its_provider_only_where_it_must_be() -> None:
    one, other, third = (f"{provider}{MODEL_MARK}{model}" for provider, model in (("a", "m"), ("b", "m"), ("b", "n")))
    columns = dict.fromkeys((one, other, third), (1,))
    shape = consumed(Buckets(MINUTE, STARTS[-1:], columns, columns), Metric.CALLS)
    assert [name_words(name, Stack.MODEL, shape) for name in (one, other, third)] == ["a m", "b m", "n"]


def test_that_a_rate_in_the_bucket_under_way_is_over_what_has_passed_of_it() -> None:
    shape = consumed(buckets(1), Metric.CALL_RATE)
    rates = heights(shape, Metric.CALL_RATE, "name 0", STARTS[-1] + 30_000)
    assert list(rates[:-1]) == [1.0] * 9
    assert rates[-1] == 2.0


def test_that_money_rates_are_dollars_an_hour() -> None:
    one = replace(buckets(0), cost={"p": (10**9,) * len(STARTS)})
    assert heights(consumed(one, Metric.COST_RATE), Metric.COST_RATE, "p", NOW + HOUR)[0] == 60.0


def test_that_troubles_are_failed_and_refused_over_all_names() -> None:
    shape = consumed(buckets(3), Metric.TROUBLE)
    assert list(shape.amounts) == [FAILED, REFUSED]
    assert shape.totals == {FAILED: 60, REFUSED: 60}


def test_that_only_the_stack_that_was_asked_for_is_drawn() -> None:
    by_model = buckets(2)
    snapshot = asked(rich_snapshot(), ChartAsk(Stack.MODEL), by_model)
    assert buckets_for(snapshot, Stack.MODEL, None) is by_model
    assert buckets_for(snapshot, Stack.PROVIDER, None) is snapshot.consumption
    assert buckets_for(snapshot, Stack.TAG, None) is None
    assert buckets_for(snapshot, Stack.MODEL, "p") is None


def test_that_a_choice_is_asked_for_and_said_to_be_under_way(chart: ConsumptionChart, qtbot: QtBot) -> None:
    chart.show_picture(rich_snapshot(), NOW)
    with qtbot.waitSignal(chart.asked):
        chart.show_metric(Metric.CALLS, Stack.TAG)
    assert chart.is_empty
    assert "moment" in chart._empty.words()
    chart.show_picture(asked(rich_snapshot(), ChartAsk(Stack.TAG), buckets(2)), NOW)
    assert not chart.is_empty


def test_that_a_focus_shows_one_provider_only_at_once(chart: ConsumptionChart) -> None:
    snapshot = rich_snapshot()
    chart.show_picture(snapshot, NOW, "gemini")
    assert chart.shape is not None
    assert chart.shape.totals == {"gemini": sum(snapshot.consumption.cost["gemini"])}
    chart.show_picture(snapshot, NOW, "never called")
    assert chart.is_empty


def test_that_what_could_not_be_read_is_said_in_the_chart(chart: ConsumptionChart) -> None:
    chart.show_metric(Metric.CALLS, Stack.TAG)
    chart.show_picture(asked(rich_snapshot(), ChartAsk(Stack.TAG), buckets(2, complete_from=NOW - 5 * MINUTE)), NOW)
    assert any("Only from" in each for each in chart.canvas.label_words())
    chart.show_picture(asked(rich_snapshot(), ChartAsk(Stack.TAG), buckets(2)), NOW)
    assert not any("Only from" in each for each in chart.canvas.label_words())


def test_that_latencies_have_gaps_and_say_both_lines(chart: ConsumptionChart) -> None:
    gap = (None,) * 4
    found = Latencies(MINUTE, STARTS, {"p": (100, 200, *gap, 300, 1, 2, 3)}, {"p": (150, 900, *gap, 400, 2, 3, 4)})
    _, typical, _ = latency_lines(found)["p"]
    assert int(np.isnan(typical).sum()) == 4
    chart.show_metric(Metric.LATENCY)
    chart.show_picture(asked(rich_snapshot(), ChartAsk(latency=True), None, found), NOW)
    assert not chart.is_empty
    chart.grab()
    assert list(chart.lines_at((STARTS[1] + 30_000) / 1000)) == ["p  200 ms, 95 of 100 within 900 ms"]
    assert list(chart.lines_at((STARTS[3] + 30_000) / 1000)) == []
    assert chart.sheet().titles == ("Middle", "p", "p, 95 of 100")
    assert len(as_tsv(chart.sheet()).splitlines()) == 1 + 6, "no false zero in a gap, and no row either"


@pytest.mark.parametrize("metric", list(Metric))
def test_that_every_measure_is_drawn_has_a_table_and_goes_away_again(chart: ConsumptionChart, metric: Metric) -> None:
    found = Latencies(MINUTE, STARTS, {"p": (5,) * 10}, {"p": (9,) * 10})
    snapshot = asked(rich_snapshot(), ChartAsk(latency=True), None, found)
    chart.show_metric(metric)
    chart.show_picture(snapshot, NOW)
    assert not chart.is_empty
    chart._as_table.trigger()
    assert chart.table is not None
    assert chart.table.model().rowCount() == len(chart.sheet().rows) > 0
    chart.copy_data()
    assert len(QGuiApplication.clipboard().text().splitlines()) == len(chart.sheet().rows) + 1


def test_that_twelve_long_names_and_a_single_bucket_are_drawn(chart: ConsumptionChart, qtbot: QtBot) -> None:
    names = {f"a provider with quite a long name number {number}": (number + 1,) for number in range(12)}
    single = Buckets(MINUTE, STARTS[-1:], names, names, names, names, names)
    chart.show_picture(replace(rich_snapshot(), consumption=single), NOW)
    before = chart.grab().toImage()
    assert not chart.is_empty
    assert before.width() == 560


def test_that_series_differ_without_colour() -> None:
    looks = [SeriesLook(index) for index in range(6)]
    assert len({look.pattern for look in looks}) == 6
    assert looks[0].pattern is Qt.BrushStyle.NoBrush
    assert len({look.marker for look in looks}) == 6


def test_that_a_range_in_the_past_is_shown_whole(chart: ConsumptionChart) -> None:
    past = replace(rich_snapshot(), ask=Ask(span=timedelta(minutes=8), until=NOW - MINUTE), consumption=buckets(2))
    chart.show_picture(past, NOW)
    (begin, end), _ = chart.canvas.getPlotItem().getViewBox().viewRange()
    assert begin <= (NOW - 9 * MINUTE) / 1000
    assert end >= (NOW - MINUTE) / 1000


def test_that_a_chart_is_saved_as_a_drawing_too(chart: ConsumptionChart, qtbot: QtBot, tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    chart.show_picture(rich_snapshot(), NOW)
    with qtbot.waitSignal(chart.saved):
        chart.save_to(str(folder / "chart.svg"))
    assert "<svg" in (folder / "chart.svg").read_text(encoding="utf-8")
    assert QImage(str(folder / "chart.svg")).width() > 0
    with qtbot.waitSignal(chart.save_failed):
        chart.save_to(str(folder / "absent" / "chart.svg"))
