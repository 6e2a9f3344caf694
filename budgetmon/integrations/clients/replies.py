"""Usage blocks of replies as Usage, pure. Every dialect becomes the same disjoint buckets.

OpenAI and those compatible with it count cached and cache-writing tokens inside the prompt, and reasoning inside the
output. Anthropic counts the caches beside the input. A block that makes no sense is no usage: None, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from budgetmon.core.rules.usage import Usage

_BESIDE = ("cache_read_input_tokens", "cache_creation_input_tokens")


def usage_of(block: object) -> Usage | None:
    """The usage that ``block`` tells, or None."""
    if not isinstance(block, Mapping):
        return None
    try:
        if "prompt_tokens" in block:
            return _inside(block, "prompt_tokens", "completion_tokens")
        if any(name in block for name in _BESIDE):
            return _beside(block)
        return _inside(block, "input_tokens", "output_tokens")
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def usage_block(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Where a reply, or an event of a stream, keeps its usage block."""
    for holder in (document, document.get("response"), document.get("message")):
        if isinstance(holder, Mapping) and isinstance(block := holder.get("usage"), Mapping):
            return block
    return None


def _inside(block: Mapping[str, Any], given: str, produced: str) -> Usage:
    details = block.get(f"{given}_details") or {}
    cached = _count(details.get("cached_tokens") or block.get("prompt_cache_hit_tokens") or 0)
    written = _count(details.get("cache_write_tokens") or 0)
    return Usage(
        input_tokens=_count(block[given]) - cached - written,
        output_tokens=_count(block.get(produced) or 0),
        cached_input_tokens=cached,
        cache_write_tokens=written,
    )


def _beside(block: Mapping[str, Any]) -> Usage:
    read, written = (_count(block.get(name) or 0) for name in _BESIDE)
    return Usage(
        input_tokens=_count(block["input_tokens"]),
        output_tokens=_count(block.get("output_tokens") or 0),
        cached_input_tokens=read,
        cache_write_tokens=written,
    )


def _count(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"{value!r} is no count")
    return value
