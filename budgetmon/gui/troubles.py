"""What the window says for each kind of trouble. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.monitor.snapshot import LedgerTrouble, Trouble


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """Headline, one sentence that says what to do or what happens next, and the icon beside them."""

    headline: str
    sentence: str
    icon: str


# What is said when the reader itself gives no advice.
_LOOKS = {
    Trouble.MISSING: ("ledger", "It appears here by itself as soon as a worker makes its first call."),
    Trouble.NOT_A_LEDGER: ("exhausted", "It was left untouched. Choose the file that your budget.yaml names."),
    Trouble.DAMAGED: ("exhausted", "It was left untouched. Stop the workers and restore it from a copy."),
    Trouble.NEWER: ("warning", "Upgrade budgetmon to the version that wrote it."),
    Trouble.LOCKED: ("held", "The picture comes back by itself as soon as the lock is gone."),
    Trouble.UNREADABLE: ("exhausted", "Check that you may read the file and its folder."),
    Trouble.REPLACED: ("refresh", "The new file is being opened."),
    Trouble.NEEDS_OWNER: ("held", "The picture comes by itself as soon as its owner writes again."),
}


def words_for(trouble: LedgerTrouble) -> TroubleWords:
    """The words for ``trouble``: the reader's own advice, since it knows the case."""
    icon, advice = _LOOKS[trouble.trouble]
    sentence = trouble.detail.strip() or advice
    return TroubleWords(trouble.trouble.value, sentence if sentence[-1] in ".!?" else f"{sentence}.", icon)
