"""The embeddings shape, pure: request bytes in, a reply document out. The same input gets the same vector each time."""

from __future__ import annotations

import base64
import hashlib
import struct
from dataclasses import dataclass

from budgetmon.workloads.standin.completions import (
    NAME,
    NOTICE,
    BadRequestError,
    Tokens,
    asked_tokens,
    count_tokens,
    model_name,
    request_object,
)

DIMENSIONS = 8


@dataclass(frozen=True, slots=True)
class EmbeddingRequest:
    """A request that can be served. ``seeds`` are the inputs, each as the text that its vector is made from."""

    model: str
    tokens: Tokens
    seeds: tuple[str, ...]
    base64: bool


def parse_embeddings(body: bytes, deployment: str | None = None) -> EmbeddingRequest:
    """The request in ``body``; BadRequestError says what is wrong with it. ``deployment`` is the model that the path names."""
    request = request_object(body)
    model = model_name(request, deployment)
    inputs = _inputs(request.get("input"))
    counted = Tokens(sum(count_tokens(one) if isinstance(one, str) else len(one) for one in inputs), 0)
    tokens = asked_tokens(request.get("standin"), counted)
    return EmbeddingRequest(model, tokens, tuple(map(str, inputs)), request.get("encoding_format") == "base64")


def _inputs(given: object) -> list[str | list[int]]:
    """Texts or lists of token numbers; one alone counts as a list of one."""
    if isinstance(given, str):
        return [given]
    if isinstance(given, list) and given and all(type(one) is int for one in given):
        return [given]
    if isinstance(given, list) and given and all(_is_input(one) for one in given):
        return given
    raise BadRequestError("'input' must be a text, a list of texts, or token numbers", "input")


def _is_input(one: object) -> bool:
    return isinstance(one, str) or (isinstance(one, list) and all(type(number) is int for number in one))


def embeddings_document(request: EmbeddingRequest) -> dict[str, object]:
    """The reply to ``request``."""
    rows = [
        {"object": "embedding", "index": place, "embedding": _vector(seed, as_base64=request.base64)}
        for place, seed in enumerate(request.seeds)
    ]
    return {
        "object": "list",
        "data": rows,
        "model": request.model,
        "provider": NAME,
        "notice": NOTICE,
        "usage": {"prompt_tokens": request.tokens.prompt, "total_tokens": request.tokens.prompt},
    }


def _vector(seed: str, *, as_base64: bool) -> str | list[float]:
    numbers = [(byte - 128) / 128 for byte in hashlib.sha256(seed.encode()).digest()[:DIMENSIONS]]
    return base64.b64encode(struct.pack(f"<{DIMENSIONS}f", *numbers)).decode() if as_base64 else numbers
