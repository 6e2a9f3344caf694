"""Which rates a model is charged at: the config's first, then the price list that ships with genai-prices, offline."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from budgetmon.core.config.values import Config
from budgetmon.core.rules.money import NANOS_PER_USD
from budgetmon.core.rules.prices import UNPRICED, Rates, TieredRates, flat

UNKNOWN_PROVIDER = "unknown"


class PriceBook:
    """Looks up rates by model and provider and remembers the answers. Safe between threads: answers are immutable."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._known: dict[tuple[str, str], TieredRates] = {}

    def configured_provider(self, model: str) -> str | None:
        """Who is paid for ``model`` by the config; None when it does not say."""
        configured = self._config.models.get(model)
        return configured.provider if configured else None

    def provider_of(self, model: str) -> str:
        """Who is paid for ``model``: by the config, else by the price list, else ``"unknown"``."""
        if configured := self.configured_provider(model):
            return configured
        found = _find(model, None)
        return found[0] if found else UNKNOWN_PROVIDER

    def rates(self, provider: str, model: str) -> TieredRates:
        """The rates in force today; ``UNPRICED`` ones when nobody knows a price. The answer holds for the UTC day."""
        key = (provider, model)
        if key not in self._known:
            self._known[key] = self._look_up(provider, model)
        return self._known[key]

    def _look_up(self, provider: str, model: str) -> TieredRates:
        configured = self._config.models.get(model)
        if configured and configured.rates and configured.provider == provider:
            return flat(configured.rates)
        found = _find(model, provider)
        return found[1] if found else flat(UNPRICED)


def _find(model: str, provider: str | None) -> tuple[str, TieredRates] | None:
    # Imported here: a program whose config prices every model never pays for loading the list.
    from genai_prices.data_snapshot import get_snapshot

    prices = get_snapshot()
    try:
        found, info = prices.find_provider_model(model, None, provider, None)
    except LookupError:
        sellers = [(seller, info) for seller in prices.providers for info in seller.models if info.is_match(model)]
        if provider or len(sellers) != 1:
            return None
        found, info = sellers[0]
    return found.id, _tiered(info.get_prices(datetime.now(UTC)))


def _tiered(price: Any) -> TieredRates:
    """The list's prices as our rates. Each bucket may have tiers; their starts are merged into one ladder."""
    buckets = {
        "input": getattr(price, "input_mtok", None),
        "output": getattr(price, "output_mtok", None),
        "cached_input": getattr(price, "cache_read_mtok", None),
        "cache_write": getattr(price, "cache_write_mtok", None),
    }
    requests = getattr(price, "requests_kcount", None)
    starts = {0} | {tier.start for value in buckets.values() for tier in getattr(value, "tiers", ())}
    ladder = []
    for start in sorted(starts):
        rates = {name: _nanos(_at(value, start)) for name, value in buckets.items() if value is not None}
        per_call = _nanos(_at(requests, start) / 1000) if requests is not None else 0
        ladder.append((start, Rates(per_call=per_call, source="genai-prices", **rates)))
    return TieredRates(tuple(ladder))


def _at(value: Any, start: int) -> Decimal:
    """A bucket's price in the tier that begins at ``start`` tokens."""
    price: Decimal = getattr(value, "base", value)
    for tier in getattr(value, "tiers", ()):
        if tier.start <= start:
            price = tier.price
    return price


def _nanos(price: Decimal) -> int:
    """A listed price as nanos. Some entries carry the binary noise of a float; to the nano they are what was meant."""
    return int((price * NANOS_PER_USD).to_integral_value(ROUND_HALF_EVEN))
