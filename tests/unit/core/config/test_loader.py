"""The config: every key loads, and means what it says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from budgetmon import Usage
from budgetmon.core.config.loader import config_from_text, default_config, load_config
from budgetmon.core.config.locate import default_database
from budgetmon.core.config.values import CacheConfig, Durability, ModelConfig, ProviderConfig, RunConfig, Unpriced
from budgetmon.core.rules.budgets import Budget, OnExceed, Scope, Unit
from budgetmon.core.rules.doubts import InDoubt, OnDeath
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates

EVERY_KEY = """\
database: books/ledger.db
timezone: America/New_York
durability: process
unpriced: allow
providers:
  perplexity: {base_url: "https://api.perplexity.ai", api_key_env: PERPLEXITY_API_KEY}
models:
  sonar-pro: {provider: perplexity, input_per_mtok: 3, output_per_mtok: 15, per_call: 0.005}
  cached:
    provider: openai
    input_per_mtok: 0.075
    output_per_mtok: 0.3
    cached_input_per_mtok: 0.01875
    cache_write_per_mtok: 0.09375
    per_call: 0
    per_credit: 0.000000001
  quotes: {provider: alphavantage, per_call: 0}
  listed: {provider: anthropic}
budgets:
  - {name: perplexity month, provider: perplexity, limit: 4.98 USD, per: month, warn_at: [95%, 50%, 80%, 50%]}
  - {name: alpha vantage day, provider: alphavantage, limit: 25 calls, per: day}
  - {name: everything, limit: $5.00, per: month, reset_day: 15, on_exceed: block}
  - {name: tokens, model: sonar-pro, tag: AAPL, run: nightly, limit: "2_000_000 tokens", per: lifetime, on_exceed: warn}
  - {name: tokyo week, limit: 1 usd, per: week, timezone: Asia/Tokyo}
cascade: [sonar-pro, gemini-2.0-flash]
caches:
  ticker-info: {max_size: 1000, ttl: 15m}
  defaults:
runs:
  - {name: audit, kind: audit}
  - {name: unit tests, kind: pytest, cwd: work, args: [-q, "-x"], budget: 0.50 USD}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "budget.yaml").write_text(EVERY_KEY, encoding="utf-8")
    return tmp_path


def test_that_plain_settings_load(folder: Path) -> None:
    config = load_config(folder / "budget.yaml")
    assert config.path == folder / "budget.yaml"
    assert config.database == folder / "books" / "ledger.db"
    assert config.zone == "America/New_York"
    assert config.durability is Durability.PROCESS
    assert config.unpriced is Unpriced.ALLOW
    assert config.cascade == ("sonar-pro", "gemini-2.0-flash")


def test_that_providers_and_models_load_with_exact_prices(folder: Path) -> None:
    config = load_config(str(folder / "budget.yaml"))
    assert config.providers == {"perplexity": ProviderConfig("https://api.perplexity.ai", "PERPLEXITY_API_KEY")}
    assert config.models == {
        "sonar-pro": ModelConfig("perplexity", Rates(input=3_000_000_000, output=15_000_000_000, per_call=5_000_000)),
        "cached": ModelConfig(
            "openai",
            Rates(
                input=75_000_000,
                output=300_000_000,
                cached_input=18_750_000,
                cache_write=93_750_000,
                per_call=0,
                per_credit=1,
            ),
        ),
        "quotes": ModelConfig("alphavantage", Rates(input=0, output=0, per_call=0)),
        "listed": ModelConfig("anthropic", None),
    }


def test_that_a_model_sold_by_the_call_asks_nothing_for_tokens(tmp_path: Path) -> None:
    rates = config_from_text("models: {quotes: {provider: p, per_call: 0.25}}", tmp_path / "b.yaml").models["quotes"].rates
    assert rates is not None
    assert rates.cost(Usage(input_tokens=9, output_tokens=9, calls=2)) == 500_000_000


def test_that_budgets_load_in_their_order(folder: Path) -> None:
    here = "America/New_York"
    assert load_config(folder / "budget.yaml").budgets == (
        Budget(
            name="perplexity month",
            limit=4_980_000_000,
            unit=Unit.USD,
            period=Period(Per.MONTH),
            zone=here,
            scope=Scope(provider="perplexity"),
            warn_at=(50, 80, 95),
        ),
        Budget("alpha vantage day", 25, Unit.CALLS, Period(Per.DAY), here, Scope(provider="alphavantage")),
        Budget("everything", 5_000_000_000, Unit.USD, Period(Per.MONTH, 15), here),
        Budget(
            name="tokens",
            limit=2_000_000,
            unit=Unit.TOKENS,
            period=Period(Per.LIFETIME),
            zone=here,
            scope=Scope(model="sonar-pro", tag="AAPL", run="nightly"),
            on_exceed=OnExceed.WARN,
        ),
        Budget("tokyo week", 1_000_000_000, Unit.USD, Period(Per.WEEK), "Asia/Tokyo"),
    )


def test_that_caches_and_runs_load(folder: Path) -> None:
    config = load_config(folder / "budget.yaml")
    assert config.caches == {"ticker-info": CacheConfig(1000, timedelta(minutes=15)), "defaults": CacheConfig()}
    assert config.runs == (
        RunConfig("audit", "audit", folder),
        RunConfig("unit tests", "pytest", folder / "work", ("-q", "-x"), 500_000_000),
    )


def test_that_what_becomes_of_doubts_and_of_old_calls_is_a_choice(tmp_path: Path) -> None:
    text = "on_death: release\nin_doubt: charge\nfail_open: yes\nretention: 90d\n"
    config = config_from_text(text, tmp_path / "b.yaml")
    assert (config.on_death, config.in_doubt) == (OnDeath.RELEASE, InDoubt.CHARGE)
    assert config.fail_open is True
    assert config.retention == timedelta(days=90)
    bare = config_from_text("", tmp_path / "b.yaml")
    assert (bare.on_death, bare.in_doubt, bare.fail_open) == (OnDeath.IN_DOUBT, InDoubt.KEEP, False)
    assert bare.retention is None


def test_that_an_unknown_price_may_have_a_ceiling(tmp_path: Path) -> None:
    config = config_from_text("unpriced: 0.50 USD\n", tmp_path / "b.yaml")
    assert (config.unpriced, config.unpriced_ceiling) == (Unpriced.CEILING, 500_000_000)


@pytest.mark.parametrize(("per", "hours"), [("5h", 5), ("rolling 24h", 24), ("2d", 48)])
def test_that_a_duration_is_a_rolling_period(per: str, hours: int, tmp_path: Path) -> None:
    config = config_from_text(f"budgets: [{{name: b, limit: 1 USD, per: {per}}}]", tmp_path / "b.yaml")
    assert config.budgets is not None
    assert config.budgets[0].period == Period(Per.ROLLING, length=hours * 3_600_000)


def test_that_an_absolute_database_stays_where_it_is(tmp_path: Path) -> None:
    config = config_from_text(f"database: {tmp_path / 'elsewhere.db'}\n", tmp_path / "deep" / "budget.yaml")
    assert config.database == tmp_path / "elsewhere.db"


def test_that_a_database_may_be_named_from_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert config_from_text("database: ~/a.db", tmp_path / "budget.yaml").database == tmp_path / "home" / "a.db"


@pytest.mark.parametrize("text", ["", "\n", "# nothing but a comment\n", "---\n", "budgets:\nmodels:\nruns:\ncascade:\n"])
def test_that_an_empty_config_is_one_with_defaults(text: str, tmp_path: Path) -> None:
    config = config_from_text(text, tmp_path / "budget.yaml")
    assert config.database == default_database()
    assert config.durability is Durability.POWER
    assert config.unpriced is Unpriced.REFUSE
    assert config.models == {}
    assert config.budgets == ()
    assert config.cascade == ()
    assert config.runs == ()


def test_that_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "budget.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + EVERY_KEY.encode())
    assert load_config(path).zone == "America/New_York"


def test_that_names_in_every_script_load(tmp_path: Path) -> None:
    config = config_from_text("models:\n  модель-日本: {provider: fournisseur-é, per_call: 1}\n", tmp_path / "b.yaml")
    assert config.models["модель-日本"].provider == "fournisseur-é"


def test_that_a_name_that_looks_like_another_type_stays_a_name(tmp_path: Path) -> None:
    text = "models:\n  2024: {provider: on, per_call: 1}\nbudgets: [{name: 1.0, model: 2024, limit: 1 USD, per: day}]\n"
    config = config_from_text(text, tmp_path / "b.yaml")
    assert config.models["2024"].provider == "on"
    assert config.budgets is not None
    assert config.budgets[0].name == "1.0"
    assert config.budgets[0].scope.model == "2024"


def test_that_without_a_file_the_ledgers_own_budgets_stay_in_force(tmp_path: Path) -> None:
    config = default_config(tmp_path / "ledger.db")
    assert config.budgets is None
    assert config.path is None
    assert config.database == tmp_path / "ledger.db"
