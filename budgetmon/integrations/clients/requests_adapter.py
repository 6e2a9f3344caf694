"""An adapter for requests: every request to a paid model is held before it goes out and settled from its reply."""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import stream_decode_response_unicode
from urllib3.exceptions import NewConnectionError

from budgetmon.core import leftovers
from budgetmon.core.tracker import UsageTracker
from budgetmon.integrations.clients.exchange import Exchange
from budgetmon.integrations.clients.guard import Guard
from budgetmon.integrations.clients.policy import Policy
from budgetmon.integrations.clients.recognise import Outgoing, wants_body

# Nothing has left when one of these is raised: there was no connection to send it on.
NEVER_SENT = (requests.exceptions.ConnectTimeout, NewConnectionError)


class GuardedAdapter(HTTPAdapter):
    """``session.mount("https://", GuardedAdapter(tracker))``: the session is under the tracker's budgets.

    ``options`` are those of HTTPAdapter. Requests raise BudgetExceededError when they do not fit, and LedgerError; all else
    is as without it. Leave retries to the program: those of ``max_retries`` happen inside one call. A response's body is
    followed through ``content``, ``text``, ``json``, ``iter_content`` and ``iter_lines``; a stream that is read through ``raw``
    is in doubt. A request inside the block of a ``tracker.call`` to the same provider is that call's. Pickles as sessions do.
    """

    __attrs__ = [*HTTPAdapter.__attrs__, "guard"]  # noqa: RUF012  # as requests spells it

    def __init__(self, tracker: UsageTracker, *, policy: Policy | None = None, **options: Any) -> None:
        self.guard = Guard(tracker, policy)
        super().__init__(**options)

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Sends ``request`` if the budgets allow it. Raises RefusedError when they do not; nothing has left then."""
        options: dict[str, Any] = {"timeout": timeout, "verify": verify, "cert": cert, "proxies": proxies}
        exchange = self.guard.open(_outgoing(request))
        if exchange is None:
            return super().send(request, stream=stream, **options)
        try:
            with exchange.sending():
                response = super().send(_asking(request, exchange.body), stream=stream, **options)
        except BaseException as error:
            exchange.failed(error, NEVER_SENT)
            raise
        response.request = request
        if exchange.answered(response.status_code, response.headers, None):
            _watch(response, exchange, stream=stream)
        return response


def _outgoing(request: requests.PreparedRequest) -> Outgoing:
    method, url, body = request.method or "GET", request.url or "", request.body
    if not wants_body(method, url):
        return Outgoing(method, url, None)
    return Outgoing(method, url, body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else None)


def _asking(request: requests.PreparedRequest, body: bytes | None) -> requests.PreparedRequest:
    """``request`` with another body; itself for None."""
    if body is None:
        return request
    asking = request.copy()
    asking.body = body
    asking.headers["Content-Length"] = str(len(body))
    return asking


def _watch(response: requests.Response, exchange: Exchange, *, stream: bool) -> None:
    """Follows the body. One that is not streamed is read at once, as the session would do next."""
    if not stream:
        try:
            response._content = exchange.feed(response.content) + exchange.end()
        finally:
            exchange.cut()
        return
    read, close = response.iter_content, response.close

    def iter_content(chunk_size: int | None = 1, decode_unicode: bool = False) -> Iterator[Any]:
        passing = _passing(read(chunk_size), exchange, chunk_size)
        return stream_decode_response_unicode(passing, response) if decode_unicode else passing

    def closing() -> None:
        try:
            close()
        finally:
            exchange.cut()

    # On the object, not by a class of its own: its type and its pickled form stay those of requests.
    vars(response).update(iter_content=iter_content, close=closing)
    weakref.finalize(response, leftovers.leave, exchange.cut).atexit = False


def _passing(chunks: Iterator[bytes], exchange: Exchange, size: int | None) -> Iterator[bytes]:
    for chunk in chunks:
        yield from _pieces(exchange.feed(chunk), size)
    yield from _pieces(exchange.end(), size)


def _pieces(content: bytes, size: int | None) -> Iterator[bytes]:
    """``content`` in pieces of at most ``size`` bytes: what is taken out of a stream may let more through at once."""
    step = size or len(content) or 1
    return (content[start : start + step] for start in range(0, len(content), step))
