"""How many calls a second arrive, over the last few seconds. Pure: times are passed in."""

from __future__ import annotations

from collections import deque

_WINDOW_SECONDS = 10.0
_LEAST_SECONDS = 1.5  # below this, one call more or less would make the figure jump


class CallRate:
    """Fed with the number of calls in the ledger at monotonic seconds. Not thread-safe."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def observe(self, at: float, calls: int) -> None:
        """There were ``calls`` at ``at``. Fewer than before means another ledger: it starts anew."""
        if self._seen and (calls < self._seen[-1][1] or at < self._seen[-1][0]):
            self._seen.clear()
        self._seen.append((at, calls))
        while len(self._seen) > 2 and self._seen[1][0] <= at - _WINDOW_SECONDS:
            self._seen.popleft()

    def forget(self) -> None:
        """Start anew."""
        self._seen.clear()

    def per_second(self) -> float | None:
        """Calls a second over the last ten seconds at most; None while too little was seen to tell."""
        if not self._seen:
            return None
        (first, few), (last, many) = self._seen[0], self._seen[-1]
        return (many - few) / (last - first) if last - first >= _LEAST_SECONDS else None
