"""What a request asks for, told from its method, address and body."""

from __future__ import annotations

import json
from typing import Any

import pytest

from budgetmon.integrations.clients.recognise import Outgoing, Shape, endpoint_name, recognised

HOST = "https://api.example.com"


def told(path: str, body: Any = None, method: str = "POST", priced: tuple[str, ...] = ()) -> tuple[Shape, str] | None:
    content = body if isinstance(body, bytes | None) else json.dumps(body).encode()
    asked = recognised(Outgoing(method, HOST + path, content), priced)
    return (asked.shape, asked.model) if asked else None


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/v1/chat/completions", Shape.CHAT),
        ("/chat/completions/", Shape.CHAT),
        ("/v1/completions", Shape.COMPLETIONS),
        ("/v1/embeddings?x=1", Shape.EMBEDDINGS),
        ("/openai/v1/responses", Shape.RESPONSES),
        ("/v1/messages", Shape.MESSAGES),
    ],
)
def test_that_a_shape_is_told_by_the_end_of_the_path(path: str, shape: Shape) -> None:
    assert told(path, {"model": "m"}) == (shape, "m")


@pytest.mark.parametrize(
    ("body", "priced", "model"),
    [
        ({}, (), "gpt"),
        ({"model": "gpt-4o"}, (), "gpt-4o"),
        ({"model": "gpt-4o"}, ("gpt",), "gpt"),
        ({"model": "gpt-4o"}, ("gpt", "gpt-4o"), "gpt-4o"),
        (b"no json", (), "gpt"),
        ({"model": 5}, (), "gpt"),
    ],
)
def test_that_a_deployment_in_the_path_is_a_model_too(body: Any, priced: tuple[str, ...], model: str) -> None:
    assert told("/openai/deployments/gpt/chat/completions", body, priced=priced) == (Shape.CHAT, model)


@pytest.mark.parametrize("body", [None, b"", b"[]", b"{", {"model": ""}, {"model": None}, b"[" * 100_000])
def test_that_a_body_without_a_model_is_unknown(body: Any) -> None:
    assert told("/v1/chat/completions", body) == (Shape.UNKNOWN, "/v1/chat/completions")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/models"),
        ("GET", "/v1/models/gpt-4o"),
        ("DELETE", "/v1/files/file-1"),
        ("GET", "/v1/responses/resp_1"),
        ("POST", "/v1/messages/count_tokens"),
        ("POST", "/v1/responses/resp_1/cancel"),
        ("HEAD", "/anything"),
        ("OPTIONS", "/v1/chat/completions"),
    ],
)
def test_that_looking_things_up_is_free(method: str, path: str) -> None:
    assert told(path, method=method) is None


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/v1/markets/quotes?symbols=AAPL", "quotes"),
        ("GET", "/query?function=GLOBAL_QUOTE&symbol=IBM", "GLOBAL_QUOTE"),
        ("POST", "/v1/images/generations", "/v1/images/generations"),
        ("GET", "/v1/markets/quotes?function=GLOBAL_QUOTE", "GLOBAL_QUOTE"),
    ],
)
def test_that_an_endpoint_is_one_of_the_models_with_a_price(method: str, path: str, name: str) -> None:
    priced = ("quotes", "GLOBAL_QUOTE", "/v1/images/generations")
    assert told(path, method=method, priced=priced) == (Shape.ENDPOINT, name)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/v1/images/edits", "/v1/images/edits"),
        ("/v1/threads/thread_abc123/runs", "/v1/threads/*/runs"),
        ("/v1/x/0f8fad5bd9cb469fa16570867728950e/", "/v1/x/*"),
        ("/v1/x/averyveryverylongnameindeed", "/v1/x/*"),
        ("", "/"),
        ("/", "/"),
    ],
)
def test_that_names_of_endpoints_stay_few(path: str, name: str) -> None:
    assert endpoint_name(path) == name
