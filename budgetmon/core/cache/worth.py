"""What getting a value has cost and whom that paid, and what hits on such values save, in all and per provider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from budgetmon.core.ledger.values import ProviderCounts
from budgetmon.core.rules.money import nanos_charged

# Nobody in particular: a value whose cost was stated where it was stored.
NOBODY = ""
# Stands where a name would be, once values have paid different providers.
_SEVERAL = object()
# Hits are counted by value until somebody asks, or there are more values than this.
_MOST_VALUES = 8192
# Below this, counting one by one beats starting a count.
_FEW = 16


class Worth:
    """What getting one value has cost. Compared by identity, so that hits are counted before anything is added up.

    ``payees`` is the provider that was paid, or several with the nanos that each charged.
    """

    __slots__ = ("nanos", "payees")

    lent = False

    def __init__(self, nanos: int, payees: str | Mapping[str, int] = NOBODY) -> None:
        self.nanos = nanos
        self.payees = payees

    @classmethod
    def of(cls, parts: Mapping[str, int]) -> Worth:
        """The worth of a value whose load paid each provider so many nanos."""
        only = next(iter(parts)) if len(parts) == 1 else dict(parts)
        return cls(sum(parts.values()), only)

    def parts(self) -> Iterable[tuple[str, int]]:
        """Each provider that was paid, and the nanos that it charged."""
        return ((self.payees, self.nanos),) if isinstance(self.payees, str) else self.payees.items()

    @property
    def at_stake(self) -> int:
        """Nanos that are paid again once the value is gone."""
        return 0 if self.lent else self.nanos


class LentWorth(Worth):
    """That of a copy in front of the cache that holds the value: a hit saves as much, and losing the copy costs nothing."""

    __slots__ = ()

    lent = True


def worth_of(cost: object) -> Worth:
    """The worth of a value that has cost so many USD, which paid nobody in particular; a Worth as it is. Raises ValueError."""
    return cost if isinstance(cost, Worth) else Worth(nanos_charged(cost))


class Savings:
    """Sums over loads and hits, per provider. A load counts for every provider that it paid, and so does a hit on its value;
    money counts for each by what it charged, so that it adds up to the nano.

    Not safe between threads: the cache's lock is held.
    """

    __slots__ = ("_of_only", "_only", "_sums", "_tally")

    def __init__(self) -> None:
        # Hits by value, not multiplied yet.
        self._tally: Counter[Worth | None] = Counter()
        self._sums: dict[str, _Sums] = {}
        # As long as all values with a known cost have paid one and the same provider, nothing needs to be told apart.
        self._only: object = None
        self._of_only = _Sums()

    def store(self, worth: Worth) -> None:
        """To be told of every value's cost before the value can be hit. Counts a load, unless it is lent."""
        if worth.payees != self._only:
            self._meet(worth.payees)
        if worth.lent:
            return
        if self._only is not _SEVERAL:
            sums = self._of_only
            sums.loads += 1
            sums.paid += worth.nanos
            return
        for provider, nanos in worth.parts():
            sums = _of(self._sums, provider)
            sums.loads += 1
            sums.paid += nanos

    def hits(self, worths: Sequence[Worth | None]) -> None:
        """Counts a hit on each of ``worths``, which ``store`` was told of."""
        if self._only is _SEVERAL:
            self._count(worths)
        else:
            self._of_only.add_hits([worth.nanos for worth in worths if worth is not None])

    def hits_on(self, entries: Sequence[tuple[Any, Any, Any, Worth | None, Any]]) -> None:
        """The same for entries of a cache, gone through once where nothing needs to be told apart."""
        if self._only is _SEVERAL:
            self._count([entry[3] for entry in entries])
        else:
            self._of_only.add_hits([worth.nanos for entry in entries if (worth := entry[3]) is not None])

    def hit(self, worth: Worth) -> None:
        """Counts a hit on a value that another process may have stored."""
        tally = self._tally
        tally[worth] = tally.get(worth, 0) + 1
        if len(tally) > _MOST_VALUES:
            self._multiply()

    def counted(self, more: Iterable[Worth | None]) -> tuple[int, int, tuple[ProviderCounts, ...]]:
        """Nanos paid and saved in all, and the sums per provider, by name. Hits on ``more`` are in the answer only."""
        self._multiply()
        sums = {provider: one.copy() for provider, one in self._sums.items()}
        _multiply(Counter(more), sums)
        return (
            sum([one.paid for one in sums.values()]),
            sum([one.saved for one in sums.values()]),
            tuple(one.of(provider) for provider, one in sorted(sums.items()) if provider != NOBODY),
        )

    def _meet(self, payees: str | Mapping[str, int]) -> None:
        if self._only is None and isinstance(payees, str):
            self._only = payees
            self._of_only = _of(self._sums, payees)
        else:
            self._only = _SEVERAL

    def _count(self, worths: Sequence[Worth | None]) -> None:
        tally = self._tally
        if len(worths) > _FEW:
            tally.update(worths)
        else:
            for worth in worths:
                tally[worth] = tally.get(worth, 0) + 1
        if len(tally) > _MOST_VALUES:
            self._multiply()

    def _multiply(self) -> None:
        tally, self._tally = self._tally, Counter()
        _multiply(tally, self._sums)


class _Sums:
    """What becomes a ProviderCounts."""

    __slots__ = ("hits", "loads", "paid", "saved")

    def __init__(self) -> None:
        self.hits = self.loads = self.paid = self.saved = 0

    def add(self, hits: int, saved: int) -> None:
        self.hits += hits
        self.saved += saved

    def add_hits(self, worth: list[int]) -> None:
        self.add(len(worth), sum(worth))

    def copy(self) -> _Sums:
        copy = _Sums()
        copy.hits, copy.loads, copy.paid, copy.saved = self.hits, self.loads, self.paid, self.saved
        return copy

    def of(self, provider: str) -> ProviderCounts:
        return ProviderCounts(provider, self.hits, self.loads, self.paid, self.saved)


def since(now: tuple[ProviderCounts, ...], before: tuple[ProviderCounts, ...]) -> tuple[ProviderCounts, ...]:
    """What was counted between two times, of the providers for which anything was."""
    earlier = {one.provider: one for one in before}
    return tuple(one - earlier[one.provider] if one.provider in earlier else one for one in now if one not in before)


def _multiply(tally: Mapping[Worth | None, int], sums: dict[str, _Sums]) -> None:
    for worth, hits in tally.items():
        if worth is not None:
            for provider, nanos in worth.parts():
                _of(sums, provider).add(hits, hits * nanos)


def _of(sums: dict[str, _Sums], provider: str) -> _Sums:
    if provider not in sums:
        sums[provider] = _Sums()
    return sums[provider]
