"""Rates of a model, and what a usage costs at them: integers throughout, rounded once per call, up."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.money import MAX_INT64
from budgetmon.core.rules.usage import Usage

TOKENS_PER_RATE = 1_000_000


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of one model: nanos per million tokens of each bucket, nanos per call and per credit.

    None means that nobody named a price for that bucket: a usage that needs it is unpriced. Cached input and cache
    writes without a price of their own cost what input costs. ``source`` says where the rates come from.
    """

    input: int | None = None
    output: int | None = None
    cached_input: int | None = None
    cache_write: int | None = None
    per_call: int | None = 0
    per_credit: int | None = None
    source: str = "config"

    def cost(self, usage: Usage) -> int | None:
        """Nanos that ``usage`` costs, fractions of a nano rounded up once; None when a bucket in use has no price.

        Raises ValueError beyond 2**63 - 1 nanos.
        """
        per_million = 0
        for count, rate in (
            (usage.input_tokens, self.input),
            (usage.output_tokens, self.output),
            (usage.cached_input_tokens, self.input if self.cached_input is None else self.cached_input),
            (usage.cache_write_tokens, self.input if self.cache_write is None else self.cache_write),
        ):
            if count:
                if rate is None:
                    return None
                per_million += count * rate
        nanos = -(-per_million // TOKENS_PER_RATE)
        for count, rate in ((usage.calls, self.per_call), (usage.credits, self.per_credit)):
            if count:
                if rate is None:
                    return None
                nanos += count * rate
        if nanos > MAX_INT64:
            raise ValueError(f"{usage} costs more than 2**63 - 1 nanos")
        return nanos


# Not even the call itself has a known price: a bare call to a model that nobody knows is not free.
UNPRICED = Rates(per_call=None, source="unpriced")


@dataclass(frozen=True, slots=True)
class TieredRates:
    """Rates that depend on the size of the prompt: crossing a tier's start applies its rates to all tokens of the call.

    ``tiers`` are ``(start, rates)``, ascending by the number of input tokens from which on they apply; the first starts at 0.
    """

    tiers: tuple[tuple[int, Rates], ...]

    def rates_for(self, usage: Usage) -> Rates:
        """The rates at which a call with this usage is charged."""
        prompt = usage.input_tokens + usage.cached_input_tokens + usage.cache_write_tokens
        chosen = self.tiers[0][1]
        for start, rates in self.tiers[1:]:
            if prompt > start:
                chosen = rates
        return chosen


def flat(rates: Rates) -> TieredRates:
    """Rates that are the same for every prompt size."""
    return TieredRates(((0, rates),))
