"""How a runner hears that its run shall end: the first signal asks for it, a second one hurries."""

from __future__ import annotations

import signal
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop:
    """Counts what asks for the end. A handled signal has its default effect in children, even if it was ignored here."""

    def __init__(self) -> None:
        self._count = 0

    def listen(self) -> None:
        """Take up the signals of this process. To be called in its main thread, for good."""
        for number in _SIGNALS:
            signal.signal(number, self._on_signal)

    def ask(self) -> None:
        """Ask for the end, or hurry it."""
        self._count += 1

    @property
    def asked(self) -> bool:
        """Whether the run shall end."""
        return self._count > 0

    @property
    def hurried(self) -> bool:
        """Whether it shall end at once."""
        return self._count > 1

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self.ask()
