"""Doing something as another user, in a child process."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path

NOBODY = 65_534


def as_nobody(work: Callable[[Path], object], folder: Path, *, uid: int = NOBODY) -> object:
    """What ``work`` returns to another user, or the exception that it raises."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            try:
                outcome = work(folder)
            except Exception as error:
                outcome = error
            os.write(writing, pickle.dumps(outcome))
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        content = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(content)
