"""The part of a long table in memory: without gaps, bounded, and never asking twice for what is on its way."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from gui.fakes import page_of
from gui.snapshot_rows import call
from gui.snapshots import NOW, empty_snapshot

from budgetmon.core.rules.calls import CallState
from budgetmon.gui.state import page_window
from budgetmon.gui.state.page_window import PAGE, PATIENCE, PageWindow
from budgetmon.monitor.filters import Field, Filter, Term
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.snapshot import CallRow, Snapshot

MOST = 1_000


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_window, "MOST_ROWS", MOST)


class Book:
    """A ledger that grows, and a window on it."""

    def __init__(self, calls: int) -> None:
        dice = random.Random(1)
        self.rows = [call(number, NOW + number, dice) for number in range(calls, 0, -1)]
        self.window = PageWindow(Listing.CALLS)
        self.asks: list[PageAsk] = []

    @property
    def snapshot(self) -> Snapshot:
        return replace(empty_snapshot(), calls=tuple(self.rows))

    def write(self, more: int) -> None:
        dice = random.Random(more)
        first = self.rows[0].id if self.rows else 0
        self.rows[:0] = [call(first + number, NOW + first + number, dice) for number in range(more, 0, -1)]
        self.window.something_was_written()

    def settle(self) -> None:
        """Answer until nothing more is asked."""
        while (ask := self.window.next_ask()) is not None:
            self.asks.append(ask)
            assert self.window.next_ask() is None
            assert self.window.take(page_of(self.snapshot, ask))

    def go_down(self, pages: int) -> None:
        for _ in range(pages):
            self.window.reach_top(False)
            self.window.reach_bottom()
            self.settle()

    def shown(self) -> list[int]:
        return [row.id for row in self.window.rows]

    def without_gaps(self) -> bool:
        shown = self.shown()
        return shown == list(range(shown[0], shown[-1] - 1, -1))


def test_that_it_begins_with_the_newest_page() -> None:
    book = Book(5_000)
    book.settle()
    assert book.shown() == list(range(5_000, 5_000 - PAGE, -1))
    assert book.window.loaded and not book.window.complete


def test_that_going_down_and_up_again_shows_everything_in_bounded_memory() -> None:
    book = Book(5_000)
    book.settle()
    book.go_down(40)
    assert book.window.complete and book.shown()[-1] == 1
    assert len(book.shown()) == MOST and book.without_gaps()
    assert book.window.more_above
    for _ in range(40):
        book.window.reach_top(True)
        book.settle()
        assert len(book.shown()) <= MOST and book.without_gaps()
    assert book.shown()[0] == 5_000
    assert book.window.following and not book.window.more_above and not book.window.complete


def test_that_new_rows_flow_in_at_the_top() -> None:
    book = Book(300)
    book.settle()
    book.write(7)
    book.settle()
    assert book.shown()[0] == 307 and book.window.fresh == 0 and book.without_gaps()


def test_that_new_rows_are_only_counted_elsewhere_and_come_when_asked_for() -> None:
    book = Book(3_000)
    book.settle()
    book.go_down(1)
    before = book.shown()
    for more in (30, 7):
        book.write(more)
        book.settle()
    assert book.shown() == before
    assert (book.window.fresh, book.window.fresh_is_more) == (37, False)
    book.window.go_to_newest()
    book.settle()
    assert book.shown() == [*range(3_037, 3_000, -1), *before]
    assert book.window.fresh == 0 and book.window.following


def test_that_scrolling_up_brings_what_was_counted() -> None:
    book = Book(3_000)
    book.settle()
    book.go_down(1)
    book.write(450)
    book.settle()
    assert (book.window.fresh, book.window.fresh_is_more) == (450, False)
    for _ in range(4):
        book.window.reach_top(True)
        book.settle()
    assert book.shown()[0] == 3_450 and book.without_gaps() and book.window.fresh == 0


def test_that_a_burst_at_the_top_starts_over_at_the_newest() -> None:
    book = Book(300)
    book.settle()
    book.write(20_000)
    book.settle()
    assert book.shown() == list(range(20_300, 20_300 - PAGE, -1))
    book.go_down(1)
    assert book.without_gaps()


def test_that_only_unsettled_rows_are_read_again_and_change_in_place() -> None:
    book = Book(50)
    book.rows[3] = replace(book.rows[3], state=CallState.HELD)
    book.rows[5:] = [replace(row, state=CallState.SETTLED) for row in book.rows[5:]]
    book.rows[:3] = [replace(row, state=CallState.SETTLED) for row in book.rows[:3]]
    book.rows[4] = replace(book.rows[4], state=CallState.IN_DOUBT)
    book.settle()
    book.rows[3] = replace(book.rows[3], state=CallState.SETTLED)
    book.window.something_was_written()
    book.settle()
    assert book.asks[-1].again == (47, 46)
    assert list(book.window.rows) == book.rows


def test_that_a_page_of_the_filter_before_is_dropped() -> None:
    book = Book(50)
    ask = book.window.next_ask()
    assert ask is not None
    book.window.filter(Filter((Term(Field.ID, 7),)))
    assert not book.window.take(page_of(book.snapshot, ask))
    book.settle()
    assert book.shown() == [7] and book.window.complete


def test_that_a_missed_page_is_asked_for_again_after_the_next_picture() -> None:
    book = Book(50)
    ask = book.window.next_ask()
    assert ask is not None
    book.window.missed(ask)
    assert book.window.next_ask() is None
    book.window.something_was_written()
    book.settle()
    assert len(book.shown()) == 50


def test_that_a_search_that_finds_nothing_stops_and_goes_on_when_told() -> None:
    window = PageWindow(Listing.CALLS)
    searched = 1_000_000
    asked = 0
    while (ask := window.next_ask()) is not None:
        asked += 1
        searched -= 1_000
        window.take(Page(ask, (), False, searched, NOW, newest=1_000_000))
        window.reach_bottom()
    assert (window.stopped, window.searched_at, asked) == (True, NOW, PATIENCE)
    window.go_on()
    ask = window.next_ask()
    assert ask is not None and ask.before == searched
    window.take(Page(ask, newest=1_000_000))
    assert window.complete and not window.stopped


def test_that_what_was_searched_once_for_news_is_not_searched_again() -> None:
    window = PageWindow(Listing.CALLS)
    ask = window.next_ask()
    assert ask is not None
    window.take(Page(ask, (), newest=500))
    for newest in (500, 900):
        window.something_was_written()
        ask = window.next_ask()
        assert ask is not None
        window.take(Page(ask, (), newest=newest))
    window.something_was_written()
    ask = window.next_ask()
    assert ask is not None and ask.after == 900


def test_that_another_ledger_leaves_nothing_of_the_old_one() -> None:
    book = Book(50)
    book.settle()
    book.window.clear()
    assert book.window.rows == () and not book.window.loaded


def test_that_any_walk_leaves_no_gap() -> None:
    dice = random.Random(5)
    book = Book(4_000)
    book.settle()
    for _ in range(400):
        match dice.randrange(4):
            case 0:
                book.write(dice.choice((1, 30, 199, 201, 900)))
            case 1:
                book.window.reach_top(dice.random() < 0.5)
            case 2:
                book.window.reach_bottom()
            case _:
                book.window.go_to_newest() if dice.random() < 0.1 else book.window.reach_top(False)
        book.settle()
        assert book.without_gaps() and len(book.shown()) <= MOST
        if book.window.following:
            assert book.shown()[0] == book.rows[0].id
    assert all(isinstance(row, CallRow) for row in book.window.rows)
