"""What an audit found, as one value that every form of report is made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from budgetmon.runs.audit.claims import Result, Verdict
from budgetmon.runs.bench.results import Machine


@dataclass(frozen=True, slots=True)
class AuditReport:
    """All results of one audit. ``began`` is UTC; ``size`` is quick or full; ``file_system`` is where it worked."""

    results: tuple[Result, ...]
    machine: Machine
    engine: str
    file_system: str
    size: str
    began: datetime
    seconds: float

    @property
    def counts(self) -> Counter[Verdict]:
        """How many claims got each verdict."""
        return Counter(result.verdict for result in self.results)

    @property
    def passed(self) -> bool:
        """Whether nothing that could be checked failed."""
        return not self.counts[Verdict.FAIL]

    @property
    def headline(self) -> str:
        """The outcome in one sentence."""
        counts = self.counts
        checked = counts[Verdict.PASS] + counts[Verdict.FAIL]
        left = f"; {counts[Verdict.NOT_POSSIBLE]} could not be checked here" if counts[Verdict.NOT_POSSIBLE] else ""
        if not self.passed:
            return f"{counts[Verdict.FAIL]} of {checked} claims failed{left}."
        return f"All {checked} claims hold on this machine{left}."

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Where and when, for people."""
        machine = self.machine
        return (
            ("When", f"{self.began:%Y-%m-%d %H:%M:%S} UTC, in {self.seconds:.0f} s ({self.size})"),
            ("Machine", f"{machine.cores} cores, {machine.system}, load {machine.load:.2f} before it began"),
            ("File system", self.file_system),
            ("Versions", f"budgetmon {machine.budgetmon}, Python {machine.python}, SQLite {self.engine}"),
        )


def made(
    results: Sequence[Result], machine: Machine, *, engine: str, file_system: str, size: str, began: datetime
) -> AuditReport:
    """The report on ``results``, whose checks began at ``began`` and have just ended."""
    seconds = (datetime.now(UTC) - began).total_seconds()
    return AuditReport(tuple(results), machine, engine, file_system, size, began, seconds)


def document(report: AuditReport) -> dict[str, Any]:
    """The report as JSON. Keys are only ever added."""
    return {
        "schema": 1,
        "passed": report.passed,
        "headline": report.headline,
        "size": report.size,
        "began": f"{report.began:%Y-%m-%dT%H:%M:%SZ}",
        "seconds": round(report.seconds, 3),
        "machine": {**asdict(report.machine), "sqlite": report.engine, "file_system": report.file_system},
        "counts": {verdict.value: report.counts[verdict] for verdict in Verdict},
        "claims": [
            {
                "key": result.claim.key,
                "title": result.claim.title,
                "claimed": result.claim.claimed,
                "did": result.did,
                "verdict": result.verdict.value,
                "figures": [asdict(figure) for figure in result.figures],
                "detail": result.detail,
                "seconds": round(result.seconds, 3),
            }
            for result in report.results
        ],
    }
