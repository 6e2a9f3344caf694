"""What a cache's figures come to, in words: whether its size is right, and what it saved and lost. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.state.formatting import (
    NOTHING,
    count,
    duration,
    money,
    money_or_nothing,
    number,
    percent,
    percent_sign,
    took,
)
from budgetmon.monitor.cache_advice import CacheAdvice
from budgetmon.monitor.snapshot import CacheStatus

translate = QCoreApplication.translate


def verdict(advice: CacheAdvice | None) -> str:
    """Whether the size is right, in two words; an en dash while nobody knows."""
    if advice is None:
        return NOTHING
    if advice.fits:
        return translate("caches", "right")
    return translate("caches", "too large") if advice.max_size > advice.right_size else translate("caches", "too small")


def size_words(advice: CacheAdvice | None) -> str:
    """Whether the size is right, what another would hit, and what that is worth a day."""
    if advice is None:
        return translate("caches", "No estimate yet: it takes some hundred thousand lookups in one process.")
    here = percent(advice.rate)
    if advice.fits:
        words = translate("caches", "The size is right: {size} entries hit {rate}, and no size would hit more than {best}.")
        return words.format(size=count(advice.max_size), rate=here, best=percent(advice.best_rate))
    if advice.max_size > advice.right_size:
        words = translate("caches", "Larger than needed: {right} entries would hit as much as {size} do, within a point.")
        words = words.format(right=count(advice.right_size), size=count(advice.max_size))
        cost = translate("caches", "Half the size would hit {rate}, at {money} a day.")
        return _with(words, cost, advice.halved_rate, advice.halved_per_day, lost=True)
    words = translate("caches", "Too small: {right} entries would hit {best}, where {size} hit {rate}.")
    words = words.format(
        right=count(advice.right_size),
        best=percent(advice.best_rate),
        size=count(advice.max_size),
        rate=here,
    )
    gain = translate("caches", "Twice the size would hit {rate} and save {money} a day.")
    return _with(words, gain, advice.doubled_rate, advice.doubled_per_day, lost=False)


def ttl_words(advice: CacheAdvice | None) -> str:
    """What other times to live would hit; nothing for a cache without one."""
    if advice is None or not advice.ttls:
        return ""
    parts = [f"{duration(round(ttl * 1000))} {percent(rate)}" for ttl, rate in zip(advice.ttls, advice.ttl_rates, strict=True)]
    return translate("caches", "By time to live: {list}.").format(list=", ".join(parts))


def basis_words(advice: CacheAdvice | None) -> str:
    """What the estimate is made of."""
    if advice is None:
        return ""
    return translate("caches", "Estimated from {count} lookups in one process.").format(count=count(advice.lookups))


def money_words(cache: CacheStatus) -> str:
    """What was saved and lost."""
    if cache.saved is None:
        return translate("caches", "What it saves is not known: no load was paid through a tracker.")
    words = translate("caches", "Saved {saved}. Paid again: {evicted} for evicted values, {expired} for expired ones.")
    return words.format(
        saved=money(cache.saved),
        evicted=money_or_nothing(cache.lost_to_eviction),
        expired=money_or_nothing(cache.lost_to_expiry),
    )


def count_words(cache: CacheStatus) -> str:
    """What was counted over all processes."""
    words = translate("caches", "{hits} hits, {misses} misses, {expired} expired, {evicted} evicted; {size} of {most} entries.")
    return words.format(
        hits=count(cache.hits),
        misses=count(cache.misses),
        expired=count(cache.expired),
        evicted=count(cache.evictions),
        size=count(cache.size),
        most=count(cache.max_size),
    )


def load_words(cache: CacheStatus) -> str:
    """How often and how long values were loaded."""
    if not cache.loads:
        return translate("caches", "Nothing was loaded through it.")
    mean = took(round(cache.load_seconds / cache.loads * 1000))
    words = translate("caches", "{loads} loads, {mean} each, {failed} failed.")
    return words.format(loads=count(cache.loads), mean=mean, failed=count(cache.load_failures))


def lost(cache: CacheStatus) -> int | None:
    """Nanos paid again because a value had been evicted or had expired; None where it is not known."""
    if cache.lost_to_eviction is None or cache.lost_to_expiry is None:
        return None
    return cache.lost_to_eviction + cache.lost_to_expiry


def share_words(share: float) -> str:
    """A hit rate with one decimal: ``"86.4%"``."""
    return percent_sign(number(share * 100, 1))


def _with(words: str, more: str, rate: float, per_day: int | None, *, lost: bool) -> str:
    """Adds what a change is worth, where the cost of a load is known."""
    if per_day is None:
        return words
    return f"{words} {more.format(rate=percent(rate), money=money(-per_day if lost else per_day))}"
