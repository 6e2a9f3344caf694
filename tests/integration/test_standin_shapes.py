"""The other shapes that a stand-in speaks, over real HTTP: streams, responses, embeddings, and Azure's paths."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest

from budgetmon.workloads.standin.bill import ModelBill
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import ErrorKind, StandInSettings

CHAT = {"model": "m", "messages": [{"role": "user", "content": "hello"}], "stream": True}
RESPONSE = {"model": "m", "input": "hello", "max_output_tokens": 5}
ASKED = {"prompt_tokens": 100, "completion_tokens": 20, "cached_tokens": 60}


def post(standin: StandIn, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
    parts = urlsplit(standin.base_url)
    with closing(http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=5)) as connection:
        connection.request("POST", path, json.dumps(body))
        response = connection.getresponse()
        return response.status, response.read()


def events(content: bytes) -> list[Any]:
    lines = [line for line in content.decode().splitlines() if line.startswith("data: ") and line != "data: [DONE]"]
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def test_that_a_chat_stream_carries_its_usage_only_when_asked() -> None:
    with StandIn() as standin:
        plain = post(standin, "/v1/chat/completions", {**CHAT, "standin": ASKED})[1]
        told = post(standin, "/v1/chat/completions", {**CHAT, "standin": ASKED, "stream_options": {"include_usage": True}})[1]
        assert standin.billed().answered == {"m": ModelBill(2, 200, 40, 120)}
    assert plain.endswith(b"data: [DONE]\n\n")
    assert not any("usage" in event for event in events(plain))
    *chunks, last = events(told)
    assert all(event["usage"] is None for event in chunks)
    assert (last["choices"], last["usage"]["prompt_tokens"], last["usage"]["completion_tokens"]) == ([], 100, 20)
    texts = ["".join(e["choices"][0]["delta"].get("content", "") for e in part) for part in (events(plain), chunks)]
    assert texts[0] == texts[1]
    assert "stand-in" in texts[0]


@pytest.mark.parametrize("stream", [False, True])
def test_that_a_response_is_answered_and_billed(stream: bool) -> None:
    with StandIn() as standin:
        status, content = post(standin, "/v1/responses", {**RESPONSE, "stream": stream})
        assert standin.billed().answered == {"m": ModelBill(1, 2, 5, 0)}
    document = events(content)[-1]["response"] if stream else json.loads(content)
    assert (status, document["status"], document["usage"]["output_tokens"]) == (200, "incomplete", 5)
    if stream:
        assert [event["sequence_number"] for event in events(content)] == list(range(len(events(content))))


@pytest.mark.parametrize("given", ["abcdefgh", ["abcd", "efgh"], [1, 2], [[1], [2]]])
def test_that_embeddings_are_answered_and_billed(given: Any) -> None:
    with StandIn() as standin:
        document = json.loads(post(standin, "/v1/embeddings", {"model": "e", "input": given})[1])
        assert standin.billed().answered == {"e": ModelBill(1, 2, 0, 0)}
    assert document["usage"] == {"prompt_tokens": 2, "total_tokens": 2}
    assert all(len(row["embedding"]) == 8 for row in document["data"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/openai/deployments/gpt/chat/completions?api-version=2024-10-21", {**CHAT, "stream": False}),
        ("/openai/v1/responses", RESPONSE),
        ("/openai/deployments/gpt/embeddings", {"input": "x"}),
    ],
)
def test_that_azures_paths_are_known(path: str, body: dict[str, Any]) -> None:
    with StandIn() as standin:
        assert post(standin, path, body)[0] == 200
        assert standin.billed().answered.keys() == {body.get("model", "gpt")}


@pytest.mark.parametrize(
    ("path", "body", "param"),
    [
        ("/v1/responses", {"model": "m"}, "input"),
        ("/v1/responses", {"model": "m", "input": [5]}, "input[0]"),
        ("/v1/responses", {"input": "x"}, "model"),
        ("/v1/embeddings", {"model": "m", "input": []}, "input"),
        ("/v1/embeddings", {"model": "m", "input": [1, "x"]}, "input"),
    ],
)
def test_that_what_cannot_be_served_names_the_field(path: str, body: dict[str, Any], param: str) -> None:
    with StandIn() as standin:
        status, content = post(standin, path, body)
        assert (status, standin.billed().rejected) == (400, {400: 1})
    assert json.loads(content)["error"]["param"] == param


def test_that_the_first_calls_meet_the_fates_of_the_script() -> None:
    script = (ErrorKind.BAD_REQUEST, ErrorKind.UNAUTHORIZED, None, ErrorKind.RATE_LIMITED)
    with StandIn(StandInSettings(script=script)) as standin:
        statuses = [post(standin, "/v1/responses", RESPONSE)[0] for _ in range(5)]
        assert statuses == [400, 401, 200, 429, 200]
        assert (standin.billed().rejected, standin.billed().total.calls) == ({400: 1, 401: 1, 429: 1}, 2)


def test_that_a_stream_that_breaks_off_is_billed_for_what_went_out() -> None:
    with StandIn(StandInSettings(script=(ErrorKind.DROPPED,))) as standin:
        with pytest.raises(http.client.IncompleteRead) as caught:
            post(standin, "/v1/chat/completions", {**CHAT, "standin": ASKED})
        assert 0 < len(events(caught.value.partial)) < 16
        bill = standin.billed().cut["m"]
        assert (bill.calls, bill.prompt_tokens, standin.billed().total.calls) == (1, 100, 0)
        assert 0 < bill.completion_tokens < 20


def test_that_a_dropped_call_has_no_answer_and_is_kept_apart() -> None:
    with StandIn(StandInSettings(script=(ErrorKind.DROPPED,))) as standin:
        with pytest.raises(http.client.RemoteDisconnected):
            post(standin, "/v1/embeddings", {"model": "m", "input": "x"})
        assert (standin.billed().timed_out_total.calls, standin.billed().total.calls) == (1, 0)
