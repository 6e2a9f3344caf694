"""The stand-in provider over real HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest

from budgetmon.core.rules.usage import Usage
from budgetmon.workloads.session import NotBilled, Unclear
from budgetmon.workloads.standin.bill import ModelBill
from budgetmon.workloads.standin.client import ChatClient
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import ErrorKind, StandInSettings

HELLO = [{"role": "user", "content": "hello"}]
CHAT = json.dumps({"model": "sonar", "messages": HELLO, "max_tokens": 5})
RATE_LIMITED = ((ErrorKind.RATE_LIMITED, 1.0),)
SERVER_ERROR = ((ErrorKind.SERVER_ERROR, 1.0),)
TIMEOUT = ((ErrorKind.TIMEOUT, 1.0),)


@pytest.fixture
def standin() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


def address(standin: StandIn) -> tuple[str, int]:
    parts = urlsplit(standin.base_url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


def ask(standin: StandIn, method: str, path: str, body: str | bytes | None = None) -> tuple[int, dict[str, str], Any]:
    """Status, headers and document of one request on a connection of its own."""
    with closing(http.client.HTTPConnection(*address(standin), timeout=5)) as connection:
        connection.request(method, path, body)
        response = connection.getresponse()
        text = response.read()
        return response.status, dict(response.headers), json.loads(text) if text else None


def raw(standin: StandIn, content: bytes) -> bytes:
    """All that comes back for these bytes until the server closes."""
    with closing(socket.create_connection(address(standin), timeout=5)) as sock:
        sock.sendall(content)
        return b"".join(iter(lambda: sock.recv(65536), b""))


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 5 s"
        time.sleep(0.005)


def test_that_a_chat_call_is_answered_and_billed(standin: StandIn) -> None:
    asked = {"prompt_tokens": 100, "completion_tokens": 20, "cached_tokens": 60}
    with ChatClient(standin.base_url) as client:
        reply = client.chat("sonar-pro", HELLO, max_tokens=50, standin=asked)
    assert reply.model == "sonar-pro"
    assert reply.usage == Usage(input_tokens=40, output_tokens=20, cached_input_tokens=60)
    assert "stand-in" in reply.text
    assert reply.raw["usage"]["total_tokens"] == 120
    assert standin.billed().answered == {"sonar-pro": ModelBill(1, 100, 20, 60)}


@pytest.mark.parametrize("prefix", ["", "/v1"])
def test_that_clients_may_put_v1_before_every_path_or_not(prefix: str, standin: StandIn) -> None:
    with ChatClient(standin.base_url + prefix) as client:
        client.chat("sonar", HELLO, max_tokens=5)
    assert ask(standin, "GET", f"{prefix}/health")[2]["status"] == "ok"
    assert [row["id"] for row in ask(standin, "GET", f"{prefix}/models")[2]["data"]] == ["sonar", "stand-in"]
    assert ask(standin, "GET", f"{prefix}/standin/billed")[2]["total"]["calls"] == 1


def test_that_the_books_over_http_are_those_of_the_object(standin: StandIn) -> None:
    ask(standin, "POST", "/v1/chat/completions", CHAT)
    document = ask(standin, "GET", "/standin/billed")[2]
    assert standin.billed().document().items() <= document.items()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/health", None, 200),
        ("GET", "/v1/models", None, 200),
        ("GET", "/standin/billed", None, 200),
        ("POST", "/v1/chat/completions", CHAT, 200),
        ("POST", "/v1/chat/completions", "{}", 400),
        ("POST", "/v1/chat/completions", None, 400),
        ("GET", "/v1/chat/completions", None, 405),
        ("DELETE", "/health", None, 405),
        ("POST", "/v1/embeddings", "{}", 400),
        ("POST", "/v1/images", "{}", 404),
        ("GET", "/", None, 404),
    ],
)
def test_that_every_answer_says_that_it_comes_from_a_stand_in(
    method: str, path: str, body: str | None, status: int, standin: StandIn
) -> None:
    found, headers, document = ask(standin, method, path, body)
    assert found == status
    assert headers["Server"] == "budgetmon-standin/1 (nothing is billed for real)"
    assert document["provider"] == "budgetmon-standin"
    assert "nothing was billed for real" in document["notice"]
    if status >= 400:
        assert document["error"].keys() == {"message", "type", "param", "code"}
        assert "nothing was billed for real" in document["error"]["message"]
    if status == 405:
        assert headers["Allow"]


def test_that_a_rate_limit_names_when_to_come_back_and_bills_nothing() -> None:
    with StandIn(StandInSettings(error_rate=1, errors=RATE_LIMITED, retry_after_s=7)) as standin:
        with ChatClient(standin.base_url) as client, pytest.raises(NotBilled, match="429: rate limit reached") as caught:
            client.chat("sonar", HELLO, max_tokens=5)
        assert (caught.value.status, caught.value.retry_after) == (429, 7.0)
        assert ask(standin, "POST", "/chat/completions", CHAT)[2]["error"]["code"] == "rate_limit_exceeded"
    assert (standin.billed().total.calls, standin.billed().rejected) == (0, {429: 2})


def test_that_a_server_error_is_unclear_to_the_client() -> None:
    with StandIn(StandInSettings(error_rate=1, errors=SERVER_ERROR)) as standin, ChatClient(standin.base_url) as client:
        for _ in range(2):  # the connection goes on
            with pytest.raises(Unclear, match="500: the server had an error") as caught:
                client.chat("sonar", HELLO, max_tokens=5)
            assert caught.value.status == 500
    assert (standin.billed().total.calls, standin.billed().rejected) == (0, {500: 2})


def test_that_a_silent_call_is_unclear_and_kept_apart_in_the_books() -> None:
    settings = StandInSettings(error_rate=1, errors=TIMEOUT)
    with StandIn(settings) as standin, ChatClient(standin.base_url, timeout=0.1) as client:
        with pytest.raises(Unclear, match="no answer: TimeoutError") as caught:
            client.chat("sonar", HELLO, max_tokens=5, standin={"prompt_tokens": 9, "completion_tokens": 3})
        assert caught.value.status is None
    assert standin.billed().timed_out == {"sonar": ModelBill(1, 9, 3, 0)}
    assert standin.billed().total.calls == 0


def test_that_silence_ends_after_the_time_that_was_set() -> None:
    settings = StandInSettings(error_rate=1, errors=TIMEOUT, silence_ms=80)
    with StandIn(settings) as standin, ChatClient(standin.base_url, timeout=5) as client:
        began = time.monotonic()
        with pytest.raises(Unclear, match="RemoteDisconnected"):
            client.chat("sonar", HELLO, max_tokens=5)
        assert 0.08 <= time.monotonic() - began < 2


def test_that_an_answer_takes_the_latency_and_calls_wait_side_by_side() -> None:
    with StandIn(StandInSettings(latency_ms=150)) as standin, ThreadPoolExecutor(8) as pool:

        def call(_: int) -> float:
            with ChatClient(standin.base_url) as client:
                began = time.monotonic()
                client.chat("sonar", HELLO, max_tokens=5)
                return time.monotonic() - began

        began = time.monotonic()
        times = list(pool.map(call, range(8)))
        assert min(times) >= 0.149
        assert time.monotonic() - began < 8 * 0.15
    assert standin.billed().total.calls == 8


def test_that_many_calls_share_one_connection_without_waiting_for_nagle(standin: StandIn) -> None:
    with ChatClient(standin.base_url) as client:
        client.chat("sonar", HELLO, max_tokens=5)
        sock = client._session._connection.sock
        began = time.monotonic()
        for _ in range(50):
            client.chat("sonar", HELLO, max_tokens=5)
        assert client._session._connection.sock is sock
        assert time.monotonic() - began < 50 * 0.04  # what a delayed acknowledgement would cost each


def spend(base_url: str, number: int) -> tuple[ModelBill, int, int]:
    """What client ``number`` was billed by its own account, how often it was turned away, and how often that was unclear."""
    bill, turned_away, unclear = ModelBill(), 0, 0
    with ChatClient(base_url) as client:
        for turn in range(60):
            asked = {"prompt_tokens": 100 * number + turn, "completion_tokens": turn, "cached_tokens": min(number, turn)}
            try:
                usage = client.chat(f"model-{number % 3}", HELLO, max_tokens=5, standin=asked).usage
            except NotBilled:
                turned_away += 1
            except Unclear:
                unclear += 1
            else:
                prompt = usage.input_tokens + usage.cached_input_tokens
                bill = bill.plus(ModelBill(1, prompt, usage.output_tokens, usage.cached_input_tokens))
    return bill, turned_away, unclear


def test_that_the_books_equal_the_sum_over_eight_clients_at_once() -> None:
    settings = StandInSettings(error_rate=0.2, errors=(*RATE_LIMITED, *SERVER_ERROR), seed=5)
    with StandIn(settings) as standin, ThreadPoolExecutor(8) as pool:
        results = list(pool.map(partial(spend, standin.base_url), range(8)))
    expected: dict[str, ModelBill] = {}
    for number, (bill, _, _) in enumerate(results):
        model = f"model-{number % 3}"
        expected[model] = expected.get(model, ModelBill()).plus(bill)
    billed = standin.billed()
    assert billed.answered == expected
    assert billed.rejected == {429: sum(row[1] for row in results), 500: sum(row[2] for row in results)}
    assert billed.total.calls + sum(billed.rejected.values()) == 8 * 60


def test_that_a_client_that_vanishes_is_billed_and_leaves_no_trace(capfd: pytest.CaptureFixture[str]) -> None:
    request = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(CHAT)}\r\n\r\n{CHAT}".encode()
    with StandIn(StandInSettings(latency_ms=30)) as standin:
        for cut in (10, len(request) - 3, len(request)):
            for linger in (False, True):
                sock = socket.create_connection(address(standin))
                if linger:  # an abrupt end: a reset instead of an orderly close
                    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                sock.sendall(request[:cut])
                time.sleep(0.01)
                sock.close()
        wait_for(lambda: standin.billed().total.calls == 2)
        assert ask(standin, "GET", "/health")[0] == 200
    assert capfd.readouterr().err == ""


def test_that_a_client_that_does_not_read_does_not_hold_up_the_end() -> None:
    requests = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(CHAT)}\r\n\r\n{CHAT}".encode() * 50
    with closing(socket.socket()) as sock:
        with StandIn() as standin:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            sock.connect(address(standin))
            sock.setblocking(False)
            unsent, stalled, calls = requests, 0, 0
            while stalled < 5:
                try:
                    unsent = unsent[sock.send(unsent) :] or requests
                except BlockingIOError:
                    time.sleep(0.02)
                    before, calls = calls, standin.billed().total.calls
                    stalled = stalled + 1 if calls == before > 0 else 0
            began = time.monotonic()
        assert time.monotonic() - began < 1


def test_that_leaving_ends_silent_and_slow_calls_and_the_thread() -> None:
    before = threading.active_count()
    with StandIn(StandInSettings(error_rate=1, errors=TIMEOUT)) as standin:
        sock = socket.create_connection(address(standin), timeout=5)
        sock.sendall(f"POST /chat/completions HTTP/1.1\r\nContent-Length: {len(CHAT)}\r\n\r\n{CHAT}".encode())
        wait_for(lambda: standin.billed().timed_out_total.calls == 1)
        began = time.monotonic()
    assert time.monotonic() - began < 1
    with closing(sock):
        assert sock.recv(100) == b""
    assert threading.active_count() == before


def test_that_a_long_prompt_is_read_whole(standin: StandIn) -> None:
    with ChatClient(standin.base_url) as client:
        reply = client.chat("sonar", [{"role": "user", "content": "x" * 900_001}], max_tokens=5)
    assert reply.usage.input_tokens == 225_001


def test_that_a_body_larger_than_allowed_is_refused_before_it_is_read() -> None:
    with StandIn(StandInSettings(max_body=1000)) as standin:
        status, headers, document = ask(standin, "POST", "/v1/chat/completions", b"x" * 300_000)
        assert (status, headers["Connection"]) == (413, "close")
        assert "larger than 1000 bytes" in document["error"]["message"]
        assert ask(standin, "POST", "/v1/chat/completions", CHAT)[0] == 200


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /health HTTP/2.0\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nno colon\r\n\r\n", 400),
        (b"GET /health HTTP/1.1\r\nName : x\r\n\r\n", 400),
        (b"POST /chat/completions HTTP/1.1\r\nContent-Length: -5\r\n\r\n", 400),
        (b"POST /chat/completions HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", 413),
        (b"POST /chat/completions HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
        (b"GET /health HTTP/1.1\r\nX: " + b"x" * 70_000, 431),
    ],
)
def test_that_what_is_not_http_is_told_so_and_the_connection_ends(content: bytes, status: int, standin: StandIn) -> None:
    assert raw(standin, content).startswith(f"HTTP/1.1 {status} ".encode())


def test_that_a_client_may_ask_for_the_connection_to_end(standin: StandIn) -> None:
    for request in (b"GET /health HTTP/1.1\r\nConnection: close\r\n\r\n", b"GET /health HTTP/1.0\r\n\r\n"):
        answer = raw(standin, request)
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert b"\r\nConnection: close\r\n" in answer


def test_that_two_requests_sent_at_once_are_answered_in_order(standin: StandIn) -> None:
    answer = raw(standin, b"GET /health HTTP/1.1\r\n\r\nGET /nowhere HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert answer.index(b"HTTP/1.1 200") < answer.index(b"HTTP/1.1 404")


def test_that_a_client_that_waits_for_leave_to_send_its_body_gets_it(standin: StandIn) -> None:
    head = f"POST /chat/completions HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: {len(CHAT)}\r\n\r\n".encode()
    with closing(socket.create_connection(address(standin), timeout=5)) as sock:
        sock.sendall(head)
        assert sock.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(CHAT.encode())
        assert sock.recv(10_000).startswith(b"HTTP/1.1 200 OK\r\n")


def test_that_head_has_no_body(standin: StandIn) -> None:
    answer = raw(standin, b"HEAD /health HTTP/1.1\r\nConnection: close\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n")
    assert b"Content-Length: 1" in answer


def test_that_a_port_that_is_taken_is_an_error(standin: StandIn) -> None:
    before = threading.active_count()
    with pytest.raises(OSError, match="in use"), StandIn(port=address(standin)[1]):
        pass
    assert threading.active_count() == before


def test_that_only_this_machine_is_served(standin: StandIn) -> None:
    assert address(standin)[0] == "127.0.0.1"
