"""How much is measured: the quick form for any machine at any time, the full form for figures to publish."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes and durations, in calls and seconds."""

    name: str
    rounds: int
    pairs_per_round: int
    synced_pairs_per_round: int
    crowds: tuple[int, ...]
    crowd_rounds: int
    crowd_seconds: float
    small_history: int
    large_history: int
    history_rounds: int
    idle_polls: int
    calls_for_size: int
    cache_operations: int
    watched_phases: int
    watched_seconds: float
    calls_for_window: int


QUICK = Scale(
    name="quick",
    rounds=7,
    pairs_per_round=300,
    synced_pairs_per_round=80,
    crowds=(1, 8, 16, 32),
    crowd_rounds=1,
    crowd_seconds=2.0,
    small_history=10_000,
    large_history=1_000_000,
    history_rounds=40,
    idle_polls=11,
    calls_for_size=10_000,
    cache_operations=50_000,
    watched_phases=4,
    watched_seconds=2.0,
    calls_for_window=20_000,
)

FULL = Scale(
    name="full",
    rounds=15,
    pairs_per_round=1_000,
    synced_pairs_per_round=300,
    crowds=(1, 8, 16, 32),
    crowd_rounds=3,
    crowd_seconds=6.0,
    small_history=10_000,
    large_history=10_000_000,
    history_rounds=150,
    idle_polls=41,
    calls_for_size=100_000,
    cache_operations=400_000,
    watched_phases=12,
    watched_seconds=4.0,
    calls_for_window=200_000,
)
