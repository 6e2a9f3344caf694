"""Purse: what one piece of work has spent, wherever in it the calls were made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from budgetmon.core.cache import spending


class Purse:
    """Sums up what is settled inside ``paying``. Belongs to one thread."""

    def __init__(self) -> None:
        self.nanos = 0

    @contextmanager
    def paying(self) -> Iterator[None]:
        """Counts the calls that are settled inside the block; a cache that loads around it hears of them all the same."""
        spent = spending.Spent()
        try:
            with spending.measured() as spent:
                yield
        finally:
            self.nanos += spent.nanos
            spending.pass_on(spent)

    def emptied(self) -> int:
        """What was spent since the last time, in nanos."""
        nanos, self.nanos = self.nanos, 0
        return nanos
