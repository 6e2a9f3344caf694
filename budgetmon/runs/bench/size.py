"""Subject: what a call takes on disk when workers write it, indexes and everything else in the file included."""

from __future__ import annotations

from pathlib import Path

from budgetmon.core.config.values import Durability
from budgetmon.core.storage.connection import open_writer
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.ground import bench_config, seconds_of_pairs
from budgetmon.runs.bench.results import Finding, Report, at_most
from budgetmon.runs.bench.scale import Scale


def measure(folder: Path, scale: Scale) -> Report:
    """The file's size after a checkpoint, over the calls in it; and how much each further call adds."""
    config = bench_config(folder / "size", Durability.PROCESS)
    config.database.parent.mkdir()
    half = scale.calls_for_size // 2
    sizes: list[int] = []
    for _ in range(2):
        with UsageTracker(config=config) as tracker:
            seconds_of_pairs(tracker, half)
        sizes.append(checkpointed_bytes(config.database))
    return Report(
        "size",
        f"Bytes on disk of {2 * half:,} calls",
        (
            Finding("bytes per call", sizes[1] / (2 * half), "bytes", at_most(120)),
            Finding("bytes that one more call adds", (sizes[1] - sizes[0]) / half, "bytes"),
        ),
    )


def checkpointed_bytes(database: Path) -> int:
    """The file's size once the log is empty. Nobody else may be writing. Raises apsw.Error."""
    db = open_writer(database, power_safe=False, busy_ms=1_000)
    try:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        db.close()
    return database.stat().st_size
