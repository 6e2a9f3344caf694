"""The chat completions shape, pure: request bytes in, reply documents out.

How tokens are counted when the caller does not say: each text counts one token per four characters begun, so ``""`` is 0,
``"abcd"`` 1 and ``"abcde"`` 2. The prompt is the sum over the texts of all messages, the completion the text of the reply.
A caller that wants exact counts adds ``"standin": {"prompt_tokens": 4808, "completion_tokens": 10, "cached_tokens": 0}`` to
the body, any of the three. Such counts hold whatever ``max_tokens`` says, so that overruns can be played; the text of the
reply stays short.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from budgetmon.core.rules.usage import MAX_COUNT
from budgetmon.workloads.standin.structured import structured_text

NAME = "budgetmon-standin"
NOTICE = "budgetmon stand-in: no provider was called and nothing was billed for real"
REPLY_TEXT = "This answer comes from the budgetmon stand-in. No provider was called and nothing was billed for real."
CHARACTERS_PER_TOKEN = 4
LONGEST_MODEL_NAME = 200


class BadRequestError(ValueError):
    """A chat request that cannot be served: the message says why, ``param`` which field is wrong."""

    def __init__(self, message: str, param: str | None = None) -> None:
        super().__init__(message)
        self.param = param


@dataclass(frozen=True, slots=True)
class Tokens:
    """Counts of one call as the API reports them: ``cached`` is a part of ``prompt``."""

    prompt: int
    completion: int
    cached: int = 0


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A chat request that can be served, and what serving it comes to."""

    model: str
    tokens: Tokens
    text: str
    finish_reason: str
    stream: bool = False
    include_usage: bool = False


def count_tokens(text: str) -> int:
    """Tokens of ``text``: one per four characters begun."""
    return -(-len(text) // CHARACTERS_PER_TOKEN)


def parse_chat(body: bytes, deployment: str | None = None) -> ChatRequest:
    """The request in ``body``; BadRequestError says what is wrong with it. Fields it does not know are ignored.

    ``deployment`` is the model that the path names, for a body that names none.
    """
    request = request_object(body)
    model = model_name(request, deployment)
    if request.get("n", 1) not in (1, None):
        raise BadRequestError("this stand-in gives one choice; leave 'n' out or 1", "n")
    messages = request.get("messages")
    if not isinstance(messages, list) or not messages:
        raise BadRequestError("'messages' must be a list of at least one message", "messages")
    prompt = prompt_tokens(messages, "messages")
    most = most_tokens(request, "max_completion_tokens", "max_tokens")
    text, finish_reason = answer_text(most, structured_text(request.get("response_format"), f"{model} {messages}"))
    tokens = asked_tokens(request.get("standin"), Tokens(prompt, count_tokens(text)))
    options = request.get("stream_options")
    include_usage = isinstance(options, dict) and options.get("include_usage") is True
    return ChatRequest(model, tokens, text, finish_reason, bool(request.get("stream")), include_usage)


def request_object(body: bytes) -> dict[str, object]:
    """The JSON object in ``body``."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequestError("the body is not a JSON document") from None
    if not isinstance(document, dict):
        raise BadRequestError("the body must be a JSON object")
    return document


def model_name(request: dict[str, object], deployment: str | None) -> str:
    """The model that the request, or else its path, names."""
    model = request.get("model", deployment)
    if not isinstance(model, str) or not 0 < len(model) <= LONGEST_MODEL_NAME:
        raise BadRequestError(f"'model' must be a text of 1 to {LONGEST_MODEL_NAME} characters", "model")
    return model


def prompt_tokens(messages: list[object], name: str) -> int:
    """Tokens of the texts in ``messages``, which is the field ``name`` of the request."""
    return sum(_message_tokens(message, f"{name}[{place}]") for place, message in enumerate(messages))


def _message_tokens(message: object, where: str) -> int:
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        raise BadRequestError(f"'{where}' must be an object with a 'role'", where)
    content = message.get("content")
    if content is None:
        return 0
    if isinstance(content, str):
        return count_tokens(content)
    if not isinstance(content, list) or not all(isinstance(part, dict) for part in content):
        raise BadRequestError(f"'{where}.content' must be a text, a list of parts or null", f"{where}.content")
    texts = (part.get("text") for part in content)
    return sum(count_tokens(text) for text in texts if isinstance(text, str))


def most_tokens(request: dict[str, object], *names: str) -> int | None:
    """The limit on the reply's tokens: the first of these fields that is there."""
    for name in names:
        value = request.get(name)
        if value is not None:
            return _count(value, name, least=1)
    return None


def answer_text(most: int | None, structured: str | None = None) -> tuple[str, str]:
    """The reply's text, ``structured`` if that was asked for, within ``most`` tokens, and why it ends there."""
    text = REPLY_TEXT if structured is None else structured
    if most is None or count_tokens(text) <= most:
        return text, "stop"
    return text[: most * CHARACTERS_PER_TOKEN], "length"


def asked_tokens(asked: object, counted: Tokens) -> Tokens:
    """The counts that the caller asked for in its ``standin`` field, and ``counted`` where it did not."""
    if asked is None:
        return counted
    if not isinstance(asked, dict):
        raise BadRequestError("'standin' must be an object", "standin")
    prompt = _count(asked.get("prompt_tokens", counted.prompt), "standin.prompt_tokens")
    completion = _count(asked.get("completion_tokens", counted.completion), "standin.completion_tokens")
    cached = _count(asked.get("cached_tokens", 0), "standin.cached_tokens")
    if cached > prompt:
        raise BadRequestError("'standin.cached_tokens' is a part of the prompt and cannot exceed it", "standin.cached_tokens")
    return Tokens(prompt, completion, cached)


def _count(value: object, name: str, least: int = 0) -> int:
    if type(value) is not int or not least <= value <= MAX_COUNT:
        raise BadRequestError(f"'{name}' must be a whole number of {least} or more", name)
    return value


def chat_document(request: ChatRequest, call_id: str, created: int) -> dict[str, object]:
    """The reply to ``request``. ``created`` is in seconds since 1970."""
    return {
        "id": call_id,
        "object": "chat.completion",
        "created": created,
        "model": request.model,
        "provider": NAME,
        "system_fingerprint": NAME,
        "notice": NOTICE,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": request.text},
                "logprobs": None,
                "finish_reason": request.finish_reason,
            }
        ],
        "usage": chat_usage(request.tokens),
    }


def chat_usage(tokens: Tokens) -> dict[str, object]:
    """The usage block of a reply, or of the last chunk of a stream."""
    return {
        "prompt_tokens": tokens.prompt,
        "completion_tokens": tokens.completion,
        "total_tokens": tokens.prompt + tokens.completion,
        "prompt_tokens_details": {"cached_tokens": tokens.cached},
    }


def models_document(models: list[str], created: int) -> dict[str, object]:
    """The list of models. A stand-in serves any name; it lists those that it was asked for."""
    rows = [{"id": model, "object": "model", "created": created, "owned_by": NAME} for model in models]
    return {"object": "list", "data": rows, "provider": NAME, "notice": NOTICE}


def error_document(message: str, kind: str, *, code: str | None = None, param: str | None = None) -> dict[str, object]:
    """An error in the API's shape. ``kind`` is its ``type``."""
    error = {"message": f"{message} ({NOTICE})", "type": kind, "param": param, "code": code}
    return {"error": error, "provider": NAME, "notice": NOTICE}
