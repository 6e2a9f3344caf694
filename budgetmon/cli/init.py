"""``budgetmon init``: a commented budget.yaml and an empty ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetmon.core.config.loader import load_config
from budgetmon.core.config.locate import CONFIG_NAME, machine_zone
from budgetmon.core.tracker import UsageTracker

_TEMPLATE = """\
# Budgets of this folder's programs. Every worker that names this file shares one ledger and one set of limits.

database: ledger.db          # relative to this file
timezone: {zone}             # days and months begin at midnight here
durability: power            # power: survives a power cut. process: survives any crash of a program, many times the rate
unpriced: refuse             # what becomes of a call whose price nobody knows: refuse, or allow (then shown as unpriced)

# Prices in USD. Models that are not named here are looked up in the price list that comes with budgetmon.
models:
  sonar-pro: {{provider: perplexity, input_per_mtok: 3, output_per_mtok: 15, per_call: 0.005}}
  quotes:    {{provider: alphavantage, per_call: 0}}

# A budget counts the calls that match its provider, model, tag and run; left out, it counts all of them.
# limit: USD, calls or tokens. per: day, week, month (with reset_day: 1 to 28) or lifetime. on_exceed: block or warn.
budgets:
  - {{name: perplexity month, provider: perplexity, limit: 5.00 USD, per: month, warn_at: [50%, 80%, 95%]}}
  - {{name: alpha vantage day, provider: alphavantage, limit: 25 calls, per: day}}
  - {{name: everything, limit: 10.00 USD, per: month, on_exceed: block}}

caches:
  ticker-info: {{max_size: 1000, ttl: 15m}}

# What `budgetmon run` and the app's Run button start. kind: pytest, workload or audit. Every call of a run is attributed to it.
runs:
  - {{name: audit, kind: audit, args: [--quick]}}
# - {{name: unit tests, kind: pytest, cwd: ., args: [-q], python: .venv, time_limit: 10m, budget: 0.50 USD}}
# - {{name: nightly, kind: workload, args: [jobs/nightly.py]}}

# What `budgetmon scan` looks for; each key has a default.
# scan:
#   market: tradier             # provider of market data, with base_url and api_key_env under providers
#   model: sonar-pro            # asked first; then those after it in the cascade
#   filter: {{price: {{min: 5}}, iv: {{min: 0.1, max: 3}}, iv_rank: {{min: 20}}, option_volume: {{min: 500}},
#            open_interest: {{min: 1000}}, market_cap: {{min: 500000000}}}}
#   weights: {{iv_rank: 40, liquidity: 20, sentiment: 20, strategy: 20}}
#   time_limit: 5m              # of one ticker; timeout: 30s bounds one answer, tries: 3 counts the first
"""


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a budget.yaml that is already there.")] = False,
) -> None:
    """Write a commented budget.yaml and create its ledger."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / CONFIG_NAME
    with path.open("w" if force else "x", encoding="utf-8") as file:
        file.write(_TEMPLATE.format(zone=machine_zone()))
    with UsageTracker(path) as tracker:
        typer.echo(f"{path}\n{tracker.db_path}")
    load_config(path)
    typer.echo("Next: put your limits into budget.yaml, then `budgetmon status`, `budgetmon` for the window.", err=True)
