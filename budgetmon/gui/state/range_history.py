"""Which stretch of time is looked at, and the way back to those looked at before. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

_KEPT = 50
_STEP = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TimeRange:
    """A stretch of time. Times are UTC milliseconds.

    With ``until`` it stands still; without it follows the present, and then ``since`` may pin its start, so that it grows:
    ``span`` is only how long it was when it was chosen.
    """

    span: timedelta
    until: int | None = None
    since: int | None = None

    @property
    def follows(self) -> bool:
        """Whether it ends now."""
        return self.until is None

    def span_at(self, now: int) -> timedelta:
        """How long it is at ``now``. A pinned one grows in steps of a hundredth of itself, a minute at least."""
        if self.since is None or not self.follows:
            return self.span
        length = timedelta(milliseconds=max(0, now - self.since))
        step = max(_STEP, timedelta(minutes=length // timedelta(minutes=100)))
        return step * max(1, -(-length // step))


def between(since: int, until: int) -> TimeRange:
    """The range from ``since`` to ``until`` that stands still. ValueError when it is empty."""
    if since >= until:
        raise ValueError("a range ends after it starts")
    return TimeRange(timedelta(milliseconds=until - since), until)


def growing(since: int, now: int) -> TimeRange:
    """The range from ``since`` on that ends at the present."""
    return TimeRange(timedelta(milliseconds=max(1, now - since)), since=since)


@dataclass(frozen=True, slots=True)
class RangeHistory:
    """The ranges looked at, oldest first; ``place`` is the one in force. A new one ends what lay ahead."""

    ranges: tuple[TimeRange, ...]
    place: int = 0

    @property
    def current(self) -> TimeRange:
        """The range in force."""
        return self.ranges[self.place]

    @property
    def can_go_back(self) -> bool:
        """Whether there is one before it."""
        return self.place > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is one after it."""
        return self.place + 1 < len(self.ranges)

    def with_new(self, chosen: TimeRange) -> RangeHistory:
        """The history after ``chosen`` was chosen; choosing the range in force changes nothing."""
        if chosen == self.current:
            return self
        kept = (*self.ranges[: self.place + 1], chosen)[-_KEPT:]
        return RangeHistory(kept, len(kept) - 1)

    def back(self) -> RangeHistory:
        """One step back, or as it is at the oldest."""
        return RangeHistory(self.ranges, max(0, self.place - 1))

    def forward(self) -> RangeHistory:
        """One step forward, or as it is at the newest."""
        return RangeHistory(self.ranges, min(len(self.ranges) - 1, self.place + 1))

    def followed(self, fallback: TimeRange) -> TimeRange:
        """The newest range up to here that follows the present; ``fallback`` when there is none."""
        return next((each for each in reversed(self.ranges[: self.place + 1]) if each.follows), fallback)
