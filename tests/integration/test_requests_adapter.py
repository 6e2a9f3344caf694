"""Sessions of requests under a budget, over real HTTP."""

from __future__ import annotations

import gc
import json
import pickle
import threading
from typing import Any

import pytest
import requests
from integration.http_calls import CHAT, REQUESTS, TOLD, steady
from integration.paid_clients import Books, MakeTracker, books

from budgetmon import BudgetExceededError, Usage
from budgetmon.core.rules.calls import CallState
from budgetmon.integrations.clients.policy import Policy, Unknown, UnknownRequestError
from budgetmon.integrations.clients.requests_adapter import GuardedAdapter
from budgetmon.workloads.standin.settings import ErrorKind


def under_budget(book: Books, policy: Policy | None = None) -> requests.Session:
    session = requests.Session()
    session.mount("http://", GuardedAdapter(book.tracker, policy=policy))
    return session


@pytest.mark.parametrize(("path", "body"), REQUESTS)
@pytest.mark.parametrize("stream", [False, True])
def test_that_replies_are_what_they_are_without_and_the_books_agree(
    path: str, body: dict[str, Any], stream: bool, make_tracker: MakeTracker
) -> None:
    with books(make_tracker) as book, requests.Session() as bare, under_budget(book) as session:
        expected = bare.post(f"{book.url}/{path}", json=body, stream=stream)
        assert expected.text
        once = book.billed
        reply = session.post(f"{book.url}/{path}", json=body, stream=stream)
        assert steady(reply.text) == steady(expected.text)
        assert (type(reply), reply.status_code, reply.headers.keys()) == (requests.Response, 200, expected.headers.keys())
        assert book.usd == (once, 0, 0)


@pytest.mark.parametrize("decode", [False, True])
@pytest.mark.parametrize("body", [{**CHAT, **TOLD}, {**CHAT, "stream": True}], ids=["asked", "not asked"])
def test_that_lines_of_a_stream_come_as_they_do_without(body: Any, decode: bool, make_tracker: MakeTracker) -> None:
    def lines(session: requests.Session) -> list[str]:
        with session.post(f"{book.url}/chat/completions", json=body, stream=True) as reply:
            assert json.loads(reply.request.body or b"") == body
            found = list(reply.iter_lines(decode_unicode=decode))
        return [steady(line if isinstance(line, str) else line.decode()) for line in found]

    with books(make_tracker) as book, requests.Session() as bare, under_budget(book) as session:
        assert lines(session) == lines(bare)
        assert book.usd[0] * 2 == book.billed


@pytest.mark.parametrize("size", [1, 7, 512, None])
def test_that_chunks_are_no_longer_than_asked_for(size: int | None, make_tracker: MakeTracker) -> None:
    body = {**CHAT, "stream": True}
    with books(make_tracker) as book, requests.Session() as bare, under_budget(book) as session:
        expected = bare.post(f"{book.url}/chat/completions", json=body).text
        for stream in (False, True):
            reply = session.post(f"{book.url}/chat/completions", json=body, stream=stream)
            chunks = list(reply.iter_content(size))
            assert steady(b"".join(chunks).decode()) == steady(expected)
            assert size is None or max(map(len, chunks)) <= size
        assert book.usd[0] * 3 == book.billed * 2


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (ErrorKind.UNAUTHORIZED, CallState.RELEASED),
        (ErrorKind.RATE_LIMITED, CallState.RELEASED),
        (ErrorKind.SERVER_ERROR, CallState.IN_DOUBT),
    ],
)
def test_that_errors_are_answers_and_only_what_is_not_billed_is_released(
    fate: ErrorKind, state: CallState, make_tracker: MakeTracker
) -> None:
    with books(make_tracker, fate) as book, under_budget(book) as session:
        assert session.post(f"{book.url}/chat/completions", json=CHAT).status_code == int(fate)
        assert book.states == [state]


def test_that_no_connection_costs_nothing_and_no_answer_is_in_doubt(make_tracker: MakeTracker) -> None:
    with books(make_tracker, ErrorKind.DROPPED, ErrorKind.TIMEOUT) as book, under_budget(book) as session:
        for kind in (requests.ConnectionError, requests.ReadTimeout):
            with pytest.raises(kind):
                session.post(f"{book.url}/chat/completions", json=CHAT, timeout=0.1)
    with under_budget(book) as session, pytest.raises(requests.ConnectionError):
        session.post(f"{book.url}/chat/completions", json=CHAT)
    assert book.states == [CallState.IN_DOUBT, CallState.IN_DOUBT, CallState.RELEASED]


def test_that_a_stream_cut_short_is_in_doubt(make_tracker: MakeTracker) -> None:
    body = {**CHAT, **TOLD}
    with books(make_tracker, None, ErrorKind.DROPPED, event_ms=5) as book, under_budget(book) as session:
        with session.post(f"{book.url}/chat/completions", json=body, stream=True) as reply:
            next(reply.iter_content(64))
        broken = session.post(f"{book.url}/chat/completions", json=body, stream=True)
        with broken, pytest.raises(requests.exceptions.ChunkedEncodingError):
            list(broken.iter_lines())
        reply = session.post(f"{book.url}/chat/completions", json=body, stream=True)
        next(reply.iter_content(64))
        del reply
        gc.collect()
        with book.tracker.call("embed") as call:
            call.settle(Usage())
        assert book.states == [*[CallState.IN_DOUBT] * 3, CallState.SETTLED]


def test_that_a_refusal_reaches_the_caller_and_nothing_is_sent(make_tracker: MakeTracker) -> None:
    with books(make_tracker, limit="0.03") as book, under_budget(book) as session:
        with pytest.raises(BudgetExceededError):
            for _ in range(10):
                session.post(f"{book.url}/chat/completions", json=CHAT)
        assert book.agree(book.standin.billed().total.calls)


def test_that_a_call_around_it_pays_for_what_is_inside(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, under_budget(book) as session:
        with book.tracker.call("chat", estimate=Usage(input_tokens=1_000, output_tokens=300)) as call:
            usage = session.post(f"{book.url}/chat/completions", json=CHAT).json()["usage"]
            call.settle(Usage(usage["prompt_tokens"] - 600, usage["completion_tokens"], 600))
        assert book.agree(calls=1)


def test_that_unknown_requests_follow_the_policy(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book:
        with under_budget(book, Policy(unknown=Unknown.REFUSE)) as session, pytest.raises(UnknownRequestError):
            session.get(f"{book.standin.base_url}/health")
        with under_budget(book) as session:
            session.get(f"{book.standin.base_url}/health")
        assert book.states == [CallState.SETTLED]


def test_that_a_session_pickles_with_its_guard(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, under_budget(book) as session:
        with pickle.loads(pickle.dumps(session)) as copy:
            copy.post(f"{book.url}/chat/completions", json=CHAT)
            copy.get_adapter(book.url).guard._tracker.close()
        reply = session.post(f"{book.url}/chat/completions", json=CHAT)
        assert pickle.loads(pickle.dumps(reply)).json() == reply.json()
        assert book.agree(calls=2)


def test_that_threads_each_pay_for_themselves(make_tracker: MakeTracker) -> None:
    def spend() -> None:
        with under_budget(book) as session:
            for _ in range(5):
                session.post(f"{book.url}/chat/completions", json=CHAT)

    with books(make_tracker) as book:
        threads = [threading.Thread(target=spend) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert book.agree(calls=30)
