"""What is certainly not billed: a request that never left, and an answer that turned it away. Pure."""

from __future__ import annotations

import socket
from http import HTTPStatus

_NO_CONNECTION = (ConnectionRefusedError, socket.gaierror)


def never_sent(error: BaseException, kinds: tuple[type[BaseException], ...]) -> bool:
    """Whether ``error`` proves that no request left. ``kinds`` are the library's own errors that do.

    Some libraries wrap the error that does in a retry error, as its ``reason``.
    """
    wrapped = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(error, (*_NO_CONNECTION, *kinds)) or isinstance(wrapped, (*_NO_CONNECTION, *kinds))


def not_billed(status: int) -> bool:
    """Whether an answer with this status costs nothing: redirects and everything that is the caller's fault, 429 included.

    Errors of the server are another matter: it may have done the work before it failed.
    """
    return HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.INTERNAL_SERVER_ERROR


def answered(status: int) -> bool:
    """Whether the body of an answer with this status tells what was used."""
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES
