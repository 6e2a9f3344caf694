"""How a request passes a guard in the httpx family, whose libraries share their shapes but not their classes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from types import TracebackType
from typing import Any, Self

from budgetmon.core import leftovers
from budgetmon.integrations.clients.exchange import Exchange
from budgetmon.integrations.clients.guard import Guard
from budgetmon.integrations.clients.recognise import Outgoing, wants_body
from budgetmon.integrations.clients.reply_watch import Decode

Errors = tuple[type[BaseException], ...]


class WatchedStream:
    """A response's bytes on their way through an exchange. Mixed with the library's own stream class."""

    def __init__(self, stream: Any, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            if kept := self._exchange.feed(chunk):
                yield kept
        if rest := self._exchange.end():
            yield rest

    def close(self) -> None:
        """Closes the stream; what was not read by now never will be."""
        try:
            self._stream.close()
        finally:
            self._exchange.cut()

    def __del__(self) -> None:
        leftovers.leave(self._exchange.cut)


class AsyncWatchedStream:
    """The same for asynchronous responses."""

    def __init__(self, stream: Any, exchange: Exchange) -> None:
        self._stream = stream
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            if kept := self._exchange.feed(chunk):
                yield kept
        if rest := self._exchange.end():
            yield rest

    async def aclose(self) -> None:
        """Closes the stream; what was not read by now never will be."""
        try:
            await self._stream.aclose()
        finally:
            self._exchange.cut()

    def __del__(self) -> None:
        leftovers.leave(self._exchange.cut)


class GuardedSending:
    """``handle_request`` under a guard. Mixed with the library's own transport class, which it wraps one of."""

    errors: Errors
    stream_class: Any

    def __init__(self, guard: Guard, transport: Any) -> None:
        self.guard = guard
        self._transport = transport

    def handle_request(self, request: Any) -> Any:
        """Sends ``request`` if the budgets allow it. Raises RefusedError when they do not; nothing has left then."""
        body = request.read() if wants_body(request.method, str(request.url)) else None
        exchange = self.guard.open(Outgoing(request.method, str(request.url), body))
        if exchange is None:
            return self._transport.handle_request(request)
        try:
            with exchange.sending():
                response = self._transport.handle_request(asking(request, exchange.body))
        except BaseException as error:
            exchange.failed(error, self.errors)
            raise
        try:
            watched(response, exchange, self.stream_class)
        except BaseException:
            response.close()  # nobody else can
            raise
        return response

    def close(self) -> None:
        """Closes the transport inside."""
        self._transport.close()

    def __enter__(self) -> Self:
        self._transport.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self._transport.__exit__(kind, error, trace)


class AsyncGuardedSending:
    """``handle_async_request`` under a guard."""

    errors: Errors
    stream_class: Any

    def __init__(self, guard: Guard, transport: Any) -> None:
        self.guard = guard
        self._transport = transport

    async def handle_async_request(self, request: Any) -> Any:
        """Sends ``request`` if the budgets allow it. Raises RefusedError when they do not; nothing has left then."""
        body = await request.aread() if wants_body(request.method, str(request.url)) else None
        exchange = self.guard.open(Outgoing(request.method, str(request.url), body))
        if exchange is None:
            return await self._transport.handle_async_request(request)
        try:
            with exchange.sending():
                response = await self._transport.handle_async_request(asking(request, exchange.body))
        except BaseException as error:
            exchange.failed(error, self.errors)
            raise
        try:
            watched(response, exchange, self.stream_class)
        except BaseException:
            await response.aclose()
            raise
        return response

    async def aclose(self) -> None:
        """Closes the transport inside."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        await self._transport.__aexit__(kind, error, trace)


def asking(request: Any, body: bytes | None) -> Any:
    """``request`` with another body; itself for None. The answer must come as it is, for something will be taken out of it."""
    if body is None:
        return request
    headers = request.headers.copy()
    headers.pop("Content-Length", None)
    headers["Accept-Encoding"] = "identity"
    return type(request)(request.method, request.url, headers=headers, content=body, extensions=request.extensions)


def watched(response: Any, exchange: Exchange, stream_class: Any) -> None:
    """Lets the body of ``response`` pass through ``exchange``: on its way, or at once where it has been read already."""
    read = response.is_closed
    if not exchange.answered(response.status_code, response.headers, None if read else decoder(response)):
        return
    if read:
        exchange.feed(response.content)
        exchange.end()
    else:
        response.stream = stream_class(response.stream, exchange)


def decoder(response: Any) -> Decode | None:
    """What undoes the encoding of the body, by the library's own means; None where there is none."""
    encoding = response.headers.get("content-encoding", "identity")
    if encoding == "identity":
        return None

    def decode(content: bytes) -> bytes:
        decoded: bytes = type(response)(200, headers={"Content-Encoding": encoding}, content=content).content
        return decoded

    return decode
