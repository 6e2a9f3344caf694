"""The caches: what each saves and loses, whether its size is right, and the curve that says so."""

from dataclasses import replace

import numpy as np
import pytest
from gui.snapshots import NOW, SIZING, ZONE, rich_snapshot
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.hit_curve import HitCurve
from budgetmon.gui.charts.hit_curve import HitCurveChart, curve_in_view
from budgetmon.gui.panels.caches_panel import CachesPanel
from budgetmon.gui.state.cache_words import load_words, lost, money_words, size_words, ttl_words, verdict
from budgetmon.gui.state.formatting import NOTHING
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.cache_advice import CacheAdvice, advice

CACHES = {cache.name: cache for cache in rich_snapshot().caches}


def advised(max_size: int, load_cost: float | None = 1_000_000.0) -> CacheAdvice:
    return advice(replace(SIZING, max_size=max_size), NOW, per_day=10_000.0, load_cost=load_cost)


@pytest.fixture
def panel(qtbot: QtBot, themer: Themer) -> CachesPanel:
    panel = CachesPanel(themer)
    qtbot.addWidget(panel)
    panel.resize(1000, 460)
    panel.show()
    panel.show_rows(tuple(CACHES.values()), Clock(ZONE, NOW))
    return panel


def test_that_a_small_cache_is_told_what_more_would_bring() -> None:
    words = size_words(advised(1_000))
    assert words.startswith("Too small: 3,823 entries would hit 80%, where 1,000 hit 58%.")
    assert "Twice the size would hit 71% and save $1.30 a day." in words
    assert "$" not in size_words(advised(1_000, load_cost=None)), "without a known cost nothing is promised"


def test_that_a_large_cache_is_told_what_would_do() -> None:
    words = size_words(advised(8_000))
    assert words.startswith("Larger than needed: 3,823 entries would hit as much as 8,000 do, within a point.")
    assert "Half the size would hit 80%, at $0.02 a day." in words


def test_that_a_fitting_cache_is_left_alone_and_an_unknown_one_not_judged() -> None:
    assert size_words(advised(4_000)).startswith("The size is right: 4,000 entries hit 80%")
    assert [verdict(each) for each in (None, advised(1_000), advised(4_000), advised(8_000))] == [
        NOTHING,
        "too small",
        "right",
        "too large",
    ]
    assert "No estimate yet" in size_words(None)


def test_that_money_and_loads_are_told_and_unknown_is_not_zero() -> None:
    assert money_words(CACHES["earnings"]) == "Saved $1.37. Paid again: $0.31 for evicted values, $0.02 for expired ones."
    assert load_words(CACHES["earnings"]) == "410 loads, 500 ms each, 3 failed."
    assert "not known" in money_words(CACHES["embeddings"])
    assert lost(CACHES["embeddings"]) is None
    assert lost(CACHES["earnings"]) == 330_000_000


def test_that_times_to_live_are_listed_where_there_are_any() -> None:
    assert ttl_words(advised(1_000)) == "By time to live: 3 min 44%, 15 min 58%, 1 h 66%."
    assert ttl_words(None) == ""


@pytest.mark.parametrize("max_size", [1, 1_000, 4_000, 50_000])
def test_that_the_curve_begins_at_nothing_and_reaches_beyond_both_sizes(max_size: int) -> None:
    found = advised(max_size)
    sizes, rates = curve_in_view(found)
    assert sizes[0] == rates[0] == 0
    assert sizes[-1] > max(found.max_size, found.right_size)
    assert (np.diff(sizes) > 0).all()
    assert (np.diff(rates) >= 0).all()


def test_that_the_chosen_cache_is_told_about(panel: CachesPanel) -> None:
    busiest = max(CACHES.values(), key=lambda cache: cache.hits + cache.misses)
    assert panel.details.words().splitlines()[0] == busiest.name
    panel._on_current(CACHES["embeddings"])
    assert panel.details.words().splitlines()[0] == "embeddings"
    assert panel.details.curve.is_empty
    panel._on_current(CACHES["earnings"])
    assert not panel.details.curve.is_empty
    panel.show_rows((CACHES["ticker-info"],), Clock(ZONE, NOW))
    assert panel.details.words().splitlines()[0] == "ticker-info", "the chosen one is gone"


def test_that_no_cache_and_little_room_leave_the_details_out(panel: CachesPanel) -> None:
    assert panel.details.isVisible()
    panel.resize(500, 400)
    assert not panel.details.isVisible()
    panel.resize(1000, 400)
    panel.show_rows((), Clock(ZONE, NOW))
    assert not panel.details.isVisible()


def test_that_the_curve_marks_the_size_there_is_and_the_one_that_would_do(qtbot: QtBot, themer: Themer) -> None:
    chart = HitCurveChart(themer)
    qtbot.addWidget(chart)
    chart.resize(400, 260)
    chart.show()
    chart.show_advice(advised(1_000))
    chart.grab()
    assert chart.canvas.label_words() == ["now", "3,823 entries would do"]
    assert list(chart.lines_at(1_000.0)) == ["1,000 entries", "58%"]
    assert len(chart.sheet().rows) == len(SIZING.sizes)
    chart.show_advice(advised(4_000))
    assert chart.canvas.label_words() == ["now"]
    chart.show_advice(advice(HitCurve((), (), 0, 10), NOW, per_day=0.0, load_cost=None))
    assert chart.is_empty
