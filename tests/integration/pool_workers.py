"""What worker processes of the pool's tests do. Importable by name, so that spawned processes find it."""

from __future__ import annotations

import os
import signal
import threading


def work(argument: str, item: str) -> str:
    """``item`` says what is to happen; what comes back names the argument."""
    if item.startswith("fail"):
        raise ValueError(f"cannot do {item}")
    if item.startswith("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if item.startswith("leave"):
        os._exit(3)
    if item.startswith("hang"):
        threading.Event().wait()
    return f"{argument} {item}"
