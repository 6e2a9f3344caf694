"""Trouble: every way in which a ledger cannot be shown."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Why there is no picture. The value is the headline that people see."""

    MISSING = "No ledger here yet"
    NOT_A_LEDGER = "Not a budgetmon ledger"
    DAMAGED = "The ledger is damaged"
    NEWER = "Written by a newer budgetmon"
    LOCKED = "The ledger is locked"
    UNREADABLE = "The ledger cannot be read"
    REPLACED = "The ledger was replaced"
    NEEDS_OWNER = "Waiting for the ledger's owner"
    NEEDS_RECOVERY = "The ledger needs its owner to recover it"
    NO_FOLDER = "The ledger's folder is not there"
    DISK = "The ledger's disk cannot be read"
    SLOW = "The ledger takes too long to read"


class LedgerTrouble(Exception):
    """The ledger cannot be shown: ``trouble`` says which way, ``detail`` what to do about it in one sentence."""

    def __init__(self, trouble: Trouble, path: str, detail: str) -> None:
        super().__init__(f"{trouble.value}: {path}. {detail}")
        self.trouble = trouble
        self.path = path
        self.detail = detail

    def __reduce__(self) -> tuple[type[LedgerTrouble], tuple[Trouble, str, str]]:
        return type(self), (self.trouble, self.path, self.detail)
