"""StandIn: a provider on the loopback that answers in the chat completions shape and bills nothing for real."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from types import TracebackType

from budgetmon.workloads.standin.bill import Billed, BillLog
from budgetmon.workloads.standin.completions import error_document
from budgetmon.workloads.standin.service import Service, Silence
from budgetmon.workloads.standin.settings import StandInSettings
from budgetmon.workloads.standin.streams import EventStream
from budgetmon.workloads.standin.wire import (
    LONGEST_HEAD,
    Response,
    WireError,
    encode,
    encode_chunk,
    encode_stream_head,
    read_request,
)

LOOPBACK = "127.0.0.1"
LINGER_S = 1.0


class StandIn:
    """A running stand-in, as a context manager: it serves from a thread of its own until the block ends.

    One event loop serves all connections, so thousands of slow calls at once cost no threads. Entering raises OSError when
    the port is taken. ``billed`` may be called from any thread, during and after. Use each object once. A process forked
    while it runs inherits its port, which then stays open: next to workers that fork, run it as a child process instead.
    """

    def __init__(self, settings: StandInSettings | None = None, port: int = 0) -> None:
        """``port`` 0 lets the system choose a free one."""
        self._settings = settings or StandInSettings()
        self._port = port
        self._log = BillLog()
        self._opened: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event, int]] = Future()
        self._thread = threading.Thread(target=self._run, name="standin", daemon=True)
        self._connections: set[asyncio.Task[None]] = set()

    def __enter__(self) -> StandIn:
        self._thread.start()
        try:
            _, _, self._port = self._opened.result()
        except BaseException:
            self._thread.join()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        loop, stop, _ = self._opened.result()
        loop.call_soon_threadsafe(stop.set)
        self._thread.join()

    @property
    def base_url(self) -> str:
        """``"http://127.0.0.1:PORT"``. Clients may append ``/v1`` or not: both work."""
        return f"http://{LOOPBACK}:{self._port}"

    def billed(self) -> Billed:
        """What was billed so far. A client that has its answer finds it in here."""
        return self._log.billed()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except Exception as error:
            if self._opened.done():
                raise
            self._opened.set_exception(error)

    async def _serve(self) -> None:
        service = Service(self._settings, self._log)
        stop = asyncio.Event()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(self._connection(service, reader, writer))
            self._connections.add(task)
            task.add_done_callback(self._connections.discard)

        # asyncio turns Nagle off on each connection that it accepts.
        server = await asyncio.start_server(accept, LOOPBACK, self._port, limit=LONGEST_HEAD, backlog=512)
        self._opened.set_result((asyncio.get_running_loop(), stop, server.sockets[0].getsockname()[1]))
        await stop.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connection(self, service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serves one connection to its end. A client that vanishes, at whatever moment, is no event."""
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                while await self._exchange(service, reader, writer):
                    pass
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
        finally:
            writer.transport.abort()

    async def _exchange(self, service: Service, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Serves one request; whether the connection goes on."""
        try:
            request = await read_request(reader, writer, self._settings.max_body)
        except WireError as error:
            document = error_document(str(error), "invalid_request_error")
            writer.write(encode(Response(error.status, document), keep_alive=False))
            writer.write_eof()
            # Closing with unread bytes in the socket would reset the connection before the client has read why.
            await _discard(reader, LINGER_S)
            return False
        response = await service.answer(request)
        if isinstance(response, Silence):
            await _discard(reader, response.seconds)
            return False
        if isinstance(response, EventStream):
            return await self._stream(response, writer, keep_alive=request.keep_alive)
        writer.write(encode(response, keep_alive=request.keep_alive, with_body=request.method != "HEAD"))
        await writer.drain()
        return request.keep_alive

    async def _stream(self, stream: EventStream, writer: asyncio.StreamWriter, *, keep_alive: bool) -> bool:
        """Sends a stream event by event, and has it billed; whether the connection goes on."""
        writer.write(encode_stream_head(keep_alive=keep_alive))
        sent, whole = 0, len(stream.events)
        try:
            for event in stream.events:
                if sent == stream.breaks_after:
                    return False
                await asyncio.sleep(self._settings.event_ms / 1000)
                if sent == stream.tells:
                    stream.bill(whole)  # before it is out: a client that has its answer finds it in the books
                sent += 1
                writer.write(encode_chunk(event))
                await writer.drain()
        finally:
            if sent <= stream.tells:
                stream.bill(sent)
        writer.write(encode_chunk(b""))
        await writer.drain()
        return keep_alive


async def _discard(reader: asyncio.StreamReader, seconds: float) -> None:
    """Swallows what the client sends, until it gives up or the time is over."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while await reader.read(LONGEST_HEAD):
                pass
