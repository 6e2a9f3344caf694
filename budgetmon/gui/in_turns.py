"""Work in several turns of the event loop: what would hold up one frame too long is spread over a few."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

Step = Callable[[], None]


class InTurns(QObject):
    """Runs steps one by one; what each of them changed is painted before the next. GUI thread only.

    New steps take the place of those that are left: they show something newer.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._steps: list[Step] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def take(self, steps: Sequence[Step]) -> None:
        """Run the first step now and the others in turns to come."""
        self._steps = list(steps)
        self._on_turn()

    @property
    def is_done(self) -> bool:
        """Whether no step is left."""
        return not self._steps

    @Slot()
    def _on_turn(self) -> None:
        if not self._steps:
            return
        step = self._steps.pop(0)
        if self._steps:
            self._timer.start()
        step()
