"""What caches are worth and whether their size is right: from the workers through the ledger to what an operator sees."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest
from integration.ledger_view import picture
from rich.console import Console
from typer.testing import CliRunner

from budgetmon import LRUCache, Usage, UsageTracker
from budgetmon.cli.app import app
from budgetmon.cli.status_table import print_status
from budgetmon.core.ledger.verify import verify

MakeTracker = Callable[..., UsageTracker]
PRICED = "models: {m: {provider: p, per_call: 0.01}}\n"


def use(tracker: UsageTracker, size: int, keys: int, lookups: int) -> None:
    chance = random.Random(5)
    cache: LRUCache[int, int] = LRUCache(size, name="quotes", tracker=tracker)
    cache.set(-1, 0, cost=0.01)
    for _ in range(lookups):
        key = chance.randrange(keys)
        if cache.get(key) is None:
            cache.set(key, key)
    tracker.close()


def shown(tracker: UsageTracker) -> str:
    console = Console(width=240, record=True, file=open("/dev/null", "w"))  # noqa: SIM115,PTH123  # closed below
    print_status(console, picture(tracker))
    console.file.close()
    return console.export_text()


def test_that_a_cache_that_is_too_small_is_said_to_be(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    use(tracker, size=100, keys=400, lookups=20_000)
    (status,) = picture(tracker).caches
    advice = status.advice
    assert advice is not None
    assert advice.rate == pytest.approx(0.25, abs=0.02)
    assert 380 <= advice.right_size <= 400
    assert advice.doubled_rate == pytest.approx(0.5, abs=0.02)
    assert not advice.fits
    # 20,000 lookups in the last hour, at a cent each: a quarter more of them hit.
    assert advice.doubled_per_day == pytest.approx(20_000 * 24 * 0.25 * 10_000_000, rel=0.1)
    assert advice.halved_per_day == pytest.approx(-20_000 * 24 * 0.125 * 10_000_000, rel=0.1)
    assert "better" in shown(tracker)
    assert "doubling saves" in shown(tracker)


def test_that_a_cache_that_is_too_large_and_one_that_fits_are_said_to_be(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    use(tracker, size=1_000, keys=100, lookups=10_000)
    (status,) = picture(tracker).caches
    assert status.advice is not None
    assert status.advice.right_size <= 100
    assert "would do" in shown(tracker)
    again = make_tracker()
    use(again, size=110, keys=100, lookups=20_000)
    (status,) = picture(again).caches
    assert status.advice is not None
    assert status.advice.fits


def test_that_without_a_known_cost_there_are_rates_and_no_amounts(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    cache: LRUCache[int, int] = LRUCache(10, name="c", tracker=tracker)
    for number in range(2_000):
        if cache.get(number % 15) is None:
            cache.set(number % 15, 1)
    tracker.close()
    (status,) = picture(tracker).caches
    assert (status.saved, status.paid, status.lost_to_eviction, status.lost_to_expiry) == (None, None, None, None)
    assert status.advice is not None
    assert (status.advice.rate, status.advice.doubled_per_day) == (0.0, None)
    assert status.advice.right_size == 15


def test_that_calls_inside_loads_are_the_cost_of_hits(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(PRICED)
    cache: LRUCache[str, int] = LRUCache(2, name="c", tracker=tracker)

    def pay() -> int:
        with tracker.call("m") as call:
            call.settle(Usage(calls=1))
            call.settle(Usage(calls=1))  # settling again costs nothing
        tracker.record("m", Usage(calls=1), cost=0.02)
        return 1

    for key in ("a", "a", "b", "c", "a"):
        cache.get_or_load(key, pay)
    tracker.close()
    (status,) = picture(tracker).caches
    assert (status.loads, status.paid, status.saved) == (4, 4 * 30_000_000, 30_000_000)
    assert (status.lost_to_eviction, status.lost_to_expiry) == (30_000_000, 0)


def test_that_status_tells_money_and_advice_to_machines(make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    use(tracker, size=100, keys=400, lookups=5_000)
    result = CliRunner().invoke(app, ["status", "--json", "--config", str(tracker.config.path)])
    assert result.exit_code == 0
    (cache,) = json.loads(result.stdout)["caches"]
    assert cache["saved"] == "0"
    assert cache["right_size"] > 350
    assert float(cache["doubled_saves_per_day"]) > 0 > float(cache["halved_saves_per_day"])


def test_that_a_line_goes_to_the_log_as_often_as_told(make_tracker: MakeTracker, caplog: pytest.LogCaptureFixture) -> None:
    tracker = make_tracker()
    with caplog.at_level(logging.INFO, logger="budgetmon.core.cache"):
        cache: LRUCache[int, int] = LRUCache(2, name="quotes", tracker=tracker, log_every=0.5)
        silent: LRUCache[int, int] = LRUCache(2, name="silent", tracker=tracker, log_every=None)
        cache.set(1, 1, cost=0.01)
        for _ in range(3):
            cache.get(1)
            silent.get(1)
        deadline = time.monotonic() + 10
        while not caplog.records and time.monotonic() < deadline:
            time.sleep(0.05)
    lines = [record.getMessage() for record in caplog.records if record.levelno == logging.INFO]
    assert len(lines) == 1
    assert lines[0].startswith("cache quotes: 3 hits, 0 misses (100.0 %), 0 evicted, 0 expired, 1 of 2 entries, $0.03")


def test_that_verify_finds_a_changed_count(make_tracker: MakeTracker, tmp_path: Path) -> None:
    tracker = make_tracker()
    use(tracker, size=10, keys=20, lookups=100)
    assert verify(tracker.db_path).holds
    copy = tmp_path / "copy.db"
    db = apsw.Connection(str(tracker.db_path))
    db.execute("VACUUM INTO ?", (str(copy),))
    db.close()
    db = apsw.Connection(str(copy))
    db.execute("UPDATE cache_rollup SET hits = hits + 1 WHERE span = 0")
    db.close()
    (breach,) = verify(copy).breaches
    assert "counts of cache" in str(breach)
    assert breach.where.endswith("hits")
