"""What a run runs: a profile of the config, or the tests of a folder."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from pathlib import Path

from budgetmon.core.rules.runs import RunKind
from budgetmon.monitor.snapshot import RunRow


@dataclass(frozen=True, slots=True)
class RunSubject:
    """``folder`` is None for a profile, and ``name`` then the profile's; both are empty before anything was chosen."""

    name: str = ""
    kind: RunKind = RunKind.PYTEST
    folder: Path | None = None

    @classmethod
    def of_folder(cls, folder: Path) -> RunSubject:
        """The tests of ``folder``."""
        return cls(str(folder), RunKind.PYTEST, folder)

    @classmethod
    def of_row(cls, row: RunRow, profiles: Container[str]) -> RunSubject:
        """What an earlier run ran: its profile if there still is one of that name in ``profiles``, else its folder."""
        kind = row.kind or RunKind.PYTEST
        if kind is RunKind.PYTEST and row.profile not in profiles:
            return cls.of_folder(Path(row.folder))
        return cls(row.profile or "", kind)

    def arguments(self) -> list[str]:
        """How ``budgetmon run start`` is told."""
        return [self.name] if self.folder is None else ["--folder", str(self.folder)]
