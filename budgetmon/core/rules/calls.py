"""What can become of a call."""

from __future__ import annotations

from enum import IntEnum


class CallState(IntEnum):
    """The state of a call in the journal. HELD is where it starts; the others are where it ends.

    IN_DOUBT may still become SETTLED or RELEASED, when the truth is known.
    """

    HELD = 0
    SETTLED = 1
    RELEASED = 2
    IN_DOUBT = 3

    @property
    def word(self) -> str:
        """``"in doubt"``."""
        return self.name.lower().replace("_", " ")
