"""Streams that nobody reads to their end: closed, dropped, cancelled, broken off, inherited by a fork."""

from __future__ import annotations

import asyncio
import gc
import os
from collections.abc import Callable
from contextlib import closing
from typing import Any

import httpx2
import openai
import pytest
from integration.paid_clients import ASKED, HELLO, Books, MakeTracker, books
from openai import AsyncOpenAI, OpenAI

from budgetmon import Usage
from budgetmon.core.rules.calls import CallState
from budgetmon.integrations.clients.openai_client import guarded
from budgetmon.integrations.clients.policy import Policy, Unreported
from budgetmon.workloads.standin.settings import ErrorKind

SLOWLY = 20.0  # milliseconds between two events, so that a reader is ahead of the end


def under_budget(book: Books, policy: Policy | None = None) -> OpenAI:
    api = OpenAI(base_url=book.url, api_key="none", max_retries=0)
    return guarded(api, book.tracker, policy=policy)


def begun(api: OpenAI) -> Any:
    """A stream of which two chunks have been read."""
    stream = api.chat.completions.create(
        model="chat", messages=HELLO, stream=True, max_tokens=300, extra_body={"standin": ASKED}
    )
    next(stream)
    next(stream)
    return stream


def close(stream: Any) -> None:
    stream.close()


def leave_block(stream: Any) -> None:
    with stream:
        pass


def leave_block_by_error(stream: Any) -> None:
    with pytest.raises(KeyError), stream:
        raise KeyError


@pytest.mark.parametrize("stop", [close, leave_block, leave_block_by_error])
def test_that_a_stream_closed_early_is_in_doubt(stop: Callable[[Any], None], make_tracker: MakeTracker) -> None:
    with books(make_tracker, event_ms=SLOWLY) as book, closing(under_budget(book)) as api:
        stream = begun(api)
        assert book.states == [CallState.HELD]
        stop(stream)
        assert book.states == [CallState.IN_DOUBT]
        assert (book.usd[0], book.usd[2] > 0) == (0, True)


def test_that_a_stream_closed_early_may_be_charged_by_what_was_seen(make_tracker: MakeTracker) -> None:
    policy = Policy(unreported=Unreported.CHARGE_SEEN)
    with books(make_tracker, event_ms=SLOWLY) as book, closing(under_budget(book, policy)) as api:
        stream = begun(api)
        _, held, _ = book.usd
        stream.close()
        assert book.states == [CallState.SETTLED]
        assert 5_000_000 < book.usd[0] < held


def test_that_a_stream_closed_once_its_usage_has_come_is_settled(make_tracker: MakeTracker) -> None:
    with books(make_tracker, event_ms=SLOWLY) as book, closing(under_budget(book)) as api:
        options: Any = {"include_usage": True}
        stream = api.chat.completions.create(
            model="chat", messages=HELLO, stream=True, max_tokens=9, stream_options=options, extra_body={"standin": ASKED}
        )
        assert any(chunk.usage for chunk in stream)
        stream.close()
        assert book.agree(calls=1)


def test_that_a_dropped_stream_is_in_doubt_by_the_next_call(make_tracker: MakeTracker) -> None:
    with books(make_tracker, event_ms=SLOWLY) as book, closing(under_budget(book)) as api:
        stream = begun(api)
        never_read = api.chat.completions.create(model="chat", messages=HELLO, stream=True, max_tokens=300)
        del stream, never_read
        gc.collect()
        with book.tracker.call("embed") as call:
            call.settle(Usage())
        assert book.states == [CallState.IN_DOUBT, CallState.IN_DOUBT, CallState.SETTLED]


def test_that_a_stream_that_breaks_off_raises_as_without_and_is_in_doubt(make_tracker: MakeTracker) -> None:
    with books(make_tracker, ErrorKind.DROPPED) as book, closing(under_budget(book)) as api:
        stream = begun(api)
        with pytest.raises(openai.APIConnectionError):
            list(stream)
        assert book.states == [CallState.IN_DOUBT]
        assert book.standin.billed().cut["chat"].calls == 1


def test_that_a_stream_that_told_no_usage_is_in_doubt(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, closing(under_budget(book, Policy(ask_for_usage=False))) as api:
        list(begun(api))
        assert book.states == [CallState.IN_DOUBT]


def test_that_a_cancelled_task_leaves_its_call_in_doubt(make_tracker: MakeTracker) -> None:
    async def read(api: AsyncOpenAI, reading: asyncio.Event) -> None:
        stream = await api.chat.completions.create(model="chat", messages=HELLO, stream=True, max_tokens=300)
        async for _ in stream:
            reading.set()

    async def wait(api: AsyncOpenAI, reading: asyncio.Event) -> None:
        reading.set()
        await api.chat.completions.create(model="chat", messages=HELLO, max_tokens=300)

    async def main(book: Books, run: Callable[[AsyncOpenAI, asyncio.Event], Any]) -> None:
        async with AsyncOpenAI(base_url=book.url, api_key="none", max_retries=0) as api:
            reading = asyncio.Event()
            task = asyncio.create_task(run(guarded(api, book.tracker), reading))
            await reading.wait()
            while not book.states:
                await asyncio.sleep(0.005)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with books(make_tracker, event_ms=SLOWLY) as book:
        asyncio.run(main(book, read))
        assert book.states == [CallState.IN_DOUBT]
    with books(make_tracker, ErrorKind.TIMEOUT) as book:
        asyncio.run(main(book, wait))
        assert book.states[-1] is CallState.IN_DOUBT


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")  # from Python 3.12 on, for the stand-in's thread
def test_that_a_forked_child_leaves_the_streams_of_its_parent_alone(make_tracker: MakeTracker) -> None:
    with books(make_tracker, event_ms=1) as book, closing(under_budget(book)) as api:
        stream = begun(api)
        child = os.fork()
        if child == 0:
            try:
                del stream
                gc.collect()
                with book.tracker.call("embed") as call:
                    call.settle(Usage())
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        assert book.states[0] is CallState.HELD
        list(stream)
        assert book.states == [CallState.SETTLED, CallState.SETTLED]
        assert book.usd == (book.billed, 0, 0)


def test_that_asking_for_the_usage_leaves_the_bytes_of_a_stream_as_they_were(make_tracker: MakeTracker) -> None:
    from budgetmon.integrations.clients.httpx2_transport import GuardedTransport

    def lines(http: httpx2.Client, book: Books) -> list[str]:
        body = {"model": "chat", "messages": HELLO, "stream": True}
        with http.stream("POST", f"{book.url}/chat/completions", json=body) as reply:
            return [line.partition('"created"')[2].partition('"model"')[2] for line in reply.iter_lines()]

    with books(make_tracker) as book, httpx2.Client() as bare, httpx2.Client(transport=GuardedTransport(book.tracker)) as http:
        assert lines(http, book) == lines(bare, book)
        assert book.usd[0] * 2 == book.billed


def test_that_a_stream_collected_inside_a_transaction_does_not_wait_for_itself(make_tracker: MakeTracker) -> None:
    def collect(_: object) -> None:
        gc.collect()

    with books(make_tracker, event_ms=SLOWLY) as book, closing(under_budget(book)) as api:
        stream: Any = begun(api)
        stream.ring = stream
        gc.collect()
        del stream
        book.tracker._ledger._writer.run(collect)
        assert book.states == [CallState.HELD]
        book.tracker.close()
        assert book.states == [CallState.IN_DOUBT]
