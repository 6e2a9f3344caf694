"""What the stand-in's client makes of servers that misbehave: not billed, or unclear, never silently free."""

from __future__ import annotations

import json
import pickle
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from budgetmon.core.rules.refusals import NotBilledError
from budgetmon.core.rules.usage import Usage
from budgetmon.workloads.session import NotBilled, Unclear
from budgetmon.workloads.standin.client import ChatClient
from budgetmon.workloads.standin.server import StandIn

HELLO = [{"role": "user", "content": "hello"}]


def answer(document: object, status: str = "200 OK") -> bytes:
    body = json.dumps(document).encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def completion(**usage: object) -> dict[str, object]:
    return {"model": "m", "choices": [{"message": {"content": "text"}}], "usage": usage}


@contextmanager
def server_that_answers(content: bytes) -> Iterator[str]:
    """A server that reads one request, sends ``content`` and closes."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with closing(connection):
                connection.recv(65536)
                connection.sendall(content)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(5)


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_that_a_refused_connection_is_not_billed() -> None:
    with ChatClient(f"http://127.0.0.1:{free_port()}") as client, pytest.raises(NotBilled, match="no connection") as caught:
        client.chat("m", HELLO, max_tokens=5)
    assert (caught.value.status, caught.value.retry_after) == (None, None)


@pytest.mark.parametrize("status", ["400 Bad Request", "401 Unauthorized", "404 Not Found", "413 Too Large"])
def test_that_what_is_the_clients_fault_is_not_billed(status: str) -> None:
    content = answer({"error": {"message": "why"}}, status)
    with server_that_answers(content) as url, ChatClient(url) as client, pytest.raises(NotBilled, match="why") as caught:
        client.chat("m", HELLO, max_tokens=5)
    assert caught.value.status == int(status[:3])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{",
        b"not http at all\r\n",
        answer({"error": {"message": "why"}}, "503 Busy"),
        answer("odd", "302 Found"),
        b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n",
        answer([]),
        answer({"model": "m"}),
        answer(completion()),
        answer(completion(prompt_tokens=5, completion_tokens=-1)),
        answer(completion(prompt_tokens=5, completion_tokens=1, prompt_tokens_details={"cached_tokens": 6})),
        answer(completion(prompt_tokens=5.0, completion_tokens=1)),
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{x}",
    ],
)
def test_that_anything_else_after_the_request_went_out_is_unclear(content: bytes) -> None:
    with server_that_answers(content) as url, ChatClient(url) as client, pytest.raises(Unclear):
        client.chat("m", HELLO, max_tokens=5)


@pytest.mark.parametrize("details", [None, {}, {"cached_tokens": None}])
def test_that_missing_cache_details_mean_nothing_cached(details: object) -> None:
    content = answer(completion(prompt_tokens=5, completion_tokens=1, prompt_tokens_details=details))
    with server_that_answers(content) as url, ChatClient(url) as client:
        assert client.chat("m", HELLO, max_tokens=5).usage == Usage(input_tokens=5, output_tokens=1)


def test_that_an_idle_connection_that_the_server_closed_causes_no_doubt() -> None:
    first = StandIn()
    with first:
        port = int(first.base_url.rpartition(":")[2])
        client = ChatClient(first.base_url)
        client.chat("m", HELLO, max_tokens=5)
    with client, StandIn(port=port) as second:
        client.chat("m", HELLO, max_tokens=5)
    assert second.billed().total.calls == 1


def test_that_a_client_works_on_after_an_error() -> None:
    with StandIn() as standin, ChatClient(standin.base_url) as client:
        with pytest.raises(NotBilled, match="'max_tokens'"):
            client.chat("m", HELLO, max_tokens=0)
        assert client.chat("m", HELLO, max_tokens=5).model == "m"


@pytest.mark.parametrize("url", ["ftp://127.0.0.1:1", "127.0.0.1:80", "http://", ""])
def test_that_only_http_is_spoken(url: str) -> None:
    with pytest.raises(ValueError, match="expected a base URL"):
        ChatClient(url)


def test_that_a_tracker_knows_what_was_not_billed() -> None:
    assert issubclass(NotBilled, NotBilledError)
    assert not issubclass(Unclear, NotBilledError)


def test_that_errors_travel_between_processes() -> None:
    refused = pickle.loads(pickle.dumps(NotBilled("why", 429, 7.0)))
    unclear = pickle.loads(pickle.dumps(Unclear("why", 500)))
    assert (str(refused), refused.status, refused.retry_after) == ("why", 429, 7.0)
    assert (str(unclear), unclear.status) == ("why", 500)
