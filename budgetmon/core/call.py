"""One paid call: a hold from the moment it begins until it is known what it cost."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from budgetmon.core import covering, leftovers
from budgetmon.core.cache import spending
from budgetmon.core.ledger.admission import Request
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Hold, Paused
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import nanos_charged
from budgetmon.core.rules.prices import Rates, TieredRates
from budgetmon.core.rules.refusals import (
    BudgetExceededError,
    CallStateError,
    NotBilledError,
    PausedError,
    RefusedError,
)
from budgetmon.core.rules.usage import ONE_CALL, Usage
from budgetmon.core.storage.errors import LedgerError

_log = logging.getLogger(__name__)

# No request has left when one of these is raised, so nothing can be billed.
_NEVER_SENT = (NotBilledError, ConnectionRefusedError, socket.gaierror)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model that the call may go to: what it asks for, and at which rates."""

    request: Request
    rates: TieredRates


class Call:
    """Made by ``UsageTracker.call``; use it as a context manager, ``with`` or ``async with``.

    Inside the block the worst case is set aside. End it with ``settle`` or ``release``. A block that ends without either
    puts the call in doubt: it may have been billed, so its hold goes on counting until somebody resolves it. Only an
    exception that proves that nothing was billed releases the hold. Use one Call from one thread at a time. Where no block
    fits (callbacks, streams that outlive a function), ``begin`` it and end it with ``settle``, ``release`` or ``put_in_doubt``.
    """

    def __init__(self, ledger: SqliteLedger, candidates: Sequence[Candidate], *, fail_open: bool = False) -> None:
        self._ledger = ledger
        self._candidates = candidates
        self._fail_open = fail_open
        self._chosen = candidates[0]
        self._hold: Hold | None = None
        self._unbooked = False
        self._state = CallState.HELD

    @property
    def id(self) -> int:
        """The call's number in the ledger; 0 for one that ``fail_open`` let through without the ledger."""
        hold = self._placed()
        return hold.id if hold else 0

    @property
    def model(self) -> str:
        """The model that was admitted; with a cascade, not always the one that was asked for."""
        return self._chosen.request.subject.model

    @property
    def provider(self) -> str:
        """Who is paid."""
        return self._chosen.request.subject.provider

    @property
    def estimate(self) -> Usage:
        """The usage that is set aside."""
        return self._chosen.request.usage

    @property
    def ledger_path(self) -> Path:
        """The ledger that the call is booked in."""
        return self._ledger.path

    @property
    def state(self) -> CallState:
        """What has become of the call, as far as this object has seen."""
        return self._state

    def settle(self, usage: Usage | None = None, *, cost: object = None, ok: bool = True) -> None:
        """Books the actual usage, priced at the rates in force when the call began, or the ``cost`` in USD that was billed.

        Settling again changes nothing. Raises ValueError for impossible numbers, before anything is written;
        CallStateError after ``release``; LedgerError when it could not be written.
        """
        hold = self._placed()
        if usage is None and cost is None:
            raise ValueError("settle needs the usage, the cost, or both")
        if self._state is CallState.RELEASED:
            raise CallStateError(f"call {self.id} has been released; it cannot be settled")
        counted = ONE_CALL if usage is None else usage
        rates = self._chosen.rates.rates_for(counted)
        nanos = rates.cost(counted) if cost is None else nanos_charged(cost)
        if hold:
            self._ledger.settle(hold, Charge(counted, nanos, rates, ok))
        if self._state is not CallState.SETTLED:
            spending.note(nanos, self.provider)
        self._state = CallState.SETTLED

    def release(self) -> None:
        """Gives the hold back: the call was certainly not billed. Releasing again changes nothing.

        Raises CallStateError after ``settle``; LedgerError when it could not be written.
        """
        hold = self._placed()
        if self._state is CallState.SETTLED:
            raise CallStateError(f"call {self.id} has been settled; it cannot be released")
        if hold:
            self._ledger.release(hold, self._estimated_rates())
        self._state = CallState.RELEASED

    def put_in_doubt(self) -> None:
        """Nobody knows whether the call was billed: its hold goes on counting. Changes nothing once it is settled or released.

        Raises LedgerError when it could not be written.
        """
        hold = self._placed()
        if self._state is not CallState.HELD:
            return
        if hold:
            self._ledger.put_in_doubt(hold, self._estimated_rates())
        self._state = CallState.IN_DOUBT

    def begin(self) -> Self:
        """Places the hold. Raises BudgetExceededError with the receipt when it does not fit, PausedError, or LedgerError."""
        leftovers.write_what_was_left()
        if self._hold is not None or self._unbooked:
            raise CallStateError("this call has begun before; make another one with tracker.call()")
        asked = [(c.request, c.rates.rates_for(c.request.usage)) for c in self._candidates]
        try:
            admission = self._ledger.hold_first(asked)
        except LedgerError as error:
            if not self._fail_open:
                raise
            _log.error("a call to %s goes ahead without the ledger, because fail_open is set: %s", self.model, error)
            self._unbooked = True
            return self
        self._chosen = self._candidates[admission.place]
        if not isinstance(admission.outcome, Hold):
            raise refused(admission.outcome)
        self._hold = admission.outcome
        return self

    def __enter__(self) -> Self:
        """Places the hold, as ``begin`` does. Requests that a guarded client makes inside the block are this call's."""
        self.begin()
        covering.enter(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._placed()
        covering.leave(self)
        self.end(error)

    def end(self, error: BaseException | None = None) -> None:
        """What the end of a block does: nothing to a call that is settled or released, else by ``error`` what is known of it.

        A garbage collection may end a block inside a write of the ledger; see ``when_possible``.
        """
        self.when_possible(lambda: self._end(error))

    def when_possible(self, write: Callable[[], None]) -> None:
        """Runs ``write`` now; inside a write of the ledger by this very thread, at the next call of this process instead."""
        if self._ledger.is_writing_here:
            leftovers.leave(write)
        else:
            write()

    def _end(self, error: BaseException | None) -> None:
        if self._state is not CallState.HELD:
            return
        if isinstance(error, _NEVER_SENT):
            self.release()
            return
        if error is None:
            _log.warning("call %d to %s ended without settle or release; it is in doubt", self.id, self.model)
        self.put_in_doubt()

    async def __aenter__(self) -> Self:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)

    def _placed(self) -> Hold | None:
        if self._hold is None and not self._unbooked:
            raise CallStateError("no hold is in place yet: use the call as a context manager")
        return self._hold

    def _estimated_rates(self) -> Rates:
        return self._chosen.rates.rates_for(self._chosen.request.usage)


def refused(outcome: Receipt | Paused) -> RefusedError:
    """The exception for a refusal."""
    if isinstance(outcome, Receipt):
        return BudgetExceededError(outcome)
    return PausedError(outcome.provider, outcome.model)
