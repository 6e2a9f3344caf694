"""While nobody writes, only what really looks different is drawn: an idle app costs next to nothing, and is never wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from gui.fakes import FakeClock, FakeLedger
from gui.snapshots import HOUR, MINUTE, NOW, budget, rich_snapshot
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.budgets import Scope, Unit
from budgetmon.core.rules.periods import Window
from budgetmon.gui.charts.buckets import MOST_BARS, joined_by, shown_range
from budgetmon.gui.charts.burn_down import BurnDownChart
from budgetmon.gui.charts.consumption import ConsumptionChart
from budgetmon.gui.charts.consumption_shape import Metric
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.state.budget_cards import words_move
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.pace_bar import BarShares, PaceBar
from budgetmon.monitor.snapshot import Ask, BudgetStatus, Pace

SECOND = 1000
ON_THE_MINUTE = NOW // MINUTE * MINUTE


class Paints(QObject):
    """Counts what is painted, by the class of the widget."""

    def __init__(self) -> None:
        super().__init__()
        self.of: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if event.type() == QEvent.Type.Paint:
            self.of[type(watched).__name__] += 1
        return False


@pytest.fixture
def paints(qapp: QApplication) -> Iterator[Paints]:
    paints = Paints()
    qapp.installEventFilter(paints)
    yield paints
    qapp.removeEventFilter(paints)


def shown(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(560, 300)
    widget.show()
    widget.grab()


def ending(end: int, pace: Pace | None = None) -> BudgetStatus:
    made = budget("b", Scope("p"), Unit.CALLS, 100, "day", Window(NOW - HOUR, end), 50, NOW)
    return replace(made, pace=pace or Pace())


def test_that_nothing_is_painted_while_nothing_changes(
    window: MainWindow, clock: FakeClock, paints: Paints, qtbot: QtBot
) -> None:
    clock.wall = ON_THE_MINUTE + 5 * SECOND
    clock.seconds += 2
    qtbot.waitUntil(lambda: " 0 calls/s" in f" {window.status.facts()}")  # the rate is known
    window.time.on_tick()
    qtbot.waitUntil(lambda: window.dashboard.turns.is_done)
    qtbot.wait(50)
    answers: list[None] = []

    def pass_a_second() -> None:
        answers.append(None)
        clock.pass_seconds(1)

    window.feed.unchanged.connect(pass_a_second)
    paints.of.clear()
    qtbot.waitUntil(lambda: len(answers) >= 9)
    window.feed.unchanged.disconnect(pass_a_second)
    assert paints.of == {}
    assert window.status.age_words() == "Live, checked just now"


def test_that_the_cost_of_a_poll_is_that_of_a_picture(window: MainWindow, qtbot: QtBot) -> None:
    before = window.status.facts()
    assert " ms" in before
    for _ in range(5):
        with qtbot.waitSignal(window.feed.unchanged):
            pass
    assert window.status.facts().split(" ms")[0].rsplit(maxsplit=1)[-1] == before.split(" ms")[0].rsplit(maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("end", "then", "now", "moves"),
    [
        (NOW + 9 * HOUR, ON_THE_MINUTE, ON_THE_MINUTE + 59 * SECOND, False),
        (NOW + 9 * HOUR, ON_THE_MINUTE + 59 * SECOND, ON_THE_MINUTE + 60 * SECOND, True),
        (ON_THE_MINUTE + 90 * SECOND, ON_THE_MINUTE, ON_THE_MINUTE + 10 * SECOND, True),
        (ON_THE_MINUTE + 90 * SECOND, ON_THE_MINUTE, ON_THE_MINUTE, False),
        (ON_THE_MINUTE + 5 * SECOND, ON_THE_MINUTE, ON_THE_MINUTE + 10 * SECOND, True),
    ],
)
def test_that_words_move_by_the_minute_and_near_an_end_by_the_second(end: int, then: int, now: int, moves: bool) -> None:
    assert words_move([ending(end)], then, now) is moves
    assert words_move([ending(NOW + 99 * HOUR, Pace(1.0, end))], then, now) is moves


def test_that_charts_over_a_span_move_by_whole_buckets_and_keep_their_span() -> None:
    snapshot = rich_snapshot(ask=Ask(span=timedelta(hours=6)))
    starts = snapshot.consumption.starts
    last, width = starts[-1], snapshot.consumption.width
    bar = width * joined_by(len(starts), MOST_BARS)
    begin, end = shown_range(snapshot, NOW)
    assert (end - last) % width == 0
    assert {shown_range(snapshot, last + width + step) for step in range(1, bar, SECOND)} == {(begin, end + bar)}
    for hours in (1, 5, 30):
        later = shown_range(snapshot, NOW + hours * HOUR)
        assert later[1] >= NOW + hours * HOUR
        assert later[0] <= NOW + (hours - 6) * HOUR
        assert later[1] - later[0] <= end - begin + bar


def test_that_a_burn_down_is_drawn_anew_once_now_has_moved_two_pixels(qtbot: QtBot, themer: Themer) -> None:
    chart = BurnDownChart(themer, SeriesLooks())
    shown(qtbot, chart)
    assert not chart.is_due(NOW + 99 * HOUR)
    chart.show_budgets([ending(NOW + HOUR)], "UTC", NOW)
    chart.grab()
    pixel = 1000 / chart.canvas.pixels_per_unit()[0]
    assert not chart.is_due(NOW + int(1.9 * pixel))
    assert chart.is_due(NOW + int(2.1 * pixel))
    chart.pass_time(NOW + int(2.1 * pixel))
    assert not chart.is_due(NOW + int(3 * pixel))
    chart.show_budgets([ending(NOW + 9999 * HOUR)], "UTC", NOW)
    chart.grab()
    assert not chart.is_due(NOW + 9 * MINUTE)
    assert chart.is_due(NOW + 11 * MINUTE)


def test_that_only_a_rate_falls_while_a_bucket_passes(qtbot: QtBot, themer: Themer) -> None:
    chart = ConsumptionChart(themer, SeriesLooks())
    shown(qtbot, chart)
    assert not chart.is_due(NOW)
    snapshot = rich_snapshot()
    start = snapshot.consumption.starts[-1]
    chart.show_picture(snapshot, start)
    within = start + snapshot.consumption.width - SECOND
    assert not chart.is_due(within)
    assert chart.is_due(start + 2 * snapshot.consumption.width)
    chart.show_metric(Metric.CALL_RATE)
    assert chart.is_due(within)


def test_that_a_pace_bar_is_painted_when_its_tick_moves_by_a_pixel(qtbot: QtBot, themer: Themer, paints: Paints) -> None:
    bar = PaceBar(themer)
    shown(qtbot, bar)
    bar.show_shares(BarShares(spent=0.5, now=0.5))
    qtbot.waitUntil(lambda: paints.of["PaceBar"] > 0)
    QApplication.processEvents()
    paints.of.clear()
    for step in range(9):
        bar.show_shares(BarShares(spent=0.5, now=0.5 + step / 560 / 20))
    QApplication.processEvents()
    assert paints.of["PaceBar"] == 0
    bar.show_shares(BarShares(spent=0.5, now=0.5 + 1 / 560))
    qtbot.waitUntil(lambda: paints.of["PaceBar"] > 0)
    paints.of.clear()
    bar.show_shares(BarShares(spent=0.51, now=0.5 + 1 / 560))
    qtbot.waitUntil(lambda: paints.of["PaceBar"] > 0)


def test_that_what_was_let_pass_is_drawn_with_the_next_picture(
    window: MainWindow, ledger: FakeLedger, clock: FakeClock, qtbot: QtBot
) -> None:
    clock.pass_seconds(5)
    ledger.snapshot = replace(ledger.snapshot, as_of=NOW + 5 * SECOND)
    qtbot.waitUntil(lambda: window.snapshot is ledger.snapshot and window.dashboard.turns.is_done)
    charts = window.dashboard.charts
    assert {chart.now for chart in (charts.burn_down, charts.consumption, charts.cache_rates)} == {clock.now()}
