"""Who is paid at which address."""

from __future__ import annotations

import pytest

from budgetmon.core.config.paid_hosts import provider_at
from budgetmon.core.config.values import ProviderConfig

BASES = {
    "local": "http://127.0.0.1:8080/v1",
    "gate-a": "https://gate.example/a",
    "gate-ab": "https://gate.example/a/b",
    "nowhere": None,
}
PROVIDERS = {name: ProviderConfig(base_url=url) for name, url in BASES.items()}


@pytest.mark.parametrize(
    ("url", "provider"),
    [
        ("http://127.0.0.1:8080/v1/chat/completions", "local"),
        ("http://127.0.0.1:8080/health", "local"),
        ("http://127.0.0.1:8081/v1/chat/completions", None),
        ("https://gate.example/a/x", "gate-a"),
        ("https://GATE.example:443/a/b/x", "gate-ab"),
        ("https://gate.example/a/bc", "gate-a"),
        ("https://gate.example/c", None),
        ("https://api.openai.com/v1/responses", "openai"),
        ("https://mine.openai.azure.com/openai/deployments/x/chat/completions", "azure"),
        ("https://generativelanguage.googleapis.com/v1beta/models/x:generateContent", "google"),
        ("https://europe-west1-aiplatform.googleapis.com/v1/x", "google"),
        ("https://storage.googleapis.com/bucket/x", None),
        ("https://example.com/", None),
        ("nonsense", None),
    ],
)
def test_that_an_address_tells_who_is_paid(url: str, provider: str | None) -> None:
    assert provider_at(url, PROVIDERS) == provider


def test_that_the_config_comes_before_the_price_list() -> None:
    mine = {"mine": ProviderConfig(base_url="https://api.openai.com/v1")}
    assert provider_at("https://api.openai.com/v1/responses", mine) == "mine"
