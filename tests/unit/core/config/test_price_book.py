"""The price book: the config first, then the shipped list, and never the network."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from budgetmon import Usage
from budgetmon.core.config.loader import config_from_text
from budgetmon.core.config.price_book import UNKNOWN_PROVIDER, PriceBook
from budgetmon.core.rules.prices import UNPRICED, Rates, flat

MILLION = Usage(input_tokens=1_000_000, output_tokens=1_000_000)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the price book reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)


def book(config: str = "") -> PriceBook:
    return PriceBook(config_from_text(config, Path("/etc/budget.yaml")))


def test_that_the_config_comes_first() -> None:
    prices = book("models: {gpt-4o-mini: {provider: mine, input_per_mtok: 7}}")
    assert prices.provider_of("gpt-4o-mini") == "mine"
    assert prices.rates("mine", "gpt-4o-mini") == flat(Rates(input=7_000_000_000))


def test_that_the_list_knows_what_the_config_does_not() -> None:
    prices = book()
    assert prices.provider_of("gpt-4o-mini") == "openai"
    rates = prices.rates("openai", "gpt-4o-mini").rates_for(MILLION)
    assert rates.cost(MILLION) == 750_000_000  # 0.15 and 0.60 USD
    assert rates.source == "genai-prices"


def test_that_a_model_of_the_config_without_prices_is_looked_up_at_its_provider() -> None:
    prices = book("models: {gpt-4o-mini: {provider: openai}, house-model: {provider: openai}}")
    assert prices.rates("openai", "gpt-4o-mini").rates_for(MILLION).cost(MILLION) == 750_000_000
    assert prices.rates("openai", "house-model") == flat(UNPRICED)


def test_that_the_configs_price_is_for_its_own_provider_only() -> None:
    prices = book("models: {gpt-4o-mini: {provider: mine, input_per_mtok: 7, output_per_mtok: 7}}")
    assert prices.rates("openai", "gpt-4o-mini").rates_for(MILLION).cost(MILLION) == 750_000_000


def test_that_a_fee_per_call_on_the_list_is_charged() -> None:
    rates = book().rates("perplexity", "sonar-pro").rates_for(Usage())
    assert rates.per_call > 0
    assert rates.cost(Usage(calls=2)) == 2 * rates.per_call


def test_that_tiers_of_the_list_apply_past_their_start() -> None:
    rates = book().rates("google", "gemini-2.5-pro")
    at, past = Usage(input_tokens=200_000), Usage(input_tokens=200_001)
    assert rates.rates_for(at).cost(at) == 250_000_000
    assert rates.rates_for(past).cost(past) == 500_002_500


@pytest.mark.parametrize(
    ("provider", "model", "usage"),
    [
        ("openai", "gpt-4o", Usage(input_tokens=1_234, output_tokens=567)),
        ("anthropic", "claude-3-5-haiku-latest", Usage(input_tokens=1_000, cached_input_tokens=5_000, output_tokens=10)),
        ("google", "gemini-2.5-pro", Usage(input_tokens=150_000, cached_input_tokens=60_000, output_tokens=100)),
    ],
)
def test_that_a_listed_model_costs_what_its_list_computes(provider: str, model: str, usage: Usage) -> None:
    from genai_prices import Usage as ListedUsage
    from genai_prices import calc_price

    listed = calc_price(
        ListedUsage(
            input_tokens=usage.input_tokens + usage.cached_input_tokens,
            cache_read_tokens=usage.cached_input_tokens or None,
            output_tokens=usage.output_tokens,
        ),
        model_ref=model,
        provider_id=provider,
    )
    cost = book().rates(provider, model).rates_for(usage).cost(usage)
    assert cost is not None
    assert abs(cost - listed.total_price * 10**9) < 1


@pytest.mark.parametrize("model", ["no-such-model-anywhere", "", "???", "-- DROP TABLE"])
def test_that_what_nobody_knows_is_unpriced(model: str) -> None:
    prices = book()
    assert prices.provider_of(model) == UNKNOWN_PROVIDER
    assert prices.rates(UNKNOWN_PROVIDER, model) == flat(UNPRICED)
    assert prices.rates(UNKNOWN_PROVIDER, model).rates_for(MILLION).cost(MILLION) is None


def test_that_a_provider_nobody_knows_is_unpriced_even_for_a_known_model() -> None:
    assert book().rates("a-reseller-without-prices", "gpt-4o-mini") == flat(UNPRICED)
