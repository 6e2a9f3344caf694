"""The worst case of a request, pure: what is set aside before it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from budgetmon.core.rules.usage import MAX_COUNT, Usage
from budgetmon.integrations.clients.policy import Assumptions
from budgetmon.integrations.clients.recognise import Asked, Shape

_LIMITS = ("max_completion_tokens", "max_tokens", "max_output_tokens")
_CARRIED = ("previous_response_id", "conversation")
_MEDIA_TYPES = {
    "image_url",
    "input_image",
    "input_audio",
    "input_file",
    "input_video",
    "video_url",
    "file",
    "image",
    "document",
}


def worst_case(asked: Asked, size: int, assumed: Assumptions) -> Usage:
    """The most that a request with a body of ``size`` bytes may use, by its own limits and by what is assumed."""
    if asked.shape is Shape.ENDPOINT:
        return Usage()
    media = list(_media(asked.document))
    text = max(0, size - sum(_length(part) for part in media))
    tokens = -(-text // assumed.bytes_per_token) + len(media) * assumed.media_tokens
    if any(asked.document.get(name) for name in _CARRIED):
        tokens += assumed.carried_tokens
    return Usage(input_tokens=tokens, output_tokens=_most_output(asked, assumed))


def seen_so_far(estimate: Usage, text_bytes: int, assumed: Assumptions) -> Usage:
    """What a reply that was cut off after ``text_bytes`` of text has used, by the same reckoning."""
    output = -(-text_bytes // assumed.bytes_per_token)
    return Usage(input_tokens=estimate.input_tokens, output_tokens=min(output, estimate.output_tokens))


def _most_output(asked: Asked, assumed: Assumptions) -> int:
    if asked.shape is Shape.EMBEDDINGS:
        return 0
    limits = [value for name in _LIMITS if (value := _count(asked.document.get(name))) is not None]
    replies = max(_count(asked.document.get("n")) or 1, _count(asked.document.get("best_of")) or 1)
    prompts = asked.document.get("prompt")
    if isinstance(prompts, list) and all(isinstance(prompt, str | list) for prompt in prompts):
        replies *= max(1, len(prompts))
    return min(MAX_COUNT, (limits[0] if limits else assumed.output_tokens) * replies)


def _count(value: object) -> int | None:
    return value if type(value) is int and 0 < value <= MAX_COUNT else None


def _media(value: object) -> Iterator[dict[str, Any]]:
    """The parts of messages that are no text. Their bytes say little about their tokens."""
    if isinstance(value, dict):
        if value.get("type") in _MEDIA_TYPES:
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _media(item)


def _length(value: object) -> int:
    """Bytes of the texts in ``value``."""
    if isinstance(value, str):
        return len(value.encode(errors="replace"))
    if isinstance(value, dict):
        return sum(map(_length, value.values()))
    return sum(map(_length, value)) if isinstance(value, list) else 0
