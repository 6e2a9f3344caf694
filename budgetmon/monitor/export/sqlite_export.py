"""An export as a ledger: a whole copy, as of one moment, that the app and every verb can open."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from budgetmon.monitor.export.landing import landing_path


class Copies(Protocol):
    """What copies a ledger while others write to it."""

    def copy(self, target: Path) -> None:
        """Writes the whole ledger into the new file ``target``."""


def export_sqlite(ledger: Copies, target: Path, *, overwrite: bool) -> None:
    """Writes a copy of ``ledger`` to the file ``target``, whole or not at all.

    Raises FileExistsError, OSError and LedgerTrouble.
    """
    with landing_path(target, overwrite=overwrite) as hidden:
        ledger.copy(hidden)
