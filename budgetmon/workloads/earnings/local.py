"""A scan without keys: a stand-in of its own, a config and a ledger that go with it. All figures and answers are made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from budgetmon.core.config.loader import load_config
from budgetmon.core.config.price_book import PriceBook
from budgetmon.core.config.values import Config, ProviderConfig
from budgetmon.workloads.earnings.analyst import key_of
from budgetmon.workloads.earnings.history.arithmetic import DayIV
from budgetmon.workloads.earnings.history.tracker import YEAR, IVHistoryTracker
from budgetmon.workloads.earnings.settings import ScanSettings
from budgetmon.workloads.standin.market import past_volatility
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import StandInSettings

CONFIG = """\
# A scan against a local stand-in. Prices are made up, and nothing here costs money.
database: ledger.db
timezone: {zone}
durability: process
providers:
  tickerline: {{base_url: "{url}"}}
  northwind: {{base_url: "{url}/v1"}}
  commons: {{base_url: "{url}/v1"}}
models:
  quotes: {{provider: tickerline, per_call: 0.0001}}
  expirations: {{provider: tickerline, per_call: 0.0001}}
  chains: {{provider: tickerline, per_call: 0.0002}}
  company: {{provider: tickerline, per_call: 0.0002}}
  stand-in-large: {{provider: northwind, input_per_mtok: 3, output_per_mtok: 15}}
  stand-in-free: {{provider: commons, input_per_mtok: 0, output_per_mtok: 0}}
cascade: [stand-in-large, stand-in-free]
budgets:
  - {{name: tickerline calls, provider: tickerline, limit: 2000 calls, per: day}}
  - {{name: northwind day, provider: northwind, limit: 1 USD, per: day}}
scan:
  market: tickerline
"""
_BEHAVES = StandInSettings(latency_ms=20, latency_jitter=0.5)


@contextmanager
def local_scan(folder: Path, zone: str) -> Iterator[Config]:
    """A running stand-in, and the config in ``folder`` of a scan that is made against it."""
    with StandIn(_BEHAVES) as stand_in:
        path = folder / "budget.yaml"
        path.write_text(CONFIG.format(zone=zone, url=stand_in.base_url), encoding="utf-8")
        yield load_config(path)


def remember_a_year(history: Path, tickers: Sequence[str], today: date) -> None:
    """Records what the stand-in's volatilities were on the weekdays of the past year, so that there are ranks."""
    days = [day for back in range(1, YEAR.days) if (day := today - timedelta(days=back)).weekday() < 5]
    with IVHistoryTracker(history) as opened:
        for ticker in tickers:
            past = [DayIV(day, past_volatility(ticker, day)) for day in days]
            opened.record_many((ticker, known.day, known.iv) for known in past)


def what_is_missing(config: Config, settings: ScanSettings, *, needs_market: bool) -> str | None:
    """What the config or the environment lacks to reach the real providers, in words; None when nothing is missing."""
    prices = PriceBook(config)
    order = config.cascade
    models = order[order.index(settings.model) :] if settings.model in order else (settings.model, *order)
    needed = [settings.market] if needs_market else []
    needed += [prices.provider_of(model) for model in models]
    for name in dict.fromkeys(needed):
        provider = config.providers.get(name, ProviderConfig())
        if provider.base_url is None:
            return f"the config names no base_url for {name}"
        if provider.api_key_env and not key_of(provider):
            return f"{provider.api_key_env}, the key of {name}, is not set"
    return None
