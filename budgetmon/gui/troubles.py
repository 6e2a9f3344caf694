"""What the window says for each kind of trouble: plain words and what to do. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.monitor.snapshot import LedgerTrouble, Trouble


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """Headline, one sentence that says what happens next, and the icon beside them."""

    headline: str
    sentence: str
    icon: str


_NEXT = {
    Trouble.MISSING: ("ledger", "It appears here by itself as soon as a worker makes its first call."),
    Trouble.NOT_A_LEDGER: ("exhausted", "It was left untouched. Choose the file that your budget.yaml names."),
    Trouble.DAMAGED: ("exhausted", "It was left untouched. Stop the workers, keep a copy, and restore it from a backup."),
    Trouble.NEWER: ("warning", "Upgrade budgetmon here to the version that wrote it."),
    Trouble.LOCKED: ("held", "The picture comes back by itself as soon as the lock is gone."),
    Trouble.UNREADABLE: ("exhausted", "Check that you may read the file and its folder."),
    Trouble.REPLACED: ("refresh", "The new file is being opened."),
    Trouble.NEEDS_OWNER: ("held", "The picture comes back by itself as soon as its owner writes again."),
}


def words_for(trouble: LedgerTrouble) -> TroubleWords:
    """The words for ``trouble``: the reader's own detail first, then what happens next."""
    icon, following = _NEXT[trouble.trouble]
    detail = trouble.detail.strip()
    if detail and detail[-1] not in ".!?":
        detail += "."
    return TroubleWords(trouble.trouble.value, f"{detail} {following}".strip(), icon)
