"""How the ledger does, in a word: live, paused, stale with its age, missing, damaged... Pure."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.state.formatting import rough_duration
from budgetmon.gui.state.freshness import Freshness
from budgetmon.gui.theme.tokens import Tone
from budgetmon.monitor.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Health:
    """A word, the icon beside it, and the tone that repeats both."""

    word: str
    icon: str
    tone: Tone


# What passes by itself, or as soon as somebody elsewhere goes on: a warning. What has to be mended here is danger.
_PASSING = {
    Trouble.MISSING: "ledger",
    Trouble.NO_FOLDER: "ledger",
    Trouble.LOCKED: "held",
    Trouble.NEEDS_OWNER: "held",
    Trouble.NEEDS_RECOVERY: "held",
    Trouble.SLOW: "held",
    Trouble.REPLACED: "refresh",
}


def trouble_icon(trouble: Trouble) -> str:
    """The icon of a trouble, wherever it is shown."""
    return "warning" if trouble is Trouble.NEWER else _PASSING.get(trouble, "exhausted")


def health(trouble: Trouble | None, age_seconds: float | None, tier: Freshness, *, paused: bool) -> Health:
    """The health of a ledger whose picture was confirmed ``age_seconds`` ago; None when there is no picture yet.

    Trouble comes before everything, then that the view is held still, then the age.
    """
    if trouble is not None:
        return Health(_trouble_word(trouble), trouble_icon(trouble), _tone(trouble))
    if age_seconds is None:
        return Health(_tr("Opening"), "held", Tone.MUTED)
    if paused:
        return Health(_tr("Paused"), "pause", Tone.WARNING)
    past = rough_duration(int(age_seconds * 1000))
    match tier:
        case Freshness.FRESH:
            return Health(_tr("Live"), "ok", Tone.OK)
        case Freshness.AGEING:
            return Health(_tr("Late {time}").format(time=past), "held", Tone.WARNING)
        case Freshness.STALE:
            return Health(_tr("Stale {time}").format(time=past), "warning", Tone.DANGER)


def _tone(trouble: Trouble) -> Tone:
    return Tone.WARNING if trouble in _PASSING else Tone.DANGER


def _trouble_word(trouble: Trouble) -> str:
    words = {
        Trouble.MISSING: _tr("Missing"),
        Trouble.NOT_A_LEDGER: _tr("Foreign"),
        Trouble.DAMAGED: _tr("Damaged"),
        Trouble.NEWER: _tr("Newer"),
        Trouble.LOCKED: _tr("Locked"),
        Trouble.UNREADABLE: _tr("Not readable"),
        Trouble.REPLACED: _tr("Replaced"),
        Trouble.NEEDS_OWNER: _tr("Waiting for owner"),
        Trouble.NEEDS_RECOVERY: _tr("Needs recovery"),
        Trouble.NO_FOLDER: _tr("No folder"),
        Trouble.DISK: _tr("Disk gone"),
        Trouble.SLOW: _tr("Slow"),
    }
    return words[trouble]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Health", text)
