"""The ground that all subjects share: one model, two budgets that count every call, and the pair of writes that is timed."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from budgetmon.core.config.values import Config, Durability, ModelConfig
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.money import MAX_INT64
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker

MODEL = "bench-model"
PROVIDER = "bench"
ESTIMATE = Usage(input_tokens=1_200, output_tokens=800)
ACTUAL = Usage(input_tokens=1_130, output_tokens=412)

_RATES = Rates(input=3_000_000_000, output=15_000_000_000, per_call=5_000_000, source="bench")
# Far above what a benchmark can spend, and far enough below 64 bits.
_NO_END = MAX_INT64 // 4


def bench_config(folder: Path, durability: Durability) -> Config:
    """A ledger of its own in ``folder``. Every call to MODEL counts against two budgets."""
    return Config(
        database=folder / "ledger.db",
        zone="UTC",
        durability=durability,
        models={MODEL: ModelConfig(PROVIDER, _RATES)},
        budgets=(
            Budget("provider month", _NO_END, Unit.USD, Period(Per.MONTH), "UTC", Scope(provider=PROVIDER), warn_at=(50, 80)),
            Budget("calls day", _NO_END, Unit.CALLS, Period(Per.DAY), "UTC"),
        ),
    )


def hold_and_settle(tracker: UsageTracker, model: str = MODEL) -> None:
    """The two transactions of one call, through the public face."""
    with tracker.call(model, estimate=ESTIMATE) as call:
        call.settle(ACTUAL)


def timed_pair(tracker: UsageTracker, model: str = MODEL) -> tuple[float, float]:
    """The same; seconds of the hold and of the settlement."""
    began = perf_counter()
    with tracker.call(model, estimate=ESTIMATE) as call:
        held = perf_counter()
        call.settle(ACTUAL)
        settled = perf_counter()
    return held - began, settled - held


def seconds_of_pairs(tracker: UsageTracker, pairs: int) -> float:
    """Seconds that ``pairs`` calls take, one after the other."""
    began = perf_counter()
    for _ in range(pairs):
        hold_and_settle(tracker)
    return perf_counter() - began
