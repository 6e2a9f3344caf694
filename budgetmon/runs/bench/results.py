"""What a benchmark found, each figure beside its goal."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version


class Better(StrEnum):
    """Which way a figure should go."""

    HIGHER = ">="
    LOWER = "<="


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should come to."""

    better: Better
    limit: float

    def met_by(self, value: float) -> bool:
        """Whether ``value`` is good enough."""
        return value >= self.limit if self.better is Better.HIGHER else value <= self.limit


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure. ``unit`` is empty for a ratio."""

    name: str
    value: float
    unit: str = ""
    goal: Goal | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without one."""
        return None if self.goal is None else self.goal.met_by(self.value)


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one subject. ``notes`` say what the reader must know to read them."""

    subject: str
    title: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured, and how busy it was just before: figures from a busy machine say less."""

    cores: int
    load: float
    system: str
    python: str
    budgetmon: str


def this_machine() -> Machine:
    """The machine at hand, now."""
    return Machine(
        cores=len(os.sched_getaffinity(0)),
        load=os.getloadavg()[0],
        system=platform.platform(terse=True),
        python=platform.python_version(),
        budgetmon=version("budgetmon"),
    )


def at_least(limit: float) -> Goal:
    """A goal that is met from ``limit`` on."""
    return Goal(Better.HIGHER, limit)


def at_most(limit: float) -> Goal:
    """A goal that is met up to ``limit``."""
    return Goal(Better.LOWER, limit)
