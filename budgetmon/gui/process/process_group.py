"""Process groups: whether one is gone, and signals to all that is in it."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def send_signal(group: int, number: int) -> None:
    """Send signal ``number`` to each process of ``group``. Nothing happens when there is none left, or none that is ours."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return


def is_gone(group: int) -> bool:
    """Whether no process of ``group`` runs any more. Ended ones that their parent has not collected do not count."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # macOS says so of a group of ended processes; elsewhere it holds what is not ours to end
        return True
    if not (_PROC / "self" / "stat").exists():
        return False
    return not any(_runs_in(entry, group) for entry in _PROC.iterdir() if entry.name.isdigit())


def _runs_in(entry: Path, group: int) -> bool:
    try:
        text = (entry / "stat").read_text(errors="replace")
    except OSError:  # it ended meanwhile
        return False
    # "pid (name) state ppid pgrp ...": the name may contain anything, so count from its closing parenthesis.
    state, _, pgrp = text[text.rindex(")") + 2 :].split(" ", 3)[:3]
    return int(pgrp) == group and state not in "ZX"
