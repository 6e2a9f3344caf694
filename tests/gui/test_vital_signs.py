"""The chip in the bar, the line at the foot, and the rules behind both."""

from dataclasses import replace

import pytest
from gui.fakes import FakeClock, FakeLedger, trouble
from gui.snapshots import with_calls
from pytestqt.qtbot import QtBot

from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.state.call_rate import CallRate
from budgetmon.gui.state.freshness import Freshness
from budgetmon.gui.state.health import health
from budgetmon.gui.theme.tokens import Tone
from budgetmon.monitor.trouble import Trouble


def test_that_every_trouble_has_a_word_of_its_own() -> None:
    found = [health(kind, 5.0, Freshness.FRESH, paused=True) for kind in Trouble]
    assert len({each.word for each in found}) == len(Trouble)
    assert {each.tone for each in found} == {Tone.WARNING, Tone.DANGER}


@pytest.mark.parametrize(
    ("seconds", "tier", "paused", "word"),
    [
        (None, Freshness.FRESH, False, "Opening"),
        (1.0, Freshness.FRESH, False, "Live"),
        (12.0, Freshness.AGEING, False, "Late 12 s"),
        (200.0, Freshness.STALE, False, "Stale 3 min"),
        (1.0, Freshness.FRESH, True, "Paused"),
    ],
)
def test_that_health_is_told_in_a_word(seconds: float | None, tier: Freshness, paused: bool, word: str) -> None:
    assert health(None, seconds, tier, paused=paused).word == word


def test_that_the_rate_looks_back_ten_seconds_and_says_nothing_too_early() -> None:
    rate = CallRate()
    assert rate.per_second() is None
    rate.observe(0, 100)
    rate.observe(1, 150)
    assert rate.per_second() is None
    rate.observe(2, 200)
    assert rate.per_second() == 50
    for second in range(3, 30):
        rate.observe(second, 200)
    assert rate.per_second() == 0
    rate.observe(31, 5)
    assert rate.per_second() is None, "fewer calls than before: another ledger"


def test_that_the_bar_names_the_ledger_and_its_health(window: MainWindow, ledger: FakeLedger, qtbot: QtBot) -> None:
    bar = window.bar.ledger
    assert bar.name.text().strip() == "ledger.db"
    assert bar.chip.word() == "Live"
    window.on_pause()
    assert bar.chip.word() == "Paused"
    window.on_pause()
    ledger.problem = trouble(Trouble.DAMAGED)
    qtbot.waitUntil(lambda: bar.chip.word() == "Damaged")
    assert "Advice about damaged." in bar.chip.accessibleDescription()
    ledger.problem = None
    qtbot.waitUntil(lambda: bar.chip.word() == "Live")
    window.open_ledger("/elsewhere/a-very-long-name-of-a-ledger.sqlite3")
    assert bar.chip.word() == "Opening"
    assert bar.name.text().strip() == "a-very-long-name-of-a-l\N{HORIZONTAL ELLIPSIS}"


def test_that_the_line_at_the_foot_tells_rate_writers_coverage_wal_zone_and_cost(
    window: MainWindow, ledger: FakeLedger, clock: FakeClock, qtbot: QtBot
) -> None:
    alive = sum(worker.alive is True for worker in ledger.snapshot.workers)
    clock.pass_seconds(5)
    more = with_calls(ledger.snapshot, 100)
    ledger.snapshot = replace(more, totals=replace(more.totals, unpriced_calls=3))
    qtbot.waitUntil(lambda: "20 calls/s" in window.status.facts())
    facts = window.status.facts()
    assert f"{alive} writer" in facts
    assert "3 unpriced" in facts
    assert "WAL " in facts
    assert ledger.snapshot.ledger.zone in facts
    assert " ms" in facts
