"""Alerts as immutable values. Figures only: the words are made where they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from budgetmon.core.rules.budgets import Unit


class AlertKind(StrEnum):
    """What an alert is about. Each has a switch of its own."""

    THRESHOLD = "threshold"
    PACE = "pace"
    REFUSALS = "refusals"
    OVERRUN = "overrun"
    UNPRICED = "unpriced"
    HIT_RATE = "hit_rate"
    DEAD_WORKER = "dead_worker"
    LOG = "log"


class Severity(IntEnum):
    """How much it presses, ascending."""

    NOTE = 1
    WARNING = 2
    URGENT = 3


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the cause can be seen: the stretch of time (UTC milliseconds), and what to look at in it.

    ``calls`` and ``refusals`` are ids of rows, newest first and never more than a screenful.
    """

    since: int
    until: int
    provider: str | None = None
    budget: str | None = None
    cache: str | None = None
    worker: int | None = None
    calls: tuple[int, ...] = ()
    refusals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of an alert, as far as its kind has them. Amounts are in ``unit``, nanos for USD."""

    amount: int = 0
    of: int = 0
    unit: Unit = Unit.USD
    share: int = 0
    count: int = 0
    burn: float = 0.0
    now: float = 0.0
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A condition that holds in one snapshot. ``key`` is the same for as long as it is the same episode.

    ``subject`` names the budget, model, cache or worker. ``resets_at`` is when its window ends, None where nothing ends.
    """

    key: str
    kind: AlertKind
    severity: Severity
    subject: str
    figures: Figures
    reference: Reference
    resets_at: int | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """One episode: from ``since`` on, over at ``ended_at`` (UTC milliseconds; None while it lasts)."""

    finding: Finding
    since: int
    seen_at: int
    ended_at: int | None = None

    @property
    def id(self) -> str:
        """Unique over all episodes."""
        return f"{self.finding.key}@{self.since}"


@dataclass(frozen=True, slots=True)
class Watch:
    """What has been noticed so far: the episodes, newest first, and the unpriced calls last seen per model."""

    alerts: tuple[Alert, ...] = ()
    unpriced: dict[str, int] = field(default_factory=dict)
    unpriced_at: dict[str, int] = field(default_factory=dict)
