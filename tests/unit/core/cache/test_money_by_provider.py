"""Whom the loads paid: hits, loads and money per provider, exact to the nano, and together what the cache counts in all."""

from __future__ import annotations

import random
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from budgetmon import LRUCache
from budgetmon.core.cache import spending
from budgetmon.core.cache.counters import CacheStats
from budgetmon.core.ledger.values import ProviderCounts
from budgetmon.workloads.earnings.purse import Purse

CENT = 10_000_000
PROVIDERS = ("alphavantage", "gemini", "perplexity")


def paying(**nanos: int | None) -> int:
    for provider, amount in nanos.items():
        spending.note(amount, provider)
    return 1


def by_provider(stats: CacheStats) -> dict[str, tuple[int, int, int, int]]:
    """Hits, loads, paid, saved."""
    return {one.provider: (one.hits, one.loads, one.paid, one.saved) for one in stats.providers}


def make(kind: str, size: int) -> Any:
    if kind == "lru":
        return LRUCache[Any, Any](size)
    pytest.importorskip("moka_py")
    from budgetmon.core.cache.tiny_lfu import TinyLFUCache

    return TinyLFUCache[Any, Any](size)


@pytest.fixture(params=["lru", "tiny lfu"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_that_a_hit_spares_the_provider_that_the_load_paid(kind: str) -> None:
    cache = make(kind, 4)
    for _ in range(4):
        cache.get_or_load("a", lambda: paying(perplexity=CENT))
    for _ in range(3):
        cache.get_or_load("b", lambda: paying(gemini=2 * CENT))
    assert by_provider(cache.stats()) == {"gemini": (2, 1, 2 * CENT, 4 * CENT), "perplexity": (3, 1, CENT, 3 * CENT)}


def test_that_each_provider_of_a_load_is_spared_by_a_hit_and_saves_what_it_charged(kind: str) -> None:
    cache = make(kind, 4)
    for _ in range(3):
        cache.get_or_load("a", lambda: paying(perplexity=CENT, gemini=7) + paying(perplexity=2 * CENT))
    assert by_provider(cache.stats()) == {"gemini": (2, 1, 7, 14), "perplexity": (2, 1, 3 * CENT, 6 * CENT)}
    assert (cache.stats().paid, cache.stats().saved) == (3 * CENT + 7, 6 * CENT + 14)


def test_that_a_provider_that_charges_nothing_is_spared_all_the_same(kind: str) -> None:
    cache = make(kind, 4)
    for _ in range(3):
        cache.get_or_load("a", lambda: paying(alphavantage=0))
    assert by_provider(cache.stats()) == {"alphavantage": (2, 1, 0, 0)}


def test_that_an_unpriced_call_names_nobody(kind: str) -> None:
    cache = make(kind, 4)
    for _ in range(3):
        cache.get_or_load("a", lambda: paying(perplexity=None))
        cache.get_or_load("b", lambda: paying(perplexity=None, gemini=5))
    assert by_provider(cache.stats()) == {"gemini": (2, 1, 5, 10)}


def test_that_a_cost_that_is_stated_is_paid_to_nobody_in_particular(kind: str) -> None:
    cache = make(kind, 4)
    cache.set("a", 1, cost=0.01)
    cache.get("a")
    assert (cache.stats().providers, cache.stats().paid, cache.stats().saved) == ((), CENT, CENT)
    cache.get_or_load("b", lambda: paying(gemini=5))
    cache.get("a")
    cache.get("b")
    assert by_provider(cache.stats()) == {"gemini": (1, 1, 5, 5)}
    assert (cache.stats().paid, cache.stats().saved) == (CENT + 5, 2 * CENT + 5)


def test_that_a_value_stored_anew_pays_whom_its_own_load_paid(kind: str) -> None:
    cache = make(kind, 4)
    cache.get_or_load("a", lambda: paying(gemini=5))
    cache.get("a")
    cache.pop("a")
    cache.get_or_load("a", lambda: paying(perplexity=7))
    cache.get("a")
    cache.set("a", 2)
    cache.get("a")
    assert by_provider(cache.stats()) == {"gemini": (1, 1, 5, 5), "perplexity": (1, 1, 7, 7)}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("variety", [1, 2, 3])
def test_that_sums_are_exact_whatever_is_mixed(kind: str, seed: int, variety: int) -> None:
    """Against a model that counts each hit by itself; long stretches of hits and single ones, asked in between."""
    chance = random.Random(seed)
    cache = make(kind, 40)
    paid: dict[int, dict[str, int]] = {}
    hits: Counter[str] = Counter()
    loads: Counter[str] = Counter()
    money: Counter[str] = Counter()
    saved: Counter[str] = Counter()
    asked: list[int] = []

    def load(key: int) -> int:
        asked.append(key)
        providers = chance.sample(PROVIDERS[:variety], chance.randint(1 if variety < 3 else 0, variety))
        paid[key] = {provider: chance.choice([0, 1, CENT, chance.randrange(10**12)]) for provider in providers}
        for provider, nanos in paid[key].items():
            loads[provider] += 1
            money[provider] += nanos
        return paying(**paid[key])

    for _ in range(400):
        key = chance.randrange(60)
        before = len(asked)
        cache.get_or_load(key, lambda key=key: load(key))
        found = len(asked) == before
        found += sum(cache.get(key) is not None for _ in range(chance.choice([0, 1, 3, 3000])))
        for provider, nanos in paid[key].items():
            hits[provider] += found
            saved[provider] += found * nanos
        if chance.random() < 0.05:
            cache.stats()
    expected = {name: (hits[name], loads[name], money[name], saved[name]) for name in loads}
    stats = cache.stats()
    assert by_provider(stats) == expected
    assert (stats.paid, stats.saved) == (sum(money.values()), sum(saved.values()))


def test_that_what_is_asked_between_two_looks_is_counted_once(kind: str) -> None:
    cache = make(kind, 4)
    cache.get_or_load("a", lambda: paying(gemini=5))
    before = cache.stats()
    assert (cache.stats() - before).providers == ()
    for _ in range(5_000):
        cache.get("a")
    cache.get_or_load("b", lambda: paying(perplexity=7))
    assert (cache.stats() - before).providers == (
        ProviderCounts("gemini", 5_000, 0, 0, 25_000),
        ProviderCounts("perplexity", 0, 1, 7, 0),
    )


def test_that_more_values_than_are_kept_apart_add_up() -> None:
    cache: LRUCache[int, int] = LRUCache(30_000)
    for key in range(20_000):
        cache.get_or_load(key, lambda key=key: paying(**{PROVIDERS[key % 2]: key}))  # type: ignore[misc]
    for _ in range(2):
        for key in range(20_000):
            cache.get(key)
    assert by_provider(cache.stats()) == {
        "alphavantage": (20_000, 10_000, sum(range(0, 20_000, 2)), 2 * sum(range(0, 20_000, 2))),
        "gemini": (20_000, 10_000, sum(range(1, 20_000, 2)), 2 * sum(range(1, 20_000, 2))),
    }


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads take turns as often as the interpreter can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_that_threads_lose_no_hit_of_any_provider(kind: str, hasty_threads: None) -> None:
    """Readers that never lock, while values are loaded anew at another price by another provider."""
    cache = make(kind, 8)
    rounds, readers = 4_000, 4
    found = [0] * readers
    loaded: list[int] = []

    def load(key: int) -> int:
        nanos = 1 + key + len(loaded)
        loaded.append(nanos)
        return paying(**{PROVIDERS[len(loaded) % 3]: nanos})

    def read(number: int) -> None:
        for turn in range(rounds):
            found[number] += cache.get(turn % 8) is not None

    def renew() -> None:
        for turn in range(rounds // 4):
            cache.pop(turn % 8)
            cache.get_or_load(turn % 8, lambda key=turn % 8: load(key))

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    threads.append(threading.Thread(target=renew))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stats = cache.stats()
    assert sum(one.hits for one in stats.providers) == sum(found) == stats.hits
    assert sum(one.loads for one in stats.providers) == len(loaded) == stats.loads
    assert sum(one.paid for one in stats.providers) == sum(loaded) == stats.paid
    assert sum(one.saved for one in stats.providers) == stats.saved


def test_that_a_purse_passes_on_whom_it_paid() -> None:
    cache: LRUCache[str, int] = LRUCache(4)
    purse = Purse()

    def load() -> int:
        with purse.paying():
            paying(gemini=5, perplexity=7)
        return paying(gemini=1)

    cache.get_or_load("a", load)
    cache.get("a")
    assert purse.emptied() == 12
    assert by_provider(cache.stats()) == {"gemini": (1, 1, 6, 6), "perplexity": (1, 1, 7, 7)}


def test_that_what_was_lost_is_what_is_paid_again() -> None:
    cache: LRUCache[str, int] = LRUCache(1)
    cache.get_or_load("a", lambda: paying(gemini=5, perplexity=7))
    cache.get_or_load("b", lambda: paying(gemini=1))
    cache.get("a")
    assert (cache.stats().evictions, cache.stats().lost_to_eviction) == (1, 12)
