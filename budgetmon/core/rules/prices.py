"""Rates of a model, and what a usage costs at them: integers throughout, rounded once per call, up."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.money import MAX_INT64
from budgetmon.core.rules.usage import Usage

TOKENS_PER_RATE = 1_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of one model: nanos per million tokens of each bucket, nanos per call and per credit.

    Cached input and cache writes that have no price of their own cost what input costs.
    ``source`` says where they come from: ``config``, ``genai-prices``.
    """

    input: int = 0
    output: int = 0
    cached_input: int = 0
    cache_write: int = 0
    per_call: int = 0
    per_credit: int = 0
    source: str = "config"

    def cost(self, usage: Usage) -> int:
        """Nanos that ``usage`` costs, fractions of a nano rounded up once. OverflowError beyond 64 bits."""
        per_million = (
            usage.input_tokens * self.input
            + usage.output_tokens * self.output
            + usage.cached_input_tokens * self.cached_input
            + usage.cache_write_tokens * self.cache_write
        )
        nanos = -(-per_million // TOKENS_PER_RATE) + usage.calls * self.per_call + usage.credits * self.per_credit
        if nanos > MAX_INT64:
            raise OverflowError(f"{usage} costs more than 2**63 - 1 nanos")
        return nanos
