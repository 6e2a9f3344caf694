"""The feed: the window asks, the poller answers, one question in flight."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from gui.fakes import FakeLedger, trouble
from gui.snapshots import rich_snapshot, with_calls
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from budgetmon.gui.feed.feed import QUIET_PERIOD_MS, RELAXED_PERIOD_MS, Feed
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.snapshot import Ask
from budgetmon.monitor.trouble import Trouble

HERE = Path("/srv/desk/ledger.db")


@pytest.fixture
def feed(qapp: object, ledger: FakeLedger) -> Iterator[Feed]:
    feed = Feed(HERE, ledger.open, period_ms=5)
    yield feed
    ledger.gate.set()
    feed.shutdown()


def test_that_the_first_question_brings_a_picture(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.pictured) as caught:
        feed.start()
    assert caught.args == [ledger.snapshot]


def test_that_nothing_new_is_told_as_unchanged(feed: Feed, qtbot: QtBot) -> None:
    with qtbot.waitSignals([feed.pictured, feed.unchanged]):
        feed.start()


def test_that_there_is_never_more_than_one_question_in_flight(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.gate.clear()
    feed.start()
    qtbot.waitUntil(lambda: ledger.in_flight == 1)
    for minutes in range(1, 40):
        feed.ask_for(Ask(span=timedelta(minutes=minutes)))
        feed.ask_now()
    ledger.gate.set()
    qtbot.waitUntil(lambda: ledger.polls >= 4)
    assert ledger.most_in_flight == 1


def test_that_only_the_latest_ask_is_answered(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.gate.clear()
    feed.start()
    qtbot.waitUntil(lambda: ledger.in_flight == 1)
    for minutes in (5, 6, 7):
        feed.ask_for(Ask(span=timedelta(minutes=minutes)))
    answers: list[object] = []
    feed.pictured.connect(answers.append)
    ledger.gate.set()
    qtbot.waitUntil(lambda: len(answers) == 1)
    spans = [ask.span for ask in ledger.asks[:2]]
    assert spans == [timedelta(hours=1), timedelta(minutes=7)], "what was asked in between was never read"


def test_that_trouble_is_told_and_the_reader_opened_anew_until_it_is_over(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.problem = trouble(Trouble.MISSING)
    with qtbot.waitSignal(feed.troubled) as caught:
        feed.start()
    assert caught.args == [ledger.problem]
    with qtbot.waitSignal(feed.pictured):
        ledger.problem = None
    assert ledger.opened >= 2
    assert ledger.closed == ledger.opened - 1


def test_that_an_unexpected_error_is_reported_with_its_traceback(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.problem = ZeroDivisionError("the seventh bucket")
    with qtbot.waitSignal(feed.failed) as caught:
        feed.start()
    assert "ZeroDivisionError: the seventh bucket" in caught.args[0]
    assert "Traceback" in caught.args[0]
    with qtbot.waitSignal(feed.pictured):
        ledger.problem = None


def test_that_an_error_while_closing_the_reader_is_reported_too(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.pictured):
        feed.start()
    ledger.problem_of_close = RuntimeError("cannot close")
    with qtbot.waitSignal(feed.failed) as caught:
        feed.ask_now(fresh=True)
    assert "cannot close" in caught.args[0]


def test_that_a_fresh_picture_comes_though_nothing_changed(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    with qtbot.waitSignals([feed.pictured, feed.unchanged]):
        feed.start()
    with qtbot.waitSignal(feed.pictured):
        feed.ask_now(fresh=True)


def test_that_another_ledger_is_opened_and_late_answers_of_the_old_one_are_dropped(
    feed: Feed, ledger: FakeLedger, qtbot: QtBot
) -> None:
    ledger.gate.clear()
    feed.start()
    qtbot.waitUntil(lambda: ledger.in_flight == 1)
    feed.open(Path("/elsewhere/ledger.db"))
    answers: list[object] = []
    feed.pictured.connect(answers.append)
    ledger.gate.set()
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert ledger.paths == [HERE, Path("/elsewhere/ledger.db")]


def test_that_the_reader_lives_and_dies_in_the_thread_of_the_poller(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.pictured):
        feed.start()
    feed.shutdown()
    assert ledger.closed == ledger.opened == 1
    assert len(ledger.threads) == 1
    assert threading.get_ident() not in ledger.threads


def test_that_shutdown_waits_for_a_poll_in_flight_and_may_be_called_twice(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.gate.clear()
    feed.start()
    qtbot.waitUntil(lambda: ledger.in_flight == 1)
    opening = threading.Timer(0.1, ledger.gate.set)
    opening.start()
    feed.shutdown()
    feed.shutdown()
    opening.join()
    assert ledger.in_flight == 0
    assert all(thread.isFinished() for thread in feed.findChildren(QThread))


def test_that_a_feed_that_never_started_shuts_down(feed: Feed, ledger: FakeLedger) -> None:
    feed.shutdown()
    assert ledger.opened == 0


def test_that_nothing_is_told_after_shutdown(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.pictured):
        feed.start()
    feed.shutdown()
    ledger.snapshot = with_calls(rich_snapshot(), 1)
    with qtbot.assertNotEmitted(feed.pictured, wait=60):
        feed.ask_now()


def test_that_a_hidden_window_is_asked_for_less_often(feed: Feed) -> None:
    assert feed.period_seconds == 0.005
    feed.relax(True)
    assert feed.period_seconds == RELAXED_PERIOD_MS / 1000


def test_that_a_quiet_ledger_is_asked_less_often_until_something_is_written(
    feed: Feed, ledger: FakeLedger, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("budgetmon.gui.feed.feed.QUIET_AFTER_MS", 50)
    monkeypatch.setattr("budgetmon.gui.feed.feed.QUIET_PERIOD_MS", 40)
    feed.start()
    qtbot.waitUntil(lambda: feed.period_seconds == 0.04)
    ledger.snapshot = replace(ledger.snapshot, as_of=ledger.snapshot.as_of + 60_000)  # a fresh look, and no news
    with qtbot.waitSignal(feed.pictured):
        pass
    assert feed.period_seconds == 0.04
    ledger.snapshot = with_calls(rich_snapshot(), 1)
    periods: list[float] = []
    with qtbot.waitSignal(feed.pictured):
        pass
    periods.append(feed.period_seconds)
    qtbot.waitUntil(lambda: feed.period_seconds == 0.04)
    feed.ask_now()
    periods.append(feed.period_seconds)
    assert periods == [0.005, 0.005]


def test_that_a_period_longer_than_the_quiet_one_stays(monkeypatch: pytest.MonkeyPatch, feed: Feed, qtbot: QtBot) -> None:
    monkeypatch.setattr("budgetmon.gui.feed.feed.QUIET_AFTER_MS", 0)
    assert feed.period_seconds == QUIET_PERIOD_MS / 1000
    feed.set_period(5000)
    assert feed.period_seconds == 5.0


def test_that_a_feed_asleep_asks_nothing_and_awake_asks_at_once(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    with qtbot.waitSignal(feed.unchanged):
        feed.start()
    feed.sleep(True)
    qtbot.waitUntil(lambda: not feed._in_flight)
    polls = ledger.polls
    feed.ask_now(fresh=True)
    feed.open(Path("/srv/desk/other.db"))
    qtbot.wait(60)
    assert ledger.polls == polls
    with qtbot.waitSignal(feed.pictured):
        feed.sleep(False)
    assert ledger.paths[-1] == Path("/srv/desk/other.db")


def test_that_of_a_tables_questions_the_latest_wins_and_one_is_in_flight(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.gate.clear()
    feed.start()
    for rows in range(1, 30):
        feed.pages.ask(PageAsk(Listing.CALLS, rows=rows))
        feed.pages.ask(PageAsk(Listing.REFUSALS, rows=rows))
    pages: list[Page] = []
    feed.pages.turned.connect(pages.append)
    ledger.gate.set()
    qtbot.waitUntil(lambda: len(pages) >= 3)
    assert [page.ask for page in pages] == [
        PageAsk(Listing.CALLS, rows=1),
        PageAsk(Listing.CALLS, rows=29),
        PageAsk(Listing.REFUSALS, rows=29),
    ]
    assert ledger.most_in_flight == 1


def test_that_a_page_in_trouble_is_missed_and_the_picture_tells_why(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.problem = trouble(Trouble.LOCKED)
    with qtbot.waitSignal(feed.troubled), qtbot.waitSignal(feed.pages.missed) as caught:
        feed.start()
        feed.pages.ask(PageAsk(Listing.CALLS))
    assert caught.args == [PageAsk(Listing.CALLS)]


def test_that_a_page_of_the_ledger_before_is_not_shown(feed: Feed, ledger: FakeLedger, qtbot: QtBot) -> None:
    ledger.gate.clear()
    feed.start()
    missed: list[PageAsk] = []
    feed.pages.missed.connect(missed.append)
    for rows in (1, 2):
        feed.pages.ask(PageAsk(Listing.CALLS, rows=rows))
    feed.open(HERE.with_name("other.db"))
    feed.pages.ask(PageAsk(Listing.CALLS, rows=3))
    with qtbot.waitSignal(feed.pages.turned) as caught:
        ledger.gate.set()
    assert caught.args[0].ask.rows == 3
    assert [ask.rows for ask in missed] == [2, 1]
