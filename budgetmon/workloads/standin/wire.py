"""As much of HTTP/1.1 as a stand-in needs: reading one request from a stream, and the bytes of one response."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus

from budgetmon.workloads.standin.completions import NAME

LONGEST_HEAD = 32 * 1024
SERVER = f"{NAME}/1 (nothing is billed for real)"


class WireError(Exception):
    """A request that is answered with ``status`` and ends its connection, because where the next one starts is not known."""

    def __init__(self, status: HTTPStatus, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``path`` is without ``query``; ``keep_alive`` says whether the client may send another on its connection."""

    method: str
    path: str
    keep_alive: bool
    body: bytes
    query: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """One response: a JSON document with a status and what headers it needs besides the usual ones."""

    status: HTTPStatus
    document: object
    headers: tuple[tuple[str, str], ...] = ()


async def read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, max_body: int) -> Request:
    """The next request; ``reader`` must have LONGEST_HEAD as its limit.

    Raises WireError for what is not HTTP or too large, IncompleteReadError when the client is gone.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.LimitOverrunError:
        raise WireError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the head of the request is too large") from None
    first, *lines = head[:-4].decode("latin-1").split("\r\n")
    method, target, version = _request_line(first)
    headers = dict(_header(line) for line in lines)
    length = _length(headers, max_body)
    if length and headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = await reader.readexactly(length) if length else b""
    connection = headers.get("connection", "").lower()
    keep_alive = connection != "close" if version == "HTTP/1.1" else connection == "keep-alive"
    path, _, query = target.partition("?")
    return Request(method, path, keep_alive, body, query)


def _request_line(line: str) -> tuple[str, str, str]:
    words = line.split(" ")
    if len(words) != 3 or words[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise WireError(HTTPStatus.BAD_REQUEST, "the request line is not HTTP/1.1")
    return words[0], words[1], words[2]


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    if not colon or not name or name != name.strip():
        raise WireError(HTTPStatus.BAD_REQUEST, "a header line is not 'name: value'")
    return name.lower(), value.strip()


def _length(headers: dict[str, str], max_body: int) -> int:
    if "transfer-encoding" in headers:
        raise WireError(HTTPStatus.LENGTH_REQUIRED, "send the body with a Content-Length, not in chunks")
    text = headers.get("content-length", "0")
    if not (text.isascii() and text.isdigit()):
        raise WireError(HTTPStatus.BAD_REQUEST, "Content-Length is not a number")
    if len(text) > 15 or int(text) > max_body:
        raise WireError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body is larger than {max_body} bytes")
    return int(text)


def encode(response: Response, *, keep_alive: bool, with_body: bool = True) -> bytes:
    """The response as one piece of bytes, so that it goes out in one write. ``with_body`` is False for HEAD."""
    body = json.dumps(response.document, separators=(",", ":")).encode()
    described = (("Content-Type", "application/json"), ("Content-Length", str(len(body))), *response.headers)
    head = _head(response.status, described, keep_alive=keep_alive)
    return head + body if with_body else head


def encode_stream_head(*, keep_alive: bool) -> bytes:
    """The head of a response whose events follow as chunks."""
    described = (("Content-Type", "text/event-stream; charset=utf-8"), ("Transfer-Encoding", "chunked"))
    return _head(HTTPStatus.OK, described, keep_alive=keep_alive)


def encode_chunk(content: bytes) -> bytes:
    """One chunk of a body; an empty one ends it."""
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


def _head(status: HTTPStatus, described: tuple[tuple[str, str], ...], *, keep_alive: bool) -> bytes:
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"Server: {SERVER}",
        f"Date: {formatdate(usegmt=True)}",
        *(f"{name}: {value}" for name, value in described),
        *(() if keep_alive else ("Connection: close",)),
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
