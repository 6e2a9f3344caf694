"""The guard of a client: which of its requests are paid, and what each of them holds before it goes out."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from budgetmon.core import covering
from budgetmon.core.tracker import UsageTracker
from budgetmon.integrations.clients.estimates import worst_case
from budgetmon.integrations.clients.exchange import CountedExchange, Exchange, PaidExchange
from budgetmon.integrations.clients.policy import Policy, Unknown, UnknownRequestError
from budgetmon.integrations.clients.recognise import Asked, Outgoing, Shape, recognised

NO_ONE = "unknown"
_STREAMS = (Shape.CHAT, Shape.COMPLETIONS)
_AZURE_WITHOUT_USAGE = "2024-09-01"  # earlier versions of that API refuse the question


class Guard:
    """Guards the requests of clients by one policy. Safe to share between threads and after a fork; pickles with its tracker.

    With ``all_paid``, requests to addresses that nobody knows are guarded too: the client is one that only calls paid models.
    """

    def __init__(self, tracker: UsageTracker, policy: Policy | None = None, *, all_paid: bool = False) -> None:
        self._tracker = tracker
        self._policy = policy or Policy()
        self._all_paid = all_paid

    def open(self, request: Outgoing) -> Exchange | None:
        """Holds the worst case of ``request``. None: it is not paid, or a call around it pays already.

        ``exchange.body`` may be another body to send, which asks for the usage of a stream.
        Raises RefusedError when the request may not go out, and LedgerError.
        """
        policy = self._policy
        provider = policy.provider or self._tracker.provider_at(request.url)
        if provider is None and not self._all_paid:
            return None
        asked = recognised(request, self._tracker.config.models)
        if asked is None or covering.covered(self._tracker.db_path, provider, asked.model):
            return None
        if asked.shape is Shape.UNKNOWN:
            return self._unknown(provider or NO_ONE, asked)
        estimate = worst_case(asked, len(request.body or b""), policy.assumptions)
        body = _asking(asked, request.url) if policy.ask_for_usage else None
        call = self._tracker.call(asked.model, estimate=estimate, tag=policy.tag_now(), provider=provider)
        return PaidExchange(call.begin(), asked, policy, body)

    def _unknown(self, provider: str, asked: Asked) -> Exchange | None:
        match self._policy.unknown:
            case Unknown.REFUSE:
                raise UnknownRequestError(provider, asked.model)
            case Unknown.PASS:
                return None
            case Unknown.COUNT:
                return CountedExchange(self._tracker, provider, asked.model, self._policy.tag_now())


def _asking(asked: Asked, url: str) -> bytes | None:
    """The body with the question for the usage of its stream; None when there is nothing to ask, or it is asked already."""
    options = asked.document.get("stream_options") or {}
    if asked.shape not in _STREAMS or asked.document.get("stream") is not True or not isinstance(options, dict):
        return None
    version = parse_qs(urlsplit(url).query).get("api-version", [""])[0]
    old = bool(re.match(r"\d{4}-\d\d-\d\d", version)) and version < _AZURE_WITHOUT_USAGE
    if options.get("include_usage") is True or old:
        return None
    document = {**asked.document, "stream_options": {**options, "include_usage": True}}
    return json.dumps(document, separators=(",", ":")).encode()
