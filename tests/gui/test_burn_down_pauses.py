"""Pauses on a burn-down: pins where they began and ended, a stripe between, who and how long in words, and in the table."""

from dataclasses import replace

import pytest
from gui.snapshots import BUDGET_CLOSE_UP, DAY, HOUR, NOW, ZONE, budgets, rich_snapshot
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.gui.charts.burn_down import BurnDownChart
from budgetmon.gui.charts.burn_down_items import PIN_SYMBOLS
from budgetmon.gui.charts.burn_down_open import Happening, marks
from budgetmon.gui.charts.burn_down_pauses import pause_words, pauses_of, stretch_of, told_at, told_words
from budgetmon.gui.charts.burn_down_shape import burn_down_shape
from budgetmon.gui.charts.burn_down_view import whole_view
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.snapshot import PauseRow, Snapshot

MINUTE = 60_000
MONTH = {each.name: each for each in budgets()}["perplexity month"]
LIFTED = PauseRow("perplexity", NOW - 78 * MINUTE, "anna", NOW - HOUR, "bert")  # from 14:02 to 14:20
LASTING = PauseRow("perplexity", NOW - 9 * MINUTE, "anna", in_force=True)
UNKNOWN = PauseRow("perplexity", NOW - 3 * DAY, "pid 7")
OF_ANOTHER = PauseRow("gemini", NOW - HOUR, "anna", NOW, "anna")


def looking_at(*pauses: PauseRow) -> Snapshot:
    return replace(rich_snapshot(), close_up=BUDGET_CLOSE_UP, pauses=pauses)


@pytest.fixture
def chart(qtbot: QtBot, themer: Themer) -> BurnDownChart:
    chart = BurnDownChart(themer, SeriesLooks())
    qtbot.addWidget(chart)
    chart.resize(640, 400)
    chart.show()
    chart.show_picture(looking_at(LASTING, LIFTED, UNKNOWN, OF_ANOTHER), [MONTH], NOW)
    return chart


def test_that_a_pause_has_a_pin_at_its_begin_and_one_at_an_end_that_is_known() -> None:
    view = whole_view(burn_down_shape(MONTH, NOW))
    found = marks(looking_at(LASTING, LIFTED, UNKNOWN, OF_ANOTHER), MONTH, BUDGET_CLOSE_UP, view)
    begun = [round(mark.at * 1000) for mark in found if mark.kind is Happening.PAUSED]
    ended = [round(mark.at * 1000) for mark in found if mark.kind is Happening.RESUMED]
    assert (begun, ended) == ([UNKNOWN.at, LIFTED.at, LASTING.at], [LIFTED.ended_at])


def test_that_only_pauses_that_reach_into_the_window_belong_to_it() -> None:
    start, end = MONTH.window.start, MONTH.window.end
    reaching = PauseRow("perplexity", start - DAY, "anna", start + 1, "anna")
    long_since = PauseRow("perplexity", start - 9 * DAY, "anna", in_force=True)
    before = PauseRow("perplexity", start - DAY, "anna", start - 1, "anna")
    unknown = PauseRow("perplexity", start - DAY, "anna")
    after = PauseRow("perplexity", end, "anna", in_force=True)
    assert pauses_of((after, LIFTED, before, unknown, reaching, long_since), MONTH) == (long_since, reaching, LIFTED)
    everything = replace(MONTH, scope=replace(MONTH.scope, provider=None), window=Window(0, FAR_FUTURE))
    assert len(pauses_of((LIFTED, OF_ANOTHER, UNKNOWN), everything)) == 3


def test_that_the_stripe_is_as_long_as_the_pause_and_none_is_made_up() -> None:
    now = NOW / 1000
    assert stretch_of(LIFTED, now) == (LIFTED.at / 1000, now - 3600)
    assert stretch_of(LASTING, now) == (LASTING.at / 1000, now)
    assert stretch_of(UNKNOWN, now) is None
    assert stretch_of(replace(LASTING, at=NOW + 5), now) == (now + 0.005, now + 0.005), "another machine's clock"


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        (LIFTED, "perplexity paused by anna, 14:02 to 14:20 (18 min)"),
        (replace(LIFTED, at=LIFTED.at - 2 * DAY), "perplexity paused by anna, Tue 14:02 to Thu 14:20 (2 d)"),
        (replace(LIFTED, at=LIFTED.at - DAY, ended_at=NOW - DAY), "perplexity paused by anna, Wed 14:02 to 15:20 (1 h 18 min)"),
        (LASTING, "perplexity paused by anna since 15:11 (9 min)"),
        (UNKNOWN, "perplexity paused by pid 7 from Mon 15:20, until when is not known"),
    ],
)
def test_that_words_say_who_and_from_when_to_when(pause: PauseRow, words: str) -> None:
    assert pause_words(pause, ZONE, NOW) == words


def test_that_what_lasted_is_told_wherever_the_mouse_is_in_it() -> None:
    pauses, now = (UNKNOWN, LIFTED, LASTING), NOW / 1000
    assert told_at(pauses, LIFTED.at / 1000 + 500, 1.0, now) == (LIFTED,)
    assert told_at(pauses, LIFTED.at / 1000 - 2, 1.0, now) == ()
    assert told_at(pauses, LIFTED.at / 1000 - 2, 3.0, now) == (LIFTED,)
    assert told_at(pauses, UNKNOWN.at / 1000 + 1, 3.0, now) == (UNKNOWN,)
    assert told_at(pauses, UNKNOWN.at / 1000 + 5, 3.0, now) == ()


def test_that_a_readout_of_many_pauses_stays_short() -> None:
    many = tuple(replace(LIFTED, at=LIFTED.at + number) for number in range(12))
    lines = told_words(many, ZONE, NOW)
    assert len(lines) == 4
    assert lines[-1] == "earlier pauses: 9"


def test_that_the_chart_draws_the_stripes_and_tells_the_pause_under_the_mouse(chart: BurnDownChart) -> None:
    assert len(chart._items._pauses._bands) == 2, "one lifted, one in force; an end that is unknown has none"
    lines = chart.lines_at(LIFTED.at / 1000 + 300)
    assert [line for line in lines if "paused" in line].count("perplexity paused by anna, 14:02 to 14:20 (18 min)") == 1
    chart.show_picture(looking_at(), [MONTH], NOW)
    assert chart._items._pauses._bands == ()
    assert not [line for line in chart.lines_at(LIFTED.at / 1000 + 300) if "paused" in line]


def test_that_no_refusal_covers_the_pin_of_the_pause_that_caused_it(chart: BurnDownChart) -> None:
    caused = replace(BUDGET_CLOSE_UP, refused=((LIFTED.at, 2), (LIFTED.at + 1_000, 7)))
    chart.show_picture(replace(looking_at(LIFTED), close_up=caused), [MONTH], NOW)
    symbols = [spot.symbol() for spot in chart._items._pins.points()]
    assert symbols.index(PIN_SYMBOLS[Happening.PAUSED]) > symbols.index(PIN_SYMBOLS[Happening.REFUSED])


def test_that_the_table_has_each_pause_once_and_no_column_without_any(chart: BurnDownChart) -> None:
    chart.copy_data()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    told = [words for *_, cell in lines[1:] if cell for words in cell.split("; ")]
    assert lines[0][-1] == "Paused"
    assert told == [pause_words(pause, ZONE, NOW) for pause in (UNKNOWN, LIFTED, LASTING)]
    chart.show_picture(looking_at(OF_ANOTHER), [MONTH], NOW)
    assert "Paused" not in chart.sheet().titles
