"""Subject: many processes at once, against as many that write the same SQL with SQLite's busy handler alone."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from threading import BrokenBarrierError
from time import monotonic, perf_counter
from typing import Protocol

from budgetmon.core.config.values import Config, Durability
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.arithmetic import Waits, median_ratio, typical, waits
from budgetmon.runs.bench.floor import Floor, RecordedPair, record_pair
from budgetmon.runs.bench.ground import bench_config, hold_and_settle, seconds_of_pairs, timed_pair
from budgetmon.runs.bench.results import Finding, Goal, Report, at_least, at_most
from budgetmon.runs.bench.scale import Scale

# Starting 32 interpreters takes seconds, on a busy machine many.
_START_PATIENCE = 120.0
_WARM_UP_PAIRS = 50

_GOALS: dict[tuple[int, str], Goal] = {
    (16, "pairs"): at_least(5_000),
    (16, "p99"): at_most(20),
    (32, "longest"): at_most(150),
}


class Barrier(Protocol):
    """A barrier between processes, as far as a worker needs one."""

    def wait(self) -> int:
        """Waits for all the others."""


@dataclass(frozen=True, slots=True)
class Hammering:
    """What one round of ``seconds`` gave: pairs in all, the waits of single transactions, and how evenly the turns fell.

    ``given_up`` counts pairs that ended in an error, such as SQLITE_BUSY.
    """

    seconds: float
    pairs: int
    waits: Waits
    busiest_to_idlest: float
    given_up: int

    @property
    def rate(self) -> float:
        """Pairs a second, of all processes."""
        return self.pairs / self.seconds


Task = Callable[..., None]


def measure(folder: Path, scale: Scale) -> Report:
    """Throughput, waits and fairness of each size of crowd, with `process` durability."""
    config = bench_config(folder / "crowd", Durability.PROCESS)
    config.database.parent.mkdir()
    with UsageTracker(config=config) as tracker:
        seconds_of_pairs(tracker, _WARM_UP_PAIRS)
        pair = record_pair(tracker)
    findings: list[Finding] = []
    for processes in scale.crowds:
        ours: list[Hammering] = []
        bare: list[Hammering] = []
        for _ in range(scale.crowd_rounds):
            ours.append(hammer(processes, scale.crowd_seconds, with_tracker, config))
            bare.append(hammer(processes, scale.crowd_seconds, with_busy_handler, config, pair))
        findings += _findings(processes, ours, bare)
    return Report(
        "crowd",
        "Processes hammering hold and settle, `process` durability",
        tuple(findings),
        ("Waits are those of single transactions. `bare` writes the same SQL with SQLite's busy handler alone, and no rules.",),
    )


def hammer(processes: int, seconds: float, task: Task, *arguments: object) -> Hammering:
    """Runs ``task(report, start, seconds, *arguments)`` in spawned processes that start as one, and sums up.

    Raises RuntimeError when one of them ends without a report.
    """
    context = get_context("spawn")
    start = context.Barrier(processes, timeout=_START_PATIENCE)
    pipes = [context.Pipe(duplex=False) for _ in range(processes)]
    crew = [context.Process(target=task, args=(sending, start, seconds, *arguments), daemon=True) for _, sending in pipes]
    for process, (_, sending) in zip(crew, pipes, strict=True):
        process.start()
        sending.close()
    try:
        reports = [_received(receiving) for receiving, _ in pipes]
    finally:
        for process in crew:
            process.join(_START_PATIENCE)
            process.kill()
    every_wait = array("d")
    for taken, _ in reports:
        every_wait.extend(taken)
    pairs = [len(taken) // 2 for taken, _ in reports]
    return Hammering(seconds, sum(pairs), waits(every_wait), max(pairs) / max(1, min(pairs)), sum(lost for _, lost in reports))


def with_tracker(report: Connection, start: Barrier, seconds: float, config: Config) -> None:
    """One process that calls through the public face."""
    with UsageTracker(config=config) as tracker:
        hold_and_settle(tracker)
        _repeat(report, start, seconds, lambda: timed_pair(tracker))


def with_busy_handler(report: Connection, start: Barrier, seconds: float, config: Config, pair: RecordedPair) -> None:
    """One process that writes the same two transactions without the gate and without any rules."""
    with closing(Floor(config.database, pair, power_safe=False)) as floor:

        def write() -> tuple[float, float]:
            began = perf_counter()
            floor.hold()
            held = perf_counter()
            floor.settle()
            return held - began, perf_counter() - held

        _repeat(report, start, seconds, write)


def _repeat(report: Connection, start: Barrier, seconds: float, pair: Callable[[], tuple[float, float]]) -> None:
    taken = array("d")
    given_up = 0
    try:
        start.wait()
        until = monotonic() + seconds
        while monotonic() < until:
            try:
                taken.extend(pair())
            except Exception:  # BUSY, mostly; what counts here is that the pair was not written
                given_up += 1
        start.wait()  # those whose last pair still waits are not to wait for the reports and ends of the others, too
    finally:
        report.send((taken.tobytes(), given_up))
        report.close()


def _received(pipe: Connection) -> tuple[array[float], int]:
    try:
        raw, given_up = pipe.recv()
    except (EOFError, BrokenBarrierError) as error:
        raise RuntimeError("a benchmark's process ended early; its error stands above") from error
    taken = array("d")
    taken.frombytes(raw)
    return taken, given_up


def _findings(processes: int, ours: list[Hammering], bare: list[Hammering]) -> list[Finding]:
    of_bare = median_ratio([each.rate for each in ours], [each.rate for each in bare])
    found = [Finding(f"{processes} processes: pairs, ours of bare", of_bare)]
    for who, rounds in (("ours", ours), ("bare", bare)):
        all_waits = typical([each.waits for each in rounds])
        figures = {
            "pairs": (median(each.rate for each in rounds), "/s"),
            "p50": (all_waits.p50 * 1e3, "ms"),
            "p99": (all_waits.p99 * 1e3, "ms"),
            "p99.9": (all_waits.p999 * 1e3, "ms"),
            "longest": (all_waits.longest * 1e3, "ms"),
            "busiest:idlest": (median(each.busiest_to_idlest for each in rounds), ""),
            "given up": (float(sum(each.given_up for each in rounds)), ""),
        }
        for name, (value, unit) in figures.items():
            goal = _GOALS.get((processes, name)) if who == "ours" else None
            found.append(Finding(f"{processes} processes, {who}: {name}", value, unit, goal))
    return found
