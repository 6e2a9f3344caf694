"""What a call used, in disjoint buckets."""

from __future__ import annotations

from dataclasses import dataclass, fields

MAX_COUNT = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Usage:
    """Counts of one call, in buckets that never overlap.

    ``input_tokens`` excludes the cached and the cache-writing ones. ``calls`` is what a limit in calls counts, 1 by
    default; ``credits`` counts any other unit that a provider sells (rows, credits, seconds).
    Raises ValueError for anything but ints from 0 to 2**53 - 1: no bool, no float, no text.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    cached_input_tokens: int = 0
    cache_write_tokens: int = 0
    calls: int = 1
    credits: int = 0

    def __post_init__(self) -> None:
        for name in _BUCKETS:
            value = getattr(self, name)
            if type(value) is not int or not 0 <= value <= MAX_COUNT:
                raise ValueError(f"Usage.{name} must be an int from 0 to 2**53 - 1, not {value!r}")

    @property
    def tokens(self) -> int:
        """Tokens of all kinds: what a limit in tokens counts."""
        return self.input_tokens + self.output_tokens + self.cached_input_tokens + self.cache_write_tokens


_BUCKETS = tuple(field.name for field in fields(Usage))

ONE_CALL = Usage()
