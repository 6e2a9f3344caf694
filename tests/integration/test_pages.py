"""Pages of calls and refusals: together exactly the rows that pass, in order, however they are cut."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from budgetmon import BudgetExceededError, Usage, UsageTracker
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Per, Period
from budgetmon.monitor.filters import parse
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.reader import LedgerReader, pages
from budgetmon.monitor.snapshot import Ask, CallRow, RefusalRow, Snapshot
from budgetmon.runs.bench.generate import DAY, HOUR, History, generate

NOW = time.time_ns() // 1_000_000
MIDDLE = NOW - 15 * DAY
THOUSAND = Usage(input_tokens=1_000, output_tokens=10)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three thousand old calls, and above them one of each kind."""
    path = tmp_path_factory.mktemp("pages") / "ledger.db"
    config = generate(path, History(3_000, recent=500, until=NOW))
    small = Budget("none for tag-x", 1, Unit.CALLS, Period(Per.DAY), "UTC", Scope(tag="tag-x"))
    with UsageTracker(config=replace(config, budgets=(*config.budgets, small))) as tracker:
        for number in range(40):
            tracker.record("model-1", THOUSAND, tag="tag-x", ok=number % 3 > 0)
            with contextlib.suppress(BudgetExceededError), tracker.call("model-1", estimate=THOUSAND, tag="tag-x"):
                pass
            with tracker.call("model-2", estimate=THOUSAND, tag="50% off") as call:
                call.put_in_doubt() if number % 2 else call.settle(Usage(input_tokens=9_000))
        with tracker.call("model-3", estimate=THOUSAND) as call:
            call.release()
        tracker.record("nobody-knows", THOUSAND, provider="provider-9")
    return path


@pytest.fixture
def reader(ledger: Path) -> Iterator[LedgerReader]:
    with LedgerReader(ledger) as reader:
        yield reader


@pytest.fixture(scope="module")
def everything(ledger: Path) -> Snapshot:
    with LedgerReader(ledger) as reader:
        return reader.snapshot(Ask(rows=10_000))


def asked(text: str, listing: Listing = Listing.CALLS, rows: int = 200) -> PageAsk:
    return PageAsk(listing, parse(text, listing.fields, NOW, "UTC"), rows)


def downwards(reader: LedgerReader, ask: PageAsk) -> Iterator[Page]:
    """Page after page, from the newest row to the oldest."""
    while True:
        page = reader.page(ask)
        yield page
        if page.complete:
            return
        ask = replace(ask, before=page.searched_to)


def upwards(reader: LedgerReader, ask: PageAsk) -> Iterator[Page]:
    """Page after page, from the oldest row to the newest."""
    ask = replace(ask, after=0)
    while True:
        page = reader.page(ask)
        yield page
        if page.complete:
            return
        ask = replace(ask, after=page.searched_to)


CALLS: dict[str, Callable[[CallRow], bool]] = {
    "": lambda row: True,
    "provider:provider-2": lambda row: row.provider == "provider-2",
    "provider:PROVIDER-2 provider:provider-9": lambda row: row.provider in {"provider-2", "provider-9"},
    "-provider:provider-*": lambda row: False,
    "model:*-1": lambda row: row.model == "model-1",
    'tag:""': lambda row: row.tag is None,
    "-tag:tag-x": lambda row: row.tag != "tag-x",
    'tag:"50% off"': lambda row: row.tag == "50% off",
    "tag:5*f": lambda row: row.tag == "50% off",
    'run:"" worker:3': lambda row: row.worker == 3,
    "state:in-doubt": lambda row: row.state is CallState.IN_DOUBT,
    "state:in-doubt state:released": lambda row: row.state in {CallState.IN_DOUBT, CallState.RELEASED},
    "-state:settled": lambda row: row.state is not CallState.SETTLED,
    "cost>0.02": lambda row: row.cost is not None and row.cost > 20_000_000,
    "-cost>0.02": lambda row: row.cost is None or row.cost <= 20_000_000,
    "cost>0.001 cost<=0.002": lambda row: row.cost is not None and 1_000_000 < row.cost <= 2_000_000,
    "took>=3s": lambda row: row.took is not None and row.took >= 3_000,
    "tokens>3000 failed": lambda row: not row.ok and row.input_tokens + row.output_tokens > 3_000,
    "failed": lambda row: row.state is CallState.SETTLED and not row.ok,
    "unpriced": lambda row: row.state is CallState.SETTLED and row.cost is None,
    "overrun": lambda row: row.overrun > 0,
    "imported": lambda row: False,
    f"since:{30 * 60}s": lambda row: row.at >= NOW - HOUR // 2,
    f"until:{15 * 24}h -tag:tag-1": lambda row: row.at < MIDDLE and row.tag != "tag-1",
    "id:5 id:2999 id:77777": lambda row: row.id in {5, 2_999},
    '"0% OFF"': lambda row: row.tag == "50% off",
    "-model-1 -model-2 tag-2": lambda row: row.model not in {"model-1", "model-2"} and "tag-2" in (row.tag or ""),
}


@pytest.mark.parametrize("walk", [downwards, upwards])
@pytest.mark.parametrize("typed", CALLS)
def test_that_pages_together_hold_exactly_what_passes(
    typed: str, walk: Callable[[LedgerReader, PageAsk], Iterator[Page]], reader: LedgerReader, everything: Snapshot
) -> None:
    expected = [row for row in everything.calls if CALLS[typed](row)]
    found = [page.rows for page in walk(reader, asked(typed, rows=199))]
    assert all(len(rows) <= 199 for rows in found)
    assert [row for rows in (found if walk is downwards else found[::-1]) for row in rows] == expected


REFUSALS: dict[str, Callable[[RefusalRow], bool]] = {
    "": lambda row: True,
    "refused tag:tag-x": lambda row: row.tag == "tag-x",
    "-refused": lambda row: False,
    'budget:"none for tag-x"': lambda row: row.budget == "none for tag-x",
    "budget:paused": lambda row: False,
    '-"for tag" since:1h': lambda row: False,
    "provider:provider-1 for": lambda row: row.provider == "provider-1",
}


@pytest.mark.parametrize("typed", REFUSALS)
def test_that_refusals_are_paged_like_calls(typed: str, reader: LedgerReader, everything: Snapshot) -> None:
    expected = [row for row in everything.refusals if REFUSALS[typed](row)]
    found = [row for page in downwards(reader, asked(typed, Listing.REFUSALS, rows=7)) for row in page.rows]
    assert len(everything.refusals) == 40
    assert found == expected


@pytest.mark.parametrize("walk", [downwards, upwards])
def test_that_a_search_without_time_goes_on_where_it_stopped(
    walk: Callable[[LedgerReader, PageAsk], Iterator[Page]],
    reader: LedgerReader,
    everything: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "SEARCH_SECONDS", 0.0)
    found = list(walk(reader, asked("tokens>9000 worker:2")))
    assert len(found) > 1
    assert {row for page in found for row in page.rows} == {
        row for row in everything.calls if row.worker == 2 and row.input_tokens + row.output_tokens > 9_000
    }
    times = {row.id: row.at for row in everything.calls}
    assert all(page.searched_at == times[page.searched_to] for page in found if not page.complete)


def test_that_rows_are_read_again_even_when_they_no_longer_pass(reader: LedgerReader, everything: Snapshot) -> None:
    page = reader.page(replace(asked("state:held"), again=(1, 2, 99_999)))
    assert page.rows == ()
    assert page.again == everything.calls[-2:]


def test_that_new_calls_do_not_shift_the_pages_below(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("models: {a: {provider: p, per_call: 0.01}}")
    numbers = [tracker.record("a") for _ in range(30)]
    with LedgerReader(tracker.db_path) as reader:
        first = reader.page(PageAsk(Listing.CALLS, rows=10))
        numbers += [tracker.record("a") for _ in range(7)]
        second = reader.page(PageAsk(Listing.CALLS, rows=10, before=first.searched_to))
        newer = reader.page(PageAsk(Listing.CALLS, rows=10, after=first.rows[0].id))
    assert [row.id for row in (*newer.rows, *first.rows, *second.rows)] == numbers[:9:-1]
    assert newer.complete and not first.complete


def test_that_an_empty_ledger_has_one_empty_page(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("")
    with LedgerReader(tracker.db_path) as reader:
        for listing in Listing:
            assert reader.page(PageAsk(listing)) == Page(PageAsk(listing))


def test_that_the_details_of_a_call_name_its_rates_its_usage_and_its_worker(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("models: {a: {provider: p, input_per_mtok: 2, cached_input_per_mtok: 1, per_call: 0.01}}")
    usage = Usage(input_tokens=10, cached_input_tokens=5, cache_write_tokens=3, credits=0)
    number = tracker.record("a", usage, tag="t")
    with LedgerReader(tracker.db_path) as reader:
        details = reader.call(number)
        assert details is not None
        assert (details.row.id, details.row.tag, details.usage) == (number, "t", usage)
        assert (details.rates.input, details.rates.cached_input, details.rates.per_call) == (2 * 10**9, 10**9, 10**7)
        assert details.worker is not None and details.worker.alive
        assert details.worker.pid == os.getpid()
        assert details.worker.command and details.worker.engine
        assert details.source is None
        assert reader.call(number + 1) is None


def test_that_a_refusal_names_its_window_and_its_worker(everything: Snapshot) -> None:
    refusal = everything.refusals[0]
    assert refusal.window is not None and refusal.window.start <= refusal.at < refusal.window.end
    assert refusal.worker == everything.workers[0].id
