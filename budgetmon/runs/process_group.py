"""Process groups and descendants: whether they are gone, and signals to all of them."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_PR_SET_CHILD_SUBREAPER = 36


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
    return not any(process.group == group for process in _running())


def descendants(of: int) -> tuple[int, ...]:
    """The pids of all running processes below process ``of``, whatever group or session they have made for themselves."""
    children: dict[int, list[int]] = {}
    for process in _running():
        children.setdefault(process.parent, []).append(process.pid)
    found: list[int] = []
    ahead = [of]
    while ahead:
        below = children.get(ahead.pop(), [])
        found += below
        ahead += below
    return tuple(found)


def adopt_orphans() -> bool:
    """From now on, descendants of this process whose parent ends become its own children. False where Linux is not."""
    try:
        return bool(ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0)
    except (OSError, AttributeError):
        return False


@dataclass(frozen=True, slots=True)
class _Process:
    pid: int
    parent: int
    group: int


def _running() -> Iterator[_Process]:
    """All processes that have not ended."""
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            text = (entry / "stat").read_text(errors="replace")
        except OSError:  # it ended meanwhile
            continue
        # "pid (name) state ppid pgrp ...": the name may contain anything, so count from its closing parenthesis.
        state, parent, group = text[text.rindex(")") + 2 :].split(" ", 3)[:3]
        if state not in "ZX":
            yield _Process(int(entry.name), int(parent), int(group))
