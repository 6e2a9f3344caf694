"""What the window says for each kind of trouble. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.state.health import trouble_icon
from budgetmon.monitor.trouble import LedgerTrouble, Trouble


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """Headline, one sentence that says what to do or what happens next, and the icon beside them."""

    headline: str
    sentence: str
    icon: str


def words_for(trouble: LedgerTrouble, *, seen: bool = False) -> TroubleWords:
    """The words for ``trouble``. ``seen`` says that there was a picture: then a ledger that is missing has gone.

    The sentence is the reader's own advice where it knows the case better than we do.
    """
    kind = trouble.trouble
    icon = trouble_icon(kind)
    if seen and kind in (Trouble.MISSING, Trouble.NO_FOLDER):
        return TroubleWords(_gone_headline(kind), _gone_sentence(kind), icon)
    sentence = trouble.detail.strip() or _advice(kind)
    return TroubleWords(_headline(kind), sentence if sentence[-1] in ".!?" else f"{sentence}.", icon)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Troubles", text)


def _headline(kind: Trouble) -> str:
    words = {
        Trouble.MISSING: _tr("No ledger here yet"),
        Trouble.NOT_A_LEDGER: _tr("Not a budgetmon ledger"),
        Trouble.DAMAGED: _tr("The ledger is damaged"),
        Trouble.NEWER: _tr("Written by a newer budgetmon"),
        Trouble.LOCKED: _tr("The ledger is locked"),
        Trouble.UNREADABLE: _tr("The ledger cannot be read"),
        Trouble.REPLACED: _tr("The ledger was replaced"),
        Trouble.NEEDS_OWNER: _tr("Waiting for the ledger's owner"),
        Trouble.NEEDS_RECOVERY: _tr("The ledger needs its owner to recover it"),
        Trouble.NO_FOLDER: _tr("The ledger's folder is not there"),
        Trouble.DISK: _tr("The ledger's disk cannot be read"),
        Trouble.SLOW: _tr("The ledger takes too long to read"),
    }
    return words[kind]


def _gone_headline(kind: Trouble) -> str:
    return _tr("The ledger was deleted or moved") if kind is Trouble.MISSING else _tr("The ledger's disk or folder is gone")


def _gone_sentence(kind: Trouble) -> str:
    if kind is Trouble.MISSING:
        return _tr("Put it back or open another one; workers that still have it open write into nothing, so restart them.")
    return _tr("Connect the disk or put the folder back; the ledger is read again as soon as it is there.")


def _advice(kind: Trouble) -> str:
    words = {
        Trouble.MISSING: _tr("It appears here by itself as soon as a worker makes its first call."),
        Trouble.NOT_A_LEDGER: _tr("It was left untouched. Choose the file that your budget.yaml names."),
        Trouble.DAMAGED: _tr("It was left untouched. Stop the workers and restore it from a copy."),
        Trouble.NEWER: _tr("Upgrade budgetmon to the version that wrote it."),
        Trouble.LOCKED: _tr("The picture comes back by itself as soon as the lock is gone."),
        Trouble.UNREADABLE: _tr("Check that you may read the file and its folder."),
        Trouble.REPLACED: _tr("The new file is being opened."),
        Trouble.NEEDS_OWNER: _tr("The picture comes by itself as soon as its owner writes again."),
        Trouble.NEEDS_RECOVERY: _tr("The picture comes by itself as soon as its owner writes or reads it again."),
        Trouble.NO_FOLDER: _tr("If it lies on another disk, connect that; it is read as soon as it is there."),
        Trouble.DISK: _tr("Check that its disk is connected; it is tried again by itself."),
        Trouble.SLOW: _tr("Reading was broken off so as not to hold up the writers; it is tried again by itself."),
    }
    return words[kind]
