"""Ground for tests of the earnings scan: a config whose providers are a stand-in, and the plan of a scan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from budgetmon.core.config.loader import load_config
from budgetmon.core.config.price_book import PriceBook
from budgetmon.core.rules.usage import Usage
from budgetmon.workloads.earnings.desk import ScanPlan
from budgetmon.workloads.earnings.settings import scan_settings
from budgetmon.workloads.standin.bill import Billed, ModelBill

CONFIG = """\
database: ledger.db
timezone: UTC
durability: process
providers:
  tickerline: {{base_url: "{url}"}}
  northwind: {{base_url: "{url}/v1"}}
  commons: {{base_url: "{url}"}}
models:
  quotes: {{provider: tickerline, per_call: {market}}}
  expirations: {{provider: tickerline, per_call: {market}}}
  chains: {{provider: tickerline, per_call: {market}}}
  company: {{provider: tickerline, per_call: {market}}}
  large: {{provider: northwind, input_per_mtok: 3, output_per_mtok: 15}}
  free: {{provider: commons, input_per_mtok: 0, output_per_mtok: 0}}
cascade: [large, free]
budgets:
  - {{name: market day, provider: tickerline, limit: 5000 calls, per: lifetime}}
  - {{name: everything, limit: {limit} USD, per: lifetime}}
scan:
  market: tickerline
  timeout: 30s
  filter: {{option_volume: {{}}, open_interest: {{}}, market_cap: {{}}, price: {{}}, iv: {{}}}}
"""


def tickers(count: int) -> list[str]:
    """So many tickers, all different."""
    return ["".join(letters) for letters, _ in zip(product("ABCDE", repeat=3), range(count), strict=False)]


def plan(folder: Path, url: str, *, limit: str = "100", market: str = "0.0001", extra: str = "") -> ScanPlan:
    """The plan of a scan whose config lies in ``folder``; ``extra`` is put below its last line."""
    path = folder / "budget.yaml"
    path.write_text(CONFIG.format(url=url, limit=limit, market=market) + extra, encoding="utf-8")
    config = load_config(path)
    today = datetime.now(UTC).date()
    return ScanPlan(config, scan_settings(config), today + timedelta(days=3), today)


def bill(made: ScanPlan, billed: Billed) -> int:
    """What the stand-in's own log comes to at the plan's prices, in nanos."""
    prices = PriceBook(made.config)
    total = 0
    for model, sums in billed.answered.items():
        nanos = prices.rates(made.config.models[model].provider, model).rates_for(Usage()).cost(_usage(sums))
        assert nanos is not None
        total += nanos
    return total


def _usage(sums: ModelBill) -> Usage:
    return Usage(
        input_tokens=sums.prompt_tokens - sums.cached_tokens,
        output_tokens=sums.completion_tokens,
        cached_input_tokens=sums.cached_tokens,
        calls=sums.calls,
    )


def market_calls(billed: Mapping[str, ModelBill]) -> int:
    """How many of the billed calls were for market data."""
    return sum(billed[model].calls for model in ("quotes", "expirations", "chains", "company") if model in billed)


def with_time_limit(made: ScanPlan, seconds: float) -> ScanPlan:
    """The plan with another limit for a ticker."""
    return replace(made, settings=replace(made.settings, time_limit=timedelta(seconds=seconds)))
