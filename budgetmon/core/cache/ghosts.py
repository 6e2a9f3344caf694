"""What was evicted or expired and had cost money: asked for again, it is money lost."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from budgetmon.core.cache.worth import Worth

# A key and an amount each: enough to notice a cache that is too small by far, little enough to forget about.
_MOST = 4096


class Ghosts:
    """Remembers keys and costs of the entries lost last. Not safe between threads: the cache's lock is held."""

    __slots__ = ("lost",)

    def __init__(self) -> None:
        # Looked at before every miss that need not take a lock.
        self.lost: OrderedDict[Hashable, tuple[int, bool]] = OrderedDict()

    def __len__(self) -> int:
        return len(self.lost)

    def add(self, key: Hashable, worth: Worth, *, evicted: bool) -> None:
        """Notes what an entry had cost, if that has to be paid again, and whether it was evicted or expired."""
        if not worth.at_stake:
            return
        self.lost[key] = (worth.at_stake, evicted)
        if len(self.lost) > _MOST:
            self.lost.popitem(last=False)

    def ask(self, key: Hashable) -> tuple[int, bool] | None:
        """What was lost with ``key``, once: it is about to be paid for again."""
        return self.lost.pop(key, None)

    def clear(self) -> None:
        """Forgets everything."""
        self.lost.clear()
