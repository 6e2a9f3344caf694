"""SharedCache: one cache for all processes of the machine, and one paid call however many of them want a key at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from budgetmon.core.cache import spending
from budgetmon.core.cache.counters import CacheStats, Counters
from budgetmon.core.cache.expiry import seconds
from budgetmon.core.cache.loading import Load
from budgetmon.core.cache.lru import LOG_EVERY, LRUCache, PublishesCaches
from budgetmon.core.cache.shared.boot_clock import BootClock, deadline_after
from budgetmon.core.cache.shared.forms import FormName, ValueForms, key_bytes
from budgetmon.core.cache.shared.store import SharedStore, Turn
from budgetmon.core.cache.shared.tables import Found, New
from budgetmon.core.cache.worth import LentWorth, Worth, worth_of
from budgetmon.core.storage import exiting, forking
from budgetmon.core.storage.errors import LedgerError

_log = logging.getLogger(__name__)

_MISSING: Any = object()


class SharedLoadError(Exception):
    """The process that loaded a key failed; the text says with what. Asking again loads again."""


class HasLedger(PublishesCaches, Protocol):
    """A tracker, as far as a shared cache needs one."""

    @property
    def db_path(self) -> Path:
        """The ledger's file."""


class SharedCache:
    """A cache in a file of its own, for every process of this machine that opens it. Bounded by ``max_bytes``.

    When it is full, what was used the longest ago goes, nearly in order: uses are noted in batches. Expired entries go first.
    ``ttl`` is a timedelta, seconds, or None for ever, and runs on the machine's clock since boot: a wall clock that jumps
    changes nothing; only across a reboot is the wall clock asked. ``form`` is how values are stored beside bytes: json,
    msgpack, or pickle, which runs whatever code the file names: only where nobody else can write the file. ``front`` is an
    LRUCache of this process before it, whose entries may be stale for as long as its own ttl, and whose hits save what the
    value has cost. With a ``name`` and a ``tracker`` the counts reach the ledger; without ``path`` the file then lies beside
    the ledger. Safe between threads and after a fork; pickles unless it has a front. Raises ValueError for impossible bounds,
    and LedgerError when the file cannot be used; a value that was paid for is returned all the same.
    """

    def __init__(
        self,
        path: str | Path | None = None,
        *,
        max_bytes: int = 256 * 1024 * 1024,
        ttl: timedelta | float | None = None,
        name: str | None = None,
        tracker: HasLedger | None = None,
        form: FormName = "json",
        front: LRUCache[Any, Any] | None = None,
        log_every: timedelta | float | None = LOG_EVERY,
        clock: BootClock | None = None,
    ) -> None:
        if type(max_bytes) is not int or max_bytes < 1:
            raise ValueError(f"max_bytes must be a whole number of one or more, not {max_bytes!r}")
        if tracker is not None and not name:
            raise ValueError("a cache that publishes its counts needs a name")
        if path is None:
            if tracker is None:
                raise ValueError("a shared cache needs a path, or a name and a tracker whose ledger it lies beside")
            path = tracker.db_path.with_name(f"{tracker.db_path.name}-cache-{name}")
        self._arguments = {"max_bytes": max_bytes, "ttl": ttl, "name": name, "tracker": tracker, "form": form}
        self._ttl = seconds(ttl)
        self._forms = ValueForms(form)
        self._front = front
        self._clock = clock or BootClock()
        self._store = SharedStore(Path(path).absolute(), max_bytes, self._clock)
        self._loads: dict[bytes, Load[Any]] = {}
        self._counters = Counters(name or "", 0, None, seconds(log_every, "log_every"))
        self._takeovers = 0
        forking.join(self, forking.Rest.CACHE)
        if tracker is not None:
            tracker.publish_cache(self._counters)
        exiting.close_at_exit(self)

    @property
    def path(self) -> Path:
        """The cache's file."""
        return self._store.path

    @property
    def takeovers(self) -> int:
        """Loads that this process began anew because the process that ran them died: their calls may have been billed."""
        return self._takeovers

    def get(self, key: object, default: Any = None) -> Any:
        """The value of ``key``, or ``default`` when it is missing or expired. Raises TypeError for an impossible key."""
        packed = key_bytes(key)
        if self._front is not None and (value := self._front.get(key, _MISSING)) is not _MISSING:
            return value
        value = self._look_up(key, packed)
        return default if value is _MISSING else value

    def set(self, key: object, value: object, *, ttl: timedelta | float | None = None, cost: object = None) -> None:
        """Stores ``value`` for every process. ``ttl`` overrides that of the cache; ``cost`` in USD is what getting it has cost.

        One that is larger than the whole cache is not kept. Raises TypeError for what the form cannot hold.
        """
        worth = None if cost is None else worth_of(cost)
        new = self._new(key_bytes(key), value, self._ttl if ttl is None else seconds(ttl), worth)
        self._note(worth)
        self._put(new, key)

    def get_or_load(self, key: object, loader: Callable[[], Any], *, ttl: timedelta | float | None = None) -> Any:
        """The value of ``key``, or what ``loader()`` returns. However many threads and processes ask at once, one loads.

        If its process dies, the next in line loads at once. What it raises is raised by the others as SharedLoadError.
        Calls that are settled inside ``loader`` are the value's cost. Everybody gets the value as it was stored.
        """
        packed = key_bytes(key)
        if self._front is not None and (value := self._front.get(key, _MISSING)) is not _MISSING:
            return value
        value = self._look_up(key, packed)
        me = threading.get_ident()
        while value is _MISSING:
            with self._counters.lock:
                load = self._loads.get(packed) or self._loads.setdefault(packed, Load(me))
            if load.begins(me):
                return self._run_load(key, packed, load, loader, self._ttl if ttl is None else seconds(ttl))
            load.wait(key)
            if load.error is not None:
                raise load.error
            if not load.given_up:
                value = load.value
        return value

    def delete(self, key: object) -> bool:
        """Drops ``key`` for every process, but for fronts of others. Whether it was there."""
        there = self._store.remove(key_bytes(key))
        if self._front is not None:
            self._front.pop(key)
        return there

    def clear(self) -> None:
        """Drops every entry, but for fronts of other processes. Loads under way go on."""
        self._store.clear()
        if self._front is not None:
            self._front.clear()

    def stats(self) -> CacheStats:
        """What this process counted. ``size`` is the number of entries in the file, of which some may have expired."""
        with self._counters.lock:
            counted = self._counters.stats()
        return CacheStats(**{**_counts(counted), "size": self._store.sizes()[0]})

    def bytes_used(self) -> int:
        """How much of ``max_bytes`` is taken."""
        return self._store.sizes()[1]

    def close(self) -> None:
        """Closes the file. The cache may be used again; closing twice is harmless."""
        self._store.close()

    def __contains__(self, key: object) -> bool:
        """Whether ``key`` is there and live. Neither a use nor a lookup."""
        return self._store.peek(key_bytes(key))

    def __len__(self) -> int:
        """Entries in the file, of which some may have expired."""
        return self._store.sizes()[0]

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        if self._front is not None:
            raise TypeError("a shared cache with a front cannot be pickled: the front belongs to its process")
        return _reopen, (self.path, self._arguments)

    def before_fork(self) -> None:
        """Comes to rest."""
        self._counters.lock.acquire()

    def after_fork_in_parent(self) -> None:
        """Goes on."""
        self._counters.lock.release()

    def after_fork_in_child(self) -> None:
        """Loads of the parent's threads are the parent's."""
        self._counters.lock = threading.RLock()
        self._loads = {}

    def _look_up(self, key: object, packed: bytes) -> Any:
        found = self._store.find(packed)
        if not isinstance(found, Found):
            self._counters.miss()
            return _MISSING
        counters = self._counters
        with counters.lock:
            counters.hits += 1
            if found.worth is not None:
                counters.savings.hit(found.worth)
        return self._unpacked(key, found)

    def _unpacked(self, key: object, found: Found) -> Any:
        value = self._forms.unpack(found.form, found.value)
        if self._front is not None:
            worth = None if found.worth is None else LentWorth(found.worth.nanos, found.worth.payees)
            self._front.set(key, value, ttl=self._front_ttl(None if found.left is None else found.left / 1000), cost=worth)
        return value

    def _front_ttl(self, left: float | None) -> float | None:
        own = None if self._front is None else self._front.ttl
        return min((length for length in (own, left) if length is not None), default=None)

    def _new(self, packed: bytes, value: object, length: float | None, worth: Worth | None) -> New:
        form, stored = self._forms.pack(value)
        deadline = None if length is None else deadline_after(self._clock.now(), length)
        return New(packed, form, stored, worth, deadline)

    def _put(self, new: New, key: object, load: int | None = None) -> Any:
        """Stores a value and returns it as everybody will read it."""
        expired, evicted = self._store.store(new, load)
        self._count(expired=expired, evictions=evicted)
        left = None if new.deadline is None else new.deadline.remaining(self._clock.now())
        return self._unpacked(key, Found(0, new.form, new.value, new.worth, left if left is None else max(1, left)))

    def _run_load(self, key: object, packed: bytes, load: Load[Any], loader: Callable[[], Any], length: float | None) -> Any:
        """The flight inside this process: one thread goes on to the flight between processes."""
        try:
            load.value = self._fly(key, packed, loader, length)
        except Exception as error:
            load.error = error
            raise
        except BaseException:
            load.given_up = True
            raise
        finally:
            with self._counters.lock:
                if self._loads.get(packed) is load:
                    del self._loads[packed]
            load.finish()
        return load.value

    def _fly(self, key: object, packed: bytes, loader: Callable[[], Any], length: float | None) -> Any:
        while True:
            outcome = self._store.begin_load(packed)
            if isinstance(outcome, Found):
                return self._unpacked(key, outcome)
            turn, number = outcome
            if turn is not Turn.THEIRS:
                self._takeovers += turn is Turn.TAKEN_OVER
                return self._load_and_store(key, packed, number, loader, length)
            error = self._store.wait_for(number)
            if error is not None:
                raise SharedLoadError(f"another process failed to load {key!r}: {error}")

    def _load_and_store(self, key: object, packed: bytes, number: int, loader: Callable[[], Any], length: float | None) -> Any:
        began = self._clock.now().since_boot
        try:
            with spending.measured() as spent:
                value = loader()
            worth = spent.worth()
            new = self._new(packed, value, length, worth)
        except BaseException as error:
            self._count(load_failures=isinstance(error, Exception), load_nanoseconds=self._since(began))
            self._end_in_vain(number, error)
            raise
        self._count(loads=1, load_nanoseconds=self._since(began))
        self._note(worth)
        try:
            return self._put(new, key, number)
        except LedgerError as error:
            _log.warning("a value was loaded and cannot be shared: %s", error)
            self._end_in_vain(number, None)
            return value

    def _end_in_vain(self, number: int, error: BaseException | None) -> None:
        """Wakes those who wait. An interrupt is this caller's own business: the next in line loads."""
        words = f"{type(error).__name__}: {error}" if isinstance(error, Exception) else None
        try:
            self._store.end_load(number, words)
        except LedgerError as trouble:
            # The lock is given up all the same, and the next in line finds the load without an owner.
            _log.warning("a load could not be signed off: %s", trouble)

    def _since(self, began: int) -> int:
        return (self._clock.now().since_boot - began) * 1_000_000

    def _note(self, worth: Worth | None) -> None:
        if worth is not None:
            with self._counters.lock:
                self._counters.priced += 1
                self._counters.savings.store(worth)

    def _count(self, **amounts: int) -> None:
        with self._counters.lock:
            for name, amount in amounts.items():
                setattr(self._counters, name, getattr(self._counters, name) + amount)


def _counts(stats: CacheStats) -> dict[str, Any]:
    return {name: getattr(stats, name) for name in CacheStats.__dataclass_fields__}


def _reopen(path: Path, arguments: dict[str, Any]) -> SharedCache:
    return SharedCache(path, **arguments)
