"""Runs: what was launched, what became of it, and the result of each test in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

RUN_VARIABLE = "BUDGETMON_RUN"


def run_of_this_process() -> str | None:
    """The name of the run that this process works for; its descendants inherit it."""
    return os.environ.get(RUN_VARIABLE) or None


class RunKind(StrEnum):
    """What a run runs."""

    AUDIT = "audit"
    PYTEST = "pytest"
    WORKLOAD = "workload"


class RunStatus(StrEnum):
    """How a run stands or how it ended. The words are stored and shown as they are."""

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"  # it could not begin, found nothing to run, or stopped before the end
    CANCELLED = "cancelled"
    TIMED_OUT = "timed out"
    CRASHED = "crashed"  # it ended without its closing report, or its runner did


@dataclass(frozen=True, slots=True)
class RunOrder:
    """A run as it begins. ``budget`` is in nanos; ``files`` is the folder in which it gets one of its own."""

    profile: str
    kind: RunKind
    folder: str
    args: tuple[str, ...]
    files: str
    budget: int | None = None
    time_limit: timedelta | None = None


@dataclass(frozen=True, slots=True)
class RunEnd:
    """A run as it ends. ``exit_code`` is negative for a signal; ``detail`` is one sentence, or empty."""

    status: RunStatus
    exit_code: int | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RunProgress:
    """How far a run is: ``total`` None until its tests are collected, ``counts`` per outcome."""

    total: int | None = None
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunResult:
    """One test of a run. ``phase`` is where its outcome came about: collect, setup, call or teardown. Texts are bounded."""

    test: str
    outcome: str
    phase: str
    seconds: float
    message: str
    longrepr: str | None
    file: str
    line: int | None
