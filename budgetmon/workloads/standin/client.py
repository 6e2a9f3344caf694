"""ChatClient: a small keep-alive client for workloads that spend on a stand-in. Its errors say whether a call may be billed."""

from __future__ import annotations

import http.client
import json
import select
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from budgetmon.core.rules.refusals import NotBilledError
from budgetmon.core.rules.usage import Usage


class NotBilled(NotBilledError):
    """The call certainly costs nothing: there was no connection, or the answer was a 4xx. A tracker releases its hold.

    ``status`` is None without an answer; ``retry_after`` is in seconds, None where the server did not name any.
    """

    def __init__(self, message: str, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message, status, retry_after)
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        return str(self.args[0])


class Unclear(Exception):
    """The request went out, and nobody can tell whether it is billed: silence, a lost connection, a 5xx, a garbled answer.

    A tracker that it passes through leaves the call in doubt. ``status`` is None where no status was read.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message, status)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True, slots=True)
class ChatReply:
    """An answer. ``usage`` has disjoint buckets: its input excludes cached tokens. ``raw`` is the whole document."""

    model: str
    text: str
    usage: Usage
    raw: Mapping[str, Any]


class ChatClient:
    """Speaks to one stand-in over one connection, kept open between calls. Plain HTTP, no keys, never a retry.

    ``base_url`` is what ``StandIn.base_url`` gives, with or without ``/v1``. ``timeout`` is in seconds and bounds each wait
    for the server. A client belongs to one thread and to one process; any error leaves it usable.
    """

    def __init__(self, base_url: str, timeout: float = 30.0) -> None:
        parts = urlsplit(base_url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(f"expected a base URL such as http://127.0.0.1:8080, not {base_url!r}")
        self._connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=timeout)
        self._path = parts.path.rstrip("/") + "/chat/completions"

    def __enter__(self) -> ChatClient:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connection. The next call opens another."""
        self._connection.close()

    def chat(
        self,
        model: str,
        messages: Sequence[Mapping[str, object]],
        *,
        max_tokens: int,
        standin: Mapping[str, int] | None = None,
    ) -> ChatReply:
        """One chat call. ``standin`` asks a stand-in for exact counts (``prompt_tokens``, ``completion_tokens``,
        ``cached_tokens``).

        Raises NotBilled when the call certainly costs nothing, and Unclear when that cannot be known.
        """
        request: dict[str, object] = {"model": model, "messages": list(messages), "max_tokens": max_tokens}
        if standin is not None:
            request["standin"] = dict(standin)
        body = json.dumps(request).encode()
        self._connect()
        status, retry_after, answer = self._exchange(body)
        if status == http.client.OK:
            return _reply(answer)
        if 400 <= status < 500:
            raise NotBilled(f"{status}: {_message(answer)}", status, retry_after)
        raise Unclear(f"{status}: {_message(answer)}", status)

    def _connect(self) -> None:
        if self._connection.sock is not None and not _ended(self._connection.sock):
            return
        self._connection.close()
        try:
            self._connection.connect()
        except OSError as error:
            self._connection.close()
            host = f"{self._connection.host}:{self._connection.port}"
            raise NotBilled(f"no connection to {host}: {error}") from error

    def _exchange(self, body: bytes) -> tuple[int, float | None, bytes]:
        """Status, Retry-After and body of the answer to ``body``."""
        try:
            self._connection.request("POST", self._path, body, {"Content-Type": "application/json"})
            response = self._connection.getresponse()
            return response.status, _seconds(response.getheader("Retry-After")), response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise Unclear(f"no answer: {type(error).__name__}: {error}") from error
        except BaseException:
            # An interrupt in mid-call: the rest of this answer must not be taken for the next one.
            self._connection.close()
            raise


def _ended(sock: socket.socket) -> bool:
    """Whether the server has closed an idle connection. Found before a request goes out, this costs no doubt."""
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isascii() and text.isdigit() else None


def _message(answer: bytes) -> str:
    """What the server says is wrong, in one line."""
    try:
        return str(json.loads(answer)["error"]["message"])
    except (ValueError, KeyError, TypeError):
        return answer[:200].decode(errors="replace") or "no explanation"


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
