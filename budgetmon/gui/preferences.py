"""What can be preferred, as values; ``Settings`` remembers them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from PySide6.QtCore import QTimeZone

from budgetmon.gui.state.number_style import NumberStyle
from budgetmon.gui.theme.themer import Scheme
from budgetmon.monitor.snapshot import Snapshot

PERIODS_MS = (500, 1000, 2000, 5000, 15_000)


class ZoneChoice(StrEnum):
    """In which zone times are shown. What a day is to a budget stays with the ledger's zone."""

    LEDGER = "ledger"
    LOCAL = "local"
    UTC = "utc"


class Language(StrEnum):
    """The language of the app; SYSTEM follows the desktop."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"
    CHINESE = "zh_CN"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What somebody prefers. ``period_ms`` is how often the ledger is asked."""

    scheme: Scheme = Scheme.SYSTEM
    zone: ZoneChoice = ZoneChoice.LEDGER
    period_ms: int = 1000
    notifications: bool = True
    language: Language = Language.SYSTEM
    numbers: NumberStyle = field(default_factory=NumberStyle)


def zone_in_force(choice: ZoneChoice, ledger_zone: str) -> str:
    """The IANA zone in which times are shown."""
    match choice:
        case ZoneChoice.LEDGER:
            return ledger_zone
        case ZoneChoice.LOCAL:
            return bytes(QTimeZone.systemTimeZoneId().data()).decode()
        case ZoneChoice.UTC:
            return "UTC"


def seen_in(snapshot: Snapshot, choice: ZoneChoice) -> Snapshot:
    """``snapshot`` with its times to be shown in the chosen zone. For showing only: exports keep the ledger's own."""
    zone = zone_in_force(choice, snapshot.ledger.zone)
    return snapshot if zone == snapshot.ledger.zone else replace(snapshot, ledger=replace(snapshot.ledger, zone=zone))
