"""The charts together: one crosshair, one range, one question about what they need."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from gui.snapshots import BUDGET_CLOSE_UP, HOUR, NOW, rich_snapshot
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.gui.charts.consumption_shape import Metric
from budgetmon.gui.charts.time_drag import chosen_stretch
from budgetmon.gui.panels.chart_deck import ChartDeck
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.snapshot import ChartAsk, Stack


@pytest.fixture
def deck(qtbot: QtBot, themer: Themer) -> Iterator[ChartDeck]:
    board = QWidget()
    qtbot.addWidget(board)
    deck = ChartDeck(themer, SeriesLooks(), board)
    places = QHBoxLayout(board)
    for chart in (deck.burn_down, deck.consumption, deck.cache_rates):
        places.addWidget(chart)
    board.resize(1400, 560)
    board.show()
    deck.show_picture(replace(rich_snapshot(), close_up=BUDGET_CLOSE_UP), (), NOW)
    board.grab()
    yield deck


def test_that_the_crosshair_stands_in_every_chart_and_the_readout_in_one(deck: ChartDeck) -> None:
    charts = (deck.burn_down, deck.consumption, deck.cache_rates)
    at = NOW / 1000 - 600
    deck.consumption.canvas.hovered.emit(at)
    assert [chart.canvas._cross.isVisible() for chart in charts] == [True, True, True]
    assert [chart.canvas._readout.isVisible() for chart in charts] == [False, True, False]
    words = deck.consumption.canvas._readout.text()
    assert "perplexity" in words
    assert "earnings" in words
    deck.consumption.canvas.hovered.emit(None)
    assert not any(chart.canvas._cross.isVisible() or chart.canvas._readout.isVisible() for chart in charts)


def test_that_dragging_over_a_chart_chooses_a_stretch_and_a_double_click_follows_again(deck: ChartDeck, qtbot: QtBot) -> None:
    canvas = deck.consumption.canvas
    box = canvas.getPlotItem().getViewBox().sceneBoundingRect()

    def place(share: float) -> QPoint:
        return canvas.mapFromScene(QPointF(box.left() + box.width() * share, box.center().y()))

    (begin, end), _ = canvas.getPlotItem().getViewBox().viewRange()
    with qtbot.waitSignal(deck.stretch_chosen) as chosen:
        QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(0.25))
        QTest.mouseMove(canvas.viewport(), place(0.5))
        assert canvas._drag.isVisible()
        QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(0.5))
    assert not canvas._drag.isVisible()
    since, until = chosen.args
    assert since / 1000 == pytest.approx(begin + (end - begin) * 0.25, abs=(end - begin) * 0.01)
    assert until / 1000 == pytest.approx(begin + (end - begin) * 0.5, abs=(end - begin) * 0.01)
    with qtbot.waitSignal(deck.follow_asked):
        QTest.mouseDClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=place(0.5))


def test_that_a_click_chooses_nothing(deck: ChartDeck, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(deck.stretch_chosen):
        QTest.mouseClick(deck.consumption.canvas.viewport(), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("begin", "end", "stretch"),
    [
        (NOW - HOUR, NOW - 60_000, (NOW - HOUR, NOW - 60_000)),
        (NOW - 60_000, NOW - HOUR, (NOW - HOUR, NOW - 60_000)),
        (NOW - HOUR, NOW + HOUR, (NOW - HOUR, NOW)),
        (NOW - 1_000, NOW, (NOW - 10_000, NOW)),
        (NOW + 1_000, NOW + HOUR, None),
    ],
)
def test_that_a_stretch_is_in_order_in_the_past_and_not_too_short(
    begin: int, end: int, stretch: tuple[int, int] | None
) -> None:
    assert chosen_stretch(begin / 1000, end / 1000, NOW) == stretch


def test_that_the_deck_asks_once_for_what_its_charts_need(deck: ChartDeck, qtbot: QtBot) -> None:
    first = deck.burn_down.chosen
    assert first is not None
    assert deck.wanted == ChartAsk(budget=first.name)
    with qtbot.waitSignal(deck.asked) as asked:
        deck.consumption.show_metric(Metric.LATENCY, Stack.MODEL)
    assert asked.args == [ChartAsk(Stack.MODEL, None, True, first.name)]
    with qtbot.assertNotEmitted(deck.asked):
        deck.show_picture(rich_snapshot(), (), NOW)
    with qtbot.waitSignal(deck.asked) as asked:
        deck.show_picture(rich_snapshot(), ("gemini",), NOW)
    assert deck.wanted.focus == "gemini"
    assert deck.wanted.budget == "gemini tokens"
