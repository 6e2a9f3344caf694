"""HttpSession: one keep-alive connection to a provider. Its errors say whether a call may be billed."""

from __future__ import annotations

import http.client
import json
import select
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from budgetmon.core.rules.refusals import NotBilledError


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


class HttpSession:
    """Speaks JSON over one connection, kept open between calls, and never tries again by itself.

    ``base_url`` is http or https; its path goes before each request's. ``timeout`` is in seconds and bounds each wait for
    the server. A session belongs to one thread and to one process; any error leaves it usable.
    """

    def __init__(self, base_url: str, timeout: float = 30.0, headers: Mapping[str, str] | None = None) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"expected a base URL such as http://127.0.0.1:8080, not {base_url!r}")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.hostname, parts.port, timeout=timeout)
        self._path = parts.path.rstrip("/")
        self._headers = {"Accept": "application/json", **(headers or {})}

    def close(self) -> None:
        """Closes the connection. The next call opens another."""
        self._connection.close()

    def get(self, path: str) -> bytes:
        """The body of the answer to a GET. Raises as ``post`` does."""
        return self._answer("GET", path, None)

    def post(self, path: str, document: Mapping[str, object]) -> bytes:
        """The body of the answer to ``document``.

        Raises NotBilled when the call certainly costs nothing, and Unclear when that cannot be known.
        """
        return self._answer("POST", path, json.dumps(document).encode())

    def _answer(self, method: str, path: str, body: bytes | None) -> bytes:
        self._connect()
        status, retry_after, answer = self._exchange(method, path, body)
        if status == http.client.OK:
            return answer
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

    def _exchange(self, method: str, path: str, body: bytes | None) -> tuple[int, float | None, bytes]:
        """Status, Retry-After and body of the answer."""
        headers = self._headers if body is None else {**self._headers, "Content-Type": "application/json"}
        try:
            self._connection.request(method, self._path + path, body, headers)
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
