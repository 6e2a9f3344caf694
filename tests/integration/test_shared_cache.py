"""SharedCache: one content and one load for all processes, bounded, and indifferent to the wall clock."""

from __future__ import annotations

import math
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st
from integration.ledger_view import picture
from integration.shared_cache_workers import ask_and_pay, hammer

from budgetmon import LedgerError, LRUCache, SharedCache, Usage, UsageTracker
from budgetmon.core.cache.shared.boot_clock import BootClock, Moment
from budgetmon.core.cache.shared.forms import UnreadableValueError, key_bytes
from budgetmon.core.storage.errors import NotALedgerError

MakeTracker = Callable[..., UsageTracker]
PRICED = "models: {m: {provider: p, per_call: 0.01}}\n"


class Clock(BootClock):
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.moment = Moment("boot one", 50_000, 1_000_000_000)

    def now(self) -> Moment:
        return self.moment

    def pass_by(self, seconds: float) -> None:
        length = round(seconds * 1000)
        moment = self.moment
        self.moment = replace(moment, since_boot=moment.since_boot + length, wall=moment.wall + length)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache.db"


def test_that_what_one_stores_the_other_finds(path: Path) -> None:
    with SharedCache(path) as one, SharedCache(path) as other:
        one.set("a", {"price": 1.5, "names": ["x", None]})
        assert other.get("a") == {"price": 1.5, "names": ["x", None]}
        assert other.get("b", 7) == 7
        one.set("a", None)
        assert other.get("a", 7) is None
        assert "a" in other
        assert other.delete("a")
        assert not one.delete("a")
        assert one.get("a", 7) == 7


@pytest.mark.parametrize("form", ["json", "pickle"])
def test_that_bytes_are_stored_as_they_are(form: Any, path: Path) -> None:
    with SharedCache(path, form=form) as cache:
        cache.set("a", b"\x00\xff")
        assert cache.get("a") == b"\x00\xff"


def test_that_pickles_are_read_only_where_asked_for(path: Path) -> None:
    with SharedCache(path, form="pickle") as trusting, SharedCache(path) as careful:
        trusting.set("a", {1, 2})
        assert trusting.get("a") == {1, 2}
        with pytest.raises(UnreadableValueError, match="pickle"):
            careful.get("a")
        with pytest.raises(TypeError):
            careful.set("b", {1, 2})
        assert "b" not in careful


def test_that_msgpack_keeps_bytes_inside_values(path: Path) -> None:
    with SharedCache(path, form="msgpack") as cache:
        cache.set("a", {"b": b"\x00", "n": [1, 2.5, None]})
        assert cache.get("a") == {"b": b"\x00", "n": [1, 2.5, None]}


def test_that_everybody_gets_the_value_as_it_was_stored(path: Path) -> None:
    with SharedCache(path) as cache:
        assert cache.get_or_load("a", lambda: (1, 2)) == [1, 2] == cache.get("a")


SCALARS = (
    st.none() | st.integers(-5, 5) | st.floats(allow_nan=False) | st.text(max_size=3) | st.binary(max_size=3) | st.booleans()
)
KEYS = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3).map(tuple), max_leaves=5)


@given(KEYS, KEYS)
def test_that_keys_are_equal_as_bytes_just_when_they_are_equal(one: object, other: object) -> None:
    assert (key_bytes(one) == key_bytes(other)) == (one == other)


@pytest.mark.parametrize("key", [[], {}, object(), frozenset(), ("a", [])])
def test_that_keys_of_other_kinds_are_refused(key: object, path: Path) -> None:
    with SharedCache(path) as cache, pytest.raises(TypeError, match="key"):
        cache.get(key)


def test_that_an_entry_expires_at_its_ttl_and_not_before(path: Path) -> None:
    clock = Clock()
    with SharedCache(path, ttl=10, clock=clock) as cache:
        cache.set("a", 1)
        cache.set("b", 2, ttl=20)
        clock.pass_by(9.999)
        assert cache.get("a") == 1
        clock.pass_by(0.001)
        assert cache.get("a") is None
        assert "a" not in cache
        assert cache.get_or_load("a", lambda: 3) == 3
        assert cache.get("b") == 2
        assert cache.stats().expired == 1


@pytest.mark.parametrize("jump", [3_600, -3_600])
def test_that_a_wall_clock_that_jumps_by_an_hour_changes_nothing(jump: int, path: Path) -> None:
    clock = Clock()
    with SharedCache(path, ttl=10, clock=clock) as cache:
        cache.set("a", 1)
        clock.moment = replace(clock.moment, wall=clock.moment.wall + jump * 1000)
        assert cache.get("a") == 1
        clock.pass_by(9.999)
        assert cache.get("a") == 1
        clock.pass_by(0.001)
        assert cache.get("a") is None


def test_that_the_real_clock_is_not_the_wall_clock(path: Path) -> None:
    with SharedCache(path, ttl=60) as cache, time_machine.travel("2026-03-01", tick=False) as wall:
        cache.set("a", 1)
        for moment in ("2026-03-01T01:00", "2026-02-28T23:00", "2036-01-01"):
            wall.move_to(moment)
            assert cache.get("a") == 1


def test_that_after_a_reboot_the_wall_clock_tells_the_age(path: Path) -> None:
    clock = Clock()
    with SharedCache(path, ttl=100, clock=clock) as cache:
        cache.set("a", 1)
        clock.moment = Moment("boot two", 5_000, clock.moment.wall + 99_000)
        assert cache.get("a") == 1
        clock.pass_by(1)
        assert cache.get("a") is None
    with SharedCache(path, ttl=100, clock=clock) as again:
        assert len(again) == 0


def test_that_it_is_bounded_and_what_was_used_lately_stays(path: Path) -> None:
    with SharedCache(path, max_bytes=100_000) as cache:
        for key in range(50):
            cache.set(key, b"x" * 1_000)
        for key in range(200):
            cache.get(7)
            cache.set(1_000 + key, b"x" * 1_000)
            assert cache.bytes_used() <= 100_000
        assert cache.get(7) == b"x" * 1_000
        assert cache.get(8) is None
        assert cache.stats().evictions == 250 - len(cache)


def test_that_expired_entries_go_before_live_ones(path: Path) -> None:
    clock = Clock()
    with SharedCache(path, max_bytes=10_000, clock=clock) as cache:
        cache.set("old", b"x" * 3_000)
        cache.set("dying", b"x" * 3_000, ttl=5)
        cache.set("newer", b"x" * 3_000)
        clock.pass_by(5)
        cache.set("newest", b"x" * 3_000)
        assert [key in cache for key in ("old", "dying", "newer", "newest")] == [True, False, True, True]
        assert (cache.stats().evictions, cache.stats().expired) == (0, 1)


def test_that_a_value_larger_than_everything_is_returned_and_not_kept(path: Path) -> None:
    with SharedCache(path, max_bytes=1_000) as cache:
        cache.set("a", b"small")
        assert cache.get_or_load("b", lambda: bytes(2_000)) == bytes(2_000)
        assert "b" not in cache
        cache.set("a", bytes(2_000))
        assert cache.get("a") is None


def test_that_many_threads_load_once(path: Path) -> None:
    loads: list[int] = []
    wait = threading.Event()

    def load() -> int:
        loads.append(1)
        wait.wait(0.2)
        return 42

    with SharedCache(path) as cache, ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda _: cache.get_or_load("a", load), range(16))) == [42] * 16
    assert len(loads) == 1


def test_that_a_failure_stores_nothing_and_the_next_one_loads(path: Path) -> None:
    def fail() -> int:
        raise ConnectionError("down")

    with SharedCache(path) as cache:
        with pytest.raises(ConnectionError):
            cache.get_or_load("a", fail)
        assert cache.get_or_load("a", lambda: 5) == 5
        assert (cache.stats().load_failures, cache.stats().loads) == (1, 1)


def test_that_a_front_answers_and_expires_with_the_entry(path: Path) -> None:
    clock = Clock()
    front: LRUCache[Any, Any] = LRUCache(10, ttl=30, clock=lambda: clock.moment.since_boot / 1000)
    with SharedCache(path, ttl=10, front=front, clock=clock) as cache:
        assert cache.get_or_load("a", lambda: 1) == 1
        assert cache.get("a") == 1
        assert (front.stats().hits, cache.stats().hits) == (1, 0)
        clock.pass_by(10)
        assert cache.get("a") is None
        cache.set("b", 2)
        cache.delete("b")
        assert cache.get("b") is None
        with pytest.raises(TypeError, match="front"):
            pickle.dumps(cache)


def test_that_a_pickled_cache_is_the_same_cache(path: Path) -> None:
    with SharedCache(path, ttl=100, max_bytes=10_000) as cache:
        cache.set("a", 1)
        with pickle.loads(pickle.dumps(cache)) as copy:
            assert copy.get("a") == 1


def test_that_another_file_is_refused_and_left_as_it_is(path: Path, make_tracker: MakeTracker) -> None:
    tracker = make_tracker()
    tracker.record("m", Usage(calls=1), cost=0)
    with pytest.raises(NotALedgerError):
        SharedCache(tracker.db_path)
    path.write_bytes(b"something else entirely, and long enough to be no header" * 20)
    before = path.read_bytes()
    with pytest.raises(LedgerError):
        SharedCache(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("options", [{"max_bytes": 0}, {"ttl": 0}, {"form": "yaml"}, {"path": None}])
def test_that_impossible_options_are_refused(options: dict[str, Any], path: Path) -> None:
    with pytest.raises(ValueError, match=r"max_bytes|ttl|form|path"):
        SharedCache(**{"path": path, **options})


def test_that_hits_save_what_the_one_load_has_cost(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(PRICED)

    def pay() -> int:
        with tracker.call("m") as call:
            call.settle(Usage(calls=1))
        return 1

    with SharedCache(name="answers", tracker=tracker) as one, SharedCache(name="answers", tracker=tracker) as other:
        for _ in range(3):
            one.get_or_load("a", pay)
            other.get_or_load("a", pay)
    tracker.close()
    (status,) = picture(tracker).caches
    assert (status.hits, status.misses, status.loads) == (5, 1, 1)
    assert (status.paid, status.saved) == (10_000_000, 50_000_000)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(["set", "get", "delete", "wait"]), st.integers(0, 6)), max_size=60))
def test_that_it_does_what_a_dictionary_with_deadlines_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    clock = Clock()
    model: dict[int, tuple[int, float]] = {}
    with SharedCache(tmp_path_factory.mktemp("model") / "c.db", ttl=3, clock=clock) as cache:
        for number, (what, key) in enumerate(steps):
            now = clock.moment.since_boot
            value, deadline = model.get(key, (None, -math.inf))
            live = now < deadline
            if what == "set":
                cache.set(key, number)
                model[key] = (number, now + 3_000)
            elif what == "get":
                assert cache.get(key) == (value if live else None)
            elif what == "delete":
                assert cache.delete(key) == (key in model)
                model.pop(key, None)
            else:
                clock.pass_by(1)


@pytest.mark.timeout(170)
def test_that_eight_processes_pay_once_per_key(make_tracker: MakeTracker) -> None:
    tracker = make_tracker(PRICED)
    assert tracker.config.path is not None
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=ask_and_pay, args=(tracker.config.path, seed, 5_000, 500)) for seed in range(8)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(150)
    assert [process.exitcode for process in processes] == [0] * 8
    seen = picture(tracker)
    assert (seen.totals.calls, seen.totals.held, seen.totals.in_doubt) == (500, 0, 0)
    assert {call.tag for call in seen.calls} == {str(key) for key in range(500)}
    (status,) = seen.caches
    assert status.hits + status.misses == 40_000
    assert (status.loads, status.paid) == (500, 500 * 10_000_000)


def test_that_a_small_cache_stays_whole_under_many_processes(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=hammer, args=(path, seed, 800, results)) for seed in range(4)]
    for process in processes:
        process.start()
    sizes = [results.get(timeout=100) for _ in processes]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    assert all(size <= 50_000 for size in sizes)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_that_a_forked_child_goes_on_by_itself(path: Path) -> None:
    with SharedCache(path) as cache:
        cache.set("a", 1)
        child = os.fork()
        if child == 0:
            good = cache.get("a") == 1 and cache.get_or_load("b", lambda: 2) == 2
            os._exit(0 if good else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert cache.get_or_load("b", lambda: pytest.fail("loaded twice")) == 2
