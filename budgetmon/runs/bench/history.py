"""Subject: admission and poll on a ledger with a long history against one with a short history and the same present."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time

from budgetmon.core.config.values import Config
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.arithmetic import interleaved, median_ratio
from budgetmon.runs.bench.generate import History, generate, model_name
from budgetmon.runs.bench.ground import hold_and_settle, timed_pair
from budgetmon.runs.bench.results import Finding, Report, at_most
from budgetmon.runs.bench.scale import Scale

# What looks at a ledger as the app does: opened on a path, it gives a function that polls once. Handed in, because
# runs and monitor do not know each other. It must be a name of a module, so that other processes can be given it.
OpenPoller = Callable[[Path], AbstractContextManager[Callable[[], object]]]

_PAIRS_PER_ROUND = 20
_WARM_UP_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two ledgers, open for work."""

    config: Config
    tracker: UsageTracker
    poll: Callable[[], object]

    def admission(self) -> float:
        """Seconds of a round's holds."""
        return sum(timed_pair(self.tracker, model_name(0))[0] for _ in range(_PAIRS_PER_ROUND))

    def look(self) -> float:
        """Seconds of a poll that finds something new."""
        hold_and_settle(self.tracker, model_name(0))
        began = perf_counter()
        self.poll()
        return perf_counter() - began


def measure(folder: Path, scale: Scale, open_poller: OpenPoller) -> Report:
    """Generates both ledgers, then compares; at the end, what an hour of looking at the long one would cost."""
    home = folder / "history"
    home.mkdir()
    until = time.time_ns() // 1_000_000
    made_in: dict[str, float] = {}
    configs: dict[str, Config] = {}
    for name, calls in (("short", scale.small_history), ("long", scale.large_history)):
        began = perf_counter()
        configs[name] = generate(home / f"{name}.db", History(calls, until=until))
        made_in[name] = perf_counter() - began
    generated_bytes = configs["long"].database.stat().st_size / scale.large_history
    with ExitStack() as opened:
        sides = {name: _open(opened, config, open_poller) for name, config in configs.items()}
        compared = _compare(sides, scale.history_rounds)
    share = _idle_share(configs["long"].database, open_poller, scale.idle_polls)
    return Report(
        "history",
        f"{scale.large_history:,} calls against {scale.small_history:,}",
        (
            *compared,
            Finding("idle poll at 1 Hz", share * 100, "% of a core", at_most(0.1)),
            Finding("bytes per call, generated", generated_bytes, "bytes", at_most(120)),
            Finding("generating the long ledger", made_in["long"], "s"),
        ),
        ("Both ledgers reach back 30 days and hold the same calls in the last hour.",),
    )


def _open(opened: ExitStack, config: Config, open_poller: OpenPoller) -> _Side:
    tracker = opened.enter_context(UsageTracker(config=config))
    return _Side(config, tracker, opened.enter_context(open_poller(config.database)))


def _compare(sides: dict[str, _Side], rounds: int) -> tuple[Finding, ...]:
    findings: list[Finding] = []
    work = {
        "admission": {name: side.admission for name, side in sides.items()},
        "poll": {name: side.look for name, side in sides.items()},
    }
    for what, contestants in work.items():
        interleaved(contestants, _WARM_UP_ROUNDS)
        measured = interleaved(contestants, rounds)
        per_round = _PAIRS_PER_ROUND if what == "admission" else 1
        findings.append(
            Finding(f"{what}: long against short", median_ratio(measured["long"], measured["short"]), goal=at_most(1.2))
        )
        findings += [
            Finding(f"{what}: {name} history", median(seconds) / per_round * 1e6, "µs") for name, seconds in measured.items()
        ]
    return tuple(findings)


def _idle_share(database: Path, open_poller: OpenPoller, polls: int) -> float:
    """CPU time per second of a poll every second while nobody writes, once the first look is done.

    That of this thread: another may turn a wheel on the terminal meanwhile.
    """
    with open_poller(database) as poll:
        poll()
        began, used = perf_counter(), thread_time()
        for number in range(1, polls + 1):
            time.sleep(max(0.0, began + number - perf_counter()))
            poll()
        return (thread_time() - used) / (perf_counter() - began)
