"""The transports for httpx2, which the OpenAI SDK speaks through since its version 3: as those for httpx."""

from __future__ import annotations

import httpx2

from budgetmon.core.tracker import UsageTracker
from budgetmon.integrations.clients.guard import Guard
from budgetmon.integrations.clients.policy import Policy
from budgetmon.integrations.clients.transport_flow import (
    AsyncGuardedSending,
    AsyncWatchedStream,
    GuardedSending,
    WatchedStream,
)

# Nothing has left when one of these is raised: there was no connection to send it on.
NEVER_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)


class _Stream(WatchedStream, httpx2.SyncByteStream):
    """A response's bytes, watched."""


class _AsyncStream(AsyncWatchedStream, httpx2.AsyncByteStream):
    """A response's bytes, watched."""


class GuardedTransport(GuardedSending, httpx2.BaseTransport):
    """``httpx2.Client(transport=GuardedTransport(tracker))``: the client is under the tracker's budgets.

    ``transport`` is what sends, ``httpx2.HTTPTransport()`` by default. Requests raise BudgetExceededError when they do not
    fit, and LedgerError; all else is as without it. A request inside the block of a ``tracker.call`` to the same provider is
    that call's. Safe between threads; after a fork, make a new client, as httpx2 itself needs.
    """

    errors = NEVER_SENT
    stream_class = _Stream

    def __init__(
        self,
        tracker: UsageTracker,
        transport: httpx2.BaseTransport | None = None,
        *,
        policy: Policy | None = None,
        all_paid: bool = False,
    ) -> None:
        """With ``all_paid``, requests to addresses that neither config nor price list know are guarded, too."""
        super().__init__(Guard(tracker, policy, all_paid=all_paid), transport or httpx2.HTTPTransport())


class AsyncGuardedTransport(AsyncGuardedSending, httpx2.AsyncBaseTransport):
    """The same for ``httpx2.AsyncClient``. A request that is cancelled is in doubt."""

    errors = NEVER_SENT
    stream_class = _AsyncStream

    def __init__(
        self,
        tracker: UsageTracker,
        transport: httpx2.AsyncBaseTransport | None = None,
        *,
        policy: Policy | None = None,
        all_paid: bool = False,
    ) -> None:
        """With ``all_paid``, requests to addresses that neither config nor price list know are guarded, too."""
        super().__init__(Guard(tracker, policy, all_paid=all_paid), transport or httpx2.AsyncHTTPTransport())
