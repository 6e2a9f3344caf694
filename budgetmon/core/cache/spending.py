"""What a load costs: the calls that are settled while it runs, so that a cache knows what a hit is worth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from budgetmon.core.cache.worth import NOBODY, Worth


class Spent:
    """Nanos that were charged inside one load, in all and by provider. ``calls`` counts those with a known price."""

    __slots__ = ("by_provider", "calls")

    def __init__(self) -> None:
        self.calls = 0
        self.by_provider: dict[str, int] = {}

    @property
    def nanos(self) -> int:
        """What was charged in all."""
        return sum(self.by_provider.values())

    def worth(self) -> Worth | None:
        """What the value that was loaded has cost; None when no price is known."""
        return Worth.of(self.by_provider) if self.calls else None


_innermost: ContextVar[Spent | None] = ContextVar("budgetmon_spent", default=None)


def note(nanos: int | None, provider: str = NOBODY) -> None:
    """Told by a call as it is settled. None is an unpriced call: it makes no value known. Outside a load, nothing happens."""
    spent = _innermost.get()
    if spent is not None and nanos is not None:
        spent.calls += 1
        spent.by_provider[provider] = spent.by_provider.get(provider, 0) + nanos


def pass_on(spent: Spent) -> None:
    """Tells the load around it what was charged inside a block of its own."""
    for provider, nanos in spent.by_provider.items():
        note(nanos, provider)


@contextmanager
def measured() -> Iterator[Spent]:
    """What is settled in this thread or task inside the block.

    A load inside a load keeps its cost to itself: its value has an entry of its own, and money is counted once.
    """
    spent = Spent()
    token = _innermost.set(spent)
    try:
        yield spent
    finally:
        _innermost.reset(token)
