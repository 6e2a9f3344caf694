"""What a load costs: the calls that are settled while it runs, so that a cache knows what a hit is worth."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar


class Spent:
    """Nanos that were charged inside one load. ``calls`` counts those with a known price."""

    __slots__ = ("calls", "nanos")

    def __init__(self) -> None:
        self.nanos = 0
        self.calls = 0


_innermost: ContextVar[Spent | None] = ContextVar("budgetmon_spent", default=None)


def note(nanos: int | None) -> None:
    """Told by a call as it is settled. None is an unpriced call: it makes no value known. Outside a load, nothing happens."""
    spent = _innermost.get()
    if spent is not None and nanos is not None:
        spent.nanos += nanos
        spent.calls += 1


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
