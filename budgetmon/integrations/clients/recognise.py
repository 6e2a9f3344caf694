"""What a request asks for, pure: method, address and body in; shape and model out."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl, urlsplit


class Shape(StrEnum):
    """The kinds of requests that are told apart. ENDPOINT is one that the config prices by the call."""

    CHAT = "chat/completions"
    COMPLETIONS = "completions"
    EMBEDDINGS = "embeddings"
    RESPONSES = "responses"
    MESSAGES = "messages"
    ENDPOINT = "endpoint"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A request as it is about to go out. ``body`` is None where it is not there as bytes."""

    method: str
    url: str
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for. ``document`` is its JSON body, empty where there is none."""

    shape: Shape
    model: str
    document: dict[str, Any]


_BY_BODY = (Shape.CHAT, Shape.COMPLETIONS, Shape.EMBEDDINGS, Shape.RESPONSES, Shape.MESSAGES)
_DEPLOYMENT = re.compile(r"/openai/deployments/([^/]+)/")
# Looking things up is not billed by anybody who sells models.
_FREE = re.compile(r"/(models|files|responses|batches|vector_stores|conversations|fine_tuning|chat/completions)(/|$)")
_FREE_POST = re.compile(r"/(count_tokens|input_tokens|cancel)$")
_LOOKING = ("GET", "DELETE")
_NEVER_PAID = ("HEAD", "OPTIONS")
_AN_ID = re.compile(r".*\d.*\d.*|.{25,}")


def recognised(request: Outgoing, priced: Collection[str]) -> Asked | None:
    """What ``request``, to a paid host, asks for; None when that costs nothing. ``priced`` are the models of the config."""
    method, parts = request.method.upper(), urlsplit(request.url)
    if method in _NEVER_PAID:
        return None
    if method == "POST" and (shape := _shape(parts.path)):
        document = _object(request.body)
        if model := _model(parts.path, document, priced):
            return Asked(shape, model, document)
    endpoint = endpoint_name(parts.path)
    # A query says more than the path before it: some providers sell everything at one path.
    names = [*(value for _, value in parse_qsl(parts.query)), endpoint, *reversed(parts.path.split("/"))]
    if named := next((name for name in names if name in priced), None):
        return Asked(Shape.ENDPOINT, named, {})
    if (method in _LOOKING and _FREE.search(parts.path)) or (method == "POST" and _FREE_POST.search(parts.path)):
        return None
    return Asked(Shape.UNKNOWN, endpoint, {})


def wants_body(method: str, url: str) -> bool:
    """Whether the body decides what the request asks for: only such a body is worth reading."""
    return method.upper() == "POST" and _shape(urlsplit(url).path) is not None


def endpoint_name(path: str) -> str:
    """A path as the name of what it sells: what looks like a number or a key becomes ``*``, so that names stay few."""
    return "/".join("*" if _AN_ID.fullmatch(part) else part for part in path.rstrip("/").split("/")) or "/"


def _shape(path: str) -> Shape | None:
    path = path.rstrip("/")
    return next((shape for shape in _BY_BODY if path.endswith(f"/{shape}")), None)


def _object(body: bytes | None) -> dict[str, Any]:
    try:
        document = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _model(path: str, document: dict[str, Any], priced: Collection[str]) -> str | None:
    """The model that the body names, or the deployment in the path: the one that has a price in the config first."""
    deployment = _DEPLOYMENT.search(path)
    names = [document.get("model"), deployment[1] if deployment else None]
    found = [name for name in names if isinstance(name, str) and name]
    return next((name for name in found if name in priced), found[0] if found else None)
