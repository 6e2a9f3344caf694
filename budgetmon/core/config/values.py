"""The configuration as immutable values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from budgetmon.core.rules.budgets import Budget
from budgetmon.core.rules.doubts import InDoubt, OnDeath
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.runs import RunKind


class Durability(StrEnum):
    """What an acknowledged write survives: a power cut, or the crash of any process."""

    POWER = "power"
    PROCESS = "process"


class Unpriced(StrEnum):
    """What becomes of a call whose price nobody knows: turned away, a ceiling set aside for it, or let through and flagged."""

    REFUSE = "refuse"
    CEILING = "ceiling"
    ALLOW = "allow"


@dataclass(frozen=True, slots=True)
class ProviderConfig:
    """Where a provider is reached. The key itself is never read here, only the name of the variable that holds it."""

    base_url: str | None = None
    api_key_env: str | None = None


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """A model of the config: its provider, and its rates if the config names a price."""

    provider: str
    rates: Rates | None = None


@dataclass(frozen=True, slots=True)
class CacheConfig:
    """Defaults of a named cache."""

    max_size: int | None = None
    ttl: timedelta | None = None


@dataclass(frozen=True, slots=True)
class RunConfig:
    """A run profile: what the Run button starts. ``budget`` caps what the run may spend, in nanos.

    ``cwd`` is absolute. ``python`` is an interpreter's path or name on PATH, or the folder of a virtual environment; None is
    the one of ``cwd``'s own environment, else ours. ``env`` is added to the environment that the run inherits.
    """

    name: str
    kind: RunKind
    cwd: Path
    args: tuple[str, ...] = ()
    budget: int | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    python: str | None = None
    time_limit: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """A whole configuration. ``path`` is None for one that was not read from a file; ``database`` is absolute.

    ``budgets`` None leaves those in force that the ledger holds. ``unpriced_ceiling`` is in nanos. ``retention`` is how
    long calls stay in the journal, None for ever. ``fail_open`` lets calls through when the ledger cannot be written.
    """

    database: Path
    zone: str
    path: Path | None = None
    durability: Durability = Durability.POWER
    unpriced: Unpriced = Unpriced.REFUSE
    unpriced_ceiling: int = 0
    on_death: OnDeath = OnDeath.IN_DOUBT
    in_doubt: InDoubt = InDoubt.KEEP
    fail_open: bool = False
    retention: timedelta | None = None
    providers: Mapping[str, ProviderConfig] = field(default_factory=dict)
    models: Mapping[str, ModelConfig] = field(default_factory=dict)
    budgets: tuple[Budget, ...] | None = None
    cascade: tuple[str, ...] = ()
    caches: Mapping[str, CacheConfig] = field(default_factory=dict)
    runs: tuple[RunConfig, ...] = ()
