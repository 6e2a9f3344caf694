"""Subject: hold and settle in one process, against the raw floor of the same two transactions."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from budgetmon.core.config.values import Durability
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.arithmetic import interleaved, median_ratio
from budgetmon.runs.bench.floor import Floor, record_pair
from budgetmon.runs.bench.ground import bench_config, seconds_of_pairs
from budgetmon.runs.bench.results import Finding, Report, at_least
from budgetmon.runs.bench.scale import Scale

_WARM_UP_PAIRS = 200


def measure(folder: Path, scale: Scale) -> Report:
    """Both durabilities. The ratio is the floor's time over ours: 1 would mean that everything but SQL is free."""
    findings: list[Finding] = []
    for durability in (Durability.PROCESS, Durability.POWER):
        home = folder / f"hold-{durability}"
        home.mkdir()
        pairs = scale.pairs_per_round if durability is Durability.PROCESS else scale.synced_pairs_per_round
        findings += _side_by_side(home, durability, pairs, scale.rounds)
    return Report("hold", "Hold and settle in one process against the raw floor", tuple(findings))


def _side_by_side(folder: Path, durability: Durability, pairs: int, rounds: int) -> tuple[Finding, ...]:
    config = bench_config(folder, durability)
    with UsageTracker(config=config) as tracker:
        seconds_of_pairs(tracker, _WARM_UP_PAIRS)
        pair = record_pair(tracker)
        with closing(Floor(config.database, pair, power_safe=durability is Durability.POWER)) as floor:
            floor.seconds_of_pairs(_WARM_UP_PAIRS)
            measured = interleaved(
                {"floor": lambda: floor.seconds_of_pairs(pairs), "ours": lambda: seconds_of_pairs(tracker, pairs)}, rounds
            )
    best = min(measured["ours"]) / pairs
    return (
        Finding(f"{durability}: of the raw floor", median_ratio(measured["floor"], measured["ours"]), goal=at_least(0.7)),
        Finding(f"{durability}: a pair, best round", best * 1e6, "µs"),
        Finding(f"{durability}: statements of a pair", len(pair.hold) + len(pair.settle)),
    )
