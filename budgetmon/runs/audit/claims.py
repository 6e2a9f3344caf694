"""A claim, the evidence for or against it, and the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from budgetmon.runs.audit.ground import Ground


class Verdict(StrEnum):
    """What came of checking a claim. The words are shown as they are."""

    PASS = "pass"
    FAIL = "fail"
    NOT_POSSIBLE = "not possible here"


class NotPossibleError(Exception):
    """This machine lacks what the check needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured, as people read it."""

    name: str
    value: str


@dataclass(slots=True)
class Evidence:
    """What one check gathers: what it did, what it measured, and everything that speaks against the claim."""

    did: str = ""
    figures: list[Figure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def figure(self, name: str, value: object, unit: str = "") -> None:
        """Notes a measurement; whole numbers get thousands separators."""
        text = f"{value:,}" if type(value) is int else str(value)
        self.figures.append(Figure(name, f"{text} {unit}".strip()))

    def expect(self, holds: bool, problem: str) -> None:
        """Notes ``problem`` unless what was expected ``holds``."""
        if not holds:
            self.problems.append(problem)

    def expect_equal(self, what: str, found: object, expected: object) -> None:
        """Notes a problem unless ``found`` is ``expected``."""
        self.expect(found == expected, f"{what}: found {found}, expected {expected}")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that budgetmon promises, in one sentence, and the check that tries to refute it."""

    key: str
    title: str
    claimed: str
    check: Callable[[Ground, Evidence], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What checking one claim gave. ``detail`` says why it failed or was not possible."""

    claim: Claim
    verdict: Verdict
    did: str
    figures: tuple[Figure, ...]
    detail: str
    seconds: float
