"""httpx and httpx2 clients under a budget, over real HTTP, sync and async."""

from __future__ import annotations

import asyncio
import pickle
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
from integration.http_calls import CHAT, REQUESTS, steady
from integration.ledger_view import picture
from integration.paid_clients import Books, MakeTracker, books

from budgetmon import BudgetExceededError, LedgerError, Usage
from budgetmon.core.call import Call
from budgetmon.core.rules.calls import CallState
from budgetmon.integrations.clients import httpx2_transport, httpx_transport
from budgetmon.integrations.clients.policy import Policy, Unknown, UnknownRequestError
from budgetmon.workloads.standin.settings import ErrorKind

FAMILIES = [(httpx, httpx_transport), (httpx2, httpx2_transport)]
each_family = pytest.mark.parametrize(("library", "guarding"), FAMILIES, ids=["httpx", "httpx2"])


@each_family
@pytest.mark.parametrize(("path", "body"), REQUESTS)
def test_that_replies_are_what_they_are_without_and_the_books_agree(
    path: str, body: dict[str, Any], library: Any, guarding: Any, make_tracker: MakeTracker
) -> None:
    async def later(book: Books) -> Any:
        async with library.AsyncClient(transport=guarding.AsyncGuardedTransport(book.tracker)) as http:
            return await http.post(f"{book.url}/{path}", json=body)

    with books(make_tracker) as book, library.Client() as bare:
        expected = bare.post(f"{book.url}/{path}", json=body)
        once = book.billed
        with library.Client(transport=guarding.GuardedTransport(book.tracker)) as http:
            for reply in (http.post(f"{book.url}/{path}", json=body), asyncio.run(later(book))):
                assert steady(reply.text) == steady(expected.text)
                assert (type(reply), reply.status_code) == (library.Response, 200)
                assert reply.headers.keys() == expected.headers.keys()
                assert reply.request.content == expected.request.content
        assert book.usd == (2 * once, 0, 0)
        assert book.billed == 3 * once


@each_family
@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (ErrorKind.BAD_REQUEST, CallState.RELEASED),
        (ErrorKind.RATE_LIMITED, CallState.RELEASED),
        (ErrorKind.SERVER_ERROR, CallState.IN_DOUBT),
    ],
)
def test_that_errors_are_answers_and_only_what_is_not_billed_is_released(
    fate: ErrorKind, state: CallState, library: Any, guarding: Any, make_tracker: MakeTracker
) -> None:
    transport_of = guarding.GuardedTransport
    with books(make_tracker, fate) as book, library.Client(transport=transport_of(book.tracker)) as http:
        reply = http.post(f"{book.url}/chat/completions", json=CHAT)
        assert reply.status_code == int(fate)
        assert "stand-in" in reply.json()["error"]["message"]
        assert book.states == [state]


def test_that_a_usage_beyond_all_money_is_in_doubt_and_the_reply_arrives(
    make_tracker: MakeTracker, caplog: pytest.LogCaptureFixture
) -> None:
    told = {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2**53 - 1}}
    provider = httpx.MockTransport(lambda _: httpx.Response(200, json=told))
    with books(make_tracker) as book, closing(httpx_transport.GuardedTransport(book.tracker, provider)) as transport:
        reply = httpx.Client(transport=transport).post(f"{book.url}/chat/completions", json=CHAT)
        assert reply.json() == told
        assert book.states == [CallState.IN_DOUBT]
    assert "a usage that cannot be" in caplog.text


@each_family
def test_that_a_reply_which_cannot_be_booked_gives_its_connection_back(
    library: Any, guarding: Any, make_tracker: MakeTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Call) -> None:
        raise LedgerError(Path("ledger.db"), "full")

    with books(make_tracker, ErrorKind.BAD_REQUEST) as book, library.HTTPTransport() as inner:
        http = library.Client(transport=guarding.GuardedTransport(book.tracker, inner))
        with monkeypatch.context() as patched, pytest.raises(LedgerError):
            patched.setattr(Call, "release", failing)
            http.post(f"{book.url}/chat/completions", json=CHAT)
        assert all(connection.is_idle() or connection.is_closed() for connection in inner._pool.connections)


@each_family
def test_that_no_connection_costs_nothing_and_no_answer_is_in_doubt(
    library: Any, guarding: Any, make_tracker: MakeTracker
) -> None:
    with books(make_tracker, ErrorKind.DROPPED, ErrorKind.TIMEOUT) as book:
        http = library.Client(transport=guarding.GuardedTransport(book.tracker), timeout=0.1)
        for _ in range(2):
            with pytest.raises(library.TransportError):
                http.post(f"{book.url}/chat/completions", json=CHAT)
    with closing(http), pytest.raises(library.ConnectError):
        http.post(f"{book.url}/chat/completions", json=CHAT)
    assert book.states == [CallState.IN_DOUBT, CallState.IN_DOUBT, CallState.RELEASED]


@each_family
def test_that_a_refusal_reaches_the_caller_and_nothing_is_sent(library: Any, guarding: Any, make_tracker: MakeTracker) -> None:
    with books(make_tracker, limit="0.01") as book:
        with library.Client(transport=guarding.GuardedTransport(book.tracker)) as http:
            http.post(f"{book.url}/chat/completions", json=CHAT)
            with pytest.raises(BudgetExceededError):
                for _ in range(10):
                    http.post(f"{book.url}/chat/completions", json=CHAT)
        assert book.agree(book.standin.billed().total.calls)


def test_that_a_compressed_reply_is_understood(make_tracker: MakeTracker) -> None:
    import gzip

    reply = gzip.compress(b'{"usage": {"prompt_tokens": 7, "completion_tokens": 1}}')
    inner = httpx.MockTransport(lambda _: httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=Bytes(reply)))
    with books(make_tracker) as book, httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker, inner)) as http:
        assert http.post(f"{book.url}/chat/completions", json=CHAT).json()["usage"]["prompt_tokens"] == 7
        assert book.usd == (5_000_000 + 7 * 3_000 + 15_000, 0, 0)


class Bytes(httpx.SyncByteStream):
    """A body in pieces of five bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __iter__(self) -> Any:
        return (self._content[start : start + 5] for start in range(0, len(self._content), 5))


def test_that_a_body_that_is_made_while_it_is_sent_is_understood(make_tracker: MakeTracker) -> None:
    import json

    def body() -> Any:
        yield json.dumps(CHAT).encode()

    headers = {"Content-Length": str(len(json.dumps(CHAT))), "Content-Type": "application/json"}
    with books(make_tracker) as book, httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker)) as http:
        assert http.post(f"{book.url}/chat/completions", content=body(), headers=headers).status_code == 200
        assert book.agree(calls=1)


def test_that_half_a_character_in_a_prompt_is_no_trouble(make_tracker: MakeTracker) -> None:
    body = b'{"model": "chat", "stream": true, "max_tokens": 9, "messages": [{"role": "user", "content": "\\ud83d"}]}'
    with books(make_tracker) as book, httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker)) as http:
        assert http.post(f"{book.url}/chat/completions", content=body).status_code == 200
        assert book.agree(calls=1)


def test_that_an_unknown_request_to_a_paid_host_follows_the_policy(make_tracker: MakeTracker) -> None:
    def get(policy: Policy) -> int:
        with httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker, policy=policy)) as http:
            return http.get(f"{book.standin.base_url}/health").status_code

    with books(make_tracker) as book:
        assert get(Policy(unknown=Unknown.PASS)) == 200
        assert book.states == []
        with pytest.raises(UnknownRequestError, match="/health"):
            get(Policy(unknown=Unknown.REFUSE))
        assert book.states == []
        assert get(Policy(unknown=Unknown.COUNT, tag="t")) == 200
        (row,) = picture(book.tracker).calls
        assert (row.provider, row.model, row.tag, row.cost, row.ok) == ("standin", "/health", "t", None, True)


def test_that_an_endpoint_with_a_price_is_held_and_settled_by_the_call(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book:
        models = f"""\
providers: {{ standin: {{base_url: "{book.url}"}} }}
models: {{ health: {{provider: standin, per_call: 2}}, GLOBAL_QUOTE: {{provider: standin, per_call: 1}} }}
budgets: [ {{name: usd, limit: 5 USD, per: day}} ]
"""
        tracker = make_tracker(models)
        with httpx.Client(transport=httpx_transport.GuardedTransport(tracker)) as http:
            http.get(f"{book.standin.base_url}/health")
            http.get(f"{book.standin.base_url}/health?function=GLOBAL_QUOTE")
            http.get(f"{book.standin.base_url}/query?function=GLOBAL_QUOTE")  # 404: not billed
            http.get(f"{book.standin.base_url}/health")
            with pytest.raises(BudgetExceededError):
                http.get(f"{book.standin.base_url}/health")
        assert [row.model for row in picture(tracker).calls] == ["health", "GLOBAL_QUOTE", "GLOBAL_QUOTE", "health"]


def test_that_other_hosts_are_left_alone(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, books(make_tracker) as other:
        tracker = make_tracker(f'providers: {{elsewhere: {{base_url: "{book.url}"}}}}')
        with httpx.Client(transport=httpx_transport.GuardedTransport(tracker)) as http:
            assert http.post(f"{other.url}/chat/completions", json=CHAT).status_code == 200
        assert picture(tracker).calls == ()


def test_that_two_guards_one_in_the_other_count_once(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book:
        inner = httpx_transport.GuardedTransport(book.tracker)
        with httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker, inner)) as http:
            http.post(f"{book.url}/chat/completions", json=CHAT)
            with http.stream("POST", f"{book.url}/chat/completions", json={**CHAT, "stream": True}) as stream:
                assert stream.read().count(b"usage") == 0
        assert book.agree(calls=2)


def test_that_an_open_stream_does_not_pay_for_other_requests(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker)) as http:
        with http.stream("POST", f"{book.url}/chat/completions", json={**CHAT, "stream": True}) as stream:
            http.post(f"{book.url}/chat/completions", json=CHAT)
            stream.read()
        assert book.agree(calls=2)


def test_that_a_call_around_another_provider_does_not_pay(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker)) as http:
        with book.tracker.call("chat", provider="elsewhere", estimate=Usage(calls=0)) as call:
            http.post(f"{book.url}/chat/completions", json=CHAT)
            call.release()
        assert book.states == [CallState.RELEASED, CallState.SETTLED]


def test_that_refusals_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(UnknownRequestError("p", "/x")))
    assert (error.provider, error.endpoint) == ("p", "/x")
    assert "/x (p) refused" in str(error)


MESSAGE = {"input_tokens": 10, "output_tokens": 2, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 0}
MESSAGE_STREAM = """\
event: message_start
data: {"type":"message_start","message":{"usage":{"input_tokens":10,"cache_read_input_tokens":100,"output_tokens":1}}}

event: message_delta
data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}

event: message_stop
data: {"type":"message_stop"}

"""


@pytest.mark.parametrize(
    ("path", "reply", "cost"),
    [
        ("messages", httpx.Response(200, json={"usage": MESSAGE}), 10 * 3_000 + 100 * 300 + 2 * 15_000),
        (
            "messages",
            httpx.Response(200, text=MESSAGE_STREAM, headers={"Content-Type": "text/event-stream"}),
            10 * 3_000 + 100 * 300 + 2 * 15_000,
        ),
        ("completions", httpx.Response(200, json={"usage": {"prompt_tokens": 4, "completion_tokens": 1}}), 27_000),
    ],
)
def test_that_other_dialects_are_settled_by_their_usage(
    path: str, reply: httpx.Response, cost: int, make_tracker: MakeTracker
) -> None:
    inner = httpx.MockTransport(lambda _: reply)
    with books(make_tracker) as book, httpx.Client(transport=httpx_transport.GuardedTransport(book.tracker, inner)) as http:
        http.post(f"{book.url}/{path}", json={"model": "chat", "max_tokens": 10})
        assert book.usd == (5_000_000 + cost, 0, 0)


@each_family
def test_that_the_transport_inside_is_entered_and_left(library: Any, guarding: Any, make_tracker: MakeTracker) -> None:
    class Inner(library.BaseTransport):  # type: ignore[misc, name-defined]
        def __enter__(self) -> Any:
            seen.append("entered")
            return self

        def close(self) -> None:
            seen.append("closed")

    seen: list[str] = []
    with books(make_tracker) as book, library.Client(transport=guarding.GuardedTransport(book.tracker, Inner())):
        assert seen == ["entered"]
    assert seen == ["entered", "closed"]
