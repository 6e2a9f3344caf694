"""A clock for deadlines that outlive a process: time since boot, which no change of the wall clock moves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant. ``boot`` names the boot that ``since_boot`` counts from; ``wall`` is UTC. Both in milliseconds."""

    boot: str
    since_boot: int
    wall: int


class BootClock:
    """Tells the moment. Time that the machine sleeps counts, as it does for prices."""

    def __init__(self) -> None:
        try:
            self._boot = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            self._boot = "unknown"

    def now(self) -> Moment:
        """This instant."""
        return Moment(self._boot, time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000, time.time_ns() // 1_000_000)


@dataclass(frozen=True, slots=True)
class Deadline:
    """When an entry expires: by the clock of the boot that it was stored in; after a reboot, for want of it, by the wall's."""

    boot: str
    since_boot: int
    wall: int

    def remaining(self, now: Moment) -> int:
        """Milliseconds left; 0 or less once it has expired."""
        return self.since_boot - now.since_boot if now.boot == self.boot else self.wall - now.wall


def deadline_after(now: Moment, seconds: float) -> Deadline:
    """The deadline of an entry that is stored now. At least a millisecond away."""
    length = max(1, round(seconds * 1000))
    return Deadline(now.boot, now.since_boot + length, now.wall + length)
