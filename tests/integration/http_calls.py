"""Paid requests as programs make them by hand, for clients of plain HTTP."""

from __future__ import annotations

import re
from typing import Any

from integration.paid_clients import ASKED, HELLO

CHAT: dict[str, Any] = {"model": "chat", "messages": HELLO, "max_tokens": 300, "standin": ASKED}
RESPONSE: dict[str, Any] = {"model": "chat", "input": "hello", "max_output_tokens": 300, "standin": ASKED}
EMBEDDINGS: dict[str, Any] = {"model": "embed", "input": ["one", "two"]}
TOLD: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}}

# Path, body; each has an answer that tells its usage.
REQUESTS = [
    ("chat/completions", CHAT),
    ("chat/completions", {**CHAT, **TOLD}),
    ("responses", RESPONSE),
    ("responses", {**RESPONSE, "stream": True}),
    ("embeddings", EMBEDDINGS),
]


def steady(text: str) -> str:
    """A reply without the numbers and times that differ between any two."""
    return re.sub(r'standin-[0-9a-f]+-\d+|"created(_at)?":\d+', "", text)
