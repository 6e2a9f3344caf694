"""The older flat form loads unchanged, with the behaviour that its keys promise."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from integration.ledger_view import budget

from budgetmon import BudgetExceededError, ConfigError, Usage, UsageTracker
from budgetmon.core.config.loader import config_from_text, load_config
from budgetmon.core.config.locate import default_database
from budgetmon.core.config.values import Config, Durability, ModelConfig, ProviderConfig
from budgetmon.core.rules.budgets import Budget, OnExceed, Scope, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.storage.connection import open_reader

USD = 1_000_000_000
FILE = Path("/etc/budget.yaml")

# Every key of the form, and the same prices as the example that was recorded.
FLAT = """\
earnings_source: nasdaq
perplexity_monthly_limit: 7.5
monthly_budget: 8.0
warn_at_percentage: 75
hard_stop: true
model_cascade:
  enabled: true
  order:
  - perplexity
  - google
models:
  sonar-pro:
    input_cost_per_1k: 0.003
    output_cost_per_1k: 0.015
    per_request_fee: 0.005
    timeout: 20
    use_case: daily
  sonar:
    input_cost_per_1k: 0.001
    output_cost_per_1k: 0.001
    per_request_fee: 0.005
  gpt-4o-mini:
    input_cost_per_1k: 5.0e-05
    output_cost_per_1k: 0.00015
    per_request_fee: 0.0
  gemini-2.0-flash:
    provider: google
    input_cost_per_1k: 0.0
    output_cost_per_1k: 0.0
    per_request_fee: 0.0
    api_key_env: GOOGLE_API_KEY
    free_tier_limit: 1500
daily_limits:
  max_tickers: 10
  max_api_calls: 60
  sonar-pro_calls: 40
  sonar_calls: 20
  gpt-4o-mini_calls: 40
defaults:
  sentiment_model: sonar-pro
alpha_vantage:
  calls_per_day: 25
  cost_per_call: 0.0
logging:
  enabled: true
  log_file: data/usage.json
"""


def loaded(text: str) -> Config:
    return config_from_text(f"timezone: UTC\n{text}", FILE)


def budgets(text: str) -> dict[str, Budget]:
    return {budget.name: budget for budget in loaded(text).budgets or ()}


def test_that_the_recorded_example_loads_unchanged(shared_data: Path) -> None:
    config = load_config(shared_data / "legacy" / "budget.yaml")
    same = config_from_text(FLAT, FILE)
    assert (config.budgets, config.models, config.cascade) == (same.budgets, same.models, same.cascade)
    assert config.database == default_database()


def test_that_limits_become_budgets() -> None:
    month, day = Period(Per.MONTH), Period(Per.DAY)
    assert loaded(FLAT).budgets == (
        Budget("perplexity monthly limit", 7_500_000_000, Unit.USD, month, "UTC", Scope(provider="perplexity"), warn_at=(75,)),
        Budget("monthly budget", 8 * USD, Unit.USD, month, "UTC", warn_at=(75,)),
        Budget("api calls per day", 60, Unit.CALLS, day, "UTC"),
        Budget("sonar-pro calls per day", 40, Unit.CALLS, day, "UTC", Scope(model="sonar-pro")),
        Budget("sonar calls per day", 20, Unit.CALLS, day, "UTC", Scope(model="sonar")),
        Budget("gpt-4o-mini calls per day", 40, Unit.CALLS, day, "UTC", Scope(model="gpt-4o-mini")),
        Budget("gemini-2.0-flash free tier per day", 1500, Unit.CALLS, day, "UTC", Scope(model="gemini-2.0-flash")),
        Budget("alphavantage calls per day", 25, Unit.CALLS, day, "UTC", Scope(provider="alphavantage")),
    )


def test_that_prices_are_per_thousand_tokens_and_exact() -> None:
    assert loaded(FLAT).models == {
        "sonar-pro": ModelConfig("perplexity", Rates(3 * USD, 15 * USD, per_call=5_000_000)),
        "sonar": ModelConfig("perplexity", Rates(USD, USD, per_call=5_000_000)),
        "gpt-4o-mini": ModelConfig("perplexity", Rates(50_000_000, 150_000_000)),
        "gemini-2.0-flash": ModelConfig("google", Rates(0, 0)),
        "alphavantage": ModelConfig("alphavantage", Rates(0, 0)),
    }


@pytest.mark.parametrize(
    ("keys", "rates"),
    [
        ("cost_per_1k_tokens: 0.005", Rates(5 * USD, 5 * USD)),
        ("cost_per_1k_tokens: 0.003, cost_per_1k_output_tokens: 0.015", Rates(3 * USD, 15 * USD)),
        ("cost_per_1k_tokens: 0.003, output_cost_per_1k: 0.015", Rates(3 * USD, 15 * USD)),
        ("per_request_fee: 0.005", Rates(0, 0, per_call=5_000_000)),
        ("cost_per_1k_tokens: 0.00030000000000000003", Rates(300_000_000, 300_000_000)),
        ("timeout: 20", None),
    ],
)
def test_that_one_price_serves_both_kinds_of_tokens(keys: str, rates: Rates | None) -> None:
    assert loaded(f"monthly_budget: 1\nmodels:\n  m: {{provider: p, {keys}}}\n").models["m"].rates == rates


def test_that_prices_alone_tell_the_flat_form() -> None:
    config = loaded("models:\n  m: {provider: p, cost_per_1k_tokens: 0.005}\n")
    assert (config.models["m"].rates, config.budgets) == (Rates(5 * USD, 5 * USD), ())


@pytest.mark.parametrize(
    ("limits", "providers"),
    [
        # It is whom the older tracker took to be paid for every model without a provider.
        ("perplexity_monthly_limit: 1", {"sonar-pro": "perplexity", "gpt-4o-mini": "perplexity", "made-up": "perplexity"}),
        # Without the one limit, the price list tells, then the cascade.
        ("monthly_budget: 1", {"sonar-pro": "perplexity", "gpt-4o-mini": "openai", "made-up": "unknown"}),
        ("a_monthly_limit: 1\nb_monthly_limit: 1", {"gemini-2.0-flash": "google", "made-up": "unknown"}),
        ("monthly_budget: 1\nmodel_cascade: {order: [first, second]}", {"sonar-pro": "perplexity", "made-up": "first"}),
    ],
)
def test_that_a_model_without_a_provider_gets_one(limits: str, providers: dict[str, str]) -> None:
    models = "".join(f"  {name}: {{cost_per_1k_tokens: 1}}\n" for name in providers)
    config = loaded(f"{limits}\nmodels:\n{models}")
    assert {name: model.provider for name, model in config.models.items()} == providers


@pytest.mark.parametrize(
    ("cascade", "order"),
    [
        ("{enabled: true, order: [perplexity, google]}", ("a", "b", "g")),
        ("{order: [google, perplexity]}", ("g", "a", "b")),
        ("{order: [b, nobody, google, perplexity]}", ("b", "g", "a")),
        ("{enabled: false, order: [perplexity, google]}", ()),
        ("{enabled: true}", ()),
    ],
)
def test_that_the_cascade_stands_for_the_models_of_its_providers(cascade: str, order: tuple[str, ...]) -> None:
    config = loaded(
        "perplexity_monthly_limit: 1\n"
        f"model_cascade: {cascade}\n"
        "models:\n  a: {}\n  costly: {use_case: manual_only}\n  g: {provider: google, use_case: fallback}\n  b: {use_case: }\n"
    )
    assert config.cascade == order


def test_that_hard_stop_false_warns_about_money_and_still_caps_calls() -> None:
    found = budgets(FLAT.replace("hard_stop: true", "hard_stop: false"))
    assert {name for name, budget in found.items() if budget.on_exceed is OnExceed.WARN} == {
        "perplexity monthly limit",
        "monthly budget",
    }


def test_that_settings_of_today_go_with_the_flat_keys() -> None:
    config = config_from_text(
        "monthly_budget: 5\ndatabase: books/l.db\ntimezone: Asia/Tokyo\ndurability: process\n"
        "providers: {google: {base_url: 'https://example.org'}}\n",
        FILE,
    )
    assert (config.database, config.durability) == (FILE.parent / "books" / "l.db", Durability.PROCESS)
    assert [budget.zone for budget in config.budgets or ()] == ["Asia/Tokyo"]
    assert config.providers == {"google": ProviderConfig("https://example.org")}


def test_that_the_name_of_a_key_is_kept() -> None:
    assert loaded(FLAT).providers == {"google": ProviderConfig(api_key_env="GOOGLE_API_KEY")}


def test_that_what_is_not_used_is_noted(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        loaded(FLAT)
    assert [record.levelname for record in caplog.records] == ["INFO"]
    assert "earnings_source, defaults, logging, daily_limits.max_tickers" in caplog.text


MISTAKES = [
    ("monthly_budget: 5\nmonthly_bugdet: 6\n", 2, "monthly_bugdet", "unknown key; expected one of: monthly_budget"),
    ("monthly_budget: five\n", 1, "monthly_budget", "expected an amount in USD, not 'five'"),
    ("monthly_budget: -5\n", 1, "monthly_budget", "zero or more"),
    ("monthly_budget: .nan\n", 1, "monthly_budget", "expected an amount in USD"),
    ("monthly_budget: nan\n", 1, "monthly_budget", "expected an amount in USD"),
    ("monthly_budget: 1e30\n", 1, "monthly_budget", "too large"),
    ("monthly_budget: 0.0000000001\n", 1, "monthly_budget", "finer"),
    ("monthly_budget:\n", 1, "monthly_budget", "not nothing"),
    ("monthly_budget: [5]\n", 1, "monthly_budget", "not a list"),
    ("_monthly_limit: 5\n", 1, "_monthly_limit", "unknown key"),
    ("x_monthly_limit: 5\nhard_stop: maybe\n", 2, "hard_stop", "expected true or false"),
    ("warn_at_percentage: 0\n", 1, "warn_at_percentage", "whole percentage from 1 to 100"),
    ("warn_at_percentage: 101\n", 1, "warn_at_percentage", "whole percentage from 1 to 100"),
    ("warn_at_percentage: 75.5\n", 1, "warn_at_percentage", "whole percentage from 1 to 100"),
    ("daily_limits:\n  sonar: 5\n", 2, "daily_limits.sonar", "unknown key; expected max_api_calls"),
    ("daily_limits:\n  _calls: 5\n", 2, "daily_limits._calls", "unknown key"),
    ("daily_limits:\n  sonar_calls: 2.5\n", 2, "daily_limits.sonar_calls", "whole number of calls"),
    ("daily_limits:\n  max_api_calls: -1\n", 2, "daily_limits.max_api_calls", "whole number of calls"),
    ("daily_limits: 5\n", 1, "daily_limits", "expected a mapping"),
    ("model_cascade: {oder: [a]}\n", 1, "model_cascade.oder", "unknown key; expected one of: enabled, order"),
    ("model_cascade: {order: a}\n", 1, "model_cascade.order", "expected a list"),
    (
        "monthly_budget: 5\nmodels:\n  m:\n    price: 5\n",
        4,
        "models.m.price",
        "unknown key; expected one of: cost_per_1k_tokens",
    ),
    ("monthly_budget: 5\nmodels:\n  m:\n    input_per_mtok: 5\n", 4, "models.m.input_per_mtok", "unknown key"),
    ("models:\n  m: {cost_per_1k_tokens: -1}\n", 2, "models.m.cost_per_1k_tokens", "zero or more"),
    ("models:\n  m: {cost_per_1k_tokens: cheap}\n", 2, "models.m.cost_per_1k_tokens", "an amount in USD"),
    ("alpha_vantage:\n  per_day: 5\n", 2, "alpha_vantage.per_day", "unknown key"),
    ("monthly_budget: 5\nbudgets: []\n", 2, "budgets", "write all of it in one form"),
    ("monthly_budget: 5\ncascade: [a]\n", 2, "cascade", "write all of it in one form"),
    ("monthly_budget: 5\nmonthly_budget: 6\n", 2, "monthly_budget", "appears twice"),
    ("monthly_budget: 5\ntimezone: Mars\n", 2, "timezone", "IANA time zone"),
]


@pytest.mark.parametrize(("text", "line", "key", "words"), MISTAKES)
def test_that_a_mistake_names_file_line_and_key(text: str, line: int, key: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config_from_text(text, FILE)
    assert (caught.value.file, caught.value.line, caught.value.key) == (str(FILE), line, key)
    assert words in caught.value.problem


@pytest.mark.parametrize("key", ["logging", "defaults", "earnings_source"])
def test_that_keys_that_were_never_used_do_not_make_a_file_flat(key: str) -> None:
    with pytest.raises(ConfigError, match=r"unknown key; expected one of: database"):
        config_from_text(f"{key}: x\n", FILE)


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2025, 11, 14, 12, tzinfo=UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def flat_tracker(ledger_folder: Path, moment: time_machine.Traveller) -> Iterator[UsageTracker]:
    path = ledger_folder / "budget.yaml"
    path.write_text(FLAT + "timezone: America/New_York\ndurability: process\n", encoding="utf-8")
    with UsageTracker(path, db_path=ledger_folder / "ledger.db") as tracker:
        yield tracker


def spend(tracker: UsageTracker, model: str, cost: str, times: int = 1) -> None:
    for _ in range(times):
        with tracker.call(model) as call:
            call.settle(cost=Decimal(cost))


def crossings(tracker: UsageTracker) -> list[tuple[object, ...]]:
    with closing(open_reader(tracker.db_path, busy_ms=5_000)) as db:
        return db.execute("SELECT name, share FROM crossing JOIN budget ON budget.id = budget").fetchall()


def test_that_a_call_costs_what_the_prices_say(flat_tracker: UsageTracker) -> None:
    with flat_tracker.call("sonar-pro", estimate=Usage(input_tokens=1000, output_tokens=1000)) as call:
        call.settle(Usage(input_tokens=1000, output_tokens=100))
    assert flat_tracker.get_usage_summary()["models"]["sonar-pro"]["cost"] == Decimal("0.0095")


def test_that_the_daily_cap_of_a_model_holds_until_local_midnight(
    flat_tracker: UsageTracker, moment: time_machine.Traveller
) -> None:
    spend(flat_tracker, "sonar", "0.01", times=20)
    with pytest.raises(BudgetExceededError, match="sonar calls per day"):
        spend(flat_tracker, "sonar", "0.01")
    moment.move_to(datetime(2025, 11, 15, 4, 59, tzinfo=UTC))
    assert not flat_tracker.can_make_call("sonar")
    moment.move_to(datetime(2025, 11, 15, 5, 0, tzinfo=UTC))
    assert flat_tracker.can_make_call("sonar")


def test_that_the_cap_over_all_calls_holds(flat_tracker: UsageTracker) -> None:
    for model, times in (("sonar", 20), ("sonar-pro", 20), ("gemini-2.0-flash", 20)):
        spend(flat_tracker, model, "0.01", times)
    with pytest.raises(BudgetExceededError, match="api calls per day"):
        spend(flat_tracker, "gpt-4o-mini", "0.01")


def test_that_past_the_providers_limit_the_cascade_goes_on_with_another(flat_tracker: UsageTracker) -> None:
    spend(flat_tracker, "sonar-pro", "7.499")
    with pytest.raises(BudgetExceededError, match="perplexity monthly limit"):
        spend(flat_tracker, "sonar-pro", "0.01")
    estimate = Usage(input_tokens=50_000)
    assert flat_tracker.get_available_model("sonar-pro", estimate=estimate) == ("gemini-2.0-flash", "google")
    with flat_tracker.call("sonar-pro", estimate=estimate, fallback=True) as call:
        assert call.model == "gemini-2.0-flash"
        call.settle(Usage(input_tokens=40_000))


def test_that_nothing_that_costs_goes_past_the_monthly_budget(flat_tracker: UsageTracker) -> None:
    flat_tracker.record("gemini-2.0-flash", cost=Decimal("7.999"))
    with pytest.raises(BudgetExceededError, match="monthly budget"), flat_tracker.call("sonar-pro"):
        pass
    assert flat_tracker.can_make_call("gemini-2.0-flash")


def test_that_the_warn_percentage_is_noted_when_it_is_crossed(flat_tracker: UsageTracker) -> None:
    flat_tracker.record("sonar-pro", cost=Decimal("5.62"))
    assert crossings(flat_tracker) == []
    flat_tracker.record("sonar-pro", cost=Decimal("0.005"))
    assert crossings(flat_tracker) == [("perplexity monthly limit", 75)]


def test_that_without_the_hard_stop_calls_go_on(ledger_folder: Path, moment: time_machine.Traveller) -> None:
    path = ledger_folder / "budget.yaml"
    path.write_text(FLAT.replace("hard_stop: true", "hard_stop: false"), encoding="utf-8")
    with UsageTracker(path, db_path=ledger_folder / "ledger.db") as tracker:
        spend(tracker, "sonar-pro", "9")
        spend(tracker, "sonar-pro", "1")
        assert budget(tracker, "monthly budget").spent == 10 * USD


def test_that_the_free_tier_ends_where_the_file_says(flat_tracker: UsageTracker, ledger_folder: Path) -> None:
    text = FLAT.replace("free_tier_limit: 1500", "free_tier_limit: 2")
    (ledger_folder / "few.yaml").write_text(text, encoding="utf-8")
    with UsageTracker(ledger_folder / "few.yaml", db_path=ledger_folder / "ledger.db") as tracker:
        spend(tracker, "gemini-2.0-flash", "0", times=2)
        with pytest.raises(BudgetExceededError, match="free tier"):
            spend(tracker, "gemini-2.0-flash", "0")
