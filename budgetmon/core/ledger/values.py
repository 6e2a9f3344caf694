"""What goes into the ledger and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget, Unit
from budgetmon.core.rules.hit_curve import HitCurve
from budgetmon.core.rules.periods import Window
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is paid for what, on whose behalf: what scopes of budgets are matched against."""

    provider: str
    model: str
    tag: str | None = None
    run: str | None = None


@dataclass(frozen=True, slots=True)
class Amounts:
    """The same charge in every unit: nanos, calls, tokens."""

    nanos: int
    calls: int
    tokens: int

    def in_unit(self, unit: Unit) -> int:
        """The amount that counts against a limit in ``unit``."""
        if unit is Unit.USD:
            return self.nanos
        return self.calls if unit is Unit.CALLS else self.tokens


def amounts(nanos: int, usage: Usage) -> Amounts:
    """The charge of ``nanos`` for ``usage``."""
    return Amounts(nanos, usage.calls, usage.tokens)


@dataclass(frozen=True, slots=True)
class Charge:
    """What a call used and cost. ``cost`` None is unpriced: it counts as 0 against limits in USD, and is shown as unknown."""

    usage: Usage
    cost: int | None
    rates: Rates
    ok: bool = True

    @property
    def amounts(self) -> Amounts:
        """The charge in every unit."""
        return amounts(self.cost or 0, self.usage)


@dataclass(frozen=True, slots=True)
class Hold:
    """Money set aside: call ``id``, made at ``at`` (UTC milliseconds), ``nanos`` for an estimated ``usage``.

    ``windows`` are those in which it counts, by budget number; budgets that came later are not among them.
    """

    id: int
    at: int
    subject: Subject
    usage: Usage
    nanos: int
    windows: Mapping[int, Window]

    @property
    def amounts(self) -> Amounts:
        """What is set aside, in every unit."""
        return amounts(self.nanos, self.usage)


@dataclass(frozen=True, slots=True)
class StoredBudget:
    """A budget in force, with its number in the ledger. ``since`` (UTC milliseconds) is when its counters begin."""

    id: int
    budget: Budget
    since: int


@dataclass(frozen=True, slots=True)
class Paused:
    """A call that was turned away because its provider is paused."""

    provider: str
    model: str


@dataclass(frozen=True, slots=True)
class Admission:
    """The answer to a request with alternatives: the place of the one that was admitted, or of the refusal's."""

    place: int
    outcome: Hold | Receipt | Paused

    @property
    def admitted(self) -> bool:
        """Whether a hold is in place."""
        return isinstance(self.outcome, Hold)


@dataclass(frozen=True, slots=True)
class ProviderCounts:
    """What one cache counted of one provider: ``loads`` that paid it, ``hits`` on values whose load paid it, and in nanos what
    it charged for the loads (``paid``) and would have charged for the hits (``saved``).

    A load that pays several providers counts for each of them, and so does a hit on its value.
    """

    provider: str
    hits: int = 0
    loads: int = 0
    paid: int = 0
    saved: int = 0

    def __add__(self, other: ProviderCounts) -> ProviderCounts:
        """The counts of both."""
        return ProviderCounts(
            self.provider,
            self.hits + other.hits,
            self.loads + other.loads,
            self.paid + other.paid,
            self.saved + other.saved,
        )

    def __sub__(self, earlier: ProviderCounts) -> ProviderCounts:
        """The counts since ``earlier``."""
        return ProviderCounts(
            self.provider,
            self.hits - earlier.hits,
            self.loads - earlier.loads,
            self.paid - earlier.paid,
            self.saved - earlier.saved,
        )


@dataclass(frozen=True, slots=True)
class CacheCounts:
    """Counts of one cache since its last report, and its size now. ``number`` tells apart caches of one name in one process.

    ``load_us`` is microseconds in loaders. Money is nanos: ``paid`` for ``priced`` values, ``saved`` by hits on them, and lost
    to eviction and expiry, where a value had to be paid for again. ``curve`` is a new estimate of other sizes.
    ``providers`` are those that its loads paid, as far as they are known.
    """

    name: str
    number: int
    hits: int
    misses: int
    expired: int
    evictions: int
    size: int
    max_size: int
    loads: int = 0
    load_failures: int = 0
    load_us: int = 0
    priced: int = 0
    paid: int = 0
    saved: int = 0
    lost_evicted: int = 0
    lost_expired: int = 0
    curve: HitCurve | None = None
    providers: tuple[ProviderCounts, ...] = ()
