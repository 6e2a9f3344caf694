"""Which calls are under way around this code: a request inside a call's block is that call's, and is not counted again."""

from __future__ import annotations

from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from budgetmon.core.rules.calls import CallState


class Covers(Protocol):
    """A call, as far as its block needs to be known."""

    @property
    def state(self) -> CallState:
        """What has become of it. Only one that is still held covers anything."""

    @property
    def provider(self) -> str:
        """Who is paid."""

    @property
    def model(self) -> str:
        """What is called."""

    @property
    def ledger_path(self) -> Path:
        """Where it is booked."""


# A tuple, never changed in place: tasks and threads that copied the context keep what they saw.
_around: ContextVar[tuple[Covers, ...]] = ContextVar("budgetmon_calls_around", default=())


def enter(call: Covers) -> None:
    """From here on this thread or task is inside the block of ``call``."""
    _around.set((*_around.get(), call))


def leave(call: Covers) -> None:
    """The block is over. Harmless in another context than the one that entered, where an ended call covers nothing anyway."""
    _around.set(tuple(other for other in _around.get() if other is not call))


def covered(ledger: Path, provider: str | None, model: str) -> bool:
    """Whether a request to ``provider`` happens inside a call to it that is held on ``ledger``.

    With ``provider`` None the model has to be the same.
    """
    return any(
        call.ledger_path == ledger
        and call.state is CallState.HELD
        and (call.provider == provider if provider is not None else call.model == model)
        for call in _around.get()
    )
