"""Who is paid at which address: the base URLs of the config first, then those that the price list knows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

from budgetmon.core.config.values import ProviderConfig

_DEFAULT_PORTS = {"http": 80, "https": 443}
# The price list takes every address of Google for its models; storage and maps are none.
_OTHER_BUSINESS = re.compile(r"https://(?!generativelanguage\.|[a-z0-9-]*aiplatform\.)[^/]*googleapis\.com", re.IGNORECASE)


def provider_at(url: str, providers: Mapping[str, ProviderConfig]) -> str | None:
    """The provider that a request to ``url`` pays; None for an address that nobody knows.

    Where several providers of the config share a host, the longest path decides; where one has it alone, any path is its.
    """
    parts = urlsplit(url)
    at_host = {name: base for name, base in _bases(providers).items() if _host(base) == _host(parts)}
    fitting = {name: base.path for name, base in at_host.items() if _begins(parts.path, base.path)}
    if fitting:
        return max(fitting, key=lambda name: len(fitting[name]))
    if len(at_host) == 1:
        return next(iter(at_host))
    return None if at_host else _listed(url)


def _bases(providers: Mapping[str, ProviderConfig]) -> dict[str, SplitResult]:
    return {name: urlsplit(provider.base_url) for name, provider in providers.items() if provider.base_url}


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    return parts.hostname, parts.port or _DEFAULT_PORTS.get(parts.scheme)


def _begins(path: str, base: str) -> bool:
    base = base.rstrip("/")
    return path == base or path.startswith(f"{base}/")


def _listed(url: str) -> str | None:
    # Imported here: a program whose config names every address that it calls never pays for loading the list.
    from genai_prices.data_snapshot import get_snapshot

    if _OTHER_BUSINESS.match(url):
        return None
    return next((provider.id for provider in get_snapshot().providers if re.match(provider.api_pattern, url)), None)
