"""What becomes of money whose fate nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OnDeath(StrEnum):
    """What becomes of the holds of a worker that died: in doubt (the call may have been billed), or released."""

    IN_DOUBT = "in_doubt"
    RELEASE = "release"


class InDoubt(StrEnum):
    """What becomes of a call in doubt once the window of every budget that counts it is over."""

    KEEP = "keep"
    CHARGE = "charge"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class DoubtPolicy:
    """Both choices together."""

    on_death: OnDeath = OnDeath.IN_DOUBT
    after_window: InDoubt = InDoubt.KEEP
