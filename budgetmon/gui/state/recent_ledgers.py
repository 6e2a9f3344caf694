"""The ledgers that were looked at last. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

KEPT = 10


def with_recent(paths: Sequence[str], newest: str) -> list[str]:
    """``paths`` with ``newest`` at the head, each once, as many as are kept."""
    return [newest, *(each for each in paths if each != newest)][:KEPT]


def recent_titles(paths: Sequence[str]) -> list[str]:
    """What each is called in a menu: its name, with its folder where names are the same."""
    names = Counter(Path(each).name for each in paths)
    return [Path(each).name if names[Path(each).name] == 1 else f"{Path(each).name}  ({Path(each).parent})" for each in paths]
