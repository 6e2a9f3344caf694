"""The older flat form of budget.yaml: loads unchanged, and its keys keep what they promised.

- ``monthly_budget``: USD per month over everything; ``<provider>_monthly_limit``: USD per month for one provider.
  ``warn_at_percentage`` alerts at that share of each of them. With ``hard_stop: false`` they alert and do not block.
- ``daily_limits``: ``max_api_calls`` over all models and ``<model>_calls`` for one, per calendar day. These always block.
- ``model_cascade.order``: providers, each of which stands for its models in the order of ``models``; a model whose
  ``use_case`` is ``manual_only`` is never fallen back on.
- ``models``: prices per 1,000 tokens and per request. ``free_tier_limit`` is a number of calls per day: the price in the
  file, nothing, is true only up to it. A model that names no provider belongs to the one that has a monthly limit.
- ``alpha_vantage``: calls per day to the provider ``alphavantage``.

``earnings_source``, ``defaults``, ``logging``, ``daily_limits.max_tickers`` and a model's ``timeout``, ``use_case`` and
``warning`` belong to the program that spends; here they change nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal, InvalidOperation

import yaml

from budgetmon.core.config.document import Entry
from budgetmon.core.config.price_book import UNKNOWN_PROVIDER, PriceBook
from budgetmon.core.config.values import Config, ModelConfig, ProviderConfig
from budgetmon.core.rules.budgets import Budget, OnExceed, Scope, Unit
from budgetmon.core.rules.money import NANOS_PER_USD, scaled
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates

_log = logging.getLogger(__name__)

_LIMIT = "_monthly_limit"
_CALLS = "_calls"
_MARKS = ("monthly_budget", "daily_limits", "model_cascade", "warn_at_percentage", "hard_stop", "alpha_vantage")
_PRICES = ("cost_per_1k_tokens", "cost_per_1k_output_tokens", "input_cost_per_1k", "output_cost_per_1k")
_MODEL = (*_PRICES, "per_request_fee", "provider", "api_key_env", "free_tier_limit", "timeout", "use_case", "warning")
_IGNORED = ("earnings_source", "defaults", "logging")
_ONLY_TODAY = ("budgets", "cascade")

# A float carries 15 digits; the file may have been written by a program, with the noise of binary arithmetic after them.
_FLOAT = Context(prec=15)
_PER_MILLION = 1_000 * NANOS_PER_USD
_ALPHA_VANTAGE = "alphavantage"


@dataclass(frozen=True, slots=True)
class FlatFile:
    """A document in the flat form: its own keys, and ``settings``, which both forms share."""

    own: Mapping[str, Entry]
    settings: Mapping[str, Entry]

    def applied_to(self, config: Config) -> Config:
        """``config`` with the models, budgets, cascade and providers of this file. Raises ConfigError."""
        models = self._models(config)
        self._tell_ignored()
        return replace(
            config,
            models=models,
            providers={**_key_names(self.own.get("models"), models), **config.providers},
            budgets=tuple(self._budgets(config.zone)),
            cascade=tuple(self._cascade(models)),
        )

    def _models(self, config: Config) -> dict[str, ModelConfig]:
        limited = [key.removesuffix(_LIMIT) for key in self.own if key.endswith(_LIMIT)]
        models: dict[str, ModelConfig] = {}
        for name, entry in _section(self.own, "models").items():
            keys = entry.known(*_MODEL)
            if "provider" in keys:
                provider = keys["provider"].text()
            else:
                provider = limited[0] if len(limited) == 1 else self._listed_provider(name, config)
            models[name] = ModelConfig(provider, _rates(keys))
        if "alpha_vantage" in self.own:
            keys = self.own["alpha_vantage"].known("calls_per_day", "cost_per_call")
            fee = keys["cost_per_call"].parsed(_usd) if "cost_per_call" in keys else 0
            models.setdefault(_ALPHA_VANTAGE, ModelConfig(_ALPHA_VANTAGE, Rates(input=0, output=0, per_call=fee)))
        return models

    def _listed_provider(self, model: str, config: Config) -> str:
        found = PriceBook(config).provider_of(model)
        order = [entry.text() for entry in self._order()]
        return order[0] if found == UNKNOWN_PROVIDER and order else found

    def _budgets(self, zone: str) -> Iterator[Budget]:
        own = self.own
        hard = own["hard_stop"].flag() if "hard_stop" in own else True
        money = _Maker(
            zone, Unit.USD, Per.MONTH, OnExceed.BLOCK if hard else OnExceed.WARN, _shares(own.get("warn_at_percentage"))
        )
        calls = _Maker(zone, Unit.CALLS, Per.DAY, OnExceed.BLOCK, ())
        for key, entry in own.items():
            if key.endswith(_LIMIT):
                provider = key.removesuffix(_LIMIT)
                yield money.make(f"{provider} monthly limit", entry.parsed(_usd), Scope(provider=provider))
        if "monthly_budget" in own:
            yield money.make("monthly budget", own["monthly_budget"].parsed(_usd), Scope())
        for key, entry in self._caps():
            if key == "max_api_calls":
                yield calls.make("api calls per day", entry.parsed(_whole), Scope())
            else:
                model = key.removesuffix(_CALLS)
                yield calls.make(f"{model} calls per day", entry.parsed(_whole), Scope(model=model))
        for name, entry in _section(own, "models").items():
            if limit := entry.mapping().get("free_tier_limit"):
                yield calls.make(f"{name} free tier per day", limit.parsed(_whole), Scope(model=name))
        if limit := _section(own, "alpha_vantage").get("calls_per_day"):
            yield calls.make(f"{_ALPHA_VANTAGE} calls per day", limit.parsed(_whole), Scope(provider=_ALPHA_VANTAGE))

    def _caps(self) -> Iterator[tuple[str, Entry]]:
        for key, entry in _section(self.own, "daily_limits").items():
            if key == "max_tickers":
                continue
            if not key.endswith(_CALLS) or key == _CALLS:
                entry.fail("unknown key; expected max_api_calls, max_tickers, or a model's name and _calls: sonar-pro_calls")
            yield key, entry

    def _cascade(self, models: Mapping[str, ModelConfig]) -> Iterator[str]:
        keys = self.own["model_cascade"].known("enabled", "order") if "model_cascade" in self.own else {}
        if "enabled" in keys and not keys["enabled"].flag():
            return
        manual = _manual_only(self.own)
        seen: set[str] = set()
        for entry in self._order():
            name = entry.text()
            for model, settings in models.items():
                if name in (model, settings.provider) and model not in manual | seen:
                    seen.add(model)
                    yield model

    def _order(self) -> Iterable[Entry]:
        order = _section(self.own, "model_cascade").get("order")
        return order.items() if order else ()

    def _tell_ignored(self) -> None:
        ignored = [key for key in _IGNORED if key in self.own]
        if "max_tickers" in _section(self.own, "daily_limits"):
            ignored.append("daily_limits.max_tickers")
        if ignored:
            file = next(iter(self.own.values())).file
            _log.info("%s: %s: known from the older form and not used here", file, ", ".join(ignored))


def flat_file(document: Entry, settings: Iterable[str]) -> FlatFile | None:
    """The document as a flat file; None when it is in the form of today. ``settings`` are the keys that both share.

    Raises ConfigError for keys that neither form knows, and for a mixture of both.
    """
    top = document.mapping()
    if not any(key in _MARKS or key.endswith(_LIMIT) for key in top) and not _has_flat_prices(top.get("models")):
        return None
    own: dict[str, Entry] = {}
    shared: dict[str, Entry] = {}
    for key, entry in top.items():
        if key in _ONLY_TODAY:
            entry.fail("does not go with the older flat keys of this file, such as monthly_budget: write all of it in one form")
        if key == "models" or key in _MARKS or key in _IGNORED or (key.endswith(_LIMIT) and key != _LIMIT):
            own[key] = entry
        elif key in settings:
            shared[key] = entry
        else:
            known = (*_MARKS, f"<provider>{_LIMIT}", "models", *_IGNORED)
            entry.fail(f"unknown key; expected one of: {', '.join(known)}")
    return FlatFile(own, shared)


@dataclass(frozen=True, slots=True)
class _Maker:
    """What budgets of one sort have in common."""

    zone: str
    unit: Unit
    per: Per
    on_exceed: OnExceed
    warn_at: tuple[int, ...]

    def make(self, name: str, limit: int, scope: Scope) -> Budget:
        return Budget(name, limit, self.unit, Period(self.per), self.zone, scope, self.on_exceed, self.warn_at)


def _has_flat_prices(models: Entry | None) -> bool:
    if models is None or not isinstance(models.node, yaml.MappingNode):
        return False
    return any(
        isinstance(entry.node, yaml.MappingNode) and not entry.mapping().keys().isdisjoint(_PRICES)
        for entry in models.mapping().values()
    )


def _section(own: Mapping[str, Entry], name: str) -> Mapping[str, Entry]:
    return own[name].mapping() if name in own else {}


def _rates(keys: Mapping[str, Entry]) -> Rates | None:
    """The prices of a model; None when the file names none. One price for all tokens is the price of both kinds."""
    prices = {name: keys[name].parsed(_per_1k) for name in _PRICES if name in keys}
    if not prices and "per_request_fee" not in keys:
        return None
    both = prices.get("cost_per_1k_tokens", 0)
    return Rates(
        input=prices.get("input_cost_per_1k", both),
        output=prices.get("output_cost_per_1k", prices.get("cost_per_1k_output_tokens", both)),
        per_call=keys["per_request_fee"].parsed(_usd) if "per_request_fee" in keys else 0,
    )


def _key_names(section: Entry | None, models: Mapping[str, ModelConfig]) -> dict[str, ProviderConfig]:
    """The variables that hold the providers' keys, as far as models name them."""
    names: dict[str, ProviderConfig] = {}
    for model, entry in section.mapping().items() if section else ():
        if variable := entry.mapping().get("api_key_env"):
            names.setdefault(models[model].provider, ProviderConfig(api_key_env=variable.text()))
    return names


def _manual_only(own: Mapping[str, Entry]) -> set[str]:
    found: set[str] = set()
    for model, entry in _section(own, "models").items():
        use_case = entry.mapping().get("use_case")
        if use_case and not use_case.is_empty() and use_case.text() == "manual_only":
            found.add(model)
    return found


def _shares(entry: Entry | None) -> tuple[int, ...]:
    return () if entry is None else (entry.parsed(_percentage),)


def _percentage(text: str) -> int:
    share = _number(text.removesuffix("%"), "a percentage from 1 to 100")
    if share != share.to_integral_value() or not 1 <= share <= 100:
        raise ValueError(f"expected a whole percentage from 1 to 100, not {text!r}")
    return int(share)


def _whole(text: str) -> int:
    number = _number(text, "a whole number of calls")
    if number != number.to_integral_value() or not 0 <= number < 2**63:
        raise ValueError(f"expected a whole number of calls, zero or more, not {text!r}")
    return int(number)


def _usd(text: str) -> int:
    return scaled(str(_number(text, "an amount in USD")), NANOS_PER_USD, "USD")


def _per_1k(text: str) -> int:
    return scaled(str(_number(text, "an amount in USD")), _PER_MILLION, "USD per 1,000 tokens")


def _number(text: str, expected: str) -> Decimal:
    try:
        number = _FLOAT.create_decimal(text)
    except InvalidOperation:
        raise ValueError(f"expected {expected}, not {text!r}") from None
    if not number.is_finite():
        raise ValueError(f"expected {expected}, not {text!r}")
    return number
