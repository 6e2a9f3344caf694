"""The official OpenAI client under a budget, whatever server it speaks to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from budgetmon.core.tracker import UsageTracker
from budgetmon.integrations.clients.policy import Policy
from budgetmon.integrations.clients.transport_flow import AsyncGuardedSending, GuardedSending

if TYPE_CHECKING:
    from openai import AsyncOpenAI, OpenAI

FIRST_VERSION = 3  # earlier ones take a refusal for a lost connection: they retry it and raise an error of their own

C = TypeVar("C", bound="OpenAI | AsyncOpenAI")


def guarded(client: C, tracker: UsageTracker, *, policy: Policy | None = None) -> C:
    """``client`` itself, from now on under the tracker's budgets; AzureOpenAI and its likes, too.

    Chat, completions, embeddings and responses are held and settled, each attempt of a retry by itself. The provider is the
    one of the config whose ``base_url`` the client speaks to, else the one that the price list knows there, else the
    model's. Copies made with ``with_options`` are under the budgets as well. Calls raise BudgetExceededError when they do
    not fit; all else is as without it. Guarding twice changes nothing. Raises TypeError for a client that is none.
    """
    http = getattr(client, "_client", None)
    mounts, transport = getattr(http, "_mounts", None), getattr(http, "_transport", None)
    if http is None or transport is None or not isinstance(mounts, dict) or _version(client) < FIRST_VERSION:
        raise TypeError(f"expected a client of the openai package, version 3 or later, not {client!r}")
    sync, asynchronous = _transports(http)
    wrapper = asynchronous if hasattr(transport, "handle_async_request") else sync

    def wrapped(inner: Any) -> Any:
        if inner is None or isinstance(inner, GuardedSending | AsyncGuardedSending):
            return inner
        return wrapper(tracker, inner, policy=policy, all_paid=True)

    http._transport = wrapped(transport)
    http._mounts = {pattern: wrapped(inner) for pattern, inner in mounts.items()}
    return client


def _version(client: object) -> int:
    """The major version of the package that ``client`` is from; 0 where it names none."""
    major = str(getattr(client, "_version", "")).partition(".")[0]
    return int(major) if major.isdecimal() else 0


def _transports(http: Any) -> tuple[Any, Any]:
    """The guarded transports for the library that ``http`` is a client of: httpx2, or httpx where a program gave one."""
    if any(base.__module__.partition(".")[0] == "httpx2" for base in type(http).__mro__):
        from budgetmon.integrations.clients import httpx2_transport

        return httpx2_transport.GuardedTransport, httpx2_transport.AsyncGuardedTransport
    from budgetmon.integrations.clients import httpx_transport

    return httpx_transport.GuardedTransport, httpx_transport.AsyncGuardedTransport
