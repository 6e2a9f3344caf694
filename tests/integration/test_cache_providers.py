"""Whom caches spare reaches the ledger: exact over processes, in step with the cache's own counts, kept, proved and read."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import apsw
import pytest
from integration.ledger_view import picture
from integration.ledger_workers import pay_and_look_up

from budgetmon import LRUCache, SharedCache, Usage, UsageTracker
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import CacheCounts, ProviderCounts
from budgetmon.core.ledger.verify import verify
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Snapshot
from budgetmon.monitor.spared import Spared

MakeTracker = Callable[..., UsageTracker]
CENT = 10_000_000
HOUR = 3_600_000
NOW = 1_767_225_600_000
TWO = "models: {a: {provider: alphavantage, per_call: 0.01}, g: {provider: gemini, per_call: 0.02}}\n"

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def spared(snapshot: Snapshot) -> dict[str, Spared]:
    return {provider.name: provider.spared for provider in snapshot.providers}


def test_that_calls_settled_and_recorded_in_a_load_name_their_providers(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(TWO)
    cache: LRUCache[str, int] = LRUCache(4, name="c", tracker=tracker)

    def load() -> int:
        with tracker.call("a") as call:
            call.settle(Usage(calls=1))
        return tracker.record("g", Usage(calls=1))

    for _ in range(4):
        cache.get_or_load("x", load)
    cache.get("nothing")
    tracker.close()
    snapshot = picture(tracker)
    assert spared(snapshot) == {
        "alphavantage": Spared(3, 1, CENT, 3 * CENT),
        "gemini": Spared(3, 1, 2 * CENT, 6 * CENT),
    }
    assert snapshot.spared == Spared(6, 2, 3 * CENT, 9 * CENT)
    (whole,) = snapshot.caches
    assert (whole.hits, whole.misses, whole.paid, whole.saved) == (3, 2, 3 * CENT, 9 * CENT)


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("close", [True, False], ids=["closing", "not closing"])
def test_that_providers_add_up_over_processes(method: str, close: bool, make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    config = tracker.config.path
    context: Any = multiprocessing.get_context(method)
    jobs = [("gemini", 100), ("perplexity", 200), ("gemini", 3)]
    processes = [context.Process(target=pay_and_look_up, args=(config, name, hits, close)) for name, hits in jobs]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert spared(picture(tracker)) == {
        "gemini": Spared(103, 2, 2 * CENT, 103 * CENT),
        "perplexity": Spared(200, 1, CENT, 200 * CENT),
    }


def test_that_what_was_spared_before_a_fork_is_counted_once(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    cache: LRUCache[int, int] = LRUCache(3, name="c", tracker=tracker)
    for _ in range(11):
        cache.get_or_load(1, lambda: tracker.record("m", cost=Decimal("0.01"), provider="p"))

    def child() -> None:
        for _ in range(100):
            cache.get(1)  # the parent's content is there, and whom it paid

    processes = [multiprocessing.get_context("fork").Process(target=child) for _ in range(3)]
    for process in processes:
        process.start()
        cache.get(1)
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    tracker.close()
    assert spared(picture(tracker)) == {"p": Spared(313, 1, CENT, 313 * CENT)}


def test_that_one_pays_and_all_are_spared_by_a_shared_cache(make_tracker: MakeTracker, tmp_path: Path) -> None:
    tracker = make_tracker()
    front: LRUCache[Any, Any] = LRUCache(4, name="front", tracker=tracker)
    pay = lambda: tracker.record("m", cost=Decimal("0.01"), provider="p")  # noqa: E731
    path = tmp_path / "answers"
    with (
        SharedCache(path, name="one", tracker=tracker) as one,
        SharedCache(path, name="other", tracker=tracker, front=front) as other,
    ):
        for _ in range(3):
            one.get_or_load("key", pay)
        for _ in range(5):
            other.get_or_load("key", pay)
    tracker.close()
    snapshot = picture(tracker)
    # Each saves what the value has cost: two hits of the one, one of the other, and four in the front of the other.
    assert spared(snapshot) == {"p": Spared(7, 1, CENT, 7 * CENT)}
    assert {cache.name: (cache.hits, cache.paid, cache.saved) for cache in snapshot.caches} == {
        "front": (4, 0, 4 * CENT),
        "one": (2, CENT, 2 * CENT),
        "other": (1, None, None),
    }


def counts(provider: str, hits: int, name: str = "c") -> CacheCounts:
    part = ProviderCounts(provider, hits, 1, CENT, hits * CENT)
    return CacheCounts(name, 1, hits, 1, 0, 0, 1, 1, loads=1, priced=1, paid=CENT, saved=hits * CENT, providers=(part,))


@pytest.fixture
def aged(ledger_folder: Path) -> Path:
    """A ledger with a report every ten minutes for six hours, whose fine rollups were dropped where they are due."""
    now = [NOW]
    ledger = SqliteLedger(ledger_folder / "ledger.db", zone="UTC", power_safe=False, clock=lambda: now[0])
    for turn in range(36):
        now[0] = NOW + turn * HOUR // 6
        ledger.add_cache_counts([counts("p", turn), counts("q", 1, "d")])
    while ledger.upkeep(None):
        pass
    ledger.close()
    return ledger.path


def test_that_ranges_are_narrowed_as_totals_are(aged: Path) -> None:
    with LedgerReader(aged, clock=lambda: NOW + 6 * HOUR) as reader:
        assert spared(reader.snapshot()) == {
            "p": Spared(630, 36, 36 * CENT, 630 * CENT),
            "q": Spared(36, 36, 36 * CENT, 36 * CENT),
        }
        part = spared(reader.snapshot(since=NOW + HOUR // 2, until=NOW + 2 * HOUR))
        hits = sum(range(3, 12))
        assert part["p"] == Spared(hits, 9, 9 * CENT, hits * CENT)
        assert spared(reader.snapshot(until=NOW)) == {}


def test_that_fine_rollups_go_and_hours_stay(aged: Path) -> None:
    db = apsw.Connection(str(aged))
    spans = dict(db.execute("SELECT span, count(*) FROM cache_provider_rollup WHERE provider = 'p' GROUP BY span").fetchall())
    oldest = db.execute("SELECT min(start) FROM cache_provider_rollup WHERE span = 5000").get
    db.close()
    assert (spans[0], spans[60_000], spans[3_600_000]) == (1, 36, 6)
    assert oldest >= NOW + 2 * HOUR


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("hits = hits + 1 WHERE span = 0 AND provider = 'p'", "with provider p over all time, hits"),
        ("saved = saved - 1 WHERE span = 3600000 AND provider = 'q'", "with provider q over all time, saved"),
        ("saved = saved + 7 WHERE provider = 'q' AND start IN (0, 1767225600000)", "by provider, saved"),
    ],
)
def test_that_verify_proves_them(aged: Path, harm: str, told: str) -> None:
    assert verify(aged).holds
    db = apsw.Connection(str(aged))
    db.execute(f"UPDATE cache_provider_rollup SET {harm}")
    damaged = verify(aged)
    db.close()
    aged.unlink()  # its books do not add up, as is told
    assert any(told in str(breach) for breach in damaged.breaches), damaged.breaches


def test_that_a_ledger_without_them_is_read_and_proved_as_it_is_and_gets_them_from_its_next_writer(aged: Path) -> None:
    db = apsw.Connection(str(aged))
    db.execute("DROP TABLE cache_provider_rollup; DROP TABLE pause_log; UPDATE ledger SET schema = 2")
    db.close()
    older = picture(aged)
    assert (older.providers, older.spared, older.caches[0].hits) == ((), Spared(), 630)
    assert verify(aged).holds
    ledger = SqliteLedger(aged, zone="UTC", power_safe=False)
    ledger.add_cache_counts([counts("p", 5)])
    ledger.close()
    assert spared(picture(aged)) == {"p": Spared(5, 1, CENT, 5 * CENT)}
    assert picture(aged).caches[0].hits == 635
    assert verify(aged).holds
