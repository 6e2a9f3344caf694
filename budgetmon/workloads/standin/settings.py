"""How a stand-in behaves: how long it takes, how often it fails, and in which ways. Drawn from a seed, so a run repeats."""

from __future__ import annotations

import math
import random
from collections import deque
from dataclasses import dataclass
from enum import StrEnum


class ErrorKind(StrEnum):
    """The ways in which a stand-in fails."""

    RATE_LIMITED = "429"  # turned away, with Retry-After
    SERVER_ERROR = "500"
    TIMEOUT = "timeout"  # takes the request and stays silent
    BAD_REQUEST = "400"
    UNAUTHORIZED = "401"
    DROPPED = "drop"  # takes the request and drops the connection; a stream, half-way


EVERY_KIND = ((ErrorKind.RATE_LIMITED, 1.0), (ErrorKind.SERVER_ERROR, 1.0), (ErrorKind.TIMEOUT, 1.0))


@dataclass(frozen=True, slots=True)
class StandInSettings:
    """Behaviour of a stand-in. Raises ValueError for values that make no sense.

    ``script`` holds the fates of the first calls, one by one; None is an answer. ``event_ms`` lies between the
    events of a stream.
    ``latency_ms`` is the time from request to answer, ``latency_jitter`` the share of it (0 to 1) by which single answers
    differ either way. ``error_rate`` (0 to 1) of the chat calls fail, by the relative weights in ``errors``. A silent call
    stays so for ``silence_ms``, then its connection closes without an answer. ``retry_after_s`` goes out with each 429.
    A request body above ``max_body`` bytes is refused with 413. The n-th valid chat call meets the same fate each time
    with the same ``seed``; with None each stand-in is different.
    """

    latency_ms: float = 0.0
    latency_jitter: float = 0.0
    error_rate: float = 0.0
    errors: tuple[tuple[ErrorKind, float], ...] = EVERY_KIND
    seed: int | None = None
    silence_ms: float = 60_000.0
    retry_after_s: int = 1
    max_body: int = 1024 * 1024
    script: tuple[ErrorKind | None, ...] = ()
    event_ms: float = 0.0

    def __post_init__(self) -> None:
        for name in ("latency_ms", "silence_ms", "retry_after_s", "max_body", "event_ms"):
            _check(name, getattr(self, name), math.inf)
        for name in ("latency_jitter", "error_rate"):
            _check(name, getattr(self, name), 1.0)
        for kind, weight in self.errors:
            _check(f"the weight of {ErrorKind(kind)}", weight, math.inf)
        if self.error_rate and not any(weight for _, weight in self.errors):
            raise ValueError("error_rate is above 0, but no kind in errors has a weight above 0")


def _check(name: str, value: float, most: float) -> None:
    if not (0 <= value <= most and math.isfinite(value)):
        limit = "a finite number of 0 or more" if most == math.inf else f"from 0 to {most:g}"
        raise ValueError(f"{name} must be {limit}, not {value!r}")


@dataclass(frozen=True, slots=True)
class Fate:
    """What happens to one chat call: the seconds it takes and how it fails; None means that it is answered."""

    delay_s: float
    error: ErrorKind | None


class Fates:
    """The fates of successive chat calls under some settings. Belongs to one thread."""

    def __init__(self, settings: StandInSettings) -> None:
        self._settings = settings
        self._random = random.Random(settings.seed)
        self._kinds = [ErrorKind(kind) for kind, weight in settings.errors if weight]
        self._script = deque(settings.script)
        self._weights = [weight for _, weight in settings.errors if weight]

    def draw(self) -> Fate:
        """The fate of the next call. Draws as many numbers whatever comes out, so that one setting does not shift another."""
        swing, luck = self._random.uniform(-1, 1), self._random.random()
        kind = self._random.choices(self._kinds, self._weights)[0] if self._kinds else None
        delay_s = self._settings.latency_ms * (1 + swing * self._settings.latency_jitter) / 1000
        drawn = kind if luck < self._settings.error_rate else None
        return Fate(delay_s, self._script.popleft() if self._script else drawn)
