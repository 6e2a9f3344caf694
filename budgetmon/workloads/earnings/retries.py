"""Trying again with growing pauses. Each try is a call of its own in the ledger, charged as what it was."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from budgetmon.workloads.session import NotBilled, Unclear

T = TypeVar("T")

_FIRST_PAUSE_SECONDS = 0.2
_LONGEST_PAUSE_SECONDS = 20.0
_WORTH_IT = (None, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class InvalidAnswerError(Exception):
    """A provider answered, and was paid, but not in the form that was asked for."""


def tried(attempt: Callable[[], T], most: int, sleep: Callable[[float], None] = time.sleep) -> T:
    """What ``attempt()`` returns, tried ``most`` times while it makes sense; raises what the last try raised."""
    for number in range(most - 1):
        try:
            return attempt()
        except (NotBilled, Unclear, InvalidAnswerError) as error:
            if isinstance(error, NotBilled) and error.status not in _WORTH_IT:
                raise
            sleep(_pause(error, number))
    return attempt()


def _pause(error: Exception, number: int) -> float:
    """Seconds: what the server asked for, else twice as long each time, a little apart from other workers."""
    asked = error.retry_after if isinstance(error, NotBilled) else None
    own = _FIRST_PAUSE_SECONDS * 2**number * random.uniform(0.75, 1.25)
    return min(_LONGEST_PAUSE_SECONDS, own if asked is None else asked)
