"""The responses shape, pure: request bytes in, reply documents out. Tokens are counted as for chat completions."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.workloads.standin.completions import (
    NAME,
    NOTICE,
    BadRequestError,
    Tokens,
    answer_text,
    asked_tokens,
    count_tokens,
    model_name,
    most_tokens,
    prompt_tokens,
    request_object,
)


@dataclass(frozen=True, slots=True)
class ResponseRequest:
    """A request that can be served, and what serving it comes to."""

    model: str
    tokens: Tokens
    text: str
    finish_reason: str
    most: int | None = None
    stream: bool = False

    @property
    def last_event(self) -> str:
        """The type of the event that ends a stream of this response."""
        return "response.completed" if self.finish_reason == "stop" else "response.incomplete"


def parse_response(body: bytes, deployment: str | None = None) -> ResponseRequest:
    """The request in ``body``; BadRequestError says what is wrong with it. ``deployment`` is the model that the path names."""
    request = request_object(body)
    model = model_name(request, deployment)
    most = most_tokens(request, "max_output_tokens")
    text, finish_reason = answer_text(most)
    counted = Tokens(_input_tokens(request), count_tokens(text))
    tokens = asked_tokens(request.get("standin"), counted)
    return ResponseRequest(model, tokens, text, finish_reason, most, bool(request.get("stream")))


def _input_tokens(request: dict[str, object]) -> int:
    given, instructions = request.get("input"), request.get("instructions")
    tokens = count_tokens(instructions) if isinstance(instructions, str) else 0
    if isinstance(given, str):
        return tokens + count_tokens(given)
    if not isinstance(given, list) or not given:
        raise BadRequestError("'input' must be a text or a list of at least one item", "input")
    return tokens + prompt_tokens(given, "input")


def message_item(request: ResponseRequest, call_id: str) -> dict[str, object]:
    """The one item of the output: the answer as a message."""
    return {
        "id": f"msg_{call_id}",
        "type": "message",
        "role": "assistant",
        "status": "completed",
        "content": [{"type": "output_text", "text": request.text, "annotations": [], "logprobs": []}],
    }


def response_document(request: ResponseRequest, call_id: str, created: int, *, finished: bool = True) -> dict[str, object]:
    """The response: whole, or as it stands when a stream begins. ``created`` is in seconds since 1970."""
    tokens, cut = request.tokens, request.finish_reason != "stop"
    return {
        "id": call_id,
        "object": "response",
        "created_at": created,
        "status": ("incomplete" if cut else "completed") if finished else "in_progress",
        "error": None,
        "incomplete_details": {"reason": "max_output_tokens"} if cut and finished else None,
        "instructions": None,
        "max_output_tokens": request.most,
        "model": request.model,
        "output": [message_item(request, call_id)] if finished else [],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "metadata": {},
        "provider": NAME,
        "notice": NOTICE,
        "usage": {
            "input_tokens": tokens.prompt,
            "input_tokens_details": {"cached_tokens": tokens.cached, "cache_write_tokens": 0},
            "output_tokens": tokens.completion,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": tokens.prompt + tokens.completion,
        }
        if finished
        else None,
    }
