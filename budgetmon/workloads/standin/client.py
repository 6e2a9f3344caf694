"""ChatClient: a small keep-alive client for workloads that spend. Its errors say whether a call may be billed."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from budgetmon.core.rules.usage import Usage
from budgetmon.workloads.session import HttpSession, Unclear


@dataclass(frozen=True, slots=True)
class ChatReply:
    """An answer. ``usage`` has disjoint buckets: its input excludes cached tokens. ``raw`` is the whole document."""

    model: str
    text: str
    usage: Usage
    raw: Mapping[str, Any]


class ChatClient:
    """Speaks to one provider over one connection, kept open between calls. Never a retry.

    ``base_url`` is what ``StandIn.base_url`` gives, with or without ``/v1``, or that of any server of this shape; ``key``
    goes out as a bearer token. ``timeout`` is in seconds and bounds each wait for the server. A client belongs to one thread
    and to one process; any error leaves it usable.
    """

    def __init__(self, base_url: str, timeout: float = 30.0, key: str | None = None) -> None:
        self._session = HttpSession(base_url, timeout, {"Authorization": f"Bearer {key}"} if key else None)

    def __enter__(self) -> ChatClient:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection. The next call opens another."""
        self._session.close()

    def chat(
        self,
        model: str,
        messages: Sequence[Mapping[str, object]],
        *,
        max_tokens: int,
        standin: Mapping[str, int] | None = None,
        response_format: Mapping[str, object] | None = None,
    ) -> ChatReply:
        """One chat call. ``standin`` asks a stand-in for exact counts (``prompt_tokens``, ``completion_tokens``,
        ``cached_tokens``); ``response_format`` asks for JSON, as the API has it.

        Raises NotBilled when the call certainly costs nothing, and Unclear when that cannot be known.
        """
        request: dict[str, object] = {"model": model, "messages": list(messages), "max_tokens": max_tokens}
        if standin is not None:
            request["standin"] = dict(standin)
        if response_format is not None:
            request["response_format"] = dict(response_format)
        return _reply(self._session.post("/chat/completions", request))


def _reply(answer: bytes) -> ChatReply:
    """The answer as a value. One that cannot be read is Unclear: it was answered with 200, so it is billed, but for what?"""
    try:
        document = json.loads(answer)
        usage = document["usage"]
        cached = (usage.get("prompt_tokens_details") or {}).get("cached_tokens") or 0
        return ChatReply(
            model=document["model"],
            text=document["choices"][0]["message"]["content"] or "",
            usage=Usage(
                input_tokens=usage["prompt_tokens"] - cached,
                output_tokens=usage["completion_tokens"],
                cached_input_tokens=cached,
            ),
            raw=document,
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise Unclear(f"an answer that cannot be read: {error!r}", http.client.OK) from error
