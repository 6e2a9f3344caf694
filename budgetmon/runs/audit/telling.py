"""Tells a runner how an audit goes on, in the events that every test run reports: a claim is a test."""

from __future__ import annotations

import os
import platform
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from budgetmon.runs.audit.claims import Claim, Result, Verdict
from budgetmon.runs.event_log import EventLog
from budgetmon.runs.events import (
    Collected,
    Excerpt,
    Outcome,
    RunFinished,
    RunStarted,
    Section,
    TestFinished,
    TestStarted,
)

_OUTCOMES = {Verdict.PASS: Outcome.PASSED, Verdict.FAIL: Outcome.FAILED, Verdict.NOT_POSSIBLE: Outcome.SKIPPED}


class Telling:
    """Writes the events of one audit to ``log``. Raises OSError."""

    def __init__(self, log: EventLog, claims: Sequence[Claim], arguments: Sequence[str]) -> None:
        self._log = log
        self._began = time.monotonic()
        self._counts: Counter[Outcome] = Counter()
        here = str(Path.cwd())
        log.write(RunStarted(platform.python_version(), "", here, here, tuple(arguments), os.getpid()))
        log.write(Collected(len(claims), tuple(map(_name, claims))))

    def begun(self, claim: Claim) -> None:
        """A check begins."""
        file, line = _place(claim)
        self._log.write(TestStarted(_name(claim), file, line))

    def checked(self, result: Result) -> None:
        """A check has ended."""
        outcome = _OUTCOMES[result.verdict]
        self._counts[outcome] += 1
        measured = "\n".join(f"{figure.name}: {figure.value}" for figure in result.figures)
        told = [("Claimed", result.claim.claimed), ("Done", result.did), ("Measured", measured)]
        file, line = _place(result.claim)
        self._log.write(
            TestFinished(
                id=_name(result.claim),
                outcome=outcome,
                seconds=result.seconds,
                message=result.detail.partition("\n")[0],
                longrepr=Excerpt(result.detail, len(result.detail)) if result.detail else None,
                sections=tuple(Section(title, text, len(text)) for title, text in told if text),
                file=file,
                line=line,
            )
        )

    def ended(self, exit_status: int) -> None:
        """The audit is over, and the process about to end with ``exit_status``."""
        self._log.write(RunFinished(exit_status, dict(self._counts), time.monotonic() - self._began))


def _name(claim: Claim) -> str:
    return f"audit::{claim.title}"


def _place(claim: Claim) -> tuple[str, int]:
    code = claim.check.__code__
    return code.co_filename, code.co_firstlineno
